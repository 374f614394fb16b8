// The lint's walk through a TBSCertificate: what holds for every certificate of ours, whoever's it is.
// It walks the octets once and builds nothing. Not here: what one kind of certificate must be.
import { isOfAlphabet, isUtf8Of } from '../asn1/character-string.ts';
import { DerReader } from '../asn1/der-reader.ts';
import { OID } from '../asn1/known-object-identifiers.ts';
import { equalOctets } from '../asn1/octets.ts';
import { contextConstructed, PRINTABLE_STRING, SEQUENCE, SET, UTF8_STRING } from '../asn1/tag.ts';
import { isElement, readTimeOfItsForm, wholeSeconds } from './lint-elements.ts';
import { type ExtensionRules, lintCertificateExtensions } from './lint-extensions.ts';
import { conclude, type Lint, rule } from './lint-terms.ts';

/** What one kind of certificate must be beyond what all are. */
export type LintProfile = {
  /** The common name that it must have, and what else must be true of that. */
  readonly commonName: string;
  readonly checkCommonName: () => void;
  readonly checkValidity: (notBeforeMs: number, notAfterMs: number) => void;
  readonly extensions: ExtensionRules<Lint>;
};

const VERSION = contextConstructed(0);
const EXTENSIONS = contextConstructed(3);
/** RFC 5280 appendix A.1, ub-common-name. */
const LONGEST_COMMON_NAME = 64;
/** Offset of a country's string in its part of a name: after two headers and the OBJECT IDENTIFIER. */
const COUNTRY_STRING_AT = 9;

/** Holds a certificate against its order; throws an error that names the broken rules. */
export function lintCertificate(tbsDer: Uint8Array, lint: Lint, profile: LintProfile): void {
  conclude('a certificate', lint, () =>
    walk(new DerReader(tbsDer, 'TBS certificate'), lint, profile),
  );
}

function walk(r: DerReader, lint: Lint, profile: LintProfile): void {
  const { order, terms } = lint;
  const outer = r.enter(SEQUENCE);
  const inVersion = r.enter(VERSION);
  rule(lint, 'version 3', r.smallInteger() === 2);
  r.leave(inVersion);
  lintSerial(r, lint);
  rule(lint, 'signature algorithm', isElement(r, SEQUENCE, terms.issuer.signatureAlgorithmDer));
  // RFC 5280 §4.1.2.4: the issuer's name is the CA's own, octet by octet.
  rule(lint, 'issuer octets', isElement(r, SEQUENCE, terms.issuer.name.der));
  lintValidity(r, lint, profile);
  lintSubject(r, lint, profile);
  rule(lint, 'public key octets', isElement(r, SEQUENCE, order.spkiDer));
  const inExtensions = r.enter(EXTENSIONS);
  lintCertificateExtensions(r, lint, profile.extensions);
  r.leave(inExtensions);
  r.leave(outer);
  r.finish();
}

function lintSerial(r: DerReader, lint: Lint): void {
  const serial = r.positiveInteger();
  rule(lint, 'serial as ordered', equalOctets(serial, lint.order.serialNumber));
  rule(lint, 'serial of 8 to 20 octets', serial.length >= 8 && serial.length <= 20);
}

function lintValidity(r: DerReader, lint: Lint, { checkValidity }: LintProfile): void {
  const outer = r.enter(SEQUENCE);
  const notBefore = readTimeOfItsForm(r, lint);
  const notAfter = readTimeOfItsForm(r, lint);
  r.leave(outer);
  rule(lint, 'notBefore', notBefore === wholeSeconds(lint.order.notBefore.getTime()));
  rule(lint, 'notAfter', notAfter === wholeSeconds(lint.order.notAfter.getTime()));
  rule(lint, 'begins before it ends', notBefore < notAfter);
  const issuerEnd = lint.terms.issuer.notAfter.getTime();
  rule(lint, 'ends no later than its issuer', notAfter <= issuerEnd);
  checkValidity(notBefore, notAfter);
}

function lintSubject(r: DerReader, lint: Lint, { commonName, checkCommonName }: LintProfile): void {
  const { institutionName } = lint.terms;
  const outer = r.enter(SEQUENCE);
  // RFC 5280 appendix A.1: X520countryName is a PrintableString of two characters.
  const isPrintable = r.bytes[r.position + COUNTRY_STRING_AT] === PRINTABLE_STRING;
  rule(lint, 'country', isPart(r, OID.countryName, 'JP') && isPrintable);
  rule(lint, 'organisation', isPart(r, OID.organizationName, institutionName));
  rule(lint, 'common name', isPart(r, OID.commonName, commonName) && commonName !== '');
  rule(lint, 'common name of 64 characters', charactersOf(commonName) <= LONGEST_COMMON_NAME);
  checkCommonName();
  rule(lint, 'three parts of the name', r.atEnd());
  r.position = r.end;
  r.leave(outer);
}

function charactersOf(text: string): number {
  // There are no more characters than units, and nearly always these are few enough.
  return text.length <= LONGEST_COMMON_NAME ? text.length : Array.from(text).length;
}

/** Whether the next part of a name is one attribute of this type and value; passes over it. */
function isPart(r: DerReader, type: string, text: string): boolean {
  if (!r.isNext(SET)) return false;
  const outer = r.enter(SET);
  const end = r.end;
  const inAttribute = r.enter(SEQUENCE);
  const isType = r.objectIdentifier() === type;
  const isValue = isNameString(r, text);
  const isWhole = r.position === end;
  r.position = r.end;
  r.leave(inAttribute);
  r.position = end;
  r.leave(outer);
  return isType && isValue && isWhole;
}

/** Whether a string of a name follows and is this text; passes over it. */
function isNameString(r: DerReader, text: string): boolean {
  const tag = r.nextTag();
  const stringEnd = r.header(tag);
  const start = r.position;
  r.position = stringEnd;
  // RFC 5280 §4.1.2.4: new names are PrintableString or UTF8String; the first holds ASCII, which is its UTF-8.
  const isString =
    tag === UTF8_STRING || (tag === PRINTABLE_STRING && isOfAlphabet(text, PRINTABLE_STRING));
  return isString && isUtf8Of(r.bytes, start, stringEnd, text);
}
