import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SERIAL_OCTETS } from '../ca/serial-number.ts';
import { drawSerialOctets } from './serial-octets.ts';

test('each serial has octets of its own, past the end of a draw too', () => {
  const drawn = Array.from({ length: 1_000 }, () => drawSerialOctets());
  assert.ok(drawn.every(({ length }) => length === SERIAL_OCTETS));
  assert.equal(new Set(drawn.map((octets) => octets.toHex())).size, drawn.length);
});
