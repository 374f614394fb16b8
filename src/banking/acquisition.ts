// By what right a slot gets a certificate that succeeds none, and until when. Not a renewal: whoever acquires
// shows no certificate, so somebody else vouches for them by a one-time code.
import { Refusal } from '../errors.ts';
import type { Policy } from './policy.ts';
import { addDays, endOfTokyoDay, tokyoDayOf } from './tokyo-calendar.ts';
import { isExpired, type UserCertificate } from './user-certificate.ts';

/** A slot's first certificate; one after the old one's end, in grace; or one in place of what was lost. */
export type AcquisitionKind = 'first' | 'expired' | 'reissue';

/** How a code gets to who is to use it: shown to who vouches for them, or mailed to the person alone. */
export type CodeWay = 'screen' | 'mail';

/** What a slot holds, and whether a certificate was ever in use there. */
export type SlotStanding = {
  /** Its certificates that are not ended: at most one proved and one unproven. */
  readonly held: readonly UserCertificate[];
  readonly hasHadOne: boolean;
};

/** Why a slot may get no certificate by acquisition: one there works, or the old one is to be revoked first. */
export type Hindrance = 'works' | 'revoke-first';

/** By what kind of acquisition a slot may get a certificate now, or why by none. */
export function acquisitionOf(
  { held, hasHadOne }: SlotStanding,
  policy: Policy,
  now: Date,
): AcquisitionKind | Hindrance {
  const proved = held.find((one) => one.provedAt !== null);
  if (proved === undefined) return hasHadOne ? 'reissue' : 'first';
  if (proved.state === 'current' && !isExpired(proved, now)) return 'works';
  if (policy.revokeFirst) return 'revoke-first';
  if (proved.state !== 'current') return 'reissue';
  return isAfter(now, graceEndsAt(proved, policy)) ? 'reissue' : 'expired';
}

/** The same; refuses (`transition-forbidden`, `policy-forbids`) where there is a hindrance. */
export function acquisitionKindFor(slot: SlotStanding, policy: Policy, now: Date): AcquisitionKind {
  const kind = acquisitionOf(slot, policy, now);
  if (kind === 'works') {
    throw new Refusal('transition-forbidden', 'the slot holds a certificate that works');
  }
  if (kind === 'revoke-first') {
    throw new Refusal('policy-forbids', 'policy wants the old certificate revoked first');
  }
  return kind;
}

/** The last second in which an expired certificate's user may acquire again without a reissue. */
function graceEndsAt(certificate: UserCertificate, policy: Policy): Date {
  return endOfTokyoDay(addDays(tokyoDayOf(certificate.notAfter), policy.graceDays));
}

/** The last second in which a code offered now serves. */
export function offerEndsAt(
  kind: AcquisitionKind,
  { held }: Pick<SlotStanding, 'held'>,
  { policy, now }: { readonly policy: Policy; readonly now: Date },
): Date {
  const deadline = endOfTokyoDay(addDays(tokyoDayOf(now), policy.firstAcquisitionDays));
  const old = held.find((one) => one.provedAt !== null);
  if (kind !== 'expired' || old === undefined) return deadline;
  return new Date(Math.min(deadline.getTime(), graceEndsAt(old, policy).getTime()));
}

/** Whether a certificate that succeeds none is unproven and its deadline has passed. */
export function isAcquisitionOver(
  certificate: UserCertificate,
  policy: Policy,
  now: Date,
): boolean {
  if (certificate.predecessor !== null || certificate.provedAt !== null) return false;
  return isAfter(now, acquisitionEndsAt(certificate, policy));
}

/** Refuses (`acquisition-over`) to take such a certificate into use after its deadline. */
export function checkAcquisition(certificate: UserCertificate, policy: Policy, now: Date): void {
  if (isAcquisitionOver(certificate, policy, now)) {
    throw new Refusal('acquisition-over', 'the deadline of acquisition has passed');
  }
}

/** The last second in which an unproven certificate that succeeds none can be proved. */
function acquisitionEndsAt(certificate: UserCertificate, policy: Policy): Date {
  return endOfTokyoDay(addDays(tokyoDayOf(certificate.issuedAt), policy.firstAcquisitionDays));
}

/** Whether the deadline of an offer has passed: its last second belongs to it. */
export function isOfferOver(expiresAt: Date, now: Date): boolean {
  return isAfter(now, expiresAt);
}

/** Whether the clock has passed an instant's whole second. */
function isAfter(now: Date, lastSecond: Date): boolean {
  return now.getTime() >= lastSecond.getTime() + 1000;
}
