import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { opensslAccepts, opensslOctets } from '../../test/openssl.ts';
import { sampleCertificate, sampleRequest } from '../../test/sample-certificate.ts';
import { freshKey, SAMPLE_KINDS, sampleKey } from '../../test/sample-keys.ts';
import {
  bitString,
  type DerNode,
  encodeDer,
  explicit,
  integer,
  nullValue,
  objectIdentifier,
  raw,
  sequence,
} from '../asn1/der-writer.ts';
import { OID } from '../asn1/known-object-identifiers.ts';
import { Refusal } from '../errors.ts';
import { nodeVerifier } from '../keys/node-verifier.ts';
import { parseCertificate } from './certificate.ts';
import { parseCertificationRequest, verifyRequest } from './certification-request.ts';
import { encodePem } from './pem.ts';
import { parsePublicKey } from './public-key.ts';
import { verifyCertificateSignature } from './signature.ts';
import { encodeSignatureAlgorithm, signatureAlgorithmOf } from './signature-algorithm.ts';
import { assembleSigned } from './signed.ts';

for (const kind of SAMPLE_KINDS) {
  const key = sampleKey(kind);
  const issuerKey = parsePublicKey(key.spkiDer);

  test(`a certificate signed with ${kind} is proved issued by that key and no other`, () => {
    const certificate = parseCertificate(sampleCertificate(key));
    const evidence = verifyCertificateSignature(certificate, issuerKey, nodeVerifier);
    assert.equal(evidence.certificate, certificate);
    const other = parsePublicKey(freshKey(kind).spkiDer);
    assert.throws(() => verifyCertificateSignature(certificate, other, nodeVerifier), {
      code: 'bad-signature',
    });
  });

  test(`openssl verifies a request signed with ${kind}`, () => {
    const pem = encodePem(sampleRequest(key), 'CERTIFICATE REQUEST');
    assert.ok(opensslAccepts(['req', '-verify', '-noout'], pem));
  });

  test(`any flipped bit of a request signed with ${kind} is found`, () => {
    const der = sampleRequest(key);
    const check = (bit: number): void => {
      const bytes = der.slice();
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (0x80 >> (bit & 7));
      assert.throws(
        () => verifyRequest(parseCertificationRequest(bytes), nodeVerifier),
        Refusal,
        `bit ${bit}`,
      );
    };
    fc.assert(fc.property(fc.nat(der.length * 8 - 1), check), { numRuns: 300 });
  });
}

test('a verifier that answers later is waited for', async () => {
  const key = sampleKey('P-256');
  const certificate = parseCertificate(sampleCertificate(key));
  const own = parsePublicKey(key.spkiDer);
  const later = async (good: boolean): Promise<boolean> => await Promise.resolve(good);
  const evidence = await verifyCertificateSignature(certificate, own, () => later(true));
  assert.equal(evidence.issuerKey, own);
  await assert.rejects(
    verifyCertificateSignature(certificate, own, () => later(false)),
    {
      code: 'bad-signature',
    },
  );
});

test('a key that does not fit the algorithm is refused without asking the verifier', () => {
  const certificate = parseCertificate(sampleCertificate(sampleKey('RSA')));
  const ask = (): boolean => assert.fail('asked');
  for (const kind of ['P-256', 'Ed25519'] as const) {
    const key = parsePublicKey(sampleKey(kind).spkiDer);
    assert.throws(() => verifyCertificateSignature(certificate, key, ask), {
      code: 'bad-signature',
    });
  }
});

const ecdsa = (...numbers: readonly (number | bigint)[]): Uint8Array =>
  encodeDer(sequence(...numbers.map((number) => integer(number))));
const LAX_SIGNATURES: readonly { name: string; signature: Uint8Array }[] = [
  { name: 'r of zero', signature: ecdsa(0, 1) },
  { name: 'a negative s', signature: ecdsa(1, -1) },
  { name: 'r longer than the order', signature: ecdsa(2n ** 256n, 1) },
  { name: 'one number', signature: ecdsa(1) },
  { name: 'three numbers', signature: ecdsa(1, 1, 1) },
  { name: 'data after it', signature: Uint8Array.of(...ecdsa(1, 1), 0) },
  { name: 'a padded r', signature: Uint8Array.fromHex('300702020001020101') },
];

for (const { name, signature } of LAX_SIGNATURES) {
  test(`an ECDSA signature with ${name} is refused without asking the verifier`, () => {
    const key = sampleKey('P-256');
    const { tbsDer, signatureAlgorithm } = parseCertificate(sampleCertificate(key));
    const der = assembleSigned(tbsDer, signatureAlgorithm.der, signature);
    const ask = (): boolean => assert.fail('asked');
    assert.throws(
      () => verifyCertificateSignature(parseCertificate(der), parsePublicKey(key.spkiDer), ask),
      { code: 'malformed' },
    );
  });
}

for (const kind of SAMPLE_KINDS) {
  test(`the algorithm of ${kind} is the same after writing and reading`, () => {
    const { algorithm } = sampleKey(kind);
    const der = encodeSignatureAlgorithm(algorithm);
    const { signatureAlgorithm } = parseCertificate(sampleCertificate(sampleKey(kind)));
    assert.deepEqual(signatureAlgorithm.der, der);
    assert.deepEqual(signatureAlgorithmOf(signatureAlgorithm), algorithm);
  });
}

const identifier = (oid: string, ...parameters: readonly DerNode[]) => ({
  oid,
  der: encodeDer(sequence(objectIdentifier(oid), ...parameters)),
});

for (const exponent of [1n, 65_536n]) {
  test(`a signature by an RSA key with exponent ${exponent} is refused without asking the verifier`, () => {
    const spki = encodeDer(
      sequence(
        sequence(objectIdentifier(OID.rsaEncryption), nullValue()),
        bitString(encodeDer(sequence(integer(2n ** 2047n + 1n), integer(exponent)))),
      ),
    );
    const certificate = parseCertificate(sampleCertificate(sampleKey('RSA')));
    assert.throws(() => verifyCertificateSignature(certificate, parsePublicKey(spki), () => true), {
      code: 'bad-signature',
    });
  });
}

test('RSA with absent parameters is accepted, as RFC 4055 demands', () => {
  assert.deepEqual(signatureAlgorithmOf(identifier(OID.sha256WithRsaEncryption)), {
    scheme: 'rsa-pkcs1',
    hash: 'SHA-256',
  });
});

const digest = (oid: string): DerNode => sequence(objectIdentifier(oid), nullValue());
const pss = (...more: readonly DerNode[]) => pssOf(OID.sha256, OID.sha256, ...more);
const pssOf = (hash: string, mgfHash: string, ...more: readonly DerNode[]) =>
  identifier(
    OID.rsassaPss,
    sequence(
      explicit(0, digest(hash)),
      explicit(1, sequence(objectIdentifier(OID.mgf1), digest(mgfHash))),
      ...more,
    ),
  );
const salt = (octets: number): DerNode => explicit(2, integer(octets));
const trailer = (value: number): DerNode => explicit(3, integer(value));

const PSS_SALTS = [
  { name: 'no salt length', id: pss(), saltOctets: 20 },
  { name: 'a salt of 0', id: pss(salt(0)), saltOctets: 0 },
  { name: 'a salt of 32', id: pss(salt(32)), saltOctets: 32 },
  { name: 'a salt of 512', id: pss(salt(512)), saltOctets: 512 },
] as const;

for (const { name, id, saltOctets } of PSS_SALTS) {
  test(`PSS with ${name} is read as it was written`, () => {
    const algorithm = { scheme: 'rsa-pss', hash: 'SHA-256', saltOctets } as const;
    assert.deepEqual(signatureAlgorithmOf(id), algorithm);
    assert.deepEqual(encodeSignatureAlgorithm(algorithm), id.der);
  });
}

test('PSS with its trailer encoded is accepted, as RFC 4055 demands', () => {
  assert.deepEqual(signatureAlgorithmOf(pss(trailer(1))), signatureAlgorithmOf(pss()));
});

test('a certificate that openssl signs by PSS with a salt of 20 octets is proved', () => {
  const options = ['rsa_padding_mode:pss', 'rsa_pss_saltlen:20'].flatMap((o) => ['-sigopt', o]);
  const made = ['-newkey', 'rsa:2048', '-nodes', '-keyout', '/dev/null', '-subj', '/CN=a'];
  const certificate = parseCertificate(
    opensslOctets(['req', '-x509', ...made, '-sha256', ...options, '-outform', 'DER']),
  );
  const key = certificate.subjectPublicKeyInfo;
  assert.equal(verifyCertificateSignature(certificate, key, nodeVerifier).certificate, certificate);
  assert.deepEqual(certificate.signatureAlgorithm.der, pss().der);
});

const UNUSABLE = [
  {
    name: 'PSS with two digests',
    id: pssOf(OID.sha256, OID.sha384, salt(32)),
    code: 'unsupported-algorithm',
  },
  { name: 'PSS with another trailer', id: pss(salt(32), trailer(2)), code: 'malformed' },
  { name: 'PSS with a salt over 512', id: pss(salt(513)), code: 'malformed' },
  { name: 'PSS with its salt of 20 encoded', id: pss(salt(20)), code: 'malformed' },
  {
    name: 'SHA-1 with RSA',
    id: identifier('1.2.840.113549.1.1.5', nullValue()),
    code: 'unsupported-algorithm',
  },
  {
    name: 'MD5 with RSA',
    id: identifier('1.2.840.113549.1.1.4', nullValue()),
    code: 'unsupported-algorithm',
  },
  {
    name: 'ECDSA with parameters',
    id: identifier(OID.ecdsaWithSha256, nullValue()),
    code: 'malformed',
  },
  { name: 'Ed25519 with parameters', id: identifier(OID.ed25519, nullValue()), code: 'malformed' },
  {
    name: 'RSA with other parameters',
    id: identifier(OID.sha256WithRsaEncryption, integer(1)),
    code: 'malformed',
  },
  {
    name: 'PSS with its SHA-1 defaults',
    id: identifier(OID.rsassaPss, raw(Uint8Array.of(0x30, 0))),
    code: 'malformed',
  },
] as const;

for (const { name, id, code } of UNUSABLE) {
  test(`${name} is refused`, () => {
    assert.throws(() => signatureAlgorithmOf(id), { code });
  });
}
