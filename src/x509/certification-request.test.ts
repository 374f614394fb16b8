import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openssl, opensslOctets } from '../../test/openssl.ts';
import { SUBJECT, sampleRequest, signWith } from '../../test/sample-certificate.ts';
import { freshKey, sampleKey } from '../../test/sample-keys.ts';
import { asciiString, utf8String } from '../asn1/character-string.ts';
import {
  constructed,
  type DerChild,
  type DerNode,
  encodeDer,
  integer,
  objectIdentifier,
  octetString,
  primitive,
  raw,
  sequence,
} from '../asn1/der-writer.ts';
import { OID } from '../asn1/known-object-identifiers.ts';
import { BMP_STRING, IA5_STRING, PRINTABLE_STRING, SET, TELETEX_STRING } from '../asn1/tag.ts';
import { nodeVerifier } from '../keys/node-verifier.ts';
import {
  type CertificationRequest,
  parseCertificationRequest,
  verifyRequest,
} from './certification-request.ts';
import { makeExtension } from './extension.ts';
import { decodeExtensions } from './extensions.ts';
import { keyUsageExtension } from './key-usage.ts';

const key = sampleKey('P-256');

test('a request is read as it was written, and proves its key', () => {
  const request = parseCertificationRequest(sampleRequest());
  assert.deepEqual(request.subject, SUBJECT);
  assert.deepEqual(request.attributes, []);
  assert.deepEqual(request.requestedExtensions, []);
  assert.equal(request.challengePassword, undefined);
  const verified = verifyRequest(request, nodeVerifier);
  assert.deepEqual(verified.publicKey.der, key.spkiDer);
});

test('openssl accepts a request and reads its subject and key', () => {
  const der = sampleRequest();
  const args = ['req', '-inform', 'DER', '-verify', '-noout', '-subject', '-pubkey'];
  const shown = openssl([...args, '-nameopt', 'utf8,sname,sep_comma_plus'], der);
  assert.ok(shown.includes('subject=O=みほん信用金庫,CN=00012345678 suzuki01 1394 2027-12\n'));
  assert.ok(shown.includes('-----BEGIN PUBLIC KEY-----'));
});

test('a request that openssl made, with extensions, is read and verified', () => {
  const options = '-addext subjectAltName=DNS:example.jp -addext keyUsage=critical,keyAgreement';
  const newKey = '-newkey ec -pkeyopt ec_paramgen_curve:P-384 -nodes -keyout /dev/null';
  const command = `req -new ${newKey} ${options} -subj /C=JP/CN=a -outform DER`;
  const der = opensslOctets(command.split(' '));
  const request = parseCertificationRequest(der);
  verifyRequest(request, nodeVerifier);
  const extensions = decodeExtensions(request.requestedExtensions);
  assert.deepEqual(extensions.subjectAltName, [{ kind: 'dns', host: 'example.jp' }]);
  assert.deepEqual(extensions.keyUsage, ['keyAgreement']);
});

test('a request signed with another key is refused', () => {
  const info = parseCertificationRequest(sampleRequest()).tbsDer;
  const request = parseCertificationRequest(signWith(freshKey('P-256'), info));
  assert.throws(() => verifyRequest(request, nodeVerifier), { code: 'bad-signature' });
});

const attribute = (oid: string, ...values: readonly DerNode[]): DerNode =>
  sequence(objectIdentifier(oid), constructed(SET, values));
const requestWith = (...attributes: readonly DerChild[]): CertificationRequest =>
  parseCertificationRequest(signWith(key, encodeDer(infoOf(constructed(0xa0, attributes)))));
const infoOf = (...rest: readonly DerNode[]): DerNode =>
  sequence(integer(0), raw(SUBJECT.der), raw(key.spkiDer), ...rest);

test('attributes may be empty or absent', () => {
  assert.deepEqual(requestWith().attributes, []);
  const der = signWith(key, encodeDer(infoOf()));
  assert.deepEqual(parseCertificationRequest(der).attributes, []);
  verifyRequest(parseCertificationRequest(der), nodeVerifier);
});

const CHALLENGES: readonly { name: string; node: DerNode; want: string }[] = [
  { name: 'PrintableString', node: asciiString('abc', PRINTABLE_STRING), want: 'abc' },
  { name: 'UTF8String', node: utf8String('パスワード'), want: 'パスワード' },
  { name: 'IA5String', node: asciiString('a@b', IA5_STRING), want: 'a@b' },
  { name: 'BMPString', node: primitive(BMP_STRING, Uint8Array.of(0, 0x61)), want: 'a' },
  { name: 'TeletexString', node: primitive(TELETEX_STRING, Uint8Array.of(0x61)), want: 'a' },
];

for (const { name, node, want } of CHALLENGES) {
  test(`a challengePassword of type ${name} is read`, () => {
    const request = requestWith(attribute(OID.challengePassword, node));
    assert.equal(request.challengePassword, want);
  });
}

test("Microsoft's attributes are kept, in whatever order, and its request for extensions read", () => {
  const usage = keyUsageExtension(['digitalSignature']);
  const list = sequence(sequence(objectIdentifier(usage.oid), octetString(usage.value)));
  const request = requestWith(
    attribute('1.3.6.1.4.1.311.21.20', sequence(integer(5), utf8String('PC01'))),
    attribute('1.3.6.1.4.1.311.13.2.3', asciiString('10.0.19045.2', IA5_STRING)),
    attribute(OID.microsoftExtensionRequest, list),
  );
  assert.deepEqual(
    request.attributes.map(({ oid }) => oid),
    ['1.3.6.1.4.1.311.21.20', '1.3.6.1.4.1.311.13.2.3', OID.microsoftExtensionRequest],
  );
  assert.deepEqual(decodeExtensions(request.requestedExtensions).keyUsage, ['digitalSignature']);
});

test('an empty list of requested extensions, and an attribute without values, ask for nothing', () => {
  assert.deepEqual(
    requestWith(attribute(OID.extensionRequest, sequence())).requestedExtensions,
    [],
  );
  assert.deepEqual(requestWith(attribute(OID.extensionRequest)).requestedExtensions, []);
});

const REFUSED: readonly { name: string; info: DerNode }[] = [
  { name: 'version 1', info: sequence(integer(1), raw(SUBJECT.der), raw(key.spkiDer)) },
  { name: 'data after the attributes', info: infoOf(constructed(0xa0, []), integer(1)) },
  { name: 'attributes that are a SET', info: infoOf(constructed(SET, [])) },
  { name: 'no key', info: sequence(integer(0), raw(SUBJECT.der)) },
  {
    name: 'a challengePassword that is a number',
    info: infoOf(constructed(0xa0, [attribute(OID.challengePassword, integer(1))])),
  },
  {
    name: 'requested extensions that are no list',
    info: infoOf(constructed(0xa0, [attribute(OID.extensionRequest, integer(1))])),
  },
];

for (const { name, info } of REFUSED) {
  test(`a request with ${name} is refused`, () => {
    const der = signWith(key, encodeDer(info));
    assert.throws(() => parseCertificationRequest(der), { code: 'malformed' });
  });
}

test('what was asked for critically is said to be critical', () => {
  const extension = makeExtension('2.999.5', 'critical', integer(1));
  const node = sequence(
    objectIdentifier(extension.oid),
    raw(Uint8Array.of(1, 1, 0xff)),
    octetString(extension.value),
  );
  const request = requestWith(attribute(OID.extensionRequest, sequence(node)));
  assert.deepEqual(request.requestedExtensions, [extension]);
});
