import assert from 'node:assert/strict';
import {
  checkPrimeSync,
  generateKeyPairSync,
  generatePrimeSync,
  getDiffieHellman,
  type KeyObject,
} from 'node:crypto';
import { test } from 'node:test';
import { rsaSpki as rsa } from '../../test/system/asked-request.ts';
import { DEFAULT_POLICY } from '../banking/policy.ts';
import { isPrime } from '../keys/is-prime.ts';
import { readRequest } from '../operations/read-request.ts';
import { encodeRequestInfo } from '../x509/certification-request.ts';
import { makeName } from '../x509/name.ts';
import { parsePublicKey } from '../x509/public-key.ts';
import { encodeSignatureAlgorithm } from '../x509/signature-algorithm.ts';
import { assembleSigned } from '../x509/signed.ts';
import { checkRequestKey } from './check-request-key.ts';
import { identifyingOctets } from './identifying-octets.ts';

const check = async (spki: Uint8Array) =>
  await checkRequestKey(
    { publicKey: parsePublicKey(spki), home: 'file', isBackupEligible: false },
    DEFAULT_POLICY,
    isPrime,
  );
const prime = (bits: number): bigint => generatePrimeSync(bits, { bigint: true });
const spkiOf = ({ publicKey }: { readonly publicKey: KeyObject }) =>
  new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }));

const [p, q] = [prime(1024), prime(1024)];
const good = p * q;
// RFC 3526 §3: a prime of 2,048 bits.
const modp = BigInt(`0x${getDiffieHellman('modp14').getPrime('hex')}`);

test('keys that programs make pass, RSA and elliptic', async () => {
  assert.equal(await check(rsa(good)), 'rsa-2048');
  const made = generateKeyPairSync('rsa', { modulusLength: 3072 });
  assert.equal(await check(spkiOf(made)), 'rsa-3072');
  assert.equal(await check(spkiOf(generateKeyPairSync('ec', { namedCurve: 'P-384' }))), 'p-384');
});

const WEAK: readonly { name: string; spki: () => Uint8Array; says: RegExp }[] = [
  { name: 'a modulus that is a prime', spki: () => rsa(modp), says: /is a prime/ },
  { name: 'three times a prime', spki: () => rsa(3n * (2n ** 2046n + 1n)), says: /small factor/ },
  { name: '751 times a prime', spki: () => rsa(751n * prime(2038)), says: /small factor/ },
  { name: 'two primes close together', spki: () => rsa(p * primeAfter(p)), says: /close together/ },
  { name: 'the square of a prime', spki: () => rsa(p * p), says: /close together/ },
  { name: 'an even modulus', spki: () => rsa(good + 1n), says: /odd/ },
  { name: 'exponent 1', spki: () => rsa(good, 1n), says: /exponent/ },
  { name: 'exponent 3', spki: () => rsa(good, 3n), says: /exponent/ },
  { name: 'an even exponent', spki: () => rsa(good, 65_536n), says: /exponent/ },
  {
    name: 'another exponent than all programs use',
    spki: () => rsa(good, 65_539n),
    says: /exponent/,
  },
  { name: '2,047 bits', spki: () => rsa(prime(1024) * prime(1023)), says: /2048, 3072 or 4096/ },
];
for (const { name, spki, says } of WEAK) {
  test(`an RSA key with ${name} is weak`, async () => {
    await assert.rejects(check(spki()), { code: 'weak-key', message: says });
  });
}

test('a request for a key that can sign nothing is refused for its key, not for its signature', () => {
  for (const spki of [rsa(good, 1n), rsa(good, 65_536n), rsa(good + 1n)]) {
    const info = encodeRequestInfo(makeName([]).der, spki);
    const algorithm = encodeSignatureAlgorithm({ scheme: 'rsa-pkcs1', hash: 'SHA-256' });
    const request = assembleSigned(info, algorithm, new Uint8Array(256).fill(1));
    assert.throws(() => readRequest(request), { code: 'weak-key' });
  }
});

test('a point and its negative are identified by the same octets, other keys by their own', () => {
  const made = parsePublicKey(spkiOf(generateKeyPairSync('ec', { namedCurve: 'P-256' })));
  const negative = made.der.map((octet, at) => (at < made.der.length - 32 ? octet : octet ^ 1));
  const identity = identifyingOctets(made);
  assert.equal(identity.length, 26 + 1 + 32);
  assert.deepEqual(identifyingOctets(parsePublicKey(negative)), identity);
  const other = parsePublicKey(spkiOf(generateKeyPairSync('ec', { namedCurve: 'P-256' })));
  assert.notDeepEqual(identifyingOctets(other), identity);
  assert.deepEqual(identifyingOctets(parsePublicKey(rsa(good))), rsa(good));
});

/** The next of the primes: some hundred further on. */
function primeAfter(odd: bigint): bigint {
  for (let next = odd + 2n; ; next += 2n) if (checkPrimeSync(next)) return next;
}

const SMALL_RSA = generateKeyPairSync('rsa', { modulusLength: 1024 });
for (const { name, keys, code } of [
  { name: 'RSA of 1,024 bits', keys: SMALL_RSA, code: 'weak-key' },
  {
    name: 'P-521',
    keys: generateKeyPairSync('ec', { namedCurve: 'P-521' }),
    code: 'unsupported-algorithm',
  },
  {
    name: 'secp192r1',
    keys: generateKeyPairSync('ec', { namedCurve: 'prime192v1' }),
    code: 'unsupported-algorithm',
  },
  { name: 'Ed25519', keys: generateKeyPairSync('ed25519'), code: 'unsupported-algorithm' },
]) {
  test(`a key of ${name} does not pass`, async () => {
    await assert.rejects(check(spkiOf(keys)), { code });
  });
}
