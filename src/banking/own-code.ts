// Who may have a code mailed to themselves without showing a certificate: after its end, in grace. Whoever asks is a
// stranger, so asking takes nothing away: no code that an administrator gave, and nothing that was begun.
import { acquisitionOf, isOfferOver, type SlotStanding } from './acquisition.ts';
import type { Under } from './company.ts';
import type { Person } from './person.ts';
import type { Policy } from './policy.ts';
import { addDays, endOfTokyoDay, tokyoDayOf } from './tokyo-calendar.ts';

/** An offer that was made for the slot before. */
export type OfferBefore = {
  readonly offeredBy: string;
  readonly offeredAt: Date;
  readonly expiresAt: Date;
  readonly endedAt: Date | null;
  /** Whether the code has come to somebody who also had the PIN. */
  readonly isUsed: boolean;
};

/** Codes that a user may ask for in a day, and how long the last one is left alone. */
export const OWN_CODES = { aDay: 3, pauseMinutes: 30 } as const;

const MINUTE_MS = 60 * 1000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** For how many days after the end a code is mailed to who asks; null where to nobody. */
export function daysOfOwnCodes({
  mailsCodeAfterEnd,
  revokeFirst,
  graceDays,
}: Policy): number | null {
  return mailsCodeAfterEnd && !revokeFirst && graceDays > 0 ? graceDays : null;
}

/** Whether a person may have a code mailed for a slot, as both stand now. */
export function mayAskForCode(
  { person, slot }: { readonly person: Person; readonly slot: SlotStanding },
  { policy, now }: Under,
): boolean {
  if (!policy.mailsCodeAfterEnd) return false;
  if (person.isStopped || person.isLocked || person.isFrozen) return false;
  // Another code would withdraw what was acquired by the one before.
  if (slot.held.some(({ provedAt, acquiredAs }) => provedAt === null && acquiredAs)) return false;
  return acquisitionOf(slot, policy, now) === 'expired';
}

/** Whether another code may be made beside those of before: of the person, in one slot. */
export function mayMakeAnother(before: readonly OfferBefore[], user: string, now: Date): boolean {
  const own = before.filter(({ offeredBy }) => offeredBy === user);
  const since = (ms: number) => own.filter((one) => one.offeredAt.getTime() > now.getTime() - ms);
  if (since(DAY_MS).length >= OWN_CODES.aDay) return false;
  const open = before.find((one) => one.endedAt === null && !isOfferOver(one.expiresAt, now));
  if (open === undefined) return true;
  const isOwn = open.offeredBy === user;
  const isOld = now.getTime() - open.offeredAt.getTime() >= OWN_CODES.pauseMinutes * MINUTE_MS;
  return isOwn && isOld && !open.isUsed;
}

/** The last second of such a code: it is used when it arrives. */
export function ownCodeEndsAt(now: Date): Date {
  return endOfTokyoDay(addDays(tokyoDayOf(now), 1));
}
