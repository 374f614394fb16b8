import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  caExtensions,
  type Holder,
  holder,
  issue,
  NOON,
  nameOf,
} from '../../../test/sample-chain.ts';
import {
  hashesOf,
  idOf,
  OCSP_CA,
  OCSP_CA_CERTIFICATE,
  RESPONDER,
  RESPONDER_CERTIFICATE,
  type Responder,
  sampleOcspResponse,
  sampleSingle,
} from '../../../test/sample-ocsp.ts';
import { OID } from '../../asn1/known-object-identifiers.ts';
import { nodeVerifier } from '../../keys/node-verifier.ts';
import type { Extension } from '../extension.ts';
import { ocspNoCheckExtension } from '../extensions.ts';
import { extendedKeyUsageExtension, keyUsageExtension } from '../key-usage.ts';
import { makeCertificateId } from './certificate-id.ts';
import type { SingleResponseFields } from './encode-ocsp-response.ts';
import { nonceExtension } from './ocsp-extensions.ts';
import { parseOcspResponse } from './ocsp-response.ts';
import {
  type OcspAnswer,
  type OcspExpectation,
  verifyOcspResponse,
} from './verify-ocsp-response.ts';

const ID = idOf('009a');
const EXPECTED: OcspExpectation = {
  id: ID,
  issuer: OCSP_CA_CERTIFICATE,
  time: NOON,
  nonce: undefined,
  maxAgeMs: undefined,
  leewayMs: 5 * 60 * 1000,
};
const UNKNOWN = { code: 'revocation-unknown' };
const BY_CA: Responder = { ...OCSP_CA, certificates: [] };
const BY_RESPONDER: Responder = { ...RESPONDER, certificates: [RESPONDER_CERTIFICATE] };

function verify(der: Uint8Array, changes: Partial<OcspExpectation> = {}): OcspAnswer {
  return verifyOcspResponse(parseOcspResponse(der), { ...EXPECTED, ...changes }, nodeVerifier);
}

const answer = (changes: Partial<SingleResponseFields> = {}, responder = BY_CA): Uint8Array =>
  sampleOcspResponse([sampleSingle(ID, changes)], responder);

test('an answer by the issuer, or by one it gave the right to, is believed', () => {
  assert.equal(verify(answer()).status.kind, 'good');
  assert.equal(
    verify(answer({ status: { kind: 'unknown' } }, BY_RESPONDER)).status.kind,
    'unknown',
  );
  const status = { kind: 'revoked', revocationTime: NOON, reason: 'superseded' } as const;
  assert.deepEqual(verify(answer({ status }, BY_RESPONDER)).status, status);
});

test('a verifier that answers later comes to the same', async () => {
  const later = async (question: Parameters<typeof nodeVerifier>[0]): Promise<boolean> =>
    await Promise.resolve(nodeVerifier(question));
  const response = parseOcspResponse(answer({}, BY_RESPONDER));
  assert.equal((await verifyOcspResponse(response, EXPECTED, later)).status.kind, 'good');
});

test('an answer that a foreign key signed is not used', () => {
  const stranger = { name: OCSP_CA.name, key: holder('x').key, certificates: [] };
  assert.throws(() => verify(answer({}, stranger)), { code: 'bad-signature' });
  const alone = { ...RESPONDER, certificates: [] };
  assert.throws(() => verify(answer({}, alone)), { code: 'bad-signature' });
});

test('an answer about another serial, issuer, or by another digest is not used', () => {
  const twin = issue(OCSP_CA, { name: OCSP_CA.name, key: holder('x').key });
  const ids = [
    idOf('009b'),
    idOf('009a', 'SHA-1'),
    makeCertificateId(hashesOf(twin, 'SHA-256'), ID.serialNumber),
  ];
  const der = sampleOcspResponse(ids.map((id) => sampleSingle(id)));
  assert.throws(() => verify(der), UNKNOWN);
  assert.throws(() => verify(sampleOcspResponse([])), UNKNOWN);
  verify(sampleOcspResponse([...ids, ID].map((id) => sampleSingle(id))));
});

test('an error is no answer', () => {
  for (const code of [1, 2, 3, 5, 6]) {
    assert.throws(() => verify(Uint8Array.of(0x30, 3, 0x0a, 1, code)), UNKNOWN);
  }
});

test('an answer is used while it is fresh, with a little grace for a clock that is ahead', () => {
  const at = (time: string) => () => verify(answer(), { time: new Date(time) });
  at('2026-06-01T23:59:59Z')();
  at('2026-05-31T23:55:00Z')();
  assert.throws(at('2026-05-31T23:54:59Z'), UNKNOWN);
  assert.throws(at('2026-06-02T00:00:00Z'), UNKNOWN);
});

test('an answer without an end is used up to the age that is allowed', () => {
  const der = answer({ nextUpdate: undefined });
  const hour = 60 * 60 * 1000;
  verify(der, { maxAgeMs: 12 * hour });
  assert.throws(() => verify(der, { maxAgeMs: 11 * hour }), UNKNOWN);
  assert.throws(() => verify(der), UNKNOWN);
});

test('where a nonce was sent, the answer has the same', () => {
  const nonce = new Uint8Array(32).fill(1);
  const der = sampleOcspResponse([sampleSingle(ID)], BY_CA, {
    extensions: [nonceExtension(nonce)],
  });
  verify(der, { nonce });
  assert.throws(() => verify(der, { nonce: nonce.with(31, 2) }), UNKNOWN);
  assert.throws(() => verify(answer(), { nonce }), UNKNOWN);
});

test('an answer with a critical extension that nobody knows is not used', () => {
  const extensions = [{ oid: '2.999.1', critical: true, value: new Uint8Array(0) }];
  assert.throws(() => verify(answer({ extensions })), UNKNOWN);
  const der = sampleOcspResponse([sampleSingle(ID)], BY_CA, { extensions });
  assert.throws(() => verify(der), UNKNOWN);
});

const ocspSigning = extendedKeyUsageExtension([OID.ocspSigning]);
const noCheck = ocspNoCheckExtension();
const RESPONDERS: readonly { name: string; extensions: readonly Extension[]; notAfter?: string }[] =
  [
    { name: 'is not for OCSP', extensions: [noCheck] },
    { name: 'is for login', extensions: [extendedKeyUsageExtension([OID.clientAuth]), noCheck] },
    { name: 'would have to be checked itself', extensions: [ocspSigning] },
    { name: 'has expired', extensions: [ocspSigning, noCheck], notAfter: '2026-05-31T00:00:00Z' },
    {
      name: 'is not for signatures',
      extensions: [ocspSigning, noCheck, keyUsageExtension(['keyEncipherment'])],
    },
    {
      name: 'has an unknown critical extension',
      extensions: [
        ocspSigning,
        noCheck,
        { oid: '2.999.1', critical: true, value: new Uint8Array(0) },
      ],
    },
  ];

for (const { name, ...terms } of RESPONDERS) {
  test(`a responder whose certificate ${name} may not answer`, () => {
    const certificate = issue(OCSP_CA, RESPONDER, terms);
    const responder = { ...RESPONDER, certificates: [certificate] };
    assert.throws(() => verify(answer({}, responder)), UNKNOWN);
  });
}

test('a responder of another CA, of the same name too, may not answer', () => {
  const extensions = [ocspSigning, noCheck];
  const by = (ca: Holder) => () => {
    const certificates = [issue(ca, RESPONDER, { extensions })];
    verify(answer({}, { ...RESPONDER, certificates }));
  };
  assert.throws(by(holder('Other')), UNKNOWN);
  assert.throws(by({ name: nameOf('Other'), key: OCSP_CA.key }), UNKNOWN);
  assert.throws(by(holder('OCSP CA')), { code: 'bad-signature' });
  by(OCSP_CA)();
});

test('an answer under the name of another than who signed it is not used', () => {
  const responderId = { kind: 'name', name: nameOf('Other') } as const;
  for (const responder of [BY_CA, BY_RESPONDER]) {
    const der = sampleOcspResponse([sampleSingle(ID)], responder, { responderId });
    assert.throws(() => verify(der), { code: 'bad-signature' });
  }
});

test('a certificate of the CA is not the right to answer', () => {
  const certificates = [issue(OCSP_CA, RESPONDER, { extensions: caExtensions() })];
  assert.throws(() => verify(answer({}, { ...RESPONDER, certificates })), UNKNOWN);
});

test('a responder that names itself by its key is believed by its signature', () => {
  const { keyHash } = hashesOf(RESPONDER_CERTIFICATE, 'SHA-1');
  const responderId = { kind: 'key', keyHash } as const;
  verify(sampleOcspResponse([sampleSingle(ID)], BY_RESPONDER, { responderId }));
});
