// Challenges for passkeys to sign. Nothing is kept of one that was only given out: it says itself, under
// a MAC, what it is for, where, for whom and until when; only its use leaves a hash.
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { Refusal } from '../errors.ts';
import type { UsedChallenge } from '../store/used-challenges.ts';

/** What a challenge may be signed for; one purpose never serves another. */
export type ChallengePurpose = 'log-in' | 'touch' | 'register' | 'prove';

/** What a challenge is bound to: a use, a host, and what only its holder has, such as a session. */
export type ChallengeBinding = {
  readonly purpose: ChallengePurpose;
  readonly institution: string;
  readonly host: string;
  readonly boundTo: readonly string[];
};

const LIFE_MS = 5 * 60_000;
const RANDOM_OCTETS = 16;
const EXPIRY_OCTETS = 6;
const HEAD_OCTETS = RANDOM_OCTETS + EXPIRY_OCTETS;
const MAC_OCTETS = 32;

/** A challenge for five minutes, base64url. */
export function makeChallenge(binding: ChallengeBinding, key: Uint8Array, now: Date): string {
  const head = Buffer.alloc(HEAD_OCTETS);
  randomBytes(RANDOM_OCTETS).copy(head);
  head.writeUIntBE(now.getTime() + LIFE_MS, RANDOM_OCTETS, EXPIRY_OCTETS);
  return Buffer.concat([head, macOf(binding, head, key)]).toString('base64url');
}

/** Refuses (`challenge-invalid`) what was not made for this, or has ended; returns what its use leaves. */
export function checkChallenge(
  challenge: string,
  binding: ChallengeBinding,
  { key, now }: { readonly key: Uint8Array; readonly now: Date },
): UsedChallenge {
  const made = readChallenge(challenge, binding, key);
  checkAge(made, now);
  return made;
}

/** Refuses (`challenge-invalid`) what was not made for this, of whatever age; returns what its use leaves. */
export function readChallenge(
  challenge: string,
  binding: ChallengeBinding,
  key: Uint8Array,
): UsedChallenge {
  const octets = Buffer.from(challenge, 'base64url');
  const head = octets.subarray(0, HEAD_OCTETS);
  const isWhole =
    octets.length === HEAD_OCTETS + MAC_OCTETS && octets.toString('base64url') === challenge;
  if (!isWhole || !timingSafeEqual(octets.subarray(HEAD_OCTETS), macOf(binding, head, key))) {
    throw new Refusal('challenge-invalid', 'the challenge was not made for this');
  }
  const expiresAt = new Date(head.readUIntBE(RANDOM_OCTETS, EXPIRY_OCTETS));
  return { hash: createHash('sha256').update(octets).digest(), expiresAt };
}

/** Refuses (`challenge-invalid`) a challenge that has ended. */
export function checkAge({ expiresAt }: Pick<UsedChallenge, 'expiresAt'>, now: Date): void {
  if (now > expiresAt) throw new Refusal('challenge-invalid', 'the challenge is too old');
}

function macOf(binding: ChallengeBinding, head: Uint8Array, key: Uint8Array): Buffer {
  const { purpose, institution, host, boundTo } = binding;
  const text = JSON.stringify(['koshin challenge', purpose, institution, host, boundTo]);
  return createHmac('sha256', key).update(head).update(text).digest();
}
