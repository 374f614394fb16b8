import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { openssl, opensslOctets, opensslSays } from '../../../test/openssl.ts';
import { NOON, nameOf } from '../../../test/sample-chain.ts';
import {
  hashesOf,
  idOf,
  OCSP_CA,
  OCSP_CA_CERTIFICATE,
  RESPONDER,
  RESPONDER_CERTIFICATE,
  sampleOcspResponse,
  sampleSingle,
} from '../../../test/sample-ocsp.ts';
import {
  type DerNode,
  encodeDer,
  explicit,
  integer,
  objectIdentifier,
  octetString,
  raw,
  sequence,
} from '../../asn1/der-writer.ts';
import { OID } from '../../asn1/known-object-identifiers.ts';
import { Refusal } from '../../errors.ts';
import { makeExtension } from '../extension.ts';
import { encodePem } from '../pem.ts';
import { REVOCATION_REASONS } from '../revoked-entry.ts';
import { isIssuedBy, isSameCertificateId } from './certificate-id.ts';
import { encodeOcspError, type SingleResponseFields } from './encode-ocsp-response.ts';
import { nonceExtension } from './ocsp-extensions.ts';
import { assembleOcspRequest, encodeOcspRequestContent, parseOcspRequest } from './ocsp-request.ts';
import { type BasicOcspResponse, OCSP_STATUSES, parseOcspResponse } from './ocsp-response.ts';

const folder = mkdtempSync(join(tmpdir(), 'koshin-ocsp-'));
after(() => rmSync(folder, { recursive: true }));

function fileOf(name: string, contents: Uint8Array | string): string {
  const file = join(folder, name);
  writeFileSync(file, contents);
  return file;
}

const CA_PEM = fileOf('ca.pem', encodePem(OCSP_CA_CERTIFICATE.der, 'CERTIFICATE'));
const list = (...nodes: readonly DerNode[]): DerNode => sequence(sequence(...nodes));
const SERIALS = ['01', '009a', '5a000102030405060708090a0b0c0d0e0f101112'];
const NONCE = new Uint8Array(32).fill(0xa5);
const unknown = { oid: '2.999.1', critical: true, value: new Uint8Array(0) };

function basicOf(der: Uint8Array): BasicOcspResponse {
  const response = parseOcspResponse(der);
  return response.status === 'successful' ? response.basic : assert.fail(response.status);
}

for (const hash of ['SHA-1', 'SHA-256'] as const) {
  test(`a request by ${hash} is read as it was written, and as openssl writes it`, () => {
    const ids = SERIALS.map((serial) => idOf(serial, hash));
    const content = encodeOcspRequestContent({
      requestorName: { kind: 'directory', name: nameOf('Asker') },
      questions: ids.map((id) => ({ id, extensions: [unknown] })),
      extensions: [nonceExtension(NONCE)],
    });
    const request = parseOcspRequest(assembleOcspRequest(content));
    assert.deepEqual(
      request.questions.map(({ id }) => id),
      ids,
    );
    assert.deepEqual(request.requestorName, { kind: 'directory', name: nameOf('Asker') });
    assert.deepEqual(request.extensions.nonce, NONCE);
    assert.deepEqual(request.questions[0]?.extensions.unknownCritical, [unknown]);
    assert.equal(request.signed, undefined);
    assert.ok(ids.every((id) => isIssuedBy(id, hashesOf(OCSP_CA_CERTIFICATE, hash))));

    const digest = hash === 'SHA-1' ? '-sha1' : '-sha256';
    const serials = SERIALS.flatMap((serial) => [digest, '-serial', `0x${serial}`]);
    const file = join(folder, 'request.der');
    openssl(['ocsp', '-issuer', CA_PEM, ...serials, '-no_nonce', '-reqout', file]);
    const theirs = opensslOctets([
      'asn1parse',
      '-inform',
      'DER',
      '-in',
      file,
      '-noout',
      '-out',
      '-',
    ]);
    const plain = { requestorName: undefined, extensions: [] };
    const questions = ids.map((id) => ({ id, extensions: [] }));
    const ours = assembleOcspRequest(encodeOcspRequestContent({ ...plain, questions }));
    assert.deepEqual(ours, theirs);
  });
}

test('openssl reads a request and its nonce', () => {
  const content = encodeOcspRequestContent({
    requestorName: undefined,
    questions: [{ id: idOf('009a'), extensions: [] }],
    extensions: [nonceExtension(NONCE)],
  });
  const file = fileOf('ours.der', assembleOcspRequest(content));
  const text = openssl(['ocsp', '-reqin', file, '-req_text']);
  assert.ok(text.includes('Serial Number: 9A\n'), text);
  assert.ok(text.includes(`OCSP Nonce: \n            0420${'A5'.repeat(32)}\n`), text);
});

test('a signed request is read with its signature and certificates', () => {
  const questions = [{ id: idOf('01'), extensions: [] }];
  const content = encodeOcspRequestContent({ requestorName: undefined, questions, extensions: [] });
  const signatureAlgorithm = {
    oid: OID.ecdsaWithSha256,
    der: Uint8Array.fromHex('300a06082a8648ce3d040302'),
  };
  const seal = { signatureAlgorithm, signature: RESPONDER.key.sign(content) };
  const der = assembleOcspRequest(content, seal, [RESPONDER_CERTIFICATE.der]);
  const { signed, certificates } = parseOcspRequest(der);
  assert.deepEqual(signed?.tbsDer, content);
  assert.deepEqual(signed.signature, seal.signature);
  assert.deepEqual(certificates, [RESPONDER_CERTIFICATE]);
  assert.deepEqual(parseOcspRequest(assembleOcspRequest(content, seal)).certificates, []);
});

test('CertIDs are the same whatever the parameters of their digest', () => {
  const id = idOf('01', 'SHA-1');
  const bare = sequence(
    sequence(objectIdentifier(OID.sha1)),
    octetString(id.issuerNameHash),
    octetString(id.issuerKeyHash),
    integer(1),
  );
  const request = encodeDer(list(sequence(sequence(bare))));
  const [question] = parseOcspRequest(request).questions;
  assert.ok(question !== undefined && isSameCertificateId(question.id, id));
  assert.ok(!isSameCertificateId(id, idOf('02', 'SHA-1')));
  assert.ok(!isSameCertificateId(id, idOf('01', 'SHA-256')));
});

for (const length of [0, 1, 16, 32, 128, 129]) {
  const isRight = length >= 1 && length <= 128;
  test(`a nonce of ${length} octets is ${isRight ? 'read' : 'refused as malformed'}`, () => {
    const nonce = new Uint8Array(length).fill(7);
    const extension = makeExtension(OID.ocspNonce, 'non-critical', octetString(nonce));
    const questions = [{ id: idOf('01'), extensions: [] }];
    const fields = { requestorName: undefined, questions, extensions: [extension] };
    const der = assembleOcspRequest(encodeOcspRequestContent(fields));
    if (isRight) assert.deepEqual(parseOcspRequest(der).extensions.nonce, nonce);
    else assert.throws(() => parseOcspRequest(der), { code: 'malformed' });
    if (!isRight) assert.throws(() => nonceExtension(nonce), RangeError);
  });
}

const ID = raw(idOf('01').der);
const version = explicit(0, integer(0));
const REFUSED: readonly { name: string; node: DerNode }[] = [
  { name: 'about nothing', node: list(sequence()) },
  { name: 'with its version written out', node: list(version, sequence(sequence(ID))) },
  { name: 'with data after its list', node: list(sequence(sequence(ID)), integer(1)) },
  { name: 'with empty extensions', node: list(sequence(sequence(ID)), explicit(2, sequence())) },
  { name: 'with data after a CertID', node: list(sequence(sequence(ID, integer(1)))) },
];

for (const { name, node } of REFUSED) {
  test(`a request ${name} is refused`, () => {
    assert.throws(() => parseOcspRequest(encodeDer(node)), { code: 'malformed' });
  });
}

test('a CertID with a digest of the wrong length is refused', () => {
  const digest = octetString(new Uint8Array(19));
  const short = sequence(sequence(objectIdentifier(OID.sha1)), digest, digest, integer(1));
  assert.throws(() => parseOcspRequest(encodeDer(list(sequence(sequence(short))))), {
    code: 'malformed',
  });
});

for (const [code, status] of OCSP_STATUSES.entries()) {
  test(`status ${code} is ${status ?? 'refused'}`, () => {
    const bare = encodeDer(sequence(raw(Uint8Array.of(0x0a, 1, code))));
    if (status === undefined || status === 'successful') {
      assert.throws(() => parseOcspResponse(bare), { code: 'malformed' });
      return;
    }
    assert.deepEqual(encodeOcspError(status), bare);
    assert.deepEqual(parseOcspResponse(bare), { status });
    const words = opensslSays([
      'ocsp',
      '-respin',
      fileOf('error.der', bare),
      '-resp_text',
      '-noverify',
    ]);
    assert.match(words, new RegExp(`^Responder Error: ${status} \\(${code}\\)`, 'i'));
  });
}

const STATUSES: readonly SingleResponseFields['status'][] = [
  { kind: 'good' },
  { kind: 'unknown' },
  { kind: 'revoked', revocationTime: new Date('2026-05-01T01:02:03Z'), reason: undefined },
  ...REVOCATION_REASONS.filter((reason) => reason !== undefined).map(
    (reason) =>
      ({ kind: 'revoked', revocationTime: new Date('2050-01-01T00:00:00Z'), reason }) as const,
  ),
];

test('every status is read as it was written', () => {
  const singles = STATUSES.map((status, i) =>
    sampleSingle(idOf(`7${i.toString(16)}`), {
      status,
      ...(i === 0 && { nextUpdate: undefined, extensions: [unknown] }),
    }),
  );
  const basic = basicOf(
    sampleOcspResponse(singles, undefined, { extensions: [nonceExtension(NONCE)] }),
  );
  assert.deepEqual(
    basic.responses.map(({ extensions, ...rest }) => ({ ...rest, extensions: extensions.all })),
    singles,
  );
  assert.deepEqual(basic.producedAt, NOON);
  assert.deepEqual(basic.responderId, { kind: 'name', name: OCSP_CA.name });
  assert.deepEqual(basic.extensions.nonce, NONCE);
});

test('a responder is also named by its key', () => {
  const { keyHash } = hashesOf(OCSP_CA_CERTIFICATE, 'SHA-1');
  const responderId = { kind: 'key', keyHash } as const;
  const basic = basicOf(sampleOcspResponse([], undefined, { responderId }));
  assert.deepEqual(basic.responderId, responderId);
});

test('openssl verifies a response and says the same of each certificate', () => {
  const revocationTime = new Date('2026-05-01T01:02:03Z');
  const statuses = [
    { kind: 'good' },
    { kind: 'unknown' },
    { kind: 'revoked', revocationTime, reason: 'keyCompromise' },
  ] as const;
  const singles = SERIALS.map((serial, i) => {
    return sampleSingle(idOf(serial, 'SHA-1'), { status: statuses[i] ?? { kind: 'good' } });
  });
  const responders = [
    { ...OCSP_CA, certificates: [] },
    { ...RESPONDER, certificates: [RESPONDER_CERTIFICATE] },
  ];
  for (const responder of responders) {
    const file = fileOf('response.der', sampleOcspResponse(singles, responder));
    const serials = SERIALS.flatMap((serial) => ['-serial', `0x${serial}`]);
    const at = ['-attime', String(NOON.getTime() / 1000)];
    const text = openssl([
      'ocsp',
      '-respin',
      file,
      '-issuer',
      CA_PEM,
      '-CAfile',
      CA_PEM,
      ...serials,
      ...at,
      '-validity_period',
      '4000000000',
      '-resp_text',
    ]);
    assert.ok(text.includes('Cert Status: good'), text);
    assert.ok(text.includes('Cert Status: unknown'));
    assert.ok(
      text.includes(
        'Cert Status: revoked\n    Revocation Time: May  1 01:02:03 2026 GMT\n    Revocation Reason: keyCompromise (0x1)\n',
      ),
    );
    assert.ok(
      text.includes(
        'This Update: Jun  1 00:00:00 2026 GMT\n    Next Update: Jun  2 00:00:00 2026 GMT',
      ),
    );
  }
});

test('a response of another type is known to be of no use', () => {
  const der = sampleOcspResponse([]);
  const at = der.toHex().indexOf('06092b0601050507300101') / 2;
  assert.throws(() => parseOcspResponse(der.with(at + 10, 2)), { code: 'unsupported-algorithm' });
});

test('whatever is changed in a response or request, it is read or refused', () => {
  const responder = { ...RESPONDER, certificates: [RESPONDER_CERTIFICATE] };
  const response = sampleOcspResponse(
    STATUSES.map((status) => sampleSingle(idOf('01'), { status })),
    responder,
  );
  const questions = [{ id: idOf('01'), extensions: [unknown] }];
  const fields = { requestorName: undefined, questions, extensions: [nonceExtension(NONCE)] };
  const request = assembleOcspRequest(encodeOcspRequestContent(fields));
  for (const { der, parse } of [
    { der: response, parse: parseOcspResponse },
    { der: request, parse: parseOcspRequest },
  ]) {
    const change = fc.tuple(fc.nat(der.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const bytes = der.slice();
        for (const [at, octet] of changes) bytes[at] = octet;
        try {
          parse(bytes);
        } catch (error) {
          assert.ok(error instanceof Refusal, String(error));
        }
      }),
      { numRuns: 2000 },
    );
  }
});

test('a CertID of another name, key or digest is not of the issuer', () => {
  const id = idOf('05');
  const own = hashesOf(OCSP_CA_CERTIFICATE, 'SHA-256');
  const other = new Uint8Array(32);
  assert.ok(isIssuedBy(id, own));
  assert.ok(!isIssuedBy(id, { ...own, nameHash: other }));
  assert.ok(!isIssuedBy(id, { ...own, keyHash: other }));
  assert.ok(!isIssuedBy(id, { ...own, hash: 'SHA-1' }));
});
