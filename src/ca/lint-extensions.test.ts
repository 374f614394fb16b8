import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  EXTENSIONS,
  FIELDS,
  ISSUING,
  lintAsOrdered,
  ORDER,
  type Specimen,
  specimen,
} from '../../test/lint-specimens.ts';
import { ISSUER } from '../../test/sample-certificate.ts';
import { encodeDer, objectIdentifier, sequence } from '../asn1/der-writer.ts';
import { OID } from '../asn1/known-object-identifiers.ts';
import { authorityInfoAccessExtension } from '../x509/authority-information.ts';
import { type CertificateFields, encodeTbsCertificate } from '../x509/certificate.ts';
import { certificatePoliciesExtension } from '../x509/certificate-policies.ts';
import { distributionPointAt, distributionPointsExtension } from '../x509/distribution-point.ts';
import { type Extension, makeExtension } from '../x509/extension.ts';
import { subjectAltNameExtension } from '../x509/extensions.ts';
import {
  authorityKeyIdentifierExtension,
  subjectKeyIdentifierExtension,
} from '../x509/key-identifier.ts';
import {
  basicConstraintsExtension,
  extendedKeyUsageExtension,
  keyUsageExtension,
} from '../x509/key-usage.ts';

const withExtension = (made: Extension): Partial<CertificateFields> => ({
  extensions: EXTENSIONS.map((one) => (one.oid === made.oid ? made : one)),
});
const access = (method: string, uri: string) => ({
  method,
  location: { kind: 'uri', uri } as const,
});
const { places } = ISSUING;

/** At least one broken certificate for every rule about extensions. */
const BROKEN: readonly Specimen[] = [
  specimen(
    'keyUsage',
    'a second use',
    withExtension(keyUsageExtension(['digitalSignature', 'nonRepudiation'])),
  ),
  specimen(
    'keyUsage',
    'signing of certificates',
    withExtension(keyUsageExtension(['keyCertSign'])),
  ),
  specimen(
    'keyUsage critical or not',
    'not critical',
    withExtension({ ...keyUsageExtension(['digitalSignature']), critical: false }),
  ),
  specimen('extKeyUsage', 'serverAuth', withExtension(extendedKeyUsageExtension([OID.serverAuth]))),
  specimen(
    'extKeyUsage',
    'two purposes',
    withExtension(extendedKeyUsageExtension([OID.clientAuth, OID.emailProtection])),
  ),
  specimen(
    'extKeyUsage critical or not',
    'critical',
    withExtension({ ...extendedKeyUsageExtension([OID.clientAuth]), critical: true }),
  ),
  specimen(
    'subjectKeyIdentifier',
    "another key's",
    withExtension(subjectKeyIdentifierExtension(ISSUING.keyIdentifier)),
  ),
  specimen(
    'authorityKeyIdentifier',
    "another key's",
    withExtension(
      authorityKeyIdentifierExtension({
        keyIdentifier: ORDER.keyIdentifier,
        issuerAndSerial: undefined,
      }),
    ),
  ),
  specimen(
    'authorityKeyIdentifier',
    'a serial beside the key',
    withExtension(
      authorityKeyIdentifierExtension({
        keyIdentifier: ISSUING.keyIdentifier,
        issuerAndSerial: {
          issuer: [{ kind: 'directory', name: ISSUER }],
          serialNumber: Uint8Array.of(1),
        },
      }),
    ),
  ),
  specimen(
    'CRL distribution point',
    'another place',
    withExtension(
      distributionPointsExtension([distributionPointAt('http://ca.example.jp/1394/2.crl')]),
    ),
  ),
  specimen(
    'CRL distribution point',
    'two places',
    withExtension(
      distributionPointsExtension([
        distributionPointAt(places.crl),
        distributionPointAt(places.crl),
      ]),
    ),
  ),
  specimen(
    'authorityInfoAccess',
    'OCSP only',
    withExtension(authorityInfoAccessExtension([access(OID.ocspAccess, places.ocsp)])),
  ),
  specimen(
    'authorityInfoAccess',
    'both changed round',
    withExtension(
      authorityInfoAccessExtension([
        access(OID.ocspAccess, places.caCertificate),
        access(OID.caIssuersAccess, places.ocsp),
      ]),
    ),
  ),
  specimen(
    'certificate policy',
    'another policy',
    withExtension(certificatePoliciesExtension([{ policy: '2.999.1', qualifiers: [] }])),
  ),
  specimen(
    'certificate policy',
    'a qualifier',
    withExtension(
      certificatePoliciesExtension([
        { policy: places.policy, qualifiers: [{ kind: 'cps', uri: 'http://a.example/' }] },
      ]),
    ),
  ),
  specimen('seven extensions, no other', 'a CA', {
    extensions: [...EXTENSIONS, basicConstraintsExtension({ isCa: true, pathLength: undefined })],
  }),
  specimen('seven extensions, no other', 'a second name', {
    extensions: [...EXTENSIONS, subjectAltNameExtension([{ kind: 'dns', host: 'a.example' }])],
  }),
  specimen('seven extensions, no other', 'one left out', { extensions: EXTENSIONS.slice(1) }),
  { rule: 'seven extensions, no other', why: 'one twice', tbs: withOneTwice() },
  specimen(
    'keyUsage',
    'an empty value',
    withExtension(makeExtension(OID.keyUsage, 'critical', sequence())),
  ),
];

for (const { rule, why, tbs } of BROKEN) {
  test(`the rule "${rule}" fails on ${why}`, () => {
    assert.throws(() => lintAsOrdered(tbs), {
      message: `a certificate broke its profile: ${rule}`,
    });
  });
}

/** The writer puts no extension down twice: the second is written as another. */
function withOneTwice(): Uint8Array {
  const [first] = EXTENSIONS;
  if (first === undefined) throw new Error('no extensions');
  const other = { ...first, oid: '2.5.29.99' };
  const tbs = encodeTbsCertificate({ ...FIELDS, extensions: [...EXTENSIONS, other] });
  const [from, to] = [other, first].map(({ oid }) => encodeDer(objectIdentifier(oid)).toHex());
  return Uint8Array.fromHex(tbs.toHex().replace(from ?? '', to ?? ''));
}
