import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { SERIAL_OCTETS, serialNumberFrom } from './serial-number.ts';

const CASES = [
  {
    name: 'the highest bit is cleared',
    random: `ff${'11'.repeat(19)}`,
    serial: `7f${'11'.repeat(19)}`,
  },
  { name: 'needless zeros go', random: `0000${'11'.repeat(18)}`, serial: '11'.repeat(18) },
  {
    name: 'a zero in front of a high bit stays',
    random: `0000${'99'.repeat(18)}`,
    serial: `00${'99'.repeat(18)}`,
  },
  { name: 'one is the least', random: `${'00'.repeat(19)}01`, serial: '01' },
];

for (const { name, random, serial } of CASES) {
  test(`a serial number: ${name}`, () => {
    const octets = Uint8Array.fromHex(random);
    assert.equal(serialNumberFrom(octets).toHex(), serial);
    assert.equal(octets.toHex(), random, 'what it is made of is left as it was');
  });
}

test('a serial made of any random octets is positive, minimal and of at most 20 octets', () => {
  const random = fc.uint8Array({ minLength: SERIAL_OCTETS, maxLength: SERIAL_OCTETS });
  // Long runs of 00 and ff are what goes wrong, and what random octets hardly have.
  const runs = fc
    .tuple(fc.nat(SERIAL_OCTETS), fc.constantFrom(0x00, 0x7f, 0x80, 0xff), random)
    .map(([length, octet, rest]) => rest.fill(octet, 0, length));
  fc.assert(
    fc.property(fc.oneof(random, runs), (octets) => {
      fc.pre(octets.some((octet, i) => (i === 0 ? octet & 0x7f : octet) !== 0));
      const [first = 0x80, second = 0x80, ...more] = serialNumberFrom(octets);
      assert.ok(first < 0x80, 'positive');
      assert.ok(first !== 0 || second >= 0x80, 'minimal');
      assert.ok(more.length + 2 <= 20);
    }),
  );
});

test('octets that would make the serial zero make none', () => {
  assert.throws(() => serialNumberFrom(new Uint8Array(SERIAL_OCTETS)), RangeError);
  const signOnly = new Uint8Array(SERIAL_OCTETS).fill(0x80, 0, 1);
  assert.throws(() => serialNumberFrom(signOnly), RangeError);
});
