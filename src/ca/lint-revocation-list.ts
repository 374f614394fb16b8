// Reads a laid-out CRL back before it is signed and holds it against its order, entry by entry. It shares
// no encoder with what wrote it. The mark of what passed is known to this file alone.
import { DerReader } from '../asn1/der-reader.ts';
import { OID } from '../asn1/known-object-identifiers.ts';
import {
  contextConstructed,
  ENUMERATED,
  GENERALIZED_TIME,
  OCTET_STRING,
  SEQUENCE,
  UTC_TIME,
} from '../asn1/tag.ts';
import type { UnsignedCertificateList } from '../x509/encode-certificate-list.ts';
import type { EndedCertificates, FinalState } from './ended-certificates.ts';
import type { Issuer } from './issuer.ts';
import { isElement, readTimeOfItsForm, wholeSeconds } from './lint-elements.ts';
import {
  AUTHORITY_KEY,
  type ExtensionRules,
  extensionRulesOf,
  lintExtensions,
} from './lint-extensions.ts';
import { conclude, type Findings, rule } from './lint-terms.ts';
import type { ListEdition } from './revocation-list.ts';

const PASSED = Symbol('passed the lint of CRLs');

/** A CRL without its signature that was read back and found to be its order. */
export type LintedRevocationList = UnsignedCertificateList & { readonly [PASSED]: true };

/** What a CRL is held against. */
export type RevocationListOrder = {
  readonly edition: ListEdition;
  readonly ended: EndedCertificates;
};

type ListLint = Findings & {
  readonly order: RevocationListOrder;
  readonly terms: { readonly issuer: Issuer };
};

const EXTENSIONS = contextConstructed(0);
/** RFC 5280 §5.3.1: the number of the reason `superseded`. */
const SUPERSEDED = 4;

/** The reason that an entry gives, by what became of the certificate; why one was revoked is not told. */
const REASONS: Readonly<Record<FinalState, number | undefined>> = {
  superseded: SUPERSEDED,
  replaced: SUPERSEDED,
  revoked: undefined,
};

const LIST_EXTENSIONS: ExtensionRules<ListLint> = extensionRulesOf<ListLint>('two', {
  [OID.authorityKeyIdentifier]: AUTHORITY_KEY,
  [OID.crlNumber]: { name: 'cRLNumber', critical: false, holds: isOrderedNumber },
});

/** Lints a CRL; throws an error that names the broken rules: a defect, not a refusal. */
export function lintRevocationList(
  list: UnsignedCertificateList,
  order: RevocationListOrder,
  issuer: Issuer,
): LintedRevocationList {
  const { tbsDer, seal } = list;
  const lint: ListLint = { order, terms: { issuer }, broken: [] };
  conclude('a CRL', lint, () => walk(new DerReader(tbsDer, 'TBS CRL', tbsDer.length), lint));
  return { tbsDer, seal, [PASSED]: true };
}

function walk(r: DerReader, lint: ListLint): void {
  const { issuer } = lint.terms;
  const outer = r.enter(SEQUENCE);
  // RFC 5280 §5.1.2.1: with extensions, the version is 2, which is written as 1.
  rule(lint, 'version 2', r.smallInteger() === 1);
  rule(lint, 'signature algorithm', isElement(r, SEQUENCE, issuer.signatureAlgorithmDer));
  // RFC 5280 §5.1.2.3: the issuer's name is the CA's own, octet by octet.
  rule(lint, 'issuer octets', isElement(r, SEQUENCE, issuer.name.der));
  lintUpdates(r, lint);
  lintEntries(r, lint);
  const inExtensions = r.enter(EXTENSIONS);
  lintExtensions(r, lint, LIST_EXTENSIONS);
  r.leave(inExtensions);
  r.leave(outer);
  r.finish();
}

function lintUpdates(r: DerReader, lint: ListLint): void {
  const { edition } = lint.order;
  const thisUpdate = readTimeOfItsForm(r, lint);
  rule(lint, 'thisUpdate', thisUpdate === wholeSeconds(edition.thisUpdate.getTime()));
  // RFC 5280 §5.1.2.5: nextUpdate is there.
  const hasNext = r.isNext(UTC_TIME) || r.isNext(GENERALIZED_TIME);
  const nextUpdate = hasNext ? readTimeOfItsForm(r, lint) : Number.NaN;
  rule(lint, 'nextUpdate', nextUpdate === wholeSeconds(edition.nextUpdate.getTime()));
  rule(lint, 'the next update comes later', thisUpdate < nextUpdate);
}

/** Up to the first wrong entry: what is wrong with one is mostly wrong with a million. */
function lintEntries(r: DerReader, lint: ListLint): void {
  const { count } = lint.order.ended;
  let index = 0;
  if (r.isNext(SEQUENCE)) {
    const outer = r.enter(SEQUENCE);
    // RFC 5280 §5.1.2.6: without revoked certificates the list is absent.
    rule(lint, 'no empty list', !r.atEnd());
    for (; index < count && !r.atEnd() && lint.broken.length === 0; index++) {
      lintEntry(r, lint, index);
    }
    rule(lint, 'no entry beyond the ordered', index < count || r.atEnd());
    r.position = r.end;
    r.leave(outer);
  }
  rule(lint, 'every ordered entry', index === count || lint.broken.length > 0);
}

function lintEntry(r: DerReader, lint: ListLint, index: number): void {
  const { ended } = lint.order;
  const outer = r.enter(SEQUENCE);
  lintSerial(r, lint, index);
  const endedAt = readTimeOfItsForm(r, lint);
  rule(lint, 'revocationDate', endedAt === wholeSeconds(ended.endedAtMs(index)));
  const reason = r.atEnd() ? undefined : readSoleReason(r, lint);
  rule(lint, 'reason', reason === REASONS[ended.state(index)]);
  r.leave(outer);
}

function lintSerial(r: DerReader, lint: ListLint, index: number): void {
  const { position } = r;
  r.skipInteger();
  // A serial's header has two octets: one of more than 127 is not as ordered.
  const start = position + 2;
  const isOrdered = lint.order.ended.hasSerial(index, { bytes: r.bytes, start, end: r.position });
  rule(lint, 'serial as ordered', isOrdered);
  // RFC 5280 §4.1.2.2: in its shortest form, the first octet is 00 only in front of a high bit, or alone.
  const first = r.octet(start);
  rule(lint, 'serial above zero', first < 0x80 && (first > 0 || r.position - start > 1));
}

/** The reason of an entry that has this one extension; undefined for any other. */
function readSoleReason(r: DerReader, lint: ListLint): number | undefined {
  const inList = r.enter(SEQUENCE);
  const inExtension = r.enter(SEQUENCE);
  const isReason = r.objectIdentifier() === OID.reasonCode;
  rule(lint, 'reason not critical', !r.booleanOrFalse());
  const inValue = r.enter(OCTET_STRING);
  const reason = isReason ? r.smallInteger(ENUMERATED) : undefined;
  r.position = r.end;
  r.leave(inValue);
  r.leave(inExtension);
  rule(lint, 'no entry extension but the reason', isReason && r.atEnd());
  r.position = r.end;
  r.leave(inList);
  return reason;
}

function isOrderedNumber(r: DerReader, { order }: ListLint): boolean {
  const octets = r.integer();
  // RFC 5280 §5.2.3: not negative.
  return (octets[0] ?? 0) < 0x80 && BigInt(`0x${octets.toHex()}`) === order.edition.number;
}
