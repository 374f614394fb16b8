// A user's certificate as the general writer makes it, which knows no profile; what is changed of it is for
// the lint to find. Not for the product: tests only.
import { OID } from '../src/asn1/known-object-identifiers.ts';
import { lintUserCertificate } from '../src/ca/lint.ts';
import { lintTermsOf } from '../src/ca/lint-terms.ts';
import { issuerExtensions, type UserOrder } from '../src/ca/user-profile.ts';
import { type CertificateFields, encodeTbsCertificate } from '../src/x509/certificate.ts';
import type { Extension } from '../src/x509/extension.ts';
import { subjectKeyIdentifierExtension } from '../src/x509/key-identifier.ts';
import { extendedKeyUsageExtension, keyUsageExtension } from '../src/x509/key-usage.ts';
import { makeName, type NameValue } from '../src/x509/name.ts';
import { INSTITUTION_NAME, sampleIssuer, sampleOrder, sha256Of } from './sample-issuer.ts';

/** Who issues, and what is ordered. */
export const ISSUING = sampleIssuer();
export const ORDER: UserOrder = sampleOrder();

const TERMS = lintTermsOf(ISSUING, INSTITUTION_NAME, sha256Of);

/** The longest life that the lint is told of. */
export const MOST_DAYS = 400;

/** Lints a content as the certificate of the order. */
export function lintAsOrdered(tbs: Uint8Array): void {
  lintUserCertificate(tbs, ORDER, { terms: TERMS, maximumLifetimeDays: MOST_DAYS });
}

/** What the order's certificate has. */
export const EXTENSIONS: readonly Extension[] = [
  keyUsageExtension(['digitalSignature']),
  extendedKeyUsageExtension([OID.clientAuth]),
  subjectKeyIdentifierExtension(ORDER.keyIdentifier),
  ...issuerExtensions(ISSUING),
];
/** Its subject's parts. */
export const PARTS: readonly NameValue[] = [
  { type: OID.countryName, value: 'JP' },
  { type: OID.organizationName, value: INSTITUTION_NAME },
  { type: OID.commonName, value: ORDER.commonName },
];
/** All of it. */
export const FIELDS: CertificateFields = {
  serialNumber: ORDER.serialNumber,
  signatureAlgorithmDer: ISSUING.signatureAlgorithmDer,
  issuerDer: ISSUING.name.der,
  notBefore: ORDER.notBefore,
  notAfter: ORDER.notAfter,
  subjectDer: makeName(PARTS).der,
  subjectPublicKeyInfoDer: ORDER.spkiDer,
  extensions: EXTENSIONS,
};

/** A certificate that breaks one rule. */
export type Specimen = { readonly rule: string; readonly why: string; readonly tbs: Uint8Array };

/** The order's certificate with changes. */
export function specimen(rule: string, why: string, changes: Partial<CertificateFields>): Specimen {
  return { rule, why, tbs: encodeTbsCertificate({ ...FIELDS, ...changes }) };
}
