import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { csvLine } from './csv-line.ts';
import { CsvReader, type CsvRecord } from './csv-reader.ts';

const CASES = [
  {
    name: 'plain fields',
    text: 'a,b\r\nc,d\r\n',
    want: [
      ['a', 'b'],
      ['c', 'd'],
    ],
  },
  { name: 'the last line without its end', text: 'a,b\nc', want: [['a', 'b'], ['c']] },
  { name: 'line breaks of old spreadsheets', text: 'a\rb\r', want: [['a'], ['b']] },
  {
    name: 'quotes, commas and line breaks in quotes',
    text: '"a,""b""\r\nc",d\n',
    want: [['a,"b"\r\nc', 'd']],
  },
  { name: 'a quote inside a field without quotes', text: '="0012",x\n', want: [['="0012"', 'x']] },
  { name: 'empty fields at the end', text: 'a,,\n', want: [['a', '', '']] },
  { name: 'empty lines are left out', text: '\n\na\n\n', want: [['a']] },
  { name: 'an empty text', text: '', want: [] },
] as const;

for (const { name, text, want } of CASES) {
  test(name, () => {
    assert.deepEqual(
      read([text]).map(({ fields }) => fields),
      want,
    );
  });
}

test('lines are numbered as a spreadsheet numbers its rows', () => {
  const lines = read(['a\n"b\nb"\n\nc\n']).map(({ line }) => line);
  assert.deepEqual(lines, [1, 2, 4]);
});

test('text behind a closing quote, and a quote that is never closed, are marked', () => {
  const records = read(['"a"b,c\nd\n"e,\nf']);
  assert.deepEqual(
    records.map(({ line, isBroken }) => [line, isBroken]),
    [
      [1, true],
      [2, false],
      [3, true],
    ],
  );
});

test('what is written is read again, wherever the text is cut', () => {
  const field = fc.string({ unit: 'binary' }).map((text) => `x${text}`);
  const table = fc.array(fc.array(field, { minLength: 1, maxLength: 5 }), { maxLength: 5 });
  fc.assert(
    fc.property(table, fc.nat(), (lines, cut) => {
      const text = lines.map(csvLine).join('');
      const at = cut % (text.length + 1);
      const fields = read([text.slice(0, at), text.slice(at)]).map((record) => record.fields);
      assert.deepEqual(fields, lines);
    }),
  );
});

function read(pieces: readonly string[]): readonly CsvRecord[] {
  const reader = new CsvReader();
  return [...pieces.flatMap((piece) => reader.feed(piece)), ...reader.end()];
}
