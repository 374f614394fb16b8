import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newOctets } from './octets.ts';

test('new octets are zero, as many as asked for, and nobody else writes to them', () => {
  const lengths = Array.from({ length: 300 }, (_, i) => (i * 37) % 2_100);
  const made = lengths.map((length, i) => {
    const octets = newOctets(length);
    assert.equal(octets.length, length);
    assert.ok(octets.every((octet) => octet === 0));
    return octets.fill((i % 255) + 1);
  });
  for (const [i, octets] of made.entries()) {
    assert.ok(octets.every((octet) => octet === (i % 255) + 1));
  }
});
