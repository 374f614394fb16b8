// UTCTime and GeneralizedTime in the one form each that RFC 5280 §4.1.2.5 allows.
// Not here: fractions of seconds, offsets, leap seconds; they are refused.
import type { DerReader } from './der-reader.ts';
import { type DerNode, primitive } from './der-writer.ts';
import { GENERALIZED_TIME, UTC_TIME } from './tag.ts';

const DAY_MS = 86_400_000;
/** From 1 March of the year 0. */
const DAYS_TO_1970 = 719_468;
const DAYS_OF_400_YEARS = 146_097;
const FIRST_MS_OF_2050 = Date.UTC(2050, 0, 1);
const FIRST_MS_OF_1950 = Date.UTC(1950, 0, 1);
const FIRST_MS_OF_0 = -62_167_219_200_000;
const LAST_MS_OF_9999 = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
const DAYS_OF_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Reads a Time of RFC 5280, UTCTime or GeneralizedTime, as milliseconds since 1970. */
export function readTimeMs(r: DerReader): number {
  if (r.isNext(UTC_TIME)) return readUtcTimeMs(r);
  return readGeneralizedTimeMs(r);
}

/** Reads a Time of RFC 5280, UTCTime or GeneralizedTime. */
export function readTime(r: DerReader): Date {
  return new Date(readTimeMs(r));
}

/** Reads `YYYYMMDDHHMMSSZ`, as milliseconds since 1970. */
export function readGeneralizedTimeMs(r: DerReader, tag: number = GENERALIZED_TIME): number {
  const end = r.header(tag);
  // RFC 5280 §4.1.2.5.2: seconds are present, fractions are not, Z ends it.
  if (end - r.position !== 15) r.refuse('GeneralizedTime is not YYYYMMDDHHMMSSZ');
  const year = twoDigits(r) * 100 + twoDigits(r);
  return restOfTime(r, year);
}

/** Node of a Time: UTCTime through 2049, GeneralizedTime after; fractions of seconds are dropped. */
export function time(date: Date): DerNode {
  const ms = date.getTime();
  if (!isUtcTime(ms)) return generalizedTime(date);
  return primitive(UTC_TIME, digitsOf(ms).subarray(2));
}

/** Node of a GeneralizedTime; fractions of seconds are dropped. */
export function generalizedTime(date: Date, tag: number = GENERALIZED_TIME): DerNode {
  return primitive(tag, digitsOf(date.getTime()));
}

/** Octets of a Time with its header. */
export function timeSize(ms: number): number {
  return isUtcTime(ms) ? 15 : 17;
}

/** Writes a Time at an offset; the result is the offset after it. */
export function writeTime(out: Uint8Array, start: number, ms: number): number {
  if (isUtcTime(ms)) {
    // The century is written where the header will be.
    writeDigits(out, start, ms);
    out[start] = UTC_TIME;
    out[start + 1] = 13;
    return start + 15;
  }
  out[start] = GENERALIZED_TIME;
  out[start + 1] = 15;
  writeDigits(out, start + 2, ms);
  return start + 17;
}

/** RFC 5280 §4.1.2.5: through the year 2049 as UTCTime, from 2050 as GeneralizedTime. */
function isUtcTime(ms: number): boolean {
  return ms >= FIRST_MS_OF_1950 && ms < FIRST_MS_OF_2050;
}

function readUtcTimeMs(r: DerReader): number {
  const end = r.header(UTC_TIME);
  if (end - r.position !== 13) r.refuse('UTCTime is not YYMMDDHHMMSSZ');
  const year = twoDigits(r);
  // RFC 5280 §4.1.2.5.1: 50 to 99 are of the twentieth century.
  return restOfTime(r, year >= 50 ? 1900 + year : 2000 + year);
}

function restOfTime(r: DerReader, year: number): number {
  const month = twoDigits(r);
  const day = twoDigits(r);
  const hour = twoDigits(r);
  const minute = twoDigits(r);
  const second = twoDigits(r);
  const isRight =
    day >= 1 && day <= daysOfMonth(year, month) && hour < 24 && minute < 60 && second < 60;
  if (!isRight) r.refuse('time does not exist');
  if (r.octet(r.position) !== 0x5a) r.refuse('time does not end in Z');
  r.position += 1;
  return daysSince1970(year, month, day) * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000;
}

function twoDigits(r: DerReader): number {
  const tens = r.octet(r.position) - 0x30;
  const ones = r.octet(r.position + 1) - 0x30;
  if (tens < 0 || tens > 9 || ones < 0 || ones > 9) r.refuse('time holds what is no digit');
  r.position += 2;
  return tens * 10 + ones;
}

function daysOfMonth(year: number, month: number): number {
  const isLeapYear = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeapYear ? 29 : (DAYS_OF_MONTH[month - 1] ?? 0);
}

/** Days by the Gregorian calendar, counted in years that begin in March. */
function daysSince1970(year: number, month: number, day: number): number {
  const y = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return (
    365 * y +
    Math.floor(y / 4) -
    Math.floor(y / 100) +
    Math.floor(y / 400) +
    dayOfYear -
    DAYS_TO_1970
  );
}

function digitsOf(ms: number): Uint8Array {
  const octets = new Uint8Array(15);
  writeDigits(octets, 0, ms);
  return octets;
}

/** Writes `YYYYMMDDHHMMSSZ`, by the same calendar as `daysSince1970`. */
function writeDigits(out: Uint8Array, start: number, ms: number): void {
  if (!(ms >= FIRST_MS_OF_0 && ms <= LAST_MS_OF_9999)) {
    throw new RangeError('a time must be of the years 0 to 9999');
  }
  // Whole numbers below 2^31 from here on, and all above zero: `| 0` rounds down.
  const days = Math.floor(ms / DAY_MS);
  const seconds = ((ms - days * DAY_MS) / 1000) | 0;
  const day = (days + DAYS_TO_1970 + DAYS_OF_400_YEARS) | 0;
  const era = (day / DAYS_OF_400_YEARS) | 0;
  const dayOfEra = day - era * DAYS_OF_400_YEARS;
  const leapDays = ((dayOfEra / 1460) | 0) - ((dayOfEra / 36_524) | 0) + ((dayOfEra / 146_096) | 0);
  const yearOfEra = ((dayOfEra - leapDays) / 365) | 0;
  const dayOfYear = dayOfEra - (365 * yearOfEra + (yearOfEra >> 2) - ((yearOfEra / 100) | 0));
  const marchMonth = ((5 * dayOfYear + 2) / 153) | 0;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + (era - 1) * 400 + (month <= 2 ? 1 : 0);
  writeTwo(out, start, (year / 100) | 0);
  writeTwo(out, start + 2, year % 100);
  writeTwo(out, start + 4, month);
  writeTwo(out, start + 6, dayOfYear - (((153 * marchMonth + 2) / 5) | 0) + 1);
  writeTwo(out, start + 8, (seconds / 3600) | 0);
  writeTwo(out, start + 10, ((seconds / 60) | 0) % 60);
  writeTwo(out, start + 12, seconds % 60);
  out[start + 14] = 0x5a;
}

function writeTwo(out: Uint8Array, at: number, value: number): void {
  out[at] = 0x30 + ((value / 10) | 0);
  out[at + 1] = 0x30 + (value % 10);
}
