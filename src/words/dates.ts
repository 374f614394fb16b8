// Dates as people read them: always Asia/Tokyo, with the time of day where something ends.
// Not calendar rules (windows, days left): banking has those. No Intl, so no locale surprises.
import type { Language } from './language.ts';

// Tokyo has had no summer time since 1951, so its offset is a constant.
const TOKYO_OFFSET_MS = 9 * 60 * 60 * 1000;

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** The day in Tokyo: 2027年12月31日, or 31 December 2027. */
export function dateOnly(at: Date, language: Language): string {
  const { year, month, day } = inTokyo(at);
  return language === 'ja'
    ? `${year}年${month}月${day}日`
    : `${day} ${MONTHS[month - 1] ?? ''} ${year}`;
}

/** The day and time in Tokyo to the minute: 2026年12月11日 9時05分, or 11 December 2026, 09:05. */
export function dateAndMinute(at: Date, language: Language): string {
  const { hour, minute } = inTokyo(at);
  return language === 'ja'
    ? `${dateOnly(at, language)} ${hour}時${two(minute)}分`
    : `${dateOnly(at, language)}, ${two(hour)}:${two(minute)}`;
}

/** The day and time in Tokyo to the second: 2027年12月31日 23時59分59秒, or 31 December 2027, 23:59:59. */
export function dateAndTime(at: Date, language: Language): string {
  const { second } = inTokyo(at);
  return language === 'ja'
    ? `${dateAndMinute(at, language)}${two(second)}秒`
    : `${dateAndMinute(at, language)}:${two(second)}`;
}

/** The last moment something holds: 2027年12月31日 23時59分59秒まで, or until 31 December 2027, 23:59:59 (Japan time). */
export function until(at: Date, language: Language): string {
  const end = dateAndTime(at, language);
  return language === 'ja' ? `${end}まで` : `until ${end} (Japan time)`;
}

function inTokyo(at: Date) {
  const shifted = new Date(at.getTime() + TOKYO_OFFSET_MS);
  if (Number.isNaN(shifted.getTime())) throw new RangeError('not a date that can be shown');
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
  };
}

function two(part: number): string {
  return String(part).padStart(2, '0');
}
