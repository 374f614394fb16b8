// The lint's walk through a TBSCertificate: what holds for every certificate of ours, whoever's it is.
// It walks the octets once and builds nothing. Not here: what one kind of certificate must be.
import { readCharacterString } from '../asn1/character-string.ts';
import { DerReader } from '../asn1/der-reader.ts';
import { OID } from '../asn1/known-object-identifiers.ts';
import { equalOctets } from '../asn1/octets.ts';
import { contextConstructed, PRINTABLE_STRING, SEQUENCE, SET, UTF8_STRING } from '../asn1/tag.ts';
import { isElement, readTimeOfItsForm, wholeSeconds } from './lint-elements.ts';
import { type ExtensionRules, lintExtensions } from './lint-extensions.ts';
import { conclude, type Lint, rule } from './lint-terms.ts';

/** What one kind of certificate must be beyond what all are. */
export type LintProfile = {
  readonly checkCommonName: (commonName: string) => void;
  readonly checkValidity: (notBeforeMs: number, notAfterMs: number) => void;
  readonly extensions: ExtensionRules<Lint>;
};

const VERSION = contextConstructed(0);
const EXTENSIONS = contextConstructed(3);
/** RFC 5280 appendix A.1, ub-common-name. */
const LONGEST_COMMON_NAME = 64;
const ONLY_PRINTABLE = [PRINTABLE_STRING] as const;
/** RFC 5280 §4.1.2.4: new names are PrintableString or UTF8String. */
const NAME_STRINGS = [PRINTABLE_STRING, UTF8_STRING] as const;

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
  lintExtensions(r, lint, profile.extensions);
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

function lintSubject(r: DerReader, lint: Lint, { checkCommonName }: LintProfile): void {
  const { institutionName } = lint.terms;
  const outer = r.enter(SEQUENCE);
  // RFC 5280 appendix A.1: X520countryName is a PrintableString of two characters.
  const country = valueOfPart(r, OID.countryName, ONLY_PRINTABLE);
  rule(lint, 'country', country === 'JP');
  const organisation = valueOfPart(r, OID.organizationName, NAME_STRINGS);
  rule(lint, 'organisation', organisation === institutionName);
  const commonName = valueOfPart(r, OID.commonName, NAME_STRINGS) ?? '';
  rule(lint, 'common name of 64 characters', charactersOf(commonName) <= LONGEST_COMMON_NAME);
  checkCommonName(commonName);
  rule(lint, 'three parts of the name', r.atEnd());
  r.position = r.end;
  r.leave(outer);
}

function charactersOf(text: string): number {
  // There are no more characters than units, and nearly always these are few enough.
  return text.length <= LONGEST_COMMON_NAME ? text.length : Array.from(text).length;
}

/** The value of the next part of a name, when it is one attribute of this type; passes over it. */
function valueOfPart(r: DerReader, type: string, strings: readonly number[]): string | undefined {
  if (!r.isNext(SET)) return undefined;
  const outer = r.enter(SET);
  const end = r.end;
  const inAttribute = r.enter(SEQUENCE);
  const isType = r.objectIdentifier() === type;
  const value = strings.includes(r.nextTag()) ? readCharacterString(r) : undefined;
  const isWhole = r.position === end;
  r.position = r.end;
  r.leave(inAttribute);
  r.position = end;
  r.leave(outer);
  return isType && isWhole ? value : undefined;
}
