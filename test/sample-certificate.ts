// A signed certificate and request with every extension, and the means to change any field.
// Not for the product: tests only.
import { OID } from '../src/asn1/known-object-identifiers.ts';
import {
  authorityInfoAccessExtension,
  subjectInfoAccessExtension,
} from '../src/x509/authority-information.ts';
import { type CertificateFields, encodeTbsCertificate } from '../src/x509/certificate.ts';
import { certificatePoliciesExtension } from '../src/x509/certificate-policies.ts';
import { encodeRequestInfo } from '../src/x509/certification-request.ts';
import { subjectDirectoryAttributesExtension } from '../src/x509/directory-attributes.ts';
import {
  distributionPointAt,
  distributionPointsExtension,
  freshestCrlExtension,
} from '../src/x509/distribution-point.ts';
import type { Extension } from '../src/x509/extension.ts';
import {
  issuerAltNameExtension,
  ocspNoCheckExtension,
  subjectAltNameExtension,
} from '../src/x509/extensions.ts';
import {
  authorityKeyIdentifierExtension,
  subjectKeyIdentifierExtension,
} from '../src/x509/key-identifier.ts';
import {
  basicConstraintsExtension,
  extendedKeyUsageExtension,
  keyUsageExtension,
} from '../src/x509/key-usage.ts';
import { makeName } from '../src/x509/name.ts';
import { nameConstraintsExtension } from '../src/x509/name-constraints.ts';
import {
  inhibitAnyPolicyExtension,
  policyConstraintsExtension,
  policyMappingsExtension,
} from '../src/x509/policy-constraints.ts';
import { encodeSignatureAlgorithm } from '../src/x509/signature-algorithm.ts';
import { assembleSigned } from '../src/x509/signed.ts';
import { type SampleKey, sampleKey } from './sample-keys.ts';

/** The name of the sample's issuer. */
export const ISSUER = makeName([
  { type: OID.countryName, value: 'JP' },
  { type: OID.organizationName, value: 'みほん信用金庫' },
  { type: OID.commonName, value: 'Mihon Issuing CA' },
]);

/** The name of the sample's subject. */
export const SUBJECT = makeName([
  { type: OID.organizationName, value: 'みほん信用金庫' },
  { type: OID.commonName, value: '00012345678 suzuki01 1394 2027-12' },
]);

/** One of each extension. */
export const EXTENSIONS: readonly Extension[] = [
  basicConstraintsExtension({ isCa: true, pathLength: 3 }),
  keyUsageExtension(['digitalSignature', 'keyCertSign', 'decipherOnly']),
  extendedKeyUsageExtension([OID.clientAuth, OID.ocspSigning, '2.999.7']),
  subjectKeyIdentifierExtension(Uint8Array.of(1, 2, 3)),
  authorityKeyIdentifierExtension({
    keyIdentifier: Uint8Array.of(4, 5, 6),
    issuerAndSerial: {
      issuer: [{ kind: 'directory', name: ISSUER }],
      serialNumber: Uint8Array.of(0, 0x9a),
    },
  }),
  subjectAltNameExtension([
    { kind: 'email', address: 'suzuki@example.jp' },
    { kind: 'dns', host: 'www.example.jp' },
    { kind: 'uri', uri: 'https://example.jp/' },
    { kind: 'ip', address: Uint8Array.of(192, 0, 2, 1) },
    { kind: 'ip', address: Uint8Array.fromHex('20010db8000000000000000000000001') },
    { kind: 'registered', id: '2.999.8' },
    { kind: 'directory', name: SUBJECT },
    { kind: 'other', type: '2.999.9', value: Uint8Array.fromHex('0c0161') },
  ]),
  distributionPointsExtension([
    distributionPointAt('http://crl.example.jp/1394.crl'),
    {
      point: undefined,
      reasons: 0b1000_0010,
      crlIssuer: [{ kind: 'directory', name: ISSUER }],
    },
  ]),
  authorityInfoAccessExtension([
    { method: OID.ocspAccess, location: { kind: 'uri', uri: 'http://ocsp.example.jp/' } },
    { method: OID.caIssuersAccess, location: { kind: 'uri', uri: 'http://ca.example.jp/1.cer' } },
  ]),
  certificatePoliciesExtension([
    { policy: '2.999.1', qualifiers: [{ kind: 'cps', uri: 'https://example.jp/cps' }] },
    { policy: OID.anyPolicy, qualifiers: [] },
  ]),
  issuerAltNameExtension([{ kind: 'uri', uri: 'https://ca.example.jp/' }]),
  subjectInfoAccessExtension([
    { method: OID.caRepositoryAccess, location: { kind: 'uri', uri: 'http://ca.example.jp/' } },
  ]),
  subjectDirectoryAttributesExtension([
    { type: '1.3.6.1.5.5.7.9.4', values: [Uint8Array.fromHex('13024a50')] },
  ]),
  freshestCrlExtension([distributionPointAt('http://crl.example.jp/1394-delta.crl')]),
  nameConstraintsExtension({
    permitted: [
      { kind: 'directory', name: SUBJECT },
      { kind: 'ip', address: Uint8Array.of(192, 0, 2, 0, 255, 255, 254, 0) },
    ],
    excluded: [{ kind: 'dns', host: '.example.com' }],
  }),
  policyMappingsExtension([{ issuerDomainPolicy: '2.999.1', subjectDomainPolicy: '2.999.2' }]),
  policyConstraintsExtension({ requireExplicitPolicy: 0, inhibitPolicyMapping: 300 }),
  inhibitAnyPolicyExtension(2),
  ocspNoCheckExtension(),
];

/** The sample's fields, with those in `changes` in their place. */
export function sampleFields(
  key: SampleKey,
  changes: Partial<CertificateFields> = {},
): CertificateFields {
  return {
    serialNumber: Uint8Array.fromHex('5a000102030405060708090a0b0c0d0e0f101112'),
    signatureAlgorithmDer: encodeSignatureAlgorithm(key.algorithm),
    issuerDer: ISSUER.der,
    notBefore: new Date('2026-12-31T14:00:00Z'),
    notAfter: new Date('2027-12-31T14:59:59Z'),
    subjectDer: SUBJECT.der,
    subjectPublicKeyInfoDer: key.spkiDer,
    extensions: EXTENSIONS,
    ...changes,
  };
}

/** The sample as a certificate signed by the key it is for. */
export function sampleCertificate(
  key: SampleKey = sampleKey('P-256'),
  changes: Partial<CertificateFields> = {},
): Uint8Array {
  const tbs = encodeTbsCertificate(sampleFields(key, changes));
  return signWith(key, tbs);
}

/** A request for the sample's subject, signed by the key it is for. */
export function sampleRequest(key: SampleKey = sampleKey('P-256')): Uint8Array {
  return signWith(key, encodeRequestInfo(SUBJECT.der, key.spkiDer));
}

/** Signed content with its algorithm and signature. */
export function signWith(key: SampleKey, tbs: Uint8Array): Uint8Array {
  return assembleSigned(tbs, encodeSignatureAlgorithm(key.algorithm), key.sign(tbs));
}
