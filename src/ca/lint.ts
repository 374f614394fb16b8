// Reads a finished certificate back before it is signed and holds it against its order.
// What is signed is only what passed here: `LintedCertificate` is made nowhere else.

import { OID } from '../asn1/known-object-identifiers.ts';
import { equalOctets } from '../asn1/octets.ts';
import { type Certificate, parseCertificate } from '../x509/certificate.ts';
import { isCritical } from '../x509/extensions.ts';
import { valuesOf } from '../x509/name.ts';
import { assembleSigned } from '../x509/signed.ts';
import type { Issuer } from './issuer.ts';
import type { UserOrder } from './user-profile.ts';

/** A TBSCertificate that was read back and found to be its order, to the octet where it matters. */
export type LintedCertificate = { readonly tbsDer: Uint8Array; readonly __brand: 'Linted' };

type Finding = { readonly rule: string; readonly holds: boolean };

const PLACEHOLDER = new Uint8Array(1);
const DAY_MS = 24 * 60 * 60 * 1000;

/** Lints a user's certificate; throws an error that names the broken rules: a defect, not a refusal. */
export function lintUserCertificate(
  tbsDer: Uint8Array,
  order: UserOrder,
  limits: { readonly issuer: Issuer; readonly maximumLifetimeDays: number },
): LintedCertificate {
  const { issuer } = limits;
  const certificate = parseCertificate(
    assembleSigned(tbsDer, issuer.signatureAlgorithmDer, PLACEHOLDER),
  );
  const broken = [
    ...contentFindings(certificate, order, issuer),
    ...extensionFindings(certificate, order, issuer),
    {
      rule: 'lifetime within the maximum',
      holds:
        certificate.notAfter.getTime() - certificate.notBefore.getTime() <=
        limits.maximumLifetimeDays * DAY_MS,
    },
  ].filter((finding) => !finding.holds);
  if (broken.length > 0) {
    throw new Error(
      `a certificate broke its profile: ${broken.map(({ rule }) => rule).join('; ')}`,
    );
  }
  return { tbsDer, __brand: 'Linted' };
}

function contentFindings(
  certificate: Certificate,
  order: UserOrder,
  issuer: Issuer,
): readonly Finding[] {
  return [
    { rule: 'version 3', holds: certificate.version === 3 },
    { rule: 'serial as ordered', holds: equalOctets(certificate.serialNumber, order.serialNumber) },
    { rule: 'serial of 8 to 20 octets', holds: hasSerialLength(certificate.serialNumber) },
    // RFC 5280 §4.1.2.4: the issuer's name is the CA's own, octet by octet.
    { rule: 'issuer octets', holds: equalOctets(certificate.issuer.der, issuer.name.der) },
    {
      rule: 'public key octets',
      holds: equalOctets(certificate.subjectPublicKeyInfo.der, order.spkiDer),
    },
    {
      rule: 'common name',
      holds: isOnly(valuesOf(certificate.subject, OID.commonName), order.commonName),
    },
    {
      rule: 'organisation',
      holds: isOnly(valuesOf(certificate.subject, OID.organizationName), order.institutionName),
    },
    { rule: 'three parts of the name', holds: certificate.subject.rdns.length === 3 },
    { rule: 'notBefore', holds: isSameSecond(certificate.notBefore, order.notBefore) },
    { rule: 'notAfter', holds: isSameSecond(certificate.notAfter, order.notAfter) },
    {
      rule: 'ends 23:59:59 in Tokyo',
      holds: certificate.notAfter.toISOString().slice(11, 19) === '14:59:59',
    },
  ];
}

function extensionFindings(
  { extensions }: Certificate,
  order: UserOrder,
  issuer: Issuer,
): readonly Finding[] {
  const authority = extensions.authorityKeyIdentifier?.keyIdentifier;
  return [
    { rule: 'keyUsage', holds: isOnly(extensions.keyUsage, 'digitalSignature') },
    { rule: 'keyUsage critical', holds: isCritical(extensions, OID.keyUsage) },
    { rule: 'extKeyUsage', holds: isOnly(extensions.extendedKeyUsage, OID.clientAuth) },
    { rule: 'no CA', holds: extensions.basicConstraints === undefined },
    {
      rule: 'subjectKeyIdentifier',
      holds: isSameOctets(extensions.subjectKeyIdentifier, order.keyIdentifier),
    },
    { rule: 'authorityKeyIdentifier', holds: isSameOctets(authority, issuer.keyIdentifier) },
    { rule: 'CRL distribution point', holds: extensions.crlDistributionPoints?.length === 1 },
    { rule: 'authorityInfoAccess', holds: extensions.authorityInfoAccess?.length === 2 },
    {
      rule: 'certificate policy',
      holds: isOnly(
        extensions.certificatePolicies?.map(({ policy }) => policy),
        issuer.places.policy,
      ),
    },
    { rule: 'seven extensions, no other', holds: extensions.all.length === 7 },
  ];
}

function hasSerialLength(serial: Uint8Array): boolean {
  return serial.length >= 8 && serial.length <= 20;
}

function isOnly(values: readonly string[] | undefined, wanted: string): boolean {
  return values?.length === 1 && values[0] === wanted;
}

function isSameOctets(one: Uint8Array | undefined, other: Uint8Array): boolean {
  return one !== undefined && equalOctets(one, other);
}

function isSameSecond(one: Date, other: Date): boolean {
  return Math.floor(one.getTime() / 1000) === Math.floor(other.getTime() / 1000);
}
