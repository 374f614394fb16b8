import assert from 'node:assert/strict';
import { test } from 'node:test';
import { utf8String } from '../asn1/character-string.ts';
import {
  type DerNode,
  encodeDer,
  objectIdentifier,
  primitive,
  sequence,
  setOf,
} from '../asn1/der-writer.ts';
import { OID } from '../asn1/known-object-identifiers.ts';
import { BMP_STRING, TELETEX_STRING } from '../asn1/tag.ts';
import { isSameName, isWithin } from './match-names.ts';
import { makeName, type Name, parseName } from './name.ts';

const commonName = (...values: readonly string[]): Name =>
  makeName(values.map((value) => ({ type: OID.commonName, value })));

const PAIRS: readonly { name: string; a: string; b: string; want: boolean }[] = [
  { name: 'case', a: 'Mihon Bank', b: 'MIHON bank', want: true },
  { name: 'inner and outer spaces', a: 'Mihon Bank', b: ' Mihon   Bank ', want: true },
  { name: 'a missing space', a: 'Mihon Bank', b: 'MihonBank', want: false },
  { name: 'composed and decomposed characters', a: 'が', b: 'か\u3099', want: true },
  { name: 'half-width katakana', a: 'ミホン', b: 'ﾐﾎﾝ', want: true },
  { name: 'full-width letters', a: 'ABC', b: 'ａｂｃ', want: true },
  { name: 'an ideographic space', a: '鈴木 太郎', b: '鈴木\u3000太郎', want: true },
  { name: 'a zero-width space', a: '鈴木', b: '鈴\u200b木', want: true },
  { name: 'a variation selector', a: '葛', b: '葛\u{e0100}', want: true },
  { name: 'a variation selector of the first plane', a: '葛', b: '葛\ufe00', want: true },
  { name: 'a combining grapheme joiner', a: '鈴木', b: '鈴\u034f木', want: true },
  { name: 'a Mongolian soft hyphen', a: '鈴木', b: '鈴\u1806木', want: true },
  { name: 'an object replacement character', a: '鈴木', b: '鈴\ufffc木', want: true },
  { name: 'spaces between kanji', a: '鈴木 太郎', b: ' 鈴木  太郎 ', want: true },
  { name: 'a space that carries a mark, in front', a: '\u0301a', b: ' \u0301a', want: false },
  { name: 'a space that carries a mark, inside', a: 'a \u0301b', b: 'a  \u0301b', want: false },
  { name: 'spaces before one with a mark', a: 'a  \u0301b', b: 'a   \u0301b', want: true },
  { name: 'sharp s', a: 'Straße', b: 'STRASSE', want: true },
  { name: 'the final sigma', a: 'ΣΑΣ', b: 'σας', want: true },
  { name: 'the dotless i', a: 'ı', b: 'I', want: false },
  { name: 'another character', a: '鈴木', b: '鈴本', want: false },
];

for (const { name, a, b, want } of PAIRS) {
  test(`names that differ in ${name} are ${want ? 'the same' : 'not the same'}`, () => {
    assert.equal(isSameName(commonName(a), commonName(b)), want);
    assert.equal(isSameName(commonName(b), commonName(a)), want);
  });
}

test('the type of the string does not count, except TeletexString', () => {
  const octets = Uint8Array.of(0, 0x41);
  assert.ok(isSameName(nameOf(primitive(BMP_STRING, octets)), commonName('a')));
  const teletex = nameOf(primitive(TELETEX_STRING, Uint8Array.of(0x41)));
  assert.ok(!isSameName(teletex, commonName('A')));
  assert.ok(isSameName(teletex, parseName(teletex.der.slice())));
});

test('the order and number of parts count', () => {
  assert.ok(!isSameName(commonName('a', 'b'), commonName('b', 'a')));
  assert.ok(!isSameName(commonName('a'), commonName('a', 'a')));
});

test('inside one part, order does not count but number does', () => {
  const part = (...values: readonly string[]): Name =>
    parseName(
      encodeDer(
        sequence(
          setOf(values.map((v) => sequence(objectIdentifier(OID.commonName), utf8String(v)))),
        ),
      ),
    );
  assert.ok(isSameName(part('a', 'zz'), part('AA', 'Z')) === false);
  assert.ok(isSameName(part('A', 'bb'), part('BB', 'a')));
  assert.ok(!isSameName(part('a', 'a', 'b'), part('a', 'b', 'b')));
});

test('a name lies within its own beginnings only', () => {
  assert.ok(isWithin(commonName('a', 'b'), commonName('A')));
  assert.ok(isWithin(commonName('a'), commonName()));
  assert.ok(!isWithin(commonName('a'), commonName('a', 'b')));
  assert.ok(!isWithin(commonName('a', 'b'), commonName('b')));
});

function nameOf(value: DerNode): Name {
  return parseName(encodeDer(sequence(setOf([sequence(objectIdentifier(OID.commonName), value)]))));
}
