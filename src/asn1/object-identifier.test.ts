import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { openssl } from '../../test/openssl.ts';
import { DerReader } from './der-reader.ts';
import { encodeDer, objectIdentifier } from './der-writer.ts';
import { OID } from './known-object-identifiers.ts';
import { contentsFromDotted, dottedFromContents } from './object-identifier.ts';

const dotted = fc
  .tuple(
    fc.oneof(
      fc.tuple(fc.constantFrom(0, 1), fc.nat(39)),
      fc.tuple(fc.constant(2), fc.bigInt({ min: 0n, max: 2n ** 128n })),
    ),
    fc.array(fc.bigInt({ min: 0n, max: 2n ** 64n }), { maxLength: 4 }),
  )
  .map(([first, rest]) => [...first, ...rest].join('.'));

test('every identifier is the same after writing and reading', () => {
  fc.assert(
    fc.property(dotted, (text) => {
      const contents = contentsFromDotted(text);
      assert.equal(dottedFromContents(contents, 0, contents.length), text);
    }),
  );
});

test('every known identifier is found in the table, by its very string', () => {
  for (const [name, text] of Object.entries(OID)) {
    const der = encodeDer(objectIdentifier(text));
    assert.equal(new DerReader(der, name).objectIdentifier(), text);
  }
  assert.equal(new Set(Object.values(OID)).size, Object.keys(OID).length);
});

test('openssl reads what was written', () => {
  for (const text of ['2.999.1', '2.25.4294967296.127.128', '1.39.16384', '0.39.1']) {
    const parsed = openssl(['asn1parse', '-inform', 'DER'], encodeDer(objectIdentifier(text)));
    assert.match(parsed, new RegExp(`OBJECT +:${text.replaceAll('.', '\\.')}\n`));
  }
});

for (const text of [
  '',
  '1',
  '3.1',
  '1.40',
  '1..2',
  '1.02',
  '2.5.',
  ' 2.5',
  '2.5.a',
  `2.1${'.1'.repeat(70)}`,
]) {
  test(`"${text.slice(0, 12)}" is no identifier`, () => {
    assert.throws(() => contentsFromDotted(text), RangeError);
  });
}
