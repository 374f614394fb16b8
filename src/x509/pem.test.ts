import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { openssl } from '../../test/openssl.ts';
import { sampleKey } from '../../test/sample-keys.ts';
import { decodePem, decodePemAll, encodePem } from './pem.ts';

const DER = Uint8Array.of(0x30, 0x00);
const block = (label: string, base64 = 'MAA='): string =>
  `-----BEGIN ${label}-----\n${base64}\n-----END ${label}-----\n`;

const ACCEPTED: readonly { name: string; text: string }[] = [
  { name: 'as it is written', text: block('CERTIFICATE REQUEST') },
  { name: 'with the label NEW CERTIFICATE REQUEST', text: block('NEW CERTIFICATE REQUEST') },
  { name: 'with CRLF', text: block('CERTIFICATE REQUEST').replaceAll('\n', '\r\n') },
  { name: 'with a byte order mark', text: `\ufeff${block('CERTIFICATE REQUEST')}` },
  { name: 'without a last line feed', text: block('CERTIFICATE REQUEST').trimEnd() },
  { name: 'on one line with blanks', text: block('CERTIFICATE REQUEST').replaceAll('\n', ' ') },
  {
    name: 'between other text and other blocks',
    text: `Bag Attributes\n  friendlyName: x\n${block('CERTIFICATE', 'BQA=')}\n${block('CERTIFICATE REQUEST')}bye`,
  },
];

for (const { name, text } of ACCEPTED) {
  test(`a request ${name} is found`, () => {
    assert.deepEqual(decodePem(text, 'CERTIFICATE REQUEST'), DER);
  });
}

const REFUSED: readonly { name: string; text: string }[] = [
  { name: 'no block', text: 'MAA=' },
  { name: 'a block of another kind only', text: block('PUBLIC KEY') },
  { name: 'no end', text: '-----BEGIN CERTIFICATE-----\nMAA=\n' },
  {
    name: 'the end of another label',
    text: '-----BEGIN CERTIFICATE-----\nMAA=\n-----END CRL-----',
  },
  { name: 'other characters', text: block('CERTIFICATE', 'MA*=') },
  { name: 'no padding', text: block('CERTIFICATE', 'MAA') },
  { name: 'bits set beyond the last octet', text: block('CERTIFICATE', 'MAB=') },
  {
    name: 'headers of encrypted PEM',
    text: block('CERTIFICATE', 'Proc-Type: 4,ENCRYPTED\n\nMAA='),
  },
];

for (const { name, text } of REFUSED) {
  test(`a certificate with ${name} is refused`, () => {
    assert.throws(() => decodePem(text, 'CERTIFICATE'), { code: 'malformed' });
  });
}

test('a text of over a million characters is refused unread', () => {
  assert.throws(() => decodePemAll('x'.repeat(1_000_001), 'CERTIFICATE'), { code: 'too-large' });
});

test('all blocks of a kind are found in their order', () => {
  const text = block('CERTIFICATE') + block('CERTIFICATE', 'BQA=');
  assert.deepEqual(decodePemAll(text, 'CERTIFICATE'), [DER, Uint8Array.of(5, 0)]);
});

test('decoding what was encoded gives the same octets', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), (der) => {
      assert.deepEqual(decodePem(encodePem(der, 'PKCS7'), 'PKCS7'), der);
    }),
  );
});

test('openssl writes the same text', () => {
  const { spkiDer } = sampleKey('P-256');
  assert.equal(
    encodePem(spkiDer, 'PUBLIC KEY'),
    openssl(['pkey', '-pubin', '-inform', 'DER'], spkiDer),
  );
});
