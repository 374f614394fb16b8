import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freshSerialNumber } from './fresh-serial-number.ts';

test('no serial number is given out twice, past the end of a draw too', () => {
  const serials = Array.from({ length: 1_000 }, () => freshSerialNumber());
  assert.equal(new Set(serials.map((octets) => octets.toHex())).size, serials.length);
  assert.ok(serials.every(({ length }) => length >= 16 && length <= 20));
});
