// Whether the user of a session was there in person a moment ago. A session that its connection proves
// needs nothing; one that a signed challenge opened needs a secret that only its page has since a touch.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Refusal } from '../errors.ts';
import type { Freshness, SessionRecord } from '../store/sessions.ts';

const LIFE_MS = 5 * 60_000;
const SECRET_OCTETS = 32;

/** A new secret for a page, and what is kept of it. */
export function makeFreshness(now: Date): { readonly secret: string; readonly kept: Freshness } {
  const secret = randomBytes(SECRET_OCTETS).toString('base64url');
  return { secret, kept: { hash: hashOf(secret), until: new Date(now.getTime() + LIFE_MS) } };
}

/** Refuses (`touch-needed`) what would change something without a touch within five minutes. */
export function checkFresh(
  { proof, fresh }: Pick<SessionRecord, 'proof' | 'fresh'>,
  secret: string | undefined,
  now: Date,
): void {
  if (proof === 'mutual-tls') return;
  const isFresh =
    fresh !== null && now <= fresh.until && timingSafeEqual(fresh.hash, hashOf(secret ?? ''));
  if (!isFresh) throw new Refusal('touch-needed', 'no touch, or it was too long ago');
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
