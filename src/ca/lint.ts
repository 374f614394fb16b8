// Reads a finished certificate back before it is signed and holds it against its order, rule by rule.
// It walks the octets once and builds nothing, and shares no encoder with the profile that wrote them.
// What is signed is only what passed here: `LintedCertificate` is made nowhere else.
import { readCharacterString } from '../asn1/character-string.ts';
import { DerReader } from '../asn1/der-reader.ts';
import { OID } from '../asn1/known-object-identifiers.ts';
import { equalOctets, holdsOctets } from '../asn1/octets.ts';
import { contextConstructed, PRINTABLE_STRING, SEQUENCE, SET, UTF8_STRING } from '../asn1/tag.ts';
import { readTimeMs } from '../asn1/time.ts';
import { lintExtensions } from './lint-extensions.ts';
import { type Lint, type LintTerms, rule } from './lint-terms.ts';
import type { UserOrder } from './user-profile.ts';

/** A TBSCertificate that was read back and found to be its order, to the octet where it matters. */
export type LintedCertificate = { readonly tbsDer: Uint8Array; readonly __brand: 'Linted' };

/** Lints a user's certificate; throws an error that names the broken rules: a defect, not a refusal. */
export function lintUserCertificate(
  tbsDer: Uint8Array,
  order: UserOrder,
  limits: { readonly terms: LintTerms; readonly maximumLifetimeDays: number },
): LintedCertificate {
  const lint: Lint = { order, terms: limits.terms, broken: [] };
  try {
    walk(new DerReader(tbsDer, 'TBS certificate'), lint, limits.maximumLifetimeDays);
  } catch (cause) {
    // What our own encoder wrote and cannot be read is no refusal of anybody's input.
    throw new Error('a certificate broke its profile: it cannot be read', { cause });
  }
  if (lint.broken.length > 0) {
    throw new Error(`a certificate broke its profile: ${lint.broken.join('; ')}`);
  }
  return { tbsDer, __brand: 'Linted' };
}

const VERSION = contextConstructed(0);
const EXTENSIONS = contextConstructed(3);
const DAY_MS = 24 * 60 * 60 * 1000;
/** 23:59:59 in Tokyo, in UTC. */
const END_OF_TOKYO_DAY_MS = 15 * 60 * 60 * 1000 - 1000;

function walk(r: DerReader, lint: Lint, maximumLifetimeDays: number): void {
  const { order, terms } = lint;
  const outer = r.enter(SEQUENCE);
  const inVersion = r.enter(VERSION);
  rule(lint, 'version 3', r.smallInteger() === 2);
  r.leave(inVersion);
  lintSerial(r, lint);
  rule(lint, 'signature algorithm', isElement(r, SEQUENCE, terms.issuer.signatureAlgorithmDer));
  // RFC 5280 §4.1.2.4: the issuer's name is the CA's own, octet by octet.
  rule(lint, 'issuer octets', isElement(r, SEQUENCE, terms.issuer.name.der));
  lintValidity(r, lint, maximumLifetimeDays);
  lintSubject(r, lint);
  rule(lint, 'public key octets', isElement(r, SEQUENCE, order.spkiDer));
  const inExtensions = r.enter(EXTENSIONS);
  lintExtensions(r, lint);
  r.leave(inExtensions);
  r.leave(outer);
  r.finish();
}

function lintSerial(r: DerReader, lint: Lint): void {
  const serial = r.positiveInteger();
  rule(lint, 'serial as ordered', equalOctets(serial, lint.order.serialNumber));
  rule(lint, 'serial of 8 to 20 octets', serial.length >= 8 && serial.length <= 20);
}

function lintValidity(r: DerReader, lint: Lint, maximumLifetimeDays: number): void {
  const outer = r.enter(SEQUENCE);
  const notBefore = readTimeMs(r);
  const notAfter = readTimeMs(r);
  r.leave(outer);
  rule(lint, 'notBefore', notBefore === wholeSeconds(lint.order.notBefore));
  rule(lint, 'notAfter', notAfter === wholeSeconds(lint.order.notAfter));
  rule(lint, 'ends 23:59:59 in Tokyo', notAfter % DAY_MS === END_OF_TOKYO_DAY_MS);
  const issuerEnd = lint.terms.issuer.notAfter.getTime();
  rule(lint, 'ends no later than its issuer', notAfter <= issuerEnd);
  rule(lint, 'begins before it ends', notBefore < notAfter);
  const isWithinMaximum = notAfter - notBefore <= maximumLifetimeDays * DAY_MS;
  rule(lint, 'lifetime within the maximum', isWithinMaximum);
}

function lintSubject(r: DerReader, lint: Lint): void {
  const outer = r.enter(SEQUENCE);
  rule(lint, 'country', isPart(r, OID.countryName, 'JP'));
  rule(lint, 'organisation', isPart(r, OID.organizationName, lint.terms.institutionName));
  rule(lint, 'common name', isPart(r, OID.commonName, lint.order.commonName));
  rule(lint, 'three parts of the name', r.atEnd());
  r.position = r.end;
  r.leave(outer);
}

/** Whether the next part of a name is this one attribute; passes over it. */
function isPart(r: DerReader, type: string, value: string): boolean {
  if (!r.isNext(SET)) return false;
  const outer = r.enter(SET);
  const end = r.end;
  const inAttribute = r.enter(SEQUENCE);
  const isType = r.objectIdentifier() === type;
  // RFC 5280 §4.1.2.4: new names are PrintableString or UTF8String.
  const isString = r.isNext(PRINTABLE_STRING) || r.isNext(UTF8_STRING);
  const isValue = isString && readCharacterString(r) === value;
  const isWhole = r.position === end;
  r.position = r.end;
  r.leave(inAttribute);
  r.position = end;
  r.leave(outer);
  return isType && isValue && isWhole;
}

/** Whether the next element is this one to the octet; passes over it. */
function isElement(r: DerReader, tag: number, wanted: Uint8Array): boolean {
  const start = r.position;
  r.position = r.header(tag);
  return holdsOctets(r.bytes, start, r.position, wanted);
}

function wholeSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000) * 1000;
}
