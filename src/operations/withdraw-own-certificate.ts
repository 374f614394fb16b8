// A user suspends or revokes the certificate they are logged in with, as before a change of PC: against
// their PIN, and with it their session ends. What follows is the administrator's to do.
import { equalOctets } from '../asn1/octets.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import { lockSlot } from '../store/certificates.ts';
import { type Db, inTransaction } from '../store/database.ts';
import { type RightPin, settleRightPin, withRightPin } from './check-pin.ts';
import { checkIsStillOpen } from './check-still-open.ts';
import type { PinHasher } from './pin-hasher.ts';
import type { AuthenticatedUser } from './resume-session.ts';
import { tellCompany } from './tell-company.ts';
import { withdrawFromSlot } from './withdraw-certificate.ts';

/** What the user wants done, and what they typed. */
export type OwnWithdrawal = {
  readonly kind: 'suspend' | 'revoke';
  readonly pin: string;
  /** The inquiry number that is shown should it be refused. */
  readonly inquiry: string;
};

type Needs = { readonly db: Db; readonly clock: Clock; readonly pins: PinHasher };

/** Withdraws the session's certificate and an unproven one beside it; refuses as `withRightPin`. */
export async function withdrawOwnCertificate(
  user: AuthenticatedUser,
  { kind, pin, inquiry }: OwnWithdrawal,
  needs: Needs,
): Promise<void> {
  const { certificate, session } = user;
  const { identity, slot, sha256 } = certificate;
  const withdraw = async (right: RightPin): Promise<void> =>
    await inTransaction(needs.db, async (tx) => {
      await settleRightPin(right, tx);
      await checkIsStillOpen(session, tx);
      const held = await lockSlot(certificate, tx);
      if (!held.some((one) => equalOctets(one.sha256, sha256))) {
        throw new Refusal('session-ended', 'the certificate ended meanwhile');
      }
      const { now } = right;
      await withdrawFromSlot(kind, { identity, slot, by: identity.user }, { now, tx });
      const event = kind === 'revoke' ? 'revoked' : 'suspended';
      await tellCompany({ event, member: user.person, by: identity.user, now }, tx);
    });
  await withRightPin({ certificate, pin, inquiry }, withdraw, needs);
}
