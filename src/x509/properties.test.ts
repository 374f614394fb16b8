import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '../../test/fuzz/random.ts';
import { generate } from '../../test/generated/objects.ts';
import { REENCODE } from '../../test/generated/reencode.ts';
import { randomName } from '../../test/generated/values.ts';
import {
  ISSUER,
  sampleCertificate,
  sampleRequest,
  signWith,
} from '../../test/sample-certificate.ts';
import { issue, NOON } from '../../test/sample-chain.ts';
import { CRL_ENTRIES, sampleCrl } from '../../test/sample-crl.ts';
import { freshKey, SAMPLE_KINDS, sampleKey } from '../../test/sample-keys.ts';
import {
  idOf,
  OCSP_CA_CERTIFICATE,
  RESPONDER,
  RESPONDER_CERTIFICATE,
  sampleOcspRequest,
  sampleOcspResponse,
  sampleSingle,
} from '../../test/sample-ocsp.ts';
import { Refusal } from '../errors.ts';
import { nodeVerifier } from '../keys/node-verifier.ts';
import { parseCertificate } from './certificate.ts';
import { parseCertificateList, verifyCertificateList } from './certificate-list.ts';
import {
  encodeRequestInfo,
  parseCertificationRequest,
  verifyRequest,
} from './certification-request.ts';

import { parseOcspResponse } from './ocsp/ocsp-response.ts';
import { verifyOcspResponse } from './ocsp/verify-ocsp-response.ts';
import { parsePublicKey } from './public-key.ts';
import { verifyCertificateSignature } from './signature.ts';

const SEED = 1394;

for (const kind of ['certificate', 'request', 'CRL', 'OCSP response'] as const) {
  test(`200 generated objects of the kind ${kind} are the same after decoding and encoding`, () => {
    const random = seededRandom(SEED);
    for (let number = 0; number < 200; number++) {
      const { der } = generate(kind, random, number);
      assert.deepEqual(REENCODE[kind](der), der, `number ${number} of seed ${SEED}`);
    }
  });
}

test('objects with everything in them are the same after decoding and encoding', () => {
  for (const kind of SAMPLE_KINDS) {
    const key = sampleKey(kind);
    const [certificate, request] = [sampleCertificate(key), sampleRequest(key)];
    assert.deepEqual(REENCODE.certificate(certificate), certificate);
    assert.deepEqual(REENCODE.request(request), request);
    const list = sampleCrl(key, CRL_ENTRIES);
    assert.deepEqual(REENCODE.CRL(list), list);
  }
  const request = sampleOcspRequest([idOf('01'), idOf('009a', 'SHA-1')]);
  assert.deepEqual(REENCODE['OCSP request'](request), request);
  for (const status of [1, 2, 3, 5, 6]) {
    const error = Uint8Array.of(0x30, 3, 0x0a, 1, status);
    assert.deepEqual(REENCODE['OCSP response'](error), error);
  }
});

/** Small objects, so that every bit can be tried. */
const KEY = sampleKey('P-256');
const OWN_KEY = parsePublicKey(KEY.spkiDer);
const ID = idOf('01');
const EXPECTED = {
  id: ID,
  issuer: OCSP_CA_CERTIFICATE,
  time: NOON,
  nonce: undefined,
  maxAgeMs: undefined,
  leewayMs: 0,
};

const SIGNED: readonly { name: string; der: Uint8Array; verify: (der: Uint8Array) => unknown }[] = [
  {
    name: 'certificate',
    der: issue({ name: ISSUER, key: KEY }, { name: ISSUER, key: KEY }).der,
    verify: (der) =>
      verifyCertificateSignature(parseCertificate(der, 'any'), OWN_KEY, nodeVerifier),
  },
  {
    name: 'request',
    der: sampleRequest(KEY),
    verify: (der) => verifyRequest(parseCertificationRequest(der), nodeVerifier),
  },
  {
    name: 'CRL',
    der: sampleCrl(KEY, CRL_ENTRIES.slice(0, 2), { extensions: [] }),
    verify: (der) => verifyCertificateList(parseCertificateList(der), OWN_KEY, nodeVerifier),
  },
  {
    name: 'OCSP response with the certificate of its responder',
    der: sampleOcspResponse([sampleSingle(ID)], {
      ...RESPONDER,
      certificates: [RESPONDER_CERTIFICATE],
    }),
    verify: (der) => verifyOcspResponse(parseOcspResponse(der), EXPECTED, nodeVerifier),
  },
];

for (const { name, der, verify } of SIGNED) {
  test(`every flipped bit of a ${name} is found`, () => {
    verify(der);
    for (let bit = 0; bit < der.length * 8; bit++) {
      const bytes = der.slice();
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (0x80 >> (bit & 7));
      assert.throws(() => verify(bytes), Refusal, `bit ${bit}`);
    }
  });
}

test('500 random P-521 requests verify', () => {
  const random = seededRandom(SEED);
  for (let number = 0; number < 500; number++) {
    const key = freshKey('P-521');
    const { name } = randomName(random);
    const request = parseCertificationRequest(
      signWith(key, encodeRequestInfo(name.der, key.spkiDer)),
    );
    assert.deepEqual(verifyRequest(request, nodeVerifier).publicKey.der, key.spkiDer);
    assert.deepEqual(request.subject.der, name.der);
  }
});
