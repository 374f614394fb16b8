import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { openssl } from '../../test/openssl.ts';
import { DerReader } from './der-reader.ts';
import {
  bitString,
  boolean,
  type DerNode,
  encodeDer,
  explicit,
  integer,
  namedBits,
  nullValue,
  objectIdentifier,
  octetString,
  raw,
  sequence,
  setOf,
} from './der-writer.ts';
import { OCTET_STRING, SET } from './tag.ts';

const hexOf = (node: DerNode): string => encodeDer(node).toHex();

const WRITTEN: readonly { name: string; node: DerNode; hex: string }[] = [
  { name: 'TRUE', node: boolean(true), hex: '0101ff' },
  { name: 'NULL', node: nullValue(), hex: '0500' },
  { name: 'zero', node: integer(0), hex: '020100' },
  { name: '127', node: integer(127), hex: '02017f' },
  { name: '128', node: integer(128), hex: '02020080' },
  { name: '256', node: integer(256), hex: '02020100' },
  { name: '-1', node: integer(-1), hex: '0201ff' },
  { name: '-128', node: integer(-128), hex: '020180' },
  { name: '-129', node: integer(-129), hex: '0202ff7f' },
  { name: '2^64', node: integer(2n ** 64n), hex: '0209010000000000000000' },
  { name: 'no bits', node: namedBits(0), hex: '030100' },
  { name: 'the first bit', node: namedBits(1), hex: '03020780' },
  { name: 'bits 5 and 6', node: namedBits(0b110_0000), hex: '03020106' },
  { name: 'the ninth bit', node: namedBits(0b1_0000_0000), hex: '0303070080' },
  { name: 'a BIT STRING', node: bitString(Uint8Array.of(1, 2)), hex: '0303000102' },
  { name: '[3] EXPLICIT', node: explicit(3, nullValue()), hex: 'a3020500' },
  { name: 'a sequence with a gap', node: sequence(nullValue(), undefined), hex: '30020500' },
  { name: 'DER as it is', node: sequence(raw(Uint8Array.of(5, 0))), hex: '30020500' },
];

for (const { name, node, hex } of WRITTEN) {
  test(`the writer encodes ${name} exactly`, () => assert.equal(hexOf(node), hex));
}

test('a set is written in the order of its encodings', () => {
  const set = setOf([integer(300), integer(2), octetString(Uint8Array.of(0)), integer(1)]);
  assert.equal(hexOf(set), '310d' + '020101' + '020102' + '0202012c' + '040100');
});

test('lengths at every change of size are read back', () => {
  for (const length of [0, 1, 127, 128, 255, 256, 65_535, 65_536, 16_777_215, 16_777_216]) {
    const der = encodeDer(sequence(octetString(new Uint8Array(length))));
    const r = new DerReader(der, 'sample', Number.MAX_SAFE_INTEGER);
    const outer = r.enter(0x30);
    assert.equal(r.contents(OCTET_STRING).length, length);
    r.leave(outer);
    r.finish();
  }
});

test('reading what was written gives the same integers', () => {
  fc.assert(
    fc.property(fc.bigInt(), (value) => {
      const octets = new DerReader(encodeDer(integer(value)), 'sample').integer();
      const read = BigInt.asIntN(octets.length * 8, BigInt(`0x${octets.toHex()}`));
      assert.equal(read, value);
    }),
  );
});

test('reading what was written gives the same named bits', () => {
  for (let bits = 0; bits < 0x10000; bits++) {
    assert.equal(new DerReader(encodeDer(namedBits(bits)), 'sample').namedBits(), bits);
  }
});

test('openssl reads a tree of nodes as it was meant', () => {
  const node = sequence(
    integer(-129),
    objectIdentifier('2.5.4.3'),
    setOf([boolean(true)], SET),
    octetString(new Uint8Array(200)),
  );
  const text = openssl(['asn1parse', '-inform', 'DER'], encodeDer(node));
  assert.match(text, /hl=3 l= 21\d cons: SEQUENCE/);
  assert.match(text, /INTEGER +:-81/);
  assert.match(text, /OBJECT +:commonName/);
  assert.match(text, /BOOLEAN +:255/);
});
