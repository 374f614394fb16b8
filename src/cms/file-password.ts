// The generated password of a PKCS#12 file: what protects it, whatever the file's own derivation costs.
// People copy it or type it once, so it is short, ASCII, and free of characters that look alike.

/** Lower-case letters and digits without 0 and o, 1, i and l. */
const ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz';
const GROUPS = 5;
const GROUP_CHARACTERS = 4;

/** Octets at or above this would make the first characters of the alphabet likelier than the others. */
const UNBIASED_BELOW = 256 - (256 % ALPHABET.length);

/** How many random octets `makeFilePassword` takes; twice what it needs, as it passes some over. */
export const FILE_PASSWORD_RANDOM_OCTETS = 48;

/** A password of 99 bits such as `k7fm-x2qp-9hdn-4vtr-8bcw`; throws RangeError for too few octets. */
export function makeFilePassword(random: Uint8Array): string {
  const characters = Array.from(random)
    .filter((octet) => octet < UNBIASED_BELOW)
    .map((octet) => ALPHABET.charAt(octet % ALPHABET.length));
  if (characters.length < GROUPS * GROUP_CHARACTERS) throw new RangeError('too few random octets');
  return Array.from({ length: GROUPS }, (_, group) =>
    characters.slice(group * GROUP_CHARACTERS, (group + 1) * GROUP_CHARACTERS).join(''),
  ).join('-');
}
