// The hashes of a Merkle tree of RFC 9162 (and RFC 6962) §2.1. The hash function is the caller's: Node's
// or a browser's own.
import { Refusal } from '../errors.ts';

/** SHA-256. It answers at once and keeps nothing of what it was given. */
export type Hash = (octets: Uint8Array) => Uint8Array;

/** Octets of each hash in the tree. */
const HASH_OCTETS = 32;

const LEAF = 0x00;
const NODE = 0x01;
const utf8 = new TextEncoder();
/** What is hashed next; a million leaves need not allocate two million times. The hash keeps nothing of it. */
const scratch = new Uint8Array(8192);

/** RFC 9162 §2.1.1: a leaf is hashed behind a zero, so that no node can be passed off as one. */
export function leafHash(text: string, hash: Hash): Uint8Array {
  // A UTF-16 unit is three octets of UTF-8 at most.
  const longest = 1 + 3 * text.length;
  const octets = longest > scratch.length ? new Uint8Array(longest) : scratch;
  octets[0] = LEAF;
  const { written } = utf8.encodeInto(text, octets.subarray(1));
  return hash(octets.subarray(0, 1 + written));
}

/** RFC 9162 §2.1.1: the hash of an inner node. */
export function nodeHash(left: Uint8Array, right: Uint8Array, hash: Hash): Uint8Array {
  const octets = scratch.subarray(0, 1 + 2 * HASH_OCTETS);
  octets[0] = NODE;
  octets.set(left, 1);
  octets.set(right, 1 + HASH_OCTETS);
  return hash(octets);
}

/** RFC 9162 §2.1.1: the root of the tree without leaves. */
export function emptyRoot(hash: Hash): Uint8Array {
  return hash(new Uint8Array());
}

/** Reads a hash in base64; throws Refusal('malformed'). */
export function hashFromBase64(text: string, what: string): Uint8Array {
  const octets = octetsFromBase64(text, what);
  if (octets.length !== HASH_OCTETS) throw new Refusal('malformed', `${what}: not 32 octets`);
  return octets;
}

/** Reads base64 as it is written and in no other way; throws Refusal('malformed'). */
export function octetsFromBase64(text: string, what: string): Uint8Array {
  try {
    const octets = Uint8Array.fromBase64(text, { lastChunkHandling: 'strict' });
    // Spaces between the characters would be read, too.
    if (octets.toBase64() === text) return octets;
  } catch (cause) {
    // biome-ignore lint/style/useErrorCause: the cause is passed, in the third place.
    throw new Refusal('malformed', `${what}: not base64`, { cause });
  }
  throw new Refusal('malformed', `${what}: not base64`);
}
