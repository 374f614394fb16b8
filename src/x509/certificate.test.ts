import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { openssl } from '../../test/openssl.ts';
import {
  EXTENSIONS,
  ISSUER,
  SUBJECT,
  sampleCertificate,
  sampleFields,
} from '../../test/sample-certificate.ts';
import { sampleKey } from '../../test/sample-keys.ts';
import {
  type DerNode,
  encodeDer,
  explicit,
  integer,
  objectIdentifier,
  octetString,
  primitive,
  raw,
  sequence,
} from '../asn1/der-writer.ts';
import { OID } from '../asn1/known-object-identifiers.ts';
import { contextPrimitive, INTEGER } from '../asn1/tag.ts';
import { time } from '../asn1/time.ts';
import { Refusal } from '../errors.ts';
import { encodeTbsCertificate, parseCertificate } from './certificate.ts';
import { subjectAltNameExtension } from './extensions.ts';
import { makeName, showName } from './name.ts';
import { assembleSigned } from './signed.ts';

test('every field of a certificate is read as it was written', () => {
  const key = sampleKey('P-256');
  const der = sampleCertificate(key);
  const fields = sampleFields(key);
  const certificate = parseCertificate(der);
  assert.equal(certificate.version, 3);
  assert.deepEqual(certificate.der, der);
  assert.deepEqual(certificate.tbsDer, encodeTbsCertificate(fields));
  assert.deepEqual(certificate.serialNumber, fields.serialNumber);
  assert.deepEqual(certificate.signatureAlgorithm.der, fields.signatureAlgorithmDer);
  assert.deepEqual(certificate.issuer, ISSUER);
  assert.deepEqual(certificate.notBefore, fields.notBefore);
  assert.deepEqual(certificate.notAfter, fields.notAfter);
  assert.deepEqual(certificate.subject, SUBJECT);
  assert.deepEqual(certificate.subjectPublicKeyInfo.der, key.spkiDer);
  assert.deepEqual(certificate.extensions.all, EXTENSIONS);
});

test('Node reads the same certificate with the same values', () => {
  const der = sampleCertificate();
  const certificate = parseCertificate(der);
  const node = new X509Certificate(der);
  assert.equal(node.serialNumber.toLowerCase(), certificate.serialNumber.toHex());
  assert.deepEqual(node.validFromDate, certificate.notBefore);
  assert.deepEqual(node.validToDate, certificate.notAfter);
  assert.deepEqual(
    new Uint8Array(node.publicKey.export({ format: 'der', type: 'spki' })),
    certificate.subjectPublicKeyInfo.der,
  );
  assert.ok(node.verify(node.publicKey));
});

test('openssl writes the certificate back octet by octet and shows its names and dates', () => {
  const der = sampleCertificate();
  const shown = openssl(
    ['x509', '-inform', 'DER', '-noout', '-subject', '-issuer', '-dates', '-nameopt', NAME_OPTIONS],
    der,
  );
  assert.ok(shown.includes(`subject=${showName(SUBJECT)}\n`));
  assert.ok(shown.includes(`issuer=${showName(ISSUER)}\n`));
  assert.ok(shown.includes('notBefore=Dec 31 14:00:00 2026 GMT\n'));
  assert.ok(shown.includes('notAfter=Dec 31 14:59:59 2027 GMT\n'));
});

test('the serial is read and written with the leading 00 where its first bit needs one', () => {
  const key = sampleKey('P-256');
  for (let first = 1; first < 256; first++) {
    const serialNumber = Uint8Array.from(first < 0x80 ? [first, 7] : [0, first, 7]);
    const der = sampleCertificate(key, { serialNumber });
    assert.deepEqual(parseCertificate(der).serialNumber, serialNumber);
    assert.equal(Number.parseInt(new X509Certificate(der).serialNumber, 16), first * 256 + 7);
  }
});

for (const hex of ['', '00', '0001', '80', 'ff', '7f'.repeat(21), `00${'ff'.repeat(20)}`]) {
  test(`a certificate is not written with the serial "${hex.slice(0, 8)}" of ${hex.length / 2} octets`, () => {
    const fields = sampleFields(sampleKey('P-256'), { serialNumber: Uint8Array.fromHex(hex) });
    assert.throws(() => encodeTbsCertificate(fields), RangeError);
  });
}

test('dates around 2050 are as openssl reads them', () => {
  const notBefore = new Date('2049-12-31T23:59:59Z');
  const notAfter = new Date('2050-01-01T00:00:00Z');
  const der = sampleCertificate(sampleKey('P-256'), { notBefore, notAfter });
  assert.deepEqual(parseCertificate(der).notAfter, notAfter);
  const shown = openssl(['x509', '-inform', 'DER', '-noout', '-dates'], der);
  assert.equal(shown, 'notBefore=Dec 31 23:59:59 2049 GMT\nnotAfter=Jan  1 00:00:00 2050 GMT\n');
});

const EMPTY_NAME = makeName([]).der;
const HOST = subjectAltNameExtension([{ kind: 'dns', host: 'example.jp' }]);

test('a certificate without a subject needs a critical subjectAltName', () => {
  const key = sampleKey('P-256');
  const critical = { subjectDer: EMPTY_NAME, extensions: [{ ...HOST, critical: true }] };
  assert.equal(parseCertificate(sampleCertificate(key, critical)).subject.rdns.length, 0);
  for (const extensions of [[], [HOST]]) {
    const der = sampleCertificate(key, { subjectDer: EMPTY_NAME, extensions });
    assert.throws(() => parseCertificate(der), { code: 'malformed' });
  }
});

/** What our own writer would not put down. */
type OddParts = {
  readonly version?: 1 | 2 | 3;
  readonly algorithm?: DerNode;
  readonly issuer?: DerNode;
  readonly uniqueId?: DerNode;
  readonly extensions?: readonly DerNode[];
};

function oddCertificate({ version = 3, ...parts }: OddParts): Uint8Array {
  const fields = sampleFields(sampleKey('P-256'));
  const tbs = sequence(
    version === 1 ? undefined : explicit(0, integer(version - 1)),
    primitive(INTEGER, fields.serialNumber),
    parts.algorithm ?? raw(fields.signatureAlgorithmDer),
    parts.issuer ?? raw(fields.issuerDer),
    sequence(time(fields.notBefore), time(fields.notAfter)),
    raw(fields.subjectDer),
    raw(fields.subjectPublicKeyInfoDer),
    parts.uniqueId,
    parts.extensions && explicit(3, sequence(...parts.extensions)),
  );
  return assembleSigned(encodeDer(tbs), fields.signatureAlgorithmDer, new Uint8Array(8));
}

const HOST_NODE = sequence(objectIdentifier(HOST.oid), octetString(HOST.value));
const UNIQUE_ID = primitive(contextPrimitive(1), Uint8Array.of(0, 1));
const ODD: readonly { name: string; parts: OddParts; problem: RegExp }[] = [
  { name: 'an empty issuer', parts: { issuer: sequence() }, problem: /issuer is empty/ },
  {
    name: 'an extension twice',
    parts: { extensions: [HOST_NODE, HOST_NODE] },
    problem: /occurs twice/,
  },
  {
    name: 'another algorithm inside than outside',
    parts: { algorithm: sequence(objectIdentifier(OID.ecdsaWithSha384)) },
    problem: /inner and outer signature algorithm differ/,
  },
  {
    name: 'a unique identifier in version 1',
    parts: { version: 1, uniqueId: UNIQUE_ID },
    problem: /./,
  },
  { name: 'extensions in version 2', parts: { version: 2, extensions: [HOST_NODE] }, problem: /./ },
];

for (const { name, parts, problem } of ODD) {
  test(`a certificate with ${name} is refused`, () => {
    assert.throws(() => parseCertificate(oddCertificate(parts)), {
      code: 'malformed',
      message: problem,
    });
  });
}

test('what is odd in a certificate is only what is said to be', () => {
  for (const parts of [
    { extensions: [HOST_NODE] },
    { version: 1 },
    { version: 2, uniqueId: UNIQUE_ID },
    { version: 3, uniqueId: UNIQUE_ID },
  ] as const) {
    assert.equal(parseCertificate(oddCertificate(parts)).version, parts.version ?? 3);
  }
});

test('a certificate without an issuer, or with an extension twice, is not written', () => {
  const key = sampleKey('P-256');
  for (const changes of [{ issuerDer: EMPTY_NAME }, { extensions: [HOST, HOST] }]) {
    assert.throws(() => sampleCertificate(key, changes), RangeError);
  }
});

test('a critical extension that is not understood is surfaced, others only listed', () => {
  const unknown = { oid: '2.999.3', critical: true, value: Uint8Array.of(1, 2, 3) };
  const harmless = { oid: '2.999.4', critical: false, value: new Uint8Array(0) };
  const key = sampleKey('P-256');
  const der = sampleCertificate(key, { extensions: [unknown, harmless, HOST] });
  const { extensions } = parseCertificate(der);
  assert.deepEqual(extensions.unknownCritical, [unknown]);
  assert.deepEqual(
    extensions.all.map(({ oid }) => oid),
    ['2.999.3', '2.999.4', OID.subjectAltName],
  );
});

test('whatever is changed in a certificate, it is read or refused', () => {
  const der = sampleCertificate();
  const change = fc.tuple(fc.nat(der.length - 1), fc.nat(255));
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), fc.nat(8), (changes, cut) => {
      const bytes = der.slice(0, der.length - cut);
      for (const [at, octet] of changes) if (at < bytes.length) bytes[at] = octet;
      readOrRefuse(bytes);
    }),
    { numRuns: 5000 },
  );
});

test('random octets are refused', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), readOrRefuse), { numRuns: 2000 });
});

test('a certificate with data after it, or cut anywhere, is refused', () => {
  const der = sampleCertificate();
  assert.throws(() => parseCertificate(Uint8Array.of(...der, 0)), { code: 'malformed' });
  for (let length = 0; length < der.length; length++) {
    assert.throws(() => parseCertificate(der.subarray(0, length)), { code: 'malformed' });
  }
});

const NAME_OPTIONS = 'sep_comma_plus,dn_rev,sname,esc_2253,utf8';

function readOrRefuse(bytes: Uint8Array): void {
  try {
    parseCertificate(bytes);
  } catch (error) {
    assert.ok(error instanceof Refusal, String(error));
  }
}
