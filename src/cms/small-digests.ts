// SHA-1 and SHA-256 (FIPS 180-4) in plain lines, for a key derivation that digests a few octets ten thousands
// of times: each call of WebCrypto costs about as much as fifty of these. Not for content, nor for signatures.

const BLOCK_OCTETS = 64;

const SHA1_START = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
const SHA1_ROUND = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6] as const;

const SHA256_START = Uint32Array.of(
  0x6a09e667,
  0xbb67ae85,
  0x3c6ef372,
  0xa54ff53a,
  0x510e527f,
  0x9b05688c,
  0x1f83d9ab,
  0x5be0cd19,
);

const SHA256_ROUND = Uint32Array.of(
  0x428a2f98,
  0x71374491,
  0xb5c0fbcf,
  0xe9b5dba5,
  0x3956c25b,
  0x59f111f1,
  0x923f82a4,
  0xab1c5ed5,
  0xd807aa98,
  0x12835b01,
  0x243185be,
  0x550c7dc3,
  0x72be5d74,
  0x80deb1fe,
  0x9bdc06a7,
  0xc19bf174,
  0xe49b69c1,
  0xefbe4786,
  0x0fc19dc6,
  0x240ca1cc,
  0x2de92c6f,
  0x4a7484aa,
  0x5cb0a9dc,
  0x76f988da,
  0x983e5152,
  0xa831c66d,
  0xb00327c8,
  0xbf597fc7,
  0xc6e00bf3,
  0xd5a79147,
  0x06ca6351,
  0x14292967,
  0x27b70a85,
  0x2e1b2138,
  0x4d2c6dfc,
  0x53380d13,
  0x650a7354,
  0x766a0abb,
  0x81c2c92e,
  0x92722c85,
  0xa2bfe8a1,
  0xa81a664b,
  0xc24b8b70,
  0xc76c51a3,
  0xd192e819,
  0xd6990624,
  0xf40e3585,
  0x106aa070,
  0x19a4c116,
  0x1e376c08,
  0x2748774c,
  0x34b0bcb5,
  0x391c0cb3,
  0x4ed8aa4a,
  0x5b9cca4f,
  0x682e6ff3,
  0x748f82ee,
  0x78a5636f,
  0x84c87814,
  0x8cc70208,
  0x90befffa,
  0xa4506ceb,
  0xbef9a3f7,
  0xc67178f2,
);

/** SHA-1 of a short message. */
export function sha1(message: Uint8Array): Uint8Array<ArrayBuffer> {
  return digest(message, { start: SHA1_START, words: 80, compress: compressSha1 });
}

/** SHA-256 of a short message. */
export function sha256(message: Uint8Array): Uint8Array<ArrayBuffer> {
  return digest(message, { start: SHA256_START, words: 64, compress: compressSha256 });
}

type Algorithm = {
  readonly start: Uint32Array;
  /** Words of the message schedule; the first sixteen are the block. */
  readonly words: number;
  readonly compress: (state: Int32Array, w: Int32Array) => void;
};

function digest(
  message: Uint8Array,
  { start, words, compress }: Algorithm,
): Uint8Array<ArrayBuffer> {
  // FIPS 180-4 §5.1.1: a one bit, zeros, and the length in bits fill the last block.
  const padded = new Uint8Array(Math.ceil((message.length + 9) / BLOCK_OCTETS) * BLOCK_OCTETS);
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 4, message.length * 8);
  const state = new Int32Array(start);
  const w = new Int32Array(words);
  for (let at = 0; at < padded.length; at += BLOCK_OCTETS) {
    for (let t = 0; t < 16; t++) w[t] = view.getInt32(at + 4 * t);
    compress(state, w);
  }
  const out = new DataView(new ArrayBuffer(state.length * 4));
  for (let i = 0; i < state.length; i++) out.setInt32(4 * i, at(state, i));
  return new Uint8Array(out.buffer);
}

/** FIPS 180-4 §6.1.2. */
function compressSha1(state: Int32Array, w: Int32Array): void {
  for (let t = 16; t < 80; t++) {
    w[t] = left(at(w, t - 3) ^ at(w, t - 8) ^ at(w, t - 14) ^ at(w, t - 16), 1);
  }
  let a = at(state, 0);
  let b = at(state, 1);
  let c = at(state, 2);
  let d = at(state, 3);
  let e = at(state, 4);
  for (let t = 0; t < 80; t++) {
    const quarter = (t / 20) | 0;
    const f = quarter === 0 ? d ^ (b & (c ^ d)) : quarter === 2 ? majority(b, c, d) : b ^ c ^ d;
    const next = (left(a, 5) + f + e + (SHA1_ROUND[quarter] ?? 0) + at(w, t)) | 0;
    e = d;
    d = c;
    c = left(b, 30);
    b = a;
    a = next;
  }
  add(state, [a, b, c, d, e]);
}

/** FIPS 180-4 §6.2.2. */
function compressSha256(state: Int32Array, w: Int32Array): void {
  for (let t = 16; t < 64; t++) {
    const x = at(w, t - 15);
    const y = at(w, t - 2);
    const small0 = left(x, 25) ^ left(x, 14) ^ (x >>> 3);
    const small1 = left(y, 15) ^ left(y, 13) ^ (y >>> 10);
    w[t] = (small1 + at(w, t - 7) + small0 + at(w, t - 16)) | 0;
  }
  let a = at(state, 0);
  let b = at(state, 1);
  let c = at(state, 2);
  let d = at(state, 3);
  let e = at(state, 4);
  let f = at(state, 5);
  let g = at(state, 6);
  let h = at(state, 7);
  for (let t = 0; t < 64; t++) {
    const big1 = left(e, 26) ^ left(e, 21) ^ left(e, 7);
    const first = (h + big1 + (g ^ (e & (f ^ g))) + (SHA256_ROUND[t] ?? 0) + at(w, t)) | 0;
    const big0 = left(a, 30) ^ left(a, 19) ^ left(a, 10);
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    const next = (first + big0 + majority(a, b, c)) | 0;
    c = b;
    b = a;
    a = next;
  }
  add(state, [a, b, c, d, e, f, g, h]);
}

function add(state: Int32Array, words: readonly number[]): void {
  for (let i = 0; i < words.length; i++) state[i] = at(state, i) + (words[i] ?? 0);
}

function at(words: Int32Array, index: number): number {
  return words[index] ?? 0;
}

function majority(x: number, y: number, z: number): number {
  return (x & y) | (z & (x | y));
}

function left(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
