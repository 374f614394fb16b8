import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { beyondCp932, encodeCp932 } from './cp932.ts';

const CASES = [
  { name: 'ASCII and line ends', text: 'a"\\~\r\n', want: '61225c7e0d0a' },
  { name: 'signs of NEC and IBM', text: '髙﨑①～', want: 'fbfcfab187408160' },
  { name: 'half-width kana', text: 'ﾀﾛｳ', want: 'c0dbb3' },
  { name: 'what both chose, as IBM', text: '纊', want: 'fa5c' },
  { name: 'a numeral that stands twice, as NEC', text: 'Ⅰ', want: '8754' },
] as const;

for (const { name, text, want } of CASES) {
  test(`written: ${name}`, () => {
    assert.equal(Buffer.from(encodeCp932(text) ?? []).toString('hex'), want);
  });
}

for (const text of ['𠮷', '\uE000', '〜', 'é', '\uFFFD']) {
  test(`not written: U+${text.codePointAt(0)?.toString(16)}`, () => {
    assert.equal(encodeCp932(`あ${text}`), undefined);
    assert.deepEqual(beyondCp932(`あ${text}い${text}`), [text]);
  });
}

test('what is written is read as it was, and anything else is not written', () => {
  const decoder = new TextDecoder('shift_jis', { fatal: true });
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const octets = encodeCp932(text);
      if (octets === undefined) assert.notDeepEqual(beyondCp932(text), []);
      else assert.equal(decoder.decode(octets), text);
    }),
  );
});
