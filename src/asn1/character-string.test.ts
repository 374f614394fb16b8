import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  asciiString,
  isCharacterStringTag,
  isUtf8Of,
  readCharacterString,
  utf8String,
} from './character-string.ts';
import { DerReader } from './der-reader.ts';
import { encodeDer, primitive } from './der-writer.ts';
import {
  BMP_STRING,
  IA5_STRING,
  INTEGER,
  NUMERIC_STRING,
  PRINTABLE_STRING,
  TELETEX_STRING,
  UNIVERSAL_STRING,
  UTF8_STRING,
  VISIBLE_STRING,
} from './tag.ts';

const read = (tag: number, hex: string): string =>
  readCharacterString(new DerReader(encodeDer(primitive(tag, Uint8Array.fromHex(hex))), 'text'));

const READ: readonly { name: string; tag: number; hex: string; want: string }[] = [
  { name: 'UTF8String', tag: UTF8_STRING, hex: 'e888b4f09fa68a', want: '舴🦊' },
  {
    name: 'a UTF8String with a byte order mark',
    tag: UTF8_STRING,
    hex: 'efbbbf41',
    want: '\ufeffA',
  },
  { name: 'a long UTF8String', tag: UTF8_STRING, hex: '61'.repeat(40), want: 'a'.repeat(40) },
  { name: 'BMPString', tag: BMP_STRING, hex: '00e96f22', want: 'é漢' },
  { name: 'UniversalString', tag: UNIVERSAL_STRING, hex: '0001f98a', want: '🦊' },
  { name: 'TeletexString, as Latin-1', tag: TELETEX_STRING, hex: 'e941', want: 'éA' },
  { name: 'an empty PrintableString', tag: PRINTABLE_STRING, hex: '', want: '' },
];

for (const { name, tag, hex, want } of READ) {
  test(`${name} is read`, () => assert.equal(read(tag, hex), want));
}

const REFUSED: readonly { name: string; tag: number; hex: string }[] = [
  { name: 'an overlong form in UTF8String', tag: UTF8_STRING, hex: 'c080' },
  { name: 'a surrogate in UTF8String', tag: UTF8_STRING, hex: 'eda080' },
  { name: 'a cut character in UTF8String', tag: UTF8_STRING, hex: '61e6bc' },
  { name: '@ in PrintableString', tag: PRINTABLE_STRING, hex: '40' },
  { name: '* in PrintableString', tag: PRINTABLE_STRING, hex: '2a' },
  { name: '_ in PrintableString', tag: PRINTABLE_STRING, hex: '5f' },
  { name: 'a line feed at the end of PrintableString', tag: PRINTABLE_STRING, hex: '410a' },
  { name: 'UTF-8 in PrintableString', tag: PRINTABLE_STRING, hex: 'c3a9' },
  { name: 'UTF-8 in IA5String', tag: IA5_STRING, hex: 'c3a9' },
  { name: 'an octet above 7F in IA5String', tag: IA5_STRING, hex: 'e9' },
  { name: 'a control in VisibleString', tag: VISIBLE_STRING, hex: '07' },
  { name: 'a letter in NumericString', tag: NUMERIC_STRING, hex: '3141' },
  { name: 'an odd BMPString', tag: BMP_STRING, hex: '006100' },
  { name: 'a surrogate pair in BMPString', tag: BMP_STRING, hex: 'd83edd8a' },
  { name: 'a cut UniversalString', tag: UNIVERSAL_STRING, hex: '000061' },
  { name: 'a surrogate in UniversalString', tag: UNIVERSAL_STRING, hex: '0000d83e' },
  { name: 'a UniversalString beyond Unicode', tag: UNIVERSAL_STRING, hex: '00110000' },
];

for (const { name, tag, hex } of REFUSED) {
  test(`${name} is refused`, () => {
    assert.throws(() => read(tag, hex), { code: 'malformed' });
  });
}

test('text is the same after writing and reading as UTF8String', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
      const der = encodeDer(utf8String(text));
      assert.equal(readCharacterString(new DerReader(der, 'text')), text);
    }),
  );
});

test('a string of a smaller alphabet cannot be written with other characters', () => {
  assert.throws(() => asciiString('a@b', PRINTABLE_STRING), RangeError);
  assert.throws(() => asciiString('é', IA5_STRING), RangeError);
});

test('only character strings are taken for such', () => {
  assert.ok(isCharacterStringTag(BMP_STRING));
  assert.ok(!isCharacterStringTag(INTEGER));
  assert.ok(!isCharacterStringTag(0));
});

test('text is found to be the UTF-8 of itself and of nothing else', () => {
  const texts = fc.string({ unit: 'grapheme', maxLength: 80 });
  fc.assert(
    fc.property(texts, texts, (text, other) => {
      const octets = new TextEncoder().encode(text);
      assert.ok(isUtf8Of(octets, 0, octets.length, text));
      assert.equal(isUtf8Of(octets, 0, octets.length, other), text === other);
      assert.equal(isUtf8Of(octets, 0, octets.length - 1, text), false);
    }),
  );
});

test('half a character is no UTF-8', () => {
  const replaced = new TextEncoder().encode('\ud842');
  assert.equal(isUtf8Of(replaced, 0, replaced.length, '\ud842'), false);
  assert.equal(isUtf8Of(Uint8Array.fromHex('eda182'), 0, 3, '\ud842'), false);
});
