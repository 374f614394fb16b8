import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { readOrRefused } from '../../../test/changed-octets.ts';
import { openssl, opensslSays } from '../../../test/openssl.ts';
import { NOON } from '../../../test/sample-chain.ts';
import {
  hashesOf,
  idOf,
  NONCE,
  OCSP_CA,
  OCSP_CA_CERTIFICATE,
  RESPONDER,
  RESPONDER_CERTIFICATE,
  SERIALS,
  sampleOcspResponse,
  sampleSingle,
  UNKNOWN,
} from '../../../test/sample-ocsp.ts';
import { temporaryFiles } from '../../../test/temporary-files.ts';
import { encodeDer, raw, sequence } from '../../asn1/der-writer.ts';
import { encodePem } from '../pem.ts';
import { REVOCATION_REASONS } from '../revoked-entry.ts';
import { encodeOcspError, type SingleResponseFields } from './encode-ocsp-response.ts';
import { nonceExtension } from './ocsp-extensions.ts';
import { type BasicOcspResponse, OCSP_STATUSES, parseOcspResponse } from './ocsp-response.ts';

const files = temporaryFiles('koshin-ocsp-');
after(files.remove);
const CA_PEM = files.write('ca.pem', encodePem(OCSP_CA_CERTIFICATE.der, 'CERTIFICATE'));

function basicOf(der: Uint8Array): BasicOcspResponse {
  const response = parseOcspResponse(der);
  return response.status === 'successful' ? response.basic : assert.fail(response.status);
}

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
      files.write('error.der', bare),
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
      ...(i === 0 && { nextUpdate: undefined, extensions: [UNKNOWN] }),
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
    const file = files.write('response.der', sampleOcspResponse(singles, responder));
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

test('whatever is changed in a response, it is read or refused', () => {
  const responder = { ...RESPONDER, certificates: [RESPONDER_CERTIFICATE] };
  const response = sampleOcspResponse(
    STATUSES.map((status) => sampleSingle(idOf('01'), { status })),
    responder,
  );
  readOrRefused(response, parseOcspResponse, 2000);
});
