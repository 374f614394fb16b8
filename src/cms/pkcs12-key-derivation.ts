// The key derivation of PKCS#12 itself (RFC 7292 appendix B.2): for the MAC, and for its old encryption.
// Not PBKDF2, which WebCrypto has.
import { sha1, sha256 } from './small-digests.ts';

/** Digests that a MAC of PKCS#12 may use. */
export type Pkcs12Hash = 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512';

/** RFC 7292 appendix B.3: what the derived octets are for. */
export const PURPOSE = { key: 1, iv: 2, mac: 3 } as const;

/** What octets are derived from; the password as `utf16Password` makes it, or empty for none. */
export type Derivation = {
  readonly hash: Pkcs12Hash;
  readonly password: Uint8Array;
  readonly salt: Uint8Array;
  readonly iterations: number;
  readonly purpose: (typeof PURPOSE)[keyof typeof PURPOSE];
  readonly octets: number;
};

type Octets = Uint8Array<ArrayBuffer>;
type Digest = (message: Octets) => Octets | Promise<Octets>;

type Hash = {
  readonly digest: Digest;
  readonly blockOctets: number;
  readonly octets: number;
  /** Time for one digest, in that of SHA-256; by WebCrypto nearly all of it is the call. */
  readonly cost: number;
};

const HASHES: Readonly<Record<Pkcs12Hash, Hash>> = {
  'SHA-1': { digest: sha1, blockOctets: 64, octets: 20, cost: 1 },
  'SHA-256': { digest: sha256, blockOctets: 64, octets: 32, cost: 1 },
  'SHA-384': { digest: digestBy('SHA-384'), blockOctets: 128, octets: 48, cost: 25 },
  'SHA-512': { digest: digestBy('SHA-512'), blockOctets: 128, octets: 64, cost: 25 },
};

/** How many blocks of a digest it takes for so many octets: each takes all of the iterations. */
export function blocksFor(octets: number, hash: Pkcs12Hash): number {
  return Math.ceil(octets / HASHES[hash].octets);
}

/** What `deriveByPkcs12` costs, in digests by SHA-256. */
export function costOfPkcs12({
  hash,
  iterations,
  octets,
}: Pick<Derivation, 'hash' | 'iterations' | 'octets'>): number {
  return iterations * blocksFor(octets, hash) * HASHES[hash].cost;
}

/** Derives octets; the names of the steps are those of RFC 7292 appendix B.2. */
export async function deriveByPkcs12(from: Derivation): Promise<Octets> {
  const { digest, blockOctets: v } = HASHES[from.hash];
  const diversifier = new Uint8Array(v).fill(from.purpose);
  const input = concat(repeatToBlocks(from.salt, v), repeatToBlocks(from.password, v));
  const out = new Uint8Array(from.octets);
  for (let filled = 0; filled < out.length; ) {
    let a = await digest(concat(diversifier, input));
    for (let i = 1; i < from.iterations; i++) a = await digest(a);
    const taken = a.subarray(0, out.length - filled);
    out.set(taken, filled);
    filled += taken.length;
    if (filled < out.length) addToBlocks(input, repeatToBlocks(a, v).subarray(0, v));
  }
  return out;
}

/** Step 2 and 3: copies one after the other, cut at a whole number of blocks; nothing of nothing. */
function repeatToBlocks(octets: Uint8Array, blockOctets: number): Uint8Array {
  const length = Math.ceil(octets.length / blockOctets) * blockOctets;
  return Uint8Array.from({ length }, (_, i) => octets[i % octets.length] ?? 0);
}

/** Step 6 C: each block plus `b` plus one, as one big number that overflows. */
function addToBlocks(input: Uint8Array, b: Uint8Array): void {
  for (let block = 0; block < input.length; block += b.length) {
    let carry = 1;
    for (let i = b.length - 1; i >= 0; i--) {
      carry += (input[block + i] ?? 0) + (b[i] ?? 0);
      input[block + i] = carry & 0xff;
      carry >>= 8;
    }
  }
}

function concat(a: Uint8Array, b: Uint8Array): Octets {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

function digestBy(name: 'SHA-384' | 'SHA-512'): Digest {
  return async (message) => new Uint8Array(await crypto.subtle.digest(name, message));
}
