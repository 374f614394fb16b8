import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decryptBlock, decryptRc2Cbc, expandKey } from './rc2.ts';

// RFC 2268 §5: the examples of one block.
const EXAMPLES = [
  { key: '0000000000000000', bits: 63, plain: '0000000000000000', cipher: 'ebb773f993278eff' },
  { key: 'ffffffffffffffff', bits: 64, plain: 'ffffffffffffffff', cipher: '278b27e42e2f0d49' },
  { key: '3000000000000000', bits: 64, plain: '1000000000000001', cipher: '30649edf9be7d2c2' },
  { key: '88', bits: 64, plain: '0000000000000000', cipher: '61a8a244adacccf0' },
  { key: '88bca90e90875a', bits: 64, plain: '0000000000000000', cipher: '6ccf4308974c267f' },
  {
    key: '88bca90e90875a7f0f79c384627bafb2',
    bits: 64,
    plain: '0000000000000000',
    cipher: '1a807d272bbe5db1',
  },
  {
    key: '88bca90e90875a7f0f79c384627bafb2',
    bits: 128,
    plain: '0000000000000000',
    cipher: '2269552ab0f85ca6',
  },
];

for (const { key, bits, plain, cipher } of EXAMPLES) {
  test(`with ${bits} bits of ${key}, ${cipher} is ${plain}`, () => {
    const words = expandKey(Uint8Array.fromHex(key), bits);
    assert.equal(decryptBlock(Uint8Array.fromHex(cipher), words).toHex(), plain);
  });
}

test('blocks are chained', () => {
  const key = Uint8Array.fromHex('88bca90e90875a7f0f79c384627bafb2');
  const iv = Uint8Array.fromHex('0102030405060708');
  const text = Uint8Array.fromHex('2269552ab0f85ca62269552ab0f85ca6');
  assert.equal(decryptRc2Cbc(key, iv, text).toHex(), '01020304050607082269552ab0f85ca6');
});
