import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readOrRefused } from '../../../test/changed-octets.ts';
import { openssl, opensslOctets } from '../../../test/openssl.ts';
import { nameOf } from '../../../test/sample-chain.ts';
import {
  hashesOf,
  idOf,
  NONCE,
  OCSP_CA_CERTIFICATE,
  RESPONDER,
  RESPONDER_CERTIFICATE,
  SERIALS,
  UNKNOWN,
} from '../../../test/sample-ocsp.ts';
import { temporaryFiles } from '../../../test/temporary-files.ts';
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
import { makeExtension } from '../extension.ts';
import { encodePem } from '../pem.ts';
import { isIssuedBy, isSameCertificateId } from './certificate-id.ts';
import { nonceExtension } from './ocsp-extensions.ts';
import { assembleOcspRequest, encodeOcspRequestContent, parseOcspRequest } from './ocsp-request.ts';

const files = temporaryFiles('koshin-ocsp-');
after(files.remove);
const CA_PEM = files.write('ca.pem', encodePem(OCSP_CA_CERTIFICATE.der, 'CERTIFICATE'));
const list = (...nodes: readonly DerNode[]): DerNode => sequence(sequence(...nodes));

for (const hash of ['SHA-1', 'SHA-256'] as const) {
  test(`a request by ${hash} is read as it was written, and as openssl writes it`, () => {
    const ids = SERIALS.map((serial) => idOf(serial, hash));
    const content = encodeOcspRequestContent({
      requestorName: { kind: 'directory', name: nameOf('Asker') },
      questions: ids.map((id) => ({ id, extensions: [UNKNOWN] })),
      extensions: [nonceExtension(NONCE)],
    });
    const request = parseOcspRequest(assembleOcspRequest(content));
    assert.deepEqual(
      request.questions.map(({ id }) => id),
      ids,
    );
    assert.deepEqual(request.requestorName, { kind: 'directory', name: nameOf('Asker') });
    assert.deepEqual(request.extensions.nonce, NONCE);
    assert.deepEqual(request.questions[0]?.extensions.unknownCritical, [UNKNOWN]);
    assert.equal(request.signed, undefined);
    assert.ok(ids.every((id) => isIssuedBy(id, hashesOf(OCSP_CA_CERTIFICATE, hash))));

    const digest = hash === 'SHA-1' ? '-sha1' : '-sha256';
    const serials = SERIALS.flatMap((serial) => [digest, '-serial', `0x${serial}`]);
    const file = join(files.folder, 'request.der');
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
  const file = files.write('ours.der', assembleOcspRequest(content));
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

test('whatever is changed in a request, it is read or refused', () => {
  const questions = [{ id: idOf('01'), extensions: [UNKNOWN] }];
  const fields = { requestorName: undefined, questions, extensions: [nonceExtension(NONCE)] };
  readOrRefused(assembleOcspRequest(encodeOcspRequestContent(fields)), parseOcspRequest, 2000);
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
