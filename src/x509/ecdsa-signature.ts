// ECDSA signatures as X.509 carries them, from the form that WebCrypto and tokens give (RFC 3279 §2.2.3).
// Not here: making or judging one.
import { type DerNode, encodeDer, primitive, sequence } from '../asn1/der-writer.ts';
import { INTEGER } from '../asn1/tag.ts';

/** DER of r and s, from both one after the other in as many octets each; throws RangeError for others. */
export function ecdsaSignatureDer(raw: Uint8Array): Uint8Array {
  const half = raw.length / 2;
  if (half === 0 || !Number.isInteger(half)) throw new RangeError('r and s are of equal length');
  return encodeDer(sequence(unsigned(raw.subarray(0, half)), unsigned(raw.subarray(half))));
}

/** X.690 §8.3: no needless zeros in front, and one where the highest bit would be taken for a sign. */
function unsigned(octets: Uint8Array): DerNode {
  const first = octets.findIndex((octet) => octet !== 0);
  if (first < 0) throw new RangeError('r and s are not zero');
  const digits = octets.subarray(first);
  const needsZero = (digits[0] ?? 0) >= 0x80;
  const contents = new Uint8Array(digits.length + (needsZero ? 1 : 0));
  contents.set(digits, needsZero ? 1 : 0);
  return primitive(INTEGER, contents);
}
