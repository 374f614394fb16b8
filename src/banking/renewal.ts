// When a certificate may be renewed, and when its successor ends. Not the act of renewing.
import { Refusal } from '../errors.ts';
import type { Policy } from './policy.ts';
import {
  addDays,
  endOfTokyoDay,
  lastWholeTokyoDay,
  startOfTokyoDay,
  type TokyoDay,
  tokyoDayOf,
  tokyoDaysBetween,
} from './tokyo-calendar.ts';
import { expiredFrom, isExpired, type UserCertificate } from './user-certificate.ts';

/** The span in which a certificate may be renewed: from the first instant, and no more from the second. */
export type RenewalWindow = { readonly opensAt: Date; readonly closesAt: Date };

/**
 * Opens at 0:00 Tokyo, `renewalWindowDays` before the certificate's last day, or from when an imported one may be
 * renewed; closes as it ends.
 */
export function renewalWindowOf(certificate: UserCertificate, policy: Policy): RenewalWindow {
  return {
    opensAt: certificate.renewableFrom ?? windowOpensAt(certificate.notAfter, policy),
    closesAt: expiredFrom(certificate),
  };
}

/** When policy opens the window of a certificate that ends then. */
export function windowOpensAt(notAfter: Date, { renewalWindowDays }: Policy): Date {
  return startOfTokyoDay(addDays(tokyoDayOf(notAfter), -renewalWindowDays));
}

/** Refuses a renewal unless the certificate is current, not expired and inside its window. */
export function checkMayRenew(certificate: UserCertificate, policy: Policy, now: Date): void {
  if (certificate.state !== 'current') {
    throw new Refusal(
      'transition-forbidden',
      `a certificate that is ${certificate.state} cannot be renewed`,
    );
  }
  if (isExpired(certificate, now)) throw new Refusal('expired', 'the certificate has ended');
  if (now < renewalWindowOf(certificate, policy).opensAt) {
    throw new Refusal('outside-window', 'the renewal window has not opened yet');
  }
}

/** Whether the notice of renewal is shown: the same rule as `checkMayRenew`, as a claim. */
export function mayRenew(certificate: UserCertificate, policy: Policy, now: Date): boolean {
  return (
    certificate.state === 'current' &&
    !isExpired(certificate, now) &&
    now >= renewalWindowOf(certificate, policy).opensAt
  );
}

/** What bounds the end of a certificate that is issued now. */
export type EndBounds = {
  readonly policy: Policy;
  /** End of the issuing CA's own certificate. */
  readonly issuerEndsAt: Date;
  readonly now: Date;
};

/** The last second of a slot's first certificate issued now. */
export function firstEnd(bounds: EndBounds): Date {
  return endCapped(addDays(tokyoDayOf(bounds.now), bounds.policy.validityDays), bounds);
}

/** The last second of a certificate that succeeds another, issued now. */
export function successorEnd(old: UserCertificate, bounds: EndBounds): Date {
  const { policy, now } = bounds;
  const from = policy.renewalExtends === 'old-end' ? tokyoDayOf(old.notAfter) : tokyoDayOf(now);
  return endCapped(addDays(from, policy.validityDays), bounds);
}

/** Days left until the end, counted in Tokyo midnights: 0 on the last day, negative after it. */
export function daysLeft(certificate: UserCertificate, now: Date): number {
  return tokyoDaysBetween(now, certificate.notAfter);
}

function endCapped(day: TokyoDay, { policy, issuerEndsAt, now }: EndBounds): Date {
  // Today counts as a day, and notBefore lies up to a day back in the calendar: hence two less.
  const cap = addDays(tokyoDayOf(now), policy.maximumLifetimeDays - 2);
  // Paths are judged in the shell model (RFC 5280 §6.1.3): what outlives its CA ends with it, unannounced.
  const days = [day, cap, lastWholeTokyoDay(issuerEndsAt)];
  return new Date(Math.min(...days.map((one) => endOfTokyoDay(one).getTime())));
}
