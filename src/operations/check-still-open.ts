// Whether a session is open still in the transaction of what it asked for: hashing a PIN takes a while, and
// it may have been ended meanwhile.
import { Refusal } from '../errors.ts';
import type { Tx } from '../store/database.ts';
import { findSession, type SessionRecord } from '../store/sessions.ts';

/** Refuses (`session-ended`) what an ended session asked for. */
export async function checkIsStillOpen(
  { identity, tokenHash }: SessionRecord,
  tx: Tx,
): Promise<void> {
  const session = await findSession(identity.institution, tokenHash, tx);
  if (session === undefined || session.endReason !== null) {
    throw new Refusal('session-ended', 'the session was ended meanwhile');
  }
}
