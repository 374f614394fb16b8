import assert from 'node:assert/strict';
import { createCipheriv, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { decryptTripleDesCbc, encryptTripleDesCbc } from './triple-des.ts';

const NO_IV = new Uint8Array(8);

// SP 800-67 revision 2, appendix B.1: three keys, three blocks in ECB.
test('the example of SP 800-67 is encrypted as it says', () => {
  const key = Uint8Array.fromHex('0123456789abcdef23456789abcdef01456789abcdef0123');
  const text = new TextEncoder().encode('The qufck brown fox jump');
  const blocks = [0, 8, 16].map((at) => encryptTripleDesCbc(key, NO_IV, text.subarray(at, at + 8)));
  assert.deepEqual(
    blocks.map((block) => block.toHex()),
    ['a826fd8ce53b855f', 'cce21c8112256fe6', '68d5c05dd9b6b900'],
  );
});

// SP 800-20, tables of the variable plaintext and variable key known answer tests.
const KNOWN = [
  { key: '0101010101010101', text: '8000000000000000', want: '95f8a5e5dd31d900' },
  { key: '0101010101010101', text: '0000000000000001', want: '166b40b44aba4bd6' },
  { key: '8001010101010101', text: '0000000000000000', want: '95a8d72813daa94d' },
  { key: '0101010101010102', text: '0000000000000000', want: '869efd7f9f265a09' },
];

for (const { key, text, want } of KNOWN) {
  test(`with the key ${key} three times, ${text} becomes ${want}`, () => {
    const block = Uint8Array.fromHex(text);
    const triple = Uint8Array.fromHex(key.repeat(3));
    assert.equal(encryptTripleDesCbc(triple, NO_IV, block).toHex(), want);
    assert.equal(
      decryptTripleDesCbc(triple, NO_IV, Uint8Array.fromHex(want)).toHex(),
      block.toHex(),
    );
  });
}

test('random keys and texts give what OpenSSL gives, and come back', () => {
  for (let i = 0; i < 100; i++) {
    const key = new Uint8Array(randomBytes(24));
    const iv = new Uint8Array(randomBytes(8));
    const text = new Uint8Array(randomBytes(8 * (1 + (i % 9))));
    const cipher = createCipheriv('des-ede3-cbc', key, iv).setAutoPadding(false);
    const encrypted = encryptTripleDesCbc(key, iv, text);
    assert.equal(encrypted.toHex(), Buffer.concat([cipher.update(text), cipher.final()]).toHex());
    assert.equal(decryptTripleDesCbc(key, iv, encrypted).toHex(), text.toHex());
  }
});
