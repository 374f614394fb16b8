// Whether the user of a session was there in person a moment ago. A session that its connection proves
// needs nothing; one that a signed challenge opened needs a secret that only its page has since a touch.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { AuditEntry } from '../audit/entry.ts';
import type { RecordedAssertion, Touch } from '../banking/evidence.ts';
import { Refusal } from '../errors.ts';
import type { Freshness, SessionRecord } from '../store/sessions.ts';

const LIFE_MS = 5 * 60_000;
const SECRET_OCTETS = 32;

/** A new secret for a page after its user signed this, and what is kept of it. */
export function makeFreshness(
  signed: RecordedAssertion,
  now: Date,
): { readonly secret: string; readonly kept: Freshness } {
  const secret = randomBytes(SECRET_OCTETS).toString('base64url');
  const until = new Date(now.getTime() + LIFE_MS);
  return { secret, kept: { hash: hashOf(secret), until, signed } };
}

/** The last touch in a session; null where its connection proves who is there. */
export function touchOf({
  fresh,
  certificate,
}: Pick<SessionRecord, 'fresh' | 'certificate'>): Touch | null {
  return fresh && { certificate, signed: fresh.signed };
}

/** A touch as the record of what it authorised holds it: anyone can verify it with the certificate named. */
export function touchDetail(touch: Touch | null): AuditEntry['detail'] {
  if (touch === null) return {};
  return { ...touch.signed, signedBy: Buffer.from(touch.certificate).toString('hex') };
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

/** The entries of what the user of a session did, with the last touch in it. */
export function withTouch(
  entries: readonly AuditEntry[],
  session: Pick<SessionRecord, 'fresh' | 'certificate'>,
): readonly AuditEntry[] {
  const touch = touchDetail(touchOf(session));
  return entries.map((entry) => ({ ...entry, detail: { ...entry.detail, ...touch } }));
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
