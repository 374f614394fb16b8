import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  FIELDS,
  lintAsOrdered,
  ORDER,
  PARTS,
  type Specimen,
  specimen,
} from '../../test/lint-specimens.ts';
import { ISSUER } from '../../test/sample-certificate.ts';
import { INSTITUTION_NAME } from '../../test/sample-issuer.ts';
import { sampleKey } from '../../test/sample-keys.ts';
import {
  constructed,
  type DerNode,
  encodeDer,
  primitive,
  raw,
  sequence,
} from '../asn1/der-writer.ts';
import { OID } from '../asn1/known-object-identifiers.ts';
import { contextPrimitive } from '../asn1/tag.ts';
import { generalizedTime, time } from '../asn1/time.ts';
import { type CertificateFields, encodeTbsCertificate } from '../x509/certificate.ts';
import { makeName, type NameValue } from '../x509/name.ts';
import { encodeSignatureAlgorithm } from '../x509/signature-algorithm.ts';

/** Octets of the header of a content of 256 octets and more. */
const TBS_HEADER = 4;

const withPart = (index: number, part: NameValue): Partial<CertificateFields> => ({
  subjectDer: makeName(PARTS.with(index, part)).der,
});
const anotherKey = sampleKey('P-384').spkiDer;

/** At least one broken certificate for every rule about what is no extension. */
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
];

for (const { rule, why, tbs } of BROKEN) {
  test(`the rule "${rule}" fails on ${why}`, () => {
    assert.throws(() => lintAsOrdered(tbs), {
      message: `a certificate broke its profile: ${rule}`,
    });
  });
}

test('an octet more or less anywhere is a defect, never a refusal of what was asked', () => {
  const tbs = encodeTbsCertificate(FIELDS);
  for (const broken of [tbs.subarray(0, -1), Uint8Array.of(...tbs, 0), withUniqueId()]) {
    assert.throws(() => lintAsOrdered(broken), {
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
    assert.throws(() => lintAsOrdered(changed), `bit ${bit & 7} of octet ${bit >> 3}`);
  }
});

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
