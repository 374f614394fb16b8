// What the lints of certificates and of CRLs read alike: copied elements, and times in their one form.
import type { DerReader } from '../asn1/der-reader.ts';
import { holdsOctets } from '../asn1/octets.ts';
import { UTC_TIME } from '../asn1/tag.ts';
import { readTimeMs } from '../asn1/time.ts';
import { type Findings, rule } from './lint-terms.ts';

const YEAR_1950 = Date.UTC(1950, 0, 1);
const YEAR_2050 = Date.UTC(2050, 0, 1);

/** Whether the next element is this one to the octet; passes over it. */
export function isElement(r: DerReader, tag: number, wanted: Uint8Array): boolean {
  const start = r.position;
  r.position = r.header(tag);
  return holdsOctets(r.bytes, start, r.position, wanted);
}

/** Whether the next element holds these content octets; passes over it. */
export function isContents(r: DerReader, tag: number, wanted: Uint8Array): boolean {
  const end = r.header(tag);
  const start = r.position;
  r.position = end;
  return holdsOctets(r.bytes, start, end, wanted);
}

/** Reads a time as milliseconds since 1970, and notes one that is in the form of other years. */
export function readTimeOfItsForm(r: DerReader, findings: Findings): number {
  const isUtcTime = r.isNext(UTC_TIME);
  const ms = readTimeMs(r);
  // RFC 5280 §4.1.2.5: through the year 2049 as UTCTime, from 2050 as GeneralizedTime.
  const isForUtcTime = ms >= YEAR_1950 && ms < YEAR_2050;
  rule(findings, 'UTCTime through 2049, then GeneralizedTime', isUtcTime === isForUtcTime);
  return ms;
}

/** An instant as a certificate or CRL can say it. */
export function wholeSeconds(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}
