// What comes of the certificates that are about to end: the days looked at, and how far each renewal is.
// Not the counting.
import { addDays, type TokyoDay, tokyoDayOf } from './tokyo-calendar.ts';

/**
 * How far the renewal of a certificate is: its successor was proved, its successor waits for the proof,
 * nothing was begun, or it is suspended and nobody can begin.
 */
export const ENDING_STANDINGS = ['renewed', 'started', 'not-started', 'suspended'] as const;
export type EndingStanding = (typeof ENDING_STANDINGS)[number];

/** Whether a mail finds the person whose certificate it is; bounced: the last one came back. */
export const REACHES = ['mail', 'bounced', 'no-address'] as const;
export type Reach = (typeof REACHES)[number];

/** From one Tokyo day to another, both included. */
export type DaySpan = { readonly first: TokyoDay; readonly last: TokyoDay };

const DAYS_BEHIND = 14;
const WEEKS_AHEAD = 13;

/** The days whose endings are counted: two weeks back, thirteen weeks ahead. */
export function countedSpan(now: Date): DaySpan {
  const today = tokyoDayOf(now);
  return { first: addDays(today, -DAYS_BEHIND), last: addDays(today, WEEKS_AHEAD * 7 - 1) };
}

/** How many certificates of one day stand how. */
export type EndingCount = {
  readonly day: TokyoDay;
  readonly standing: EndingStanding;
  readonly reach: Reach;
  readonly certificates: number;
};

/** The counts of some days together: a day's bar, or a week's. */
export type EndingBar = DaySpan & {
  readonly byStanding: Readonly<Record<EndingStanding, number>>;
  /** Of those whose renewal has not begun, whom no mail finds. */
  readonly unreached: number;
};

/** One bar for each `length` days of a span, the first one beginning with the span. */
export function barsOf(
  counts: readonly EndingCount[],
  { first, last }: DaySpan,
  length: 1 | 7,
): readonly EndingBar[] {
  const bars: EndingBar[] = [];
  for (let day = first; !isAfter(day, last); day = addDays(day, length)) {
    const until = addDays(day, length - 1);
    const here = counts.filter((one) => !isAfter(day, one.day) && !isAfter(one.day, until));
    const sum = (of: readonly EndingCount[]) =>
      of.reduce((total, { certificates }) => total + certificates, 0);
    const standing = (wanted: EndingStanding) => here.filter((one) => one.standing === wanted);
    bars.push({
      first: day,
      last: until,
      byStanding: {
        renewed: sum(standing('renewed')),
        started: sum(standing('started')),
        'not-started': sum(standing('not-started')),
        suspended: sum(standing('suspended')),
      },
      unreached: sum(standing('not-started').filter(({ reach }) => reach !== 'mail')),
    });
  }
  return bars;
}

function isAfter(one: TokyoDay, other: TokyoDay): boolean {
  return orderOf(one) > orderOf(other);
}

function orderOf({ year, month, day }: TokyoDay): number {
  return (year * 100 + month) * 100 + day;
}
