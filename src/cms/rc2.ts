// Decryption by RC2 in CBC mode (RFC 2268): old programs encrypt certificates of PKCS#12 files with 40 bits of it.
// Not here: encryption; nothing new is protected by it.

const BLOCK_OCTETS = 8;
const ROTATIONS = [1, 2, 3, 5] as const;

/** RFC 2268 §2: a permutation of the octets, drawn from the digits of pi. */
const PI = Uint8Array.fromHex(
  [
    'd978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2',
    '179a59f587b34f1361456d8d09817d32bd8f40eb86b77b0bf09521225c6b4e82',
    '54d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb626',
    '6fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed7',
    '08e8eade8052eef784aa72ac354d6a2a961ad2715a1549744b9fd05e0418a4ec',
    'c2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731',
    '2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a9',
    '0d38341bab33ffb0bb480c5fb9b1cd2ec5f3db47e5a59c770aa62068fe7fc1ad',
  ].join(''),
);

/** Decrypts whole blocks; the padding is still there. The key has as many effective bits as it has. */
export function decryptRc2Cbc(
  key: Uint8Array,
  iv: Uint8Array,
  text: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const words = expandKey(key, key.length * 8);
  const out = new Uint8Array(text.length);
  let previous = iv;
  for (let at = 0; at < text.length; at += BLOCK_OCTETS) {
    const block = text.subarray(at, at + BLOCK_OCTETS);
    const plain = decryptBlock(block, words);
    for (let i = 0; i < BLOCK_OCTETS; i++) out[at + i] = (plain[i] ?? 0) ^ (previous[i] ?? 0);
    previous = block;
  }
  return out;
}

/** RFC 2268 §2: 64 words from a key of which so many bits count. */
export function expandKey(key: Uint8Array, effectiveBits: number): Uint16Array {
  const l = new Uint8Array(128);
  l.set(key);
  for (let i = key.length; i < 128; i++) l[i] = pi(at(l, i - 1) + at(l, i - key.length));
  const octets = Math.ceil(effectiveBits / 8);
  const mask = 0xff >> (8 * octets - effectiveBits);
  l[128 - octets] = pi(at(l, 128 - octets) & mask);
  for (let i = 127 - octets; i >= 0; i--) l[i] = pi(at(l, i + 1) ^ at(l, i + octets));
  return Uint16Array.from({ length: 64 }, (_, i) => at(l, 2 * i) | (at(l, 2 * i + 1) << 8));
}

/** RFC 2268 §4: five mixing rounds, a mashing one, six, one, five, all in reverse. */
export function decryptBlock(block: Uint8Array, words: Uint16Array): Uint8Array {
  const r = Uint16Array.from(
    { length: 4 },
    (_, i) => at(block, 2 * i) | (at(block, 2 * i + 1) << 8),
  );
  for (let round = 15; round >= 0; round--) {
    unmix(r, words, 4 * round);
    if (round === 11 || round === 5) unmash(r, words);
  }
  return Uint8Array.from({ length: BLOCK_OCTETS }, (_, i) => at(r, i >> 1) >> (8 * (i & 1)));
}

function unmix(r: Uint16Array, words: Uint16Array, first: number): void {
  for (let i = 3; i >= 0; i--) {
    const rotation = ROTATIONS[i] ?? 0;
    const turned = (at(r, i) >>> rotation) | (at(r, i) << (16 - rotation));
    const [one, two, three] = [at(r, (i + 3) & 3), at(r, (i + 2) & 3), at(r, (i + 1) & 3)];
    r[i] = turned - at(words, first + i) - (one & two) - (~one & three);
  }
}

function unmash(r: Uint16Array, words: Uint16Array): void {
  for (let i = 3; i >= 0; i--) r[i] = at(r, i) - at(words, at(r, (i + 3) & 3) & 63);
}

function pi(index: number): number {
  return at(PI, index & 0xff);
}

function at(numbers: Uint8Array | Uint16Array, index: number): number {
  return numbers[index] ?? 0;
}
