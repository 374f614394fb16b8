import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseMailAddress } from './mail-address.ts';

const GOOD = [
  { typed: 'hanako@sakura.example', want: 'hanako@sakura.example' },
  { typed: ' ｈａｎａｋｏ＠ｓａｋｕｒａ．ｅｘａｍｐｌｅ ', want: 'hanako@sakura.example' },
  { typed: "o'neil+koshin@mail.sakura.example", want: "o'neil+koshin@mail.sakura.example" },
  { typed: '  ', want: null },
];
for (const { typed, want } of GOOD) {
  test(`${typed.trim() || 'nothing'} is taken`, () => {
    assert.equal(parseMailAddress(typed), want);
  });
}

for (const typed of [
  'hanako',
  'hanako@',
  '@sakura.example',
  'hanako@sakura',
  'hanako@sakura.example, mallory@evil.example',
  'hanako@sakura.example\r\nBcc: mallory@evil.example',
  // Domains that end in a number: the first was mailed to 1.0.0.2, the second to 127.0.0.1, this very machine.
  'hanako@1.2',
  'hanako@127.1',
  'hanako@sakura.0x7f000001',
  '花子 <hanako@sakura.example>',
  `${'a'.repeat(65)}@sakura.example`,
  `a@${'b'.repeat(250)}.example`,
]) {
  test(`${JSON.stringify(typed).slice(0, 60)} is refused`, () => {
    assert.throws(() => parseMailAddress(typed), { code: 'invalid-input' });
  });
}
