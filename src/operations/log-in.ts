// Login by certificate and PIN: the session is bound to the certificate, and the first login with an
// unproven certificate proves it. How the PIN is held against the person's: check-pin.ts.
import type { Evidence } from '../banking/evidence.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import { type Db, inTransaction } from '../store/database.ts';
import { type UsedChallenge, useChallengeUp } from '../store/used-challenges.ts';
import { type RightPin, settleRightPin, withRightPin } from './check-pin.ts';
import { fillInCertificate } from './fill-in-certificate.ts';
import { type OpenedSession, openSession } from './open-session.ts';
import type { PinHasher } from './pin-hasher.ts';

type Needs = { readonly db: Db; readonly clock: Clock; readonly pins: PinHasher };
type Attempt = {
  readonly evidence: Evidence;
  readonly pin: string;
  /** The inquiry number that is shown should the PIN be wrong. */
  readonly inquiry?: string;
  /** Used up with the login, where the evidence came through a page. */
  readonly once?: UsedChallenge;
};

/** Opens a session for who showed the certificate and knows the PIN. */
export async function logIn(attempt: Attempt, needs: Needs): Promise<OpenedSession> {
  const { evidence, once, ...typed } = attempt;
  const { certificate } = evidence;
  const { institution } = certificate.identity;
  const open = async (right: RightPin): Promise<OpenedSession> =>
    await inTransaction(needs.db, async (tx) => {
      await settleRightPin(right, tx);
      const { now, policy } = right;
      if (once !== undefined && !(await useChallengeUp(institution, once, now, tx))) {
        throw new Refusal('challenge-used', 'this evidence has opened a session already');
      }
      if (evidence.kind === 'mutual-tls' && evidence.fillsIn !== undefined) {
        await fillInCertificate(evidence, evidence.fillsIn, { now, tx });
      }
      return await openSession(evidence, { policy, now, by: 'pin' }, tx);
    });
  return await withRightPin({ ...typed, certificate }, open, needs);
}
