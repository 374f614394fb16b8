// The kinds of fault that other programs had with names, serials and requests, one test each.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openssl } from '../../test/openssl.ts';
import { sampleCertificate, sampleFields, signWith } from '../../test/sample-certificate.ts';
import { holder, issue } from '../../test/sample-chain.ts';
import { sampleCrl } from '../../test/sample-crl.ts';
import { sampleKey } from '../../test/sample-keys.ts';
import { hashesOf, idOf } from '../../test/sample-ocsp.ts';
import {
  encodeDer,
  integer,
  objectIdentifier,
  primitive,
  raw,
  sequence,
  setOf,
} from '../asn1/der-writer.ts';
import { OID } from '../asn1/known-object-identifiers.ts';
import {
  BMP_STRING,
  PRINTABLE_STRING,
  TELETEX_STRING,
  UNIVERSAL_STRING,
  UTF8_STRING,
} from '../asn1/tag.ts';
import { encodeTbsCertificate, parseCertificate } from './certificate.ts';
import { parseCertificateList } from './certificate-list.ts';
import { encodeRequestInfo, parseCertificationRequest } from './certification-request.ts';
import { isSameName } from './match-names.ts';
import { makeName, type Name, parseName, showName, valuesOf } from './name.ts';
import { issuerHashInputs, makeCertificateId } from './ocsp/certificate-id.ts';
import {
  assembleOcspRequest,
  encodeOcspRequestContent,
  parseOcspRequest,
} from './ocsp/ocsp-request.ts';

const KEY = sampleKey('P-256');

/** `CA` in every string type. */
const ENCODED: readonly { type: string; tag: number; hex: string }[] = [
  { type: 'PrintableString', tag: PRINTABLE_STRING, hex: '4341' },
  { type: 'UTF8String', tag: UTF8_STRING, hex: '4341' },
  { type: 'TeletexString', tag: TELETEX_STRING, hex: '4341' },
  { type: 'BMPString', tag: BMP_STRING, hex: '00430041' },
  { type: 'UniversalString', tag: UNIVERSAL_STRING, hex: '0000004300000041' },
];

function nameIn(tag: number, hex: string): Name {
  const value = primitive(tag, Uint8Array.fromHex(hex));
  return parseName(encodeDer(sequence(setOf([sequence(objectIdentifier(OID.commonName), value)]))));
}

for (const { type, tag, hex } of ENCODED) {
  test(`names: an issuer in ${type} is copied octet by octet, not encoded anew`, () => {
    const ca = parseCertificate(sampleCertificate(KEY, { subjectDer: nameIn(tag, hex).der }));
    const issued = parseCertificate(sampleCertificate(KEY, { issuerDer: ca.subject.der }));
    assert.deepEqual(issued.issuer.der, ca.subject.der);
    assert.equal(issued.issuer.der[issued.issuer.der.length - hex.length / 2 - 2], tag);
  });
}

test('names: foreign chains are compared by what names say, not by their octets', () => {
  const [printable, utf8] = [nameIn(PRINTABLE_STRING, '4341'), nameIn(UTF8_STRING, '63412020')];
  assert.notDeepEqual(printable.der, utf8.der);
  assert.ok(isSameName(printable, utf8));
});

for (const [character, hex] of [
  ['@', '40'],
  ['*', '2a'],
  ['_', '5f'],
  ['binary', '00ff'],
] as const) {
  test(`names: ${character} in a PrintableString is refused`, () => {
    assert.throws(() => nameIn(PRINTABLE_STRING, hex), { code: 'malformed' });
  });
}

test('names: what is shown is RFC 4514, most specific first, and changes nothing of the DER', () => {
  const name = makeName([
    { type: OID.countryName, value: 'JP' },
    { type: OID.commonName, value: 'a, b' },
  ]);
  assert.equal(showName(name), String.raw`CN=a\, b,C=JP`);
  assert.deepEqual(parseName(name.der).der, name.der);
});

test('names: what looks like another attribute inside a value stays in it, of one character too', () => {
  for (const value of ['t,OU=x', 't+OU=x', 't;OU=x', 't\\,OU=x']) {
    const name = parseName(makeName([{ type: OID.commonName, value }]).der);
    assert.deepEqual(valuesOf(name, OID.commonName), [value]);
    assert.deepEqual(valuesOf(name, OID.organizationalUnitName), []);
    assert.doesNotMatch(showName(name), /[^\\][,+;]OU=/);
  }
  const two = makeName([
    { type: OID.organizationalUnitName, value: 'x' },
    { type: OID.commonName, value: 't' },
  ]);
  assert.equal(showName(two), 'CN=t,OU=x');
});

test('names: the digest that OCSP asks by is of the name as its CA wrote it', () => {
  for (const { tag, hex } of ENCODED) {
    const subjectDer = nameIn(tag, hex).der;
    const ca = parseCertificate(sampleCertificate(KEY, { subjectDer }));
    assert.deepEqual(issuerHashInputs(ca).name, subjectDer);
  }
});

test('serials: 21 octets are too many also where the first is 00', () => {
  const serialNumber = Uint8Array.of(0, ...new Uint8Array(20).fill(0xff));
  assert.throws(() => encodeTbsCertificate(sampleFields(KEY, { serialNumber })), RangeError);
  const most = Uint8Array.of(0, ...new Uint8Array(19).fill(0xff));
  assert.deepEqual(
    parseCertificate(sampleCertificate(KEY, { serialNumber: most })).serialNumber,
    most,
  );
});

test('serials: OCSP asks for 9a with its leading 00', () => {
  assert.ok(idOf('009a').der.toHex().endsWith('0202009a'));
  const questions = [{ id: idOf('009a'), extensions: [] }];
  const content = encodeOcspRequestContent({ requestorName: undefined, questions, extensions: [] });
  const [question] = parseOcspRequest(assembleOcspRequest(content)).questions;
  assert.equal(question?.id.serialNumber.toHex(), '009a');
});

test('serials: a form that is not the shortest is neither written nor read', () => {
  for (const hex of ['0001', '007f', '000080']) {
    const serialNumber = Uint8Array.fromHex(hex);
    assert.throws(() => encodeTbsCertificate(sampleFields(KEY, { serialNumber })), RangeError);
  }
  const tbs = encodeTbsCertificate(sampleFields(KEY, { serialNumber: Uint8Array.fromHex('0080') }));
  const padded = signWith(KEY, tbs.with(tbs.toHex().indexOf('02020080') / 2 + 3, 0x7f));
  assert.throws(() => parseCertificate(padded), { code: 'malformed' });
});

test('serials: the same one of two CAs is asked for in two ways', () => {
  const serial = Uint8Array.of(5);
  const [one, other] = ['One', 'Other'].map((name) => {
    const ca = holder(name);
    return makeCertificateId(hashesOf(issue(ca, ca), 'SHA-256'), serial);
  });
  assert.notDeepEqual(one?.der, other?.der);
});

test('serials: what openssl shows of one in hexadecimal is what it is looked up by', () => {
  for (const hex of ['01', '009a', '5a000102030405060708090a0b0c0d0e0f101112']) {
    const serialNumber = Uint8Array.fromHex(hex);
    const der = sampleCertificate(KEY, { serialNumber });
    const shown = openssl(['x509', '-inform', 'DER', '-noout', '-serial'], der);
    assert.equal(shown, `serial=${hex.replace(/^00/, '').toUpperCase()}\n`);
    const list = parseCertificateList(
      sampleCrl(KEY, [{ serial: hex, at: '2026-01-31T12:00:00Z' }]),
    );
    assert.equal(list.entries.find(serialNumber).length, 1);
  }
});

test('serials: 01 is not found inside 0101 or 5a01', () => {
  const at = '2026-01-01T00:00:00Z';
  const list = parseCertificateList(
    sampleCrl(KEY, [
      { serial: '0101', at },
      { serial: '5a01', at },
    ]),
  );
  assert.deepEqual(list.entries.find(Uint8Array.of(1)), []);
  assert.equal(list.entries.find(Uint8Array.of(1, 1)).length, 1);
});

test('serials: the serialNumber of a name is not that of the certificate', () => {
  const subject = makeName([{ type: OID.serialNumber, value: 'ABC' }]);
  const serialNumber = Uint8Array.of(7);
  const certificate = parseCertificate(
    sampleCertificate(KEY, { subjectDer: subject.der, serialNumber }),
  );
  assert.deepEqual(certificate.serialNumber, serialNumber);
  assert.deepEqual(valuesOf(certificate.subject, OID.serialNumber), ['ABC']);
});

test('requests: without a challengePassword, and without any attribute, there is none', () => {
  const subject = makeName([]);
  const bare = encodeDer(sequence(integer(0), raw(subject.der), raw(KEY.spkiDer)));
  for (const info of [bare, encodeRequestInfo(subject.der, KEY.spkiDer)]) {
    const request = parseCertificationRequest(signWith(KEY, info));
    assert.equal(request.challengePassword, undefined);
    assert.deepEqual(request.attributes, []);
    assert.deepEqual(request.requestedExtensions, []);
  }
});
