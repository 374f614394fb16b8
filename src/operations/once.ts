// What is drawn for a form so that sending it twice draws the same: a double click or a page sent again shows what
// the first one gave, and nothing secret has to be kept for it. Not what is done twice: that is each operation's.
import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { Identity } from '../banking/identity.ts';
import type { SessionRecord } from '../store/sessions.ts';

/** From which what is drawn follows; as good as random for who has no key of ours. */
export type Seed = Uint8Array;

const OCTETS = 32;
const FORM = /^[A-Za-z0-9_-]{22}$/;

/** What a form carries, made with its page. */
export function makeOnce(): string {
  return randomBytes(16).toString('base64url');
}

/** A seed that never comes again. */
export function randomSeed(): Seed {
  return randomBytes(OCTETS);
}

/** The seed of a form for a person in a session; random where the form carried nothing of ours. */
export function seedOf(
  once: string | undefined,
  of: { readonly session: SessionRecord; readonly identity: Identity },
  key: Uint8Array,
): Seed {
  if (once === undefined || !FORM.test(once)) return randomSeed();
  const { institution, contract, user } = of.identity;
  const about = JSON.stringify(['koshin once', once, institution, contract, user]);
  return new Uint8Array(hkdfSync('sha256', key, of.session.tokenHash, about, OCTETS));
}

/** Octets that follow from a seed for a purpose. */
export function octetsOf(seed: Seed, purpose: string): Uint8Array {
  return createHmac('sha256', seed).update(purpose).digest();
}
