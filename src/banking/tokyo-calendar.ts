// Days and ends of days in Asia/Tokyo, computed from instants. Not a general calendar: Tokyo has had
// no daylight saving time since 1951, so its offset is a constant nine hours.
import { Refusal } from '../errors.ts';

const HOUR_MS = 60 * 60 * 1000;
const TOKYO_OFFSET_MS = 9 * HOUR_MS;
const DAY_MS = 24 * HOUR_MS;

/** A day of the calendar in Tokyo; `month` is 1 to 12. */
export type TokyoDay = { readonly year: number; readonly month: number; readonly day: number };

/** The Tokyo day in which an instant falls. */
export function tokyoDayOf(instant: Date): TokyoDay {
  const shifted = new Date(instant.getTime() + TOKYO_OFFSET_MS);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
  };
}

/** The day written `2027-03-31`; refuses (`invalid-input`) any other text, and days that there are not. */
export function parseTokyoDay(text: string): TokyoDay {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  const parsed = { year: Number(year), month: Number(month), day: Number(day) };
  const same = year === undefined ? undefined : addDays(parsed, 0);
  if (same !== undefined && same.month === parsed.month && same.day === parsed.day) return parsed;
  throw new Refusal('invalid-input', 'a day is written as year, month and day: 2027-03-31');
}

/** The instant at which a Tokyo day begins. */
export function startOfTokyoDay(day: TokyoDay): Date {
  return new Date(Date.UTC(day.year, day.month - 1, day.day) - TOKYO_OFFSET_MS);
}

/** The instant at which an hour of a Tokyo day begins; hours are 0 to 23. */
export function hourOfTokyoDay(day: TokyoDay, hour: number): Date {
  return new Date(startOfTokyoDay(day).getTime() + hour * HOUR_MS);
}

/** The last Tokyo day whose hour has begun by an instant: until then it is the day before. */
export function tokyoDayFromHour(hour: number, instant: Date): TokyoDay {
  return tokyoDayOf(new Date(instant.getTime() - hour * HOUR_MS));
}

/** The last whole second of a Tokyo day, 23:59:59: the form in which certificates end. */
export function endOfTokyoDay(day: TokyoDay): Date {
  return new Date(startOfTokyoDay(day).getTime() + DAY_MS - 1000);
}

/** The last Tokyo day whose last second is no later than an instant. */
export function lastWholeTokyoDay(instant: Date): TokyoDay {
  return addDays(tokyoDayOf(new Date(instant.getTime() + 1000)), -1);
}

/** The Tokyo day that lies `days` after another (before it, when negative). */
export function addDays(day: TokyoDay, days: number): TokyoDay {
  const moved = new Date(Date.UTC(day.year, day.month - 1, day.day) + days * DAY_MS);
  return { year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() };
}

/** How many Tokyo midnights lie between two instants; negative when the second is earlier. */
export function tokyoDaysBetween(from: Date, until: Date): number {
  const start = startOfTokyoDay(tokyoDayOf(from)).getTime();
  return Math.round((startOfTokyoDay(tokyoDayOf(until)).getTime() - start) / DAY_MS);
}
