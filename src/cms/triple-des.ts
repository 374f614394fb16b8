// Triple DES with three keys in CBC mode (SP 800-67, FIPS 46-3): what old systems can read in a PKCS#12 file.
// Not for anything new, and not in constant time: it runs where only the key's own holder could measure it.

const BLOCK_OCTETS = 8;

/** Encrypts whole blocks; the caller has padded them. */
export function encryptTripleDesCbc(key: Uint8Array, iv: Uint8Array, text: Uint8Array): Uint8Array {
  const stages = stagesOf(key);
  const out = new Uint8Array(text.length);
  let previous = iv;
  for (let at = 0; at < text.length; at += BLOCK_OCTETS) {
    const block = crypt(xor(text.subarray(at, at + BLOCK_OCTETS), previous), stages);
    out.set(block, at);
    previous = block;
  }
  return out;
}

/** Decrypts whole blocks; the padding is still there. */
export function decryptTripleDesCbc(key: Uint8Array, iv: Uint8Array, text: Uint8Array): Uint8Array {
  const stages = stagesOf(key).reverse().map(reversed);
  const out = new Uint8Array(text.length);
  let previous = iv;
  for (let at = 0; at < text.length; at += BLOCK_OCTETS) {
    const block = text.subarray(at, at + BLOCK_OCTETS);
    out.set(xor(crypt(block, stages), previous), at);
    previous = block;
  }
  return out;
}

// FIPS 46-3, Appendix 1: a digit for each entry, one row after the other.
const S_BOXES = [
  'e4d12fb83a6c5907 0f74e2d1a6cb9538 41e8d62bfc973a50 fc8249175b3ea06d',
  'f18e6b34972dc05a 3d47f28ec01a69b5 0e7ba4d158c6932f d8a13f42b67c05e9',
  'a09e63f51dc7b428 d709346a285ecbf1 d6498f30b12c5ae7 1ad069874fe3b52c',
  '7de3069a1285bc4f d8b56f03472c1ae9 a690cb7df13e5284 3f06a1d8945bc72e',
  '2c417ab6853fd0e9 eb2c47d150fa3986 421bad78f9c5630e b8c71e2d6f09a453',
  'c1af92680d34e75b af427c9561de0b38 9ef528c3704a1db6 432c95fabe17608d',
  '4b2ef08d3c975a61 d0b7491ae35c2f86 14bdc37eaf680592 6bd814a7950fe23c',
  'd2846fb1a93e50c7 1fd8a374c56b0e92 7b419ce206adf358 21e74a8dfc90356b',
] as const;

const PERMUTATION = Uint8Array.of(
  ...[16, 7, 20, 21, 29, 12, 28, 17, 1, 15, 23, 26, 5, 18, 31, 10],
  ...[2, 8, 24, 14, 32, 27, 3, 9, 19, 13, 30, 6, 22, 11, 4, 25],
);

const CHOICE_1 = Uint8Array.of(
  ...[57, 49, 41, 33, 25, 17, 9, 1, 58, 50, 42, 34, 26, 18],
  ...[10, 2, 59, 51, 43, 35, 27, 19, 11, 3, 60, 52, 44, 36],
  ...[63, 55, 47, 39, 31, 23, 15, 7, 62, 54, 46, 38, 30, 22],
  ...[14, 6, 61, 53, 45, 37, 29, 21, 13, 5, 28, 20, 12, 4],
);

const CHOICE_2 = Uint8Array.of(
  ...[14, 17, 11, 24, 1, 5, 3, 28, 15, 6, 21, 10, 23, 19, 12, 4, 26, 8, 16, 7, 27, 20, 13, 2],
  ...[41, 52, 31, 37, 47, 55, 30, 40, 51, 45, 33, 48, 44, 49, 39, 56, 34, 53, 46, 42, 50, 36, 29],
  32,
);

/** Left shifts of the key's halves before each round. */
const SHIFTS = [1, 1, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 1] as const;

/** A single DES: for each of its sixteen rounds eight keys of six bits. */
type Stage = readonly Uint8Array[];

/** Encrypt by the first key, decrypt by the second, encrypt by the third. */
function stagesOf(key: Uint8Array): Stage[] {
  const [first, second, third] = [0, 8, 16].map((at) => roundKeys(key.subarray(at, at + 8)));
  if (first === undefined || second === undefined || third === undefined) return [];
  return [first, reversed(second), third];
}

function reversed(stage: Stage): Stage {
  return [...stage].reverse();
}

function roundKeys(key: Uint8Array): Stage {
  const bits = [...CHOICE_1].map((bit) => bitOf(key, bit));
  let left = bits.slice(0, 28);
  let right = bits.slice(28);
  return SHIFTS.map((shift) => {
    left = [...left.slice(shift), ...left.slice(0, shift)];
    right = [...right.slice(shift), ...right.slice(0, shift)];
    const halves = [...left, ...right];
    const sixes = new Uint8Array(8);
    for (const [i, bit] of CHOICE_2.entries()) {
      const group = Math.floor(i / 6);
      sixes[group] = ((sixes[group] ?? 0) << 1) | (halves[bit - 1] ?? 0);
    }
    return sixes;
  });
}

/** Initial permutation, the rounds of each stage, final permutation; those between stages cancel out. */
function crypt(block: Uint8Array, stages: readonly Stage[]): Uint8Array {
  let [left, right] = [0, 0];
  for (let i = 0; i < 32; i++) {
    left = (left << 1) | bitOf(block, initialBit(i));
    right = (right << 1) | bitOf(block, initialBit(i) - 1);
  }
  for (const stage of stages) {
    for (const keys of stage) [left, right] = [right, left ^ scramble(right, keys)];
    [left, right] = [right, left];
  }
  const out = new Uint8Array(BLOCK_OCTETS);
  for (let i = 0; i < 32; i++) {
    setBit(out, initialBit(i), (left >>> (31 - i)) & 1);
    setBit(out, initialBit(i) - 1, (right >>> (31 - i)) & 1);
  }
  return out;
}

/** FIPS 46-3: bit `i` of the left half comes from this bit, the same of the right from the one before. */
function initialBit(i: number): number {
  return 58 + 2 * (i >> 3) - 8 * (i & 7);
}

let scrambled: readonly Int32Array[] | undefined;

/** The cipher function f: expansion, key, S-boxes and permutation; the last two are one table. */
function scramble(half: number, keys: Uint8Array): number {
  scrambled ??= S_BOXES.map(permuteBox);
  let result = 0;
  for (let box = 0; box < 8; box++) {
    const turn = (4 * box + 5) & 31;
    const six = ((half << turn) | (half >>> (32 - turn))) & 0x3f;
    result |= scrambled[box]?.[six ^ (keys[box] ?? 0)] ?? 0;
  }
  return result;
}

/** What each input of an S-box becomes after the permutation, in the bits of the whole half. */
function permuteBox(digits: string, box: number): Int32Array {
  const entries = digits.replaceAll(' ', '');
  return Int32Array.from({ length: 64 }, (_, six) => {
    // The outer two bits choose the row, the inner four the column.
    const row = ((six >> 4) & 2) | (six & 1);
    const entry = Number.parseInt(entries.charAt(16 * row + ((six >> 1) & 15)), 16);
    const before = entry << (28 - 4 * box);
    let after = 0;
    for (const bit of PERMUTATION) after = (after << 1) | ((before >>> (32 - bit)) & 1);
    return after;
  });
}

/** Bits are counted from one, the most significant first. */
function bitOf(octets: Uint8Array, bit: number): number {
  return ((octets[(bit - 1) >> 3] ?? 0) >> (7 - ((bit - 1) & 7))) & 1;
}

function setBit(octets: Uint8Array, bit: number, value: number): void {
  const at = (bit - 1) >> 3;
  octets[at] = (octets[at] ?? 0) | (value << (7 - ((bit - 1) & 7)));
}

function xor(a: Uint8Array, b: Uint8Array): Uint8Array {
  return a.map((octet, i) => octet ^ (b[i] ?? 0));
}
