// When the holder of a certificate is reminded of its end: days before it by policy, and the day after it. What was
// not sent in time is caught up with, by the latest reminder alone.

import type { DaySpan } from './ending.ts';
import type { Policy } from './policy.ts';
import { addDays, tokyoDayFromHour } from './tokyo-calendar.ts';

/** In Tokyo: nobody is mailed at night. */
export const REMINDED_AT_HOUR = 8;
/** How many days later "it has ended" is still said. */
const CAUGHT_UP_DAYS = 7;

/** The certificates whose holders are to have been reminded by now: those that end in some days. */
export type Reminder = {
  readonly kind: 'ending' | 'ended';
  /** How many days before the end; after it, negative. */
  readonly days: number;
  readonly span: DaySpan;
};

/** The reminders that are due, each for other days: whoever was to get several by now gets the latest. */
export function dueReminders(policy: Policy, now: Date): readonly Reminder[] {
  const today = tokyoDayFromHour(REMINDED_AT_HOUR, now);
  const days = policy.mailDaysBefore.toSorted((one, other) => other - one);
  const before = days.map((most, i): Reminder => {
    const least = (days[i + 1] ?? -1) + 1;
    const span = { first: addDays(today, least), last: addDays(today, most) };
    return { kind: 'ending', days: most, span };
  });
  if (!policy.mailDayAfterEnd) return before;
  const span = { first: addDays(today, -CAUGHT_UP_DAYS), last: addDays(today, -1) };
  return [...before, { kind: 'ended', days: -1, span }];
}
