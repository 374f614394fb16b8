import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ISSUER } from '../../test/sample-certificate.ts';
import { INSTITUTION_NAME, sampleIssuer, sampleOrder, sha256Of } from '../../test/sample-issuer.ts';
import { sampleKey } from '../../test/sample-keys.ts';
import {
  constructed,
  type DerNode,
  encodeDer,
  objectIdentifier,
  primitive,
  raw,
  sequence,
} from '../asn1/der-writer.ts';
import { OID } from '../asn1/known-object-identifiers.ts';
import { contextPrimitive } from '../asn1/tag.ts';
import { generalizedTime, time } from '../asn1/time.ts';
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
import { makeName, type NameValue } from '../x509/name.ts';
import { encodeSignatureAlgorithm } from '../x509/signature-algorithm.ts';
import { lintUserCertificate } from './lint.ts';
import { lintTermsOf } from './lint-terms.ts';
import {
  compileUserProfile,
  encodeUserCertificate,
  issuerExtensions,
  type UserOrder,
} from './user-profile.ts';

const ISSUING = sampleIssuer();
const ORDER = sampleOrder();
const TERMS = lintTermsOf(ISSUING, INSTITUTION_NAME, sha256Of);
const DAYS = 400;
/** Octets of the header of a content of 256 octets and more. */
const TBS_HEADER = 4;

const lint = (tbs: Uint8Array, order = ORDER, maximumLifetimeDays = DAYS) =>
  lintUserCertificate(tbs, order, { terms: TERMS, maximumLifetimeDays });

const EXTENSIONS: readonly Extension[] = [
  keyUsageExtension(['digitalSignature']),
  extendedKeyUsageExtension([OID.clientAuth]),
  subjectKeyIdentifierExtension(ORDER.keyIdentifier),
  ...issuerExtensions(ISSUING),
];
const PARTS: readonly NameValue[] = [
  { type: OID.countryName, value: 'JP' },
  { type: OID.organizationName, value: INSTITUTION_NAME },
  { type: OID.commonName, value: ORDER.commonName },
];
const FIELDS: CertificateFields = {
  serialNumber: ORDER.serialNumber,
  signatureAlgorithmDer: ISSUING.signatureAlgorithmDer,
  issuerDer: ISSUING.name.der,
  notBefore: ORDER.notBefore,
  notAfter: ORDER.notAfter,
  subjectDer: makeName(PARTS).der,
  subjectPublicKeyInfoDer: ORDER.spkiDer,
  extensions: EXTENSIONS,
};

const withExtension = (made: Extension): Partial<CertificateFields> => ({
  extensions: EXTENSIONS.map((one) => (one.oid === made.oid ? made : one)),
});
const withPart = (index: number, part: NameValue): Partial<CertificateFields> => ({
  subjectDer: makeName(PARTS.with(index, part)).der,
});
const access = (method: string, uri: string) => ({
  method,
  location: { kind: 'uri', uri } as const,
});
const { places } = ISSUING;
const anotherKey = sampleKey('P-384').spkiDer;

type Specimen = { readonly rule: string; readonly why: string; readonly tbs: Uint8Array };

const specimen = (rule: string, why: string, changes: Partial<CertificateFields>): Specimen => ({
  rule,
  why,
  tbs: encodeTbsCertificate({ ...FIELDS, ...changes }),
});

/** At least one broken certificate for every rule. */
const BROKEN: readonly Specimen[] = [
  { rule: 'version 3', why: 'version 2', tbs: withVersion(1) },
  specimen('serial as ordered', 'another serial', {
    serialNumber: new Uint8Array(20).fill(0x11),
  }),
  specimen('signature algorithm', 'P-384 where the issuer has P-256', {
    signatureAlgorithmDer: encodeSignatureAlgorithm({ scheme: 'ecdsa', hash: 'SHA-384' }),
  }),
  specimen('issuer octets', 'the name written in other string types', {
    issuerDer: Uint8Array.from(ISSUER.der, (octet) => (octet === 0x13 ? 0x0c : octet)),
  }),
  specimen('public key octets', 'another key', { subjectPublicKeyInfoDer: anotherKey }),
  specimen('country', 'another country', withPart(0, { type: OID.countryName, value: 'KP' })),
  specimen(
    'organisation',
    'another bank',
    withPart(1, { type: OID.organizationName, value: 'みほん銀行' }),
  ),
  specimen(
    'organisation',
    'the name as a unit',
    withPart(1, { type: OID.organizationalUnitName, value: INSTITUTION_NAME }),
  ),
  specimen(
    'common name',
    'another person',
    withPart(2, { type: OID.commonName, value: '00012345678 suzuki02 1394 2027-12' }),
  ),
  specimen('three parts of the name', 'a fourth part', {
    subjectDer: makeName([...PARTS, { type: OID.emailAddress, value: 'a@example.jp' }]).der,
  }),
  specimen('country', 'the country as UTF8String', {
    subjectDer: Uint8Array.fromHex(makeName(PARTS).der.toHex().replace('13024a50', '0c024a50')),
  }),
  {
    rule: 'UTCTime through 2049, then GeneralizedTime',
    why: 'GeneralizedTime in 2027',
    tbs: withValidity(sequence(time(ORDER.notBefore), generalizedTime(ORDER.notAfter))),
  },
  specimen('notBefore', 'a second earlier', {
    notBefore: new Date(ORDER.notBefore.getTime() - 1000),
  }),
  specimen('notAfter', 'a day later', {
    notAfter: new Date(ORDER.notAfter.getTime() + 86_400_000),
  }),
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
    assert.throws(() => lint(tbs), { message: `a certificate broke its profile: ${rule}` });
  });
}

const ordered = (changes: Partial<UserOrder>, days = DAYS, issuer = ISSUING) => {
  const order = sampleOrder(changes);
  const tbs = encodeUserCertificate(order, compileUserProfile(issuer, INSTITUTION_NAME));
  const terms = lintTermsOf(issuer, INSTITUTION_NAME, sha256Of);
  return () => lintUserCertificate(tbs, order, { terms, maximumLifetimeDays: days });
};

const BROKEN_ORDERS: readonly { rule: string; act: () => unknown }[] = [
  {
    rule: 'serial of 8 to 20 octets',
    act: ordered({ serialNumber: new Uint8Array(7).fill(1) }),
  },
  {
    rule: 'ends 23:59:59 in Tokyo',
    act: ordered({ notAfter: new Date('2027-12-31T14:59:58Z') }),
  },
  {
    rule: 'begins before it ends',
    act: ordered({
      notAfter: new Date('2026-12-30T14:59:59Z'),
      commonName: '00012345678 suzuki01 1394 2026-12',
    }),
  },
  { rule: 'lifetime within the maximum', act: ordered({}, 365) },
  {
    rule: "the person's common name",
    act: ordered({ commonName: '00012345678 tanaka02 1394 2027-12' }),
  },
  {
    rule: "the person's common name",
    act: ordered({ commonName: '00012345678 suzuki01 1394 2028-12' }),
  },
  {
    rule: 'common name of 64 characters',
    act: ordered({
      identity: { institution: '1394', contract: '00012345678', user: 'a'.repeat(48) },
      commonName: `00012345678 ${'a'.repeat(48)} 1394`,
    }),
  },
  {
    rule: 'subjectKeyIdentifier',
    act: ordered({ keyIdentifier: sha256Of(sampleKey('P-384').spkiDer) }),
  },
  {
    rule: 'ends no later than its issuer',
    act: ordered({}, DAYS, { ...ISSUING, notAfter: new Date('2027-12-31T14:59:58Z') }),
  },
];

for (const { rule, act } of BROKEN_ORDERS) {
  test(`the rule "${rule}" fails on an order that breaks it`, () => {
    assert.throws(act, { message: `a certificate broke its profile: ${rule}` });
  });
}

test('the certificate of an order passes', () => {
  assert.doesNotThrow(ordered({}));
  assert.doesNotThrow(ordered({ commonName: '00012345678 suzuki01 1394' }));
  const user = '𠮷 "髙"';
  const identity = { institution: '1394', contract: '00012345678', user };
  assert.doesNotThrow(ordered({ identity, commonName: `00012345678 ${user} 1394 2027-12` }));
  const notBefore = new Date('2049-12-31T14:00:00Z');
  const later = { notBefore, notAfter: new Date('2050-12-31T14:59:59Z') };
  const authority = { ...ISSUING, notAfter: new Date('2060-01-01T00:00:00Z') };
  const commonName = '00012345678 suzuki01 1394 2050-12';
  assert.doesNotThrow(ordered({ ...later, commonName }, DAYS, authority));
});

test('an octet more or less anywhere is a defect, never a refusal of what was asked', () => {
  const tbs = encodeTbsCertificate(FIELDS);
  for (const broken of [tbs.subarray(0, -1), Uint8Array.of(...tbs, 0), withUniqueId()]) {
    assert.throws(() => lint(broken), {
      name: 'Error',
      message: 'a certificate broke its profile: it cannot be read',
    });
  }
});

test('a change of any one bit is found', () => {
  const tbs = encodeTbsCertificate(FIELDS);
  for (let bit = 0; bit < tbs.length * 8; bit++) {
    const changed = Uint8Array.from(tbs);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    assert.throws(() => lint(changed), `bit ${bit & 7} of octet ${bit >> 3}`);
  }
});

/** The writer puts no extension down twice: the second is written as another. */
function withOneTwice(): Uint8Array {
  const [first] = EXTENSIONS;
  if (first === undefined) throw new Error('no extensions');
  const other = { ...first, oid: '2.5.29.99' };
  const tbs = encodeTbsCertificate({ ...FIELDS, extensions: [...EXTENSIONS, other] });
  const [from, to] = [other, first].map(({ oid }) => encodeDer(objectIdentifier(oid)).toHex());
  return Uint8Array.fromHex(tbs.toHex().replace(from ?? '', to ?? ''));
}

function withVersion(version: number): Uint8Array {
  const tbs = encodeTbsCertificate(FIELDS);
  const at = tbs.findIndex((octet, i) => octet === 2 && tbs[i - 1] === 1 && tbs[i - 2] === 2);
  return tbs.with(at, version);
}

/** The same times, written in another form. */
function withValidity(validity: DerNode): Uint8Array {
  const tbs = Buffer.from(encodeTbsCertificate(FIELDS));
  const written = encodeDer(sequence(time(ORDER.notBefore), time(ORDER.notAfter)));
  const at = tbs.indexOf(written);
  const before = raw(tbs.subarray(TBS_HEADER, at));
  return encodeDer(sequence(before, validity, raw(tbs.subarray(at + written.length))));
}

/** A unique identifier in front of the extensions, which RFC 5280 forbids CAs to write. */
function withUniqueId(): Uint8Array {
  const tbs = encodeTbsCertificate(FIELDS);
  const extensionsAt = tbs.length - extensionsSize();
  return encodeDer(
    constructed(0x30, [
      raw(tbs.subarray(TBS_HEADER, extensionsAt)),
      primitive(contextPrimitive(2), Uint8Array.of(0, 1)),
      raw(tbs.subarray(extensionsAt)),
    ]),
  );
}

function extensionsSize(): number {
  const without = encodeTbsCertificate({ ...FIELDS, extensions: [] });
  return encodeTbsCertificate(FIELDS).length - without.length;
}
