import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csvLine } from './csv-line.ts';

const CASES = [
  { name: 'plain text is quoted', fields: ['鈴木 太郎', 'a'], want: '"鈴木 太郎","a"\r\n' },
  { name: 'quotes are doubled', fields: ['a"b'], want: '"a""b"\r\n' },
  { name: 'a line break stays inside its field', fields: ['a\nb'], want: '"a\nb"\r\n' },
  { name: 'a formula is text', fields: ['=1+1'], want: '"\'=1+1"\r\n' },
  {
    name: 'a command behind a plus is text',
    fields: ["+cmd|' /C calc'!A0"],
    want: "\"'+cmd|' /C calc'!A0\"\r\n",
  },
  {
    name: 'a minus, an at and a tab too',
    fields: ['-1', '@a', '\ta'],
    want: '"\'-1","\'@a","\'\ta"\r\n',
  },
  { name: 'a formula behind a space is text', fields: [' =1'], want: '"\' =1"\r\n' },
  {
    name: 'digits keep their zeros',
    fields: [{ digits: '0012' }, { digits: '' }],
    want: '"=""0012""",""\r\n',
  },
  {
    name: 'text that begins with a mark of text before a formula keeps it',
    fields: ["'=1", "''＝1", "'a"],
    want: '"\'\'=1","\'\'\'＝1","\'a"\r\n',
  },
  { name: 'a wide equals sign too', fields: ['＝1'], want: '"\'＝1"\r\n' },
] as const;

for (const { name, fields, want } of CASES) {
  test(name, () => {
    assert.equal(csvLine(fields), want);
  });
}

test('a field of digits holds nothing else', () => {
  assert.throws(() => csvLine([{ digits: '1+1' }]));
});
