import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Refusal } from '../errors.ts';
import { DerReader } from './der-reader.ts';
import { INTEGER, OCTET_STRING, SEQUENCE } from './tag.ts';

const readerOf = (hex: string): DerReader =>
  new DerReader(Uint8Array.fromHex(hex.replaceAll(' ', '')), 'sample');

const REFUSED: readonly { name: string; hex: string; read: (r: DerReader) => unknown }[] = [
  { name: 'nothing where an element is expected', hex: '', read: (r) => r.integer() },
  { name: 'a tag without a length', hex: '02', read: (r) => r.integer() },
  { name: 'another tag', hex: '04 01 00', read: (r) => r.integer() },
  { name: 'contents cut short', hex: '04 02 00', read: (r) => r.contents(OCTET_STRING) },
  { name: 'an indefinite length', hex: '30 80 00 00', read: (r) => r.enter(SEQUENCE) },
  { name: 'a long form for a short length', hex: '04 81 01 00', read: (r) => r.contents(4) },
  { name: 'a length with a leading zero', hex: '04 82 00 81', read: (r) => r.contents(4) },
  { name: 'a length of five octets', hex: '04 85 01 00 00 00 00', read: (r) => r.contents(4) },
  { name: 'a length of four gibibytes', hex: '04 84 ff ff ff ff 00', read: (r) => r.contents(4) },
  { name: 'a length that ends early', hex: '04 82 01', read: (r) => r.contents(4) },
  { name: 'an element longer than what holds it', hex: '30 03 04 02 00 00', read: readInner },
  { name: 'contents left unread', hex: '30 03 02 01 05', read: (r) => r.leave(r.enter(SEQUENCE)) },
  { name: 'data after the end', hex: '05 00 00', read: (r) => [r.null(), r.finish()] },
  { name: 'a BOOLEAN of 01', hex: '01 01 01', read: (r) => r.boolean() },
  { name: 'a BOOLEAN of two octets', hex: '01 02 00 ff', read: (r) => r.boolean() },
  { name: 'an encoded default FALSE', hex: '01 01 00', read: (r) => r.booleanOrFalse() },
  { name: 'an empty INTEGER', hex: '02 00', read: (r) => r.integer() },
  { name: 'an INTEGER padded with 00', hex: '02 02 00 7f', read: (r) => r.integer() },
  { name: 'an INTEGER padded with FF', hex: '02 02 ff 80', read: (r) => r.integer() },
  { name: 'zero as a positive INTEGER', hex: '02 01 00', read: (r) => r.positiveInteger() },
  { name: 'a negative positive INTEGER', hex: '02 01 80', read: (r) => r.positiveInteger() },
  { name: 'a small INTEGER of 2^31', hex: '02 05 00 80 00 00 00', read: (r) => r.smallInteger() },
  { name: 'a NULL with contents', hex: '05 01 00', read: (r) => r.null() },
  { name: 'an empty OID', hex: '06 00', read: (r) => r.objectIdentifier() },
  { name: 'an OID that ends within an arc', hex: '06 02 2a 86', read: (r) => r.objectIdentifier() },
  { name: 'an OID arc padded with 80', hex: '06 03 2a 80 01', read: (r) => r.objectIdentifier() },
  { name: 'a BIT STRING without its first octet', hex: '03 00', read: (r) => r.bitStringOctets() },
  { name: 'a BIT STRING with unused bits', hex: '03 02 01 fe', read: (r) => r.bitStringOctets() },
  { name: 'named bits with a trailing zero', hex: '03 02 00 fe', read: (r) => r.namedBits() },
  { name: 'named bits with set unused bits', hex: '03 02 01 ff', read: (r) => r.namedBits() },
  { name: 'named bits with eight unused', hex: '03 02 08 00', read: (r) => r.namedBits() },
  { name: 'no named bits, yet unused ones', hex: '03 01 07', read: (r) => r.namedBits() },
  { name: 'an end-of-contents element', hex: '00 00', read: (r) => r.skip() },
  { name: 'a tag number above 30', hex: '1f 81 01 00', read: (r) => r.skip() },
  { name: 'a constructed OCTET STRING', hex: '24 03 04 01 00', read: (r) => r.skip() },
  { name: 'a primitive SEQUENCE', hex: '10 00', read: (r) => r.skip() },
  { name: 'an unsound element deep inside', hex: '30 04 30 02 04 01', read: (r) => r.skip() },
  { name: '40 levels', hex: nested(40), read: (r) => r.skip() },
];

for (const { name, hex, read } of REFUSED) {
  test(`the reader refuses ${name}`, () => {
    assert.throws(() => read(readerOf(hex)), { name: 'Refusal', code: 'malformed' });
  });
}

test('a refusal names the object, the problem and the offset', () => {
  const r = readerOf('30 03 04 01 00');
  r.enter(SEQUENCE);
  assert.throws(() => r.integer(), { message: 'sample: expected INTEGER at octet 2' });
});

test('values are views on the array that was given, not copies', () => {
  const r = readerOf('30 05 04 03 01 02 03');
  r.enter(SEQUENCE);
  const contents = r.contents(OCTET_STRING);
  assert.equal(contents.buffer, r.bytes.buffer);
  assert.deepEqual([...contents], [1, 2, 3]);
});

test('an object longer than its limit is refused before anything is read', () => {
  assert.throws(() => new DerReader(new Uint8Array(11), 'sample', 10), { code: 'malformed' });
});

test('named bits come out as the bits of a number, whatever their octets', () => {
  assert.equal(readerOf('03 01 00').namedBits(), 0);
  assert.equal(readerOf('03 02 07 80').namedBits(), 0b1);
  assert.equal(readerOf('03 02 01 06').namedBits(), 0b110_0000);
  assert.equal(readerOf('03 03 07 00 80').namedBits(), 0b1_0000_0000);
});

test('a sequence of 20,000 elements is passed over in one go', () => {
  const body = '0500'.repeat(20_000);
  const r = readerOf(`30 82 ${(body.length / 2).toString(16)} ${body}`);
  r.skip();
  r.finish();
});

test('whatever the octets, passing over them ends or refuses', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      const r = new DerReader(bytes, 'sample');
      try {
        while (!r.atEnd()) r.skip();
      } catch (error) {
        assert.ok(error instanceof Refusal);
      }
    }),
    { numRuns: 5000 },
  );
});

function readInner(r: DerReader): void {
  r.enter(SEQUENCE);
  r.contents(OCTET_STRING);
  r.integer(INTEGER);
}

function nested(levels: number): string {
  let hex = '';
  for (let i = 0; i < levels; i++)
    hex = `30${(hex.length / 2).toString(16).padStart(2, '0')}${hex}`;
  return hex;
}
