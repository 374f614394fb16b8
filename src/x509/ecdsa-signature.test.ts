import assert from 'node:assert/strict';
import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { test } from 'node:test';
import { ecdsaSignatureDer } from './ecdsa-signature.ts';

const CASES = [
  { name: 'plain numbers', raw: '1234 5678', want: '3008 0202 1234 0202 5678' },
  { name: 'a high bit', raw: '8000 ff01', want: '300a 0203 008000 0203 00ff01' },
  { name: 'leading zeros', raw: '000001 000080', want: '3007 0201 01 0202 0080' },
  { name: 'a zero that is no leading one', raw: '0100 0001', want: '3007 0202 0100 0201 01' },
];

for (const { name, raw, want } of CASES) {
  test(`${name} become the DER of two positive integers`, () => {
    const octets = Uint8Array.fromHex(raw.replaceAll(' ', ''));
    assert.equal(ecdsaSignatureDer(octets).toHex(), want.replaceAll(' ', ''));
  });
}

for (const raw of ['', '010203', '00000001', '01000000']) {
  test(`'${raw}' is no signature`, () => {
    assert.throws(() => ecdsaSignatureDer(Uint8Array.fromHex(raw)), RangeError);
  });
}

for (const namedCurve of ['P-256', 'P-384', 'P-521']) {
  test(`signatures by ${namedCurve} verify in the form they are given`, () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve });
    for (let i = 0; i < 100; i++) {
      const message = Buffer.from(`message ${i}`);
      const raw = sign('sha256', message, { key: privateKey, dsaEncoding: 'ieee-p1363' });
      const der = ecdsaSignatureDer(new Uint8Array(raw));
      assert.ok(verify('sha256', message, { key: publicKey, dsaEncoding: 'der' }, der));
    }
  });
}
