// Until when a slot's first certificate may be taken into use. A successor has no such deadline.
import { Refusal } from '../errors.ts';
import type { Policy } from './policy.ts';
import { addDays, endOfTokyoDay, tokyoDayOf } from './tokyo-calendar.ts';
import type { UserCertificate } from './user-certificate.ts';

/** Whether a certificate is an unproven first one whose deadline has passed. */
export function isAcquisitionOver(
  certificate: UserCertificate,
  policy: Policy,
  now: Date,
): boolean {
  if (certificate.predecessor !== null || certificate.provedAt !== null) return false;
  return now.getTime() >= acquisitionEndsAt(certificate, policy).getTime() + 1000;
}

/** Refuses (`acquisition-over`) to take a first certificate into use after its deadline. */
export function checkAcquisition(certificate: UserCertificate, policy: Policy, now: Date): void {
  if (isAcquisitionOver(certificate, policy, now)) {
    throw new Refusal('acquisition-over', 'the deadline of acquisition has passed');
  }
}

/** The last second in which an unproven first certificate can be proved. */
function acquisitionEndsAt(certificate: UserCertificate, policy: Policy): Date {
  return endOfTokyoDay(addDays(tokyoDayOf(certificate.issuedAt), policy.firstAcquisitionDays));
}
