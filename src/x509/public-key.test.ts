import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { SAMPLE_KINDS, sampleKey } from '../../test/sample-keys.ts';
import {
  bitString,
  type DerNode,
  encodeDer,
  integer,
  nullValue,
  objectIdentifier,
  sequence,
} from '../asn1/der-writer.ts';
import { OID } from '../asn1/known-object-identifiers.ts';
import { parsePublicKey } from './public-key.ts';

for (const kind of SAMPLE_KINDS) {
  test(`a key of kind ${kind} is read with its size and its own DER`, () => {
    const { spkiDer } = sampleKey(kind);
    const key = parsePublicKey(spkiDer);
    assert.deepEqual(key.der, spkiDer);
    const node = createPublicKey({ key: Buffer.from(spkiDer), format: 'der', type: 'spki' });
    if (key.kind === 'rsa') {
      assert.equal(key.modulusBits, node.asymmetricKeyDetails?.modulusLength);
      assert.equal(BigInt(`0x${key.exponent.toHex()}`), node.asymmetricKeyDetails?.publicExponent);
    } else if (key.kind === 'ec') assert.equal(key.curve, node.export({ format: 'jwk' }).crv);
    else assert.equal(key.kind, 'ed25519');
  });
}

for (const bits of [1024, 2047, 3072]) {
  test(`an RSA key of ${bits} bits is said to have so many`, () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: bits });
    const key = parsePublicKey(new Uint8Array(publicKey.export({ format: 'der', type: 'spki' })));
    assert.equal(key.kind === 'rsa' && key.modulusBits, bits);
  });
}

const spki = (algorithm: DerNode, octets: Uint8Array): Uint8Array =>
  encodeDer(sequence(algorithm, bitString(octets)));
const rsa = (modulus: bigint, exponent: bigint): Uint8Array =>
  spki(
    sequence(objectIdentifier(OID.rsaEncryption), nullValue()),
    encodeDer(sequence(integer(modulus), integer(exponent))),
  );
const ec = (curve: string, octets: Uint8Array): Uint8Array =>
  spki(sequence(objectIdentifier(OID.ecPublicKey), objectIdentifier(curve)), octets);
const point = (first: number, length: number): Uint8Array =>
  new Uint8Array(length).fill(first, 0, 1);
const odd = 2n ** 2047n + 1n;

const REFUSED: readonly { name: string; der: Uint8Array }[] = [
  {
    name: 'an RSA key without the NULL',
    der: spki(
      sequence(objectIdentifier(OID.rsaEncryption)),
      encodeDer(sequence(integer(odd), integer(3n))),
    ),
  },
  { name: 'an RSA key with exponent 0', der: rsa(odd, 0n) },
  { name: 'an RSA key with a negative exponent', der: rsa(odd, -65_537n) },
  { name: 'an RSA key with a negative modulus', der: rsa(-odd, 3n) },
  { name: 'an RSA key of 16,385 bits', der: rsa(2n ** 16_384n + 1n, 3n) },
  { name: 'a compressed point', der: ec(OID.prime256v1, point(2, 33)) },
  { name: 'a point that is too short', der: ec(OID.prime256v1, point(4, 64)) },
  { name: 'a point of another curve', der: ec(OID.secp384r1, point(4, 65)) },
  { name: 'the point at infinity', der: ec(OID.prime256v1, point(0, 1)) },
  {
    name: 'an Ed25519 key of 31 octets',
    der: spki(sequence(objectIdentifier(OID.ed25519)), point(1, 31)),
  },
  {
    name: 'an Ed25519 key with parameters',
    der: spki(sequence(objectIdentifier(OID.ed25519), nullValue()), point(1, 32)),
  },
];

for (const { name, der } of REFUSED) {
  test(`${name} is refused`, () => {
    assert.throws(() => parsePublicKey(der), { code: 'malformed' });
  });
}

const WEAK: readonly { name: string; der: Uint8Array }[] = [
  { name: 'an even modulus', der: rsa(odd + 1n, 65_537n) },
  { name: 'an even exponent', der: rsa(odd, 65_536n) },
  { name: 'exponent 1', der: rsa(odd, 1n) },
  { name: 'an exponent of five octets', der: rsa(odd, 2n ** 32n + 1n) },
];

for (const { name, der } of WEAK) {
  test(`an RSA key with ${name} is read: others judge it`, () => {
    assert.equal(parsePublicKey(der).kind, 'rsa');
  });
}

const UNSUPPORTED: readonly { name: string; der: Uint8Array }[] = [
  { name: 'secp256k1', der: ec('1.3.132.0.10', point(4, 65)) },
  {
    name: 'a curve given by its parameters',
    der: spki(sequence(objectIdentifier(OID.ecPublicKey), sequence(integer(1))), point(4, 65)),
  },
  { name: 'X25519', der: spki(sequence(objectIdentifier('1.3.101.110')), point(1, 32)) },
];

for (const { name, der } of UNSUPPORTED) {
  test(`a key on ${name} is known to be of no use`, () => {
    assert.equal(parsePublicKey(der).kind, 'unsupported');
  });
}
