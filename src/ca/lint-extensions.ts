// The lint's rules for extensions: a table for each kind of certificate of those that it has, each once.
// Not here: the rest of the certificate, see lint-certificate.ts; CRLs', see lint-revocation-list.ts.
import type { DerReader } from '../asn1/der-reader.ts';
import { OID } from '../asn1/known-object-identifiers.ts';
import {
  contextConstructed,
  contextPrimitive,
  OBJECT_IDENTIFIER,
  OCTET_STRING,
  SEQUENCE,
} from '../asn1/tag.ts';
import { Refusal } from '../errors.ts';
import type { Issuer } from './issuer.ts';
import { isContents } from './lint-elements.ts';
import { type Findings, type Lint, type LintTerms, rule } from './lint-terms.ts';

type ExtensionRule<L> = {
  readonly name: string;
  readonly critical: boolean;
  /** Whether the value that is read is the wanted one; what it leaves unread breaks the rule too. */
  readonly holds: (r: DerReader, lint: L) => boolean;
  /** Its value ends with the identifier of the certificate's own key; of all others the terms say all. */
  readonly isOfOwnKey?: true;
};

const FULL_NAME = contextConstructed(0);
const POINT = contextConstructed(0);
const KEY_IDENTIFIER = contextPrimitive(0);
const URI = contextPrimitive(6);
/** digitalSignature is bit 0 of KeyUsage (RFC 5280 §4.2.1.3). */
const DIGITAL_SIGNATURE = 1;
/** keyCertSign and cRLSign are bits 5 and 6. */
const CERTIFICATES_AND_CRLS = 0b110_0000;

/** What the extensions of one kind of certificate or CRL are: each of these once, and no other. */
export type ExtensionRules<L> = {
  readonly count: string;
  readonly oids: readonly string[];
  readonly rules: readonly (ExtensionRule<L> & { readonly criticalName: string })[];
};

/** A list with its header that broke none of these rules, and where in it its own key's identifier ends. */
type PassedExtensions = {
  readonly rules: ExtensionRules<Lint>;
  readonly octets: Uint8Array;
  readonly ownKeyEnd: number;
};

/** The last that passed under the terms of an issuer. */
const PASSED = new WeakMap<LintTerms, PassedExtensions>();

/** Rules of a table by identifier; `count` is the number of its rows in words. */
export function extensionRulesOf<L>(
  count: string,
  table: Readonly<Record<string, ExtensionRule<L>>>,
): ExtensionRules<L> {
  return {
    count: `${count} extensions, no other`,
    oids: Object.keys(table),
    rules: Object.values(table).map((one) => ({
      ...one,
      criticalName: `${one.name} critical or not`,
    })),
  };
}

const SUBJECT_KEY: Readonly<Record<string, ExtensionRule<Lint>>> = {
  [OID.subjectKeyIdentifier]: {
    name: 'subjectKeyIdentifier',
    critical: false,
    // RFC 7093 §2, method 4: computed anew from the key, whatever the order says of it.
    holds: (r, { order, terms }) => isContents(r, OCTET_STRING, terms.sha256(order.spkiDer)),
    isOfOwnKey: true,
  },
};

type OfIssuer = { readonly terms: { readonly issuer: Issuer } };

/** authorityKeyIdentifier: the issuer's key and nothing beside it. */
export const AUTHORITY_KEY: ExtensionRule<OfIssuer> = {
  name: 'authorityKeyIdentifier',
  critical: false,
  holds: isOfIssuersKey,
};

/** What points back to the issuer. */
const ISSUER_RULES: Readonly<Record<string, ExtensionRule<Lint>>> = {
  [OID.authorityKeyIdentifier]: AUTHORITY_KEY,
  [OID.crlDistributionPoints]: {
    name: 'CRL distribution point',
    critical: false,
    holds: isOnePoint,
  },
  [OID.authorityInfoAccess]: {
    name: 'authorityInfoAccess',
    critical: false,
    holds: isOcspAndIssuer,
  },
  [OID.certificatePolicies]: { name: 'certificate policy', critical: false, holds: isOnePolicy },
};

/** A user's certificate. */
export const USER_EXTENSIONS = extensionRulesOf<Lint>('seven', {
  [OID.keyUsage]: { name: 'keyUsage', critical: true, holds: isDigitalSignature },
  [OID.extendedKeyUsage]: { name: 'extKeyUsage', critical: false, holds: isClientAuth },
  ...SUBJECT_KEY,
  ...ISSUER_RULES,
});

const CA_USE: ExtensionRule<Lint> = {
  name: 'keyUsage',
  critical: true,
  holds: isSigningOfCertificates,
};

/** A root's certificate. */
export const ROOT_EXTENSIONS = extensionRulesOf<Lint>('three', {
  [OID.basicConstraints]: { name: 'basicConstraints', critical: true, holds: isCa },
  [OID.keyUsage]: CA_USE,
  ...SUBJECT_KEY,
});

/** The certificate of a CA that issues to users. */
export const ISSUING_EXTENSIONS = extensionRulesOf<Lint>('seven', {
  [OID.basicConstraints]: { name: 'basicConstraints', critical: true, holds: isLastCa },
  [OID.keyUsage]: CA_USE,
  ...SUBJECT_KEY,
  ...ISSUER_RULES,
});

/** Holds the extensions of a certificate, which follow, against the rules. */
export function lintCertificateExtensions(
  r: DerReader,
  lint: Lint,
  rules: ExtensionRules<Lint>,
): void {
  const start = r.position;
  const passed = PASSED.get(lint.terms);
  if (passed?.rules === rules && areAsPassed(r, lint, passed)) return;
  const before = lint.broken.length;
  const ownKeyEnd = lintExtensions(r, lint, rules);
  if (lint.broken.length > before) return;
  // A copy, of which nobody else knows.
  const octets = new Uint8Array(r.bytes.subarray(start, r.position));
  PASSED.set(lint.terms, { rules, octets, ownKeyEnd: ownKeyEnd - start });
}

/**
 * Whether the extensions that follow are, but for the key's own identifier, to the octet those that broke no rule of
 * the same terms; then passes over them. That identifier is computed anew each time.
 */
function areAsPassed(
  r: DerReader,
  { order, terms }: Lint,
  { octets, ownKeyEnd }: PassedExtensions,
): boolean {
  const { bytes, position } = r;
  const end = position + octets.length;
  const keyIdentifier = terms.sha256(order.spkiDer);
  const from = ownKeyEnd - keyIdentifier.length;
  if (end !== r.end || from < 0) return false;
  for (let i = 0; i < octets.length; i++) {
    const wanted = i < from || i >= ownKeyEnd ? octets[i] : keyIdentifier[i - from];
    if (bytes[position + i] !== wanted) return false;
  }
  r.position = end;
  return true;
}

/** Holds the list of extensions that follows against the rules; returns where the identifier of its own key ends. */
export function lintExtensions<L extends Findings>(
  r: DerReader,
  lint: L,
  { count, oids, rules }: ExtensionRules<L>,
): number {
  const outer = r.enter(SEQUENCE);
  let seen = 0;
  let isNoOther = true;
  let ownKeyEnd = 0;
  while (!r.atEnd()) {
    const inExtension = r.enter(SEQUENCE);
    const number = oids.indexOf(r.objectIdentifier());
    const critical = r.booleanOrFalse();
    const known = rules[number];
    if (known === undefined || (seen & (1 << number)) !== 0) {
      isNoOther = false;
      r.position = r.header(OCTET_STRING);
    } else {
      seen |= 1 << number;
      rule(lint, known.criticalName, critical === known.critical);
      rule(lint, known.name, holdsWhole(r, known, lint));
      if (known.isOfOwnKey === true) ownKeyEnd = r.position;
    }
    r.leave(inExtension);
  }
  r.leave(outer);
  rule(lint, count, isNoOther && seen === (1 << rules.length) - 1);
  return ownKeyEnd;
}

/** Whether a rule holds for the value that follows, all of it; passes over it. */
function holdsWhole<L>(r: DerReader, { holds }: ExtensionRule<L>, lint: L): boolean {
  const outer = r.enter(OCTET_STRING);
  const { end } = r;
  let isHeld = false;
  try {
    isHeld = holds(r, lint) && r.position === end;
  } catch (error) {
    // A value of another form than the wanted one breaks the rule like one of other content.
    if (!(error instanceof Refusal)) throw error;
  }
  r.position = end;
  r.end = outer;
  return isHeld;
}

function isDigitalSignature(r: DerReader): boolean {
  return r.namedBits() === DIGITAL_SIGNATURE;
}

function isSigningOfCertificates(r: DerReader): boolean {
  return r.namedBits() === CERTIFICATES_AND_CRLS;
}

/** A CA without a bound on what is below it. */
function isCa(r: DerReader): boolean {
  r.enter(SEQUENCE);
  return r.booleanOrFalse();
}

/** RFC 5280 §4.2.1.9: a CA below which no other may stand. */
function isLastCa(r: DerReader): boolean {
  r.enter(SEQUENCE);
  return r.booleanOrFalse() && r.smallInteger() === 0;
}

function isClientAuth(r: DerReader): boolean {
  r.enter(SEQUENCE);
  return r.objectIdentifier() === OID.clientAuth;
}

function isOfIssuersKey(r: DerReader, { terms }: OfIssuer): boolean {
  r.enter(SEQUENCE);
  return isContents(r, KEY_IDENTIFIER, terms.issuer.keyIdentifier);
}

function isOnePoint(r: DerReader, { terms }: Lint): boolean {
  r.enter(SEQUENCE);
  r.enter(SEQUENCE);
  r.enter(POINT);
  r.enter(FULL_NAME);
  return isUri(r, terms.issuer.places.crl);
}

function isOcspAndIssuer(r: DerReader, { terms }: Lint): boolean {
  r.enter(SEQUENCE);
  const { places } = terms.issuer;
  return (
    isAccess(r, OID.ocspAccess, places.ocsp) &&
    isAccess(r, OID.caIssuersAccess, places.caCertificate)
  );
}

function isAccess(r: DerReader, method: string, uri: string): boolean {
  const outer = r.enter(SEQUENCE);
  const isIt = r.objectIdentifier() === method && isUri(r, uri);
  r.leave(outer);
  return isIt;
}

function isOnePolicy(r: DerReader, { terms }: Lint): boolean {
  r.enter(SEQUENCE);
  r.enter(SEQUENCE);
  return isContents(r, OBJECT_IDENTIFIER, terms.policy);
}

function isUri(r: DerReader, uri: string): boolean {
  const end = r.header(URI);
  const start = r.position;
  r.position = end;
  if (end - start !== uri.length) return false;
  for (let i = 0; i < uri.length; i++) {
    if (r.bytes[start + i] !== uri.charCodeAt(i)) return false;
  }
  return true;
}
