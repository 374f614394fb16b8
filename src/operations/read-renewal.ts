// How a user's renewal stands: not yet open, to be started, or a successor waiting for its proof.
import type { Policy } from '../banking/policy.ts';
import { mayRenew, renewalWindowOf, successorEnd } from '../banking/renewal.ts';
import type { UserCertificate } from '../banking/user-certificate.ts';
import type { Clock } from '../clock.ts';
import type { Db } from '../store/database.ts';
import type { LoadedBank } from './bank.ts';
import { waitingSuccessor } from './confirm-renewal.ts';
import type { AuthenticatedUser } from './resume-session.ts';

/** Where a renewal stands; `successor` waits for its proof. */
export type RenewalStanding = { readonly policy: Policy } & (
  | { readonly kind: 'outside-window'; readonly opensAt: Date }
  | { readonly kind: 'open'; readonly successorEndsAt: Date }
  | {
      readonly kind: 'waiting';
      readonly successor: UserCertificate;
      readonly successorEndsAt: Date;
    }
);

/** Reads how a user's renewal stands; changes nothing. */
export async function readRenewal(
  user: AuthenticatedUser,
  bank: LoadedBank,
  needs: { readonly db: Db; readonly clock: Clock },
): Promise<RenewalStanding> {
  const now = needs.clock.now();
  const { certificate, policy } = user;
  const issuerEndsAt = bank.authority.issuer.notAfter;
  const successorEndsAt = successorEnd(certificate, { policy, issuerEndsAt, now });
  const successor = await waitingSuccessor(user, needs.db);
  if (successor !== undefined) return { policy, kind: 'waiting', successor, successorEndsAt };
  if (mayRenew(certificate, policy, now)) return { policy, kind: 'open', successorEndsAt };
  const { opensAt } = renewalWindowOf(certificate, policy);
  return { policy, kind: 'outside-window', opensAt };
}
