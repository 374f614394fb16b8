import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDisplayName } from './display-name.ts';

for (const { input, want = input } of [
  { input: '株式会社さくら商事' },
  { input: '鈴木　太郎' },
  { input: '葛\u{e0100}城 一' },
  { input: '𠮷野 家' },
  { input: "O'Brien & Söhne GmbH" },
  { input: '株式会社カカク.com' },
  { input: '鈴木  太郎', want: '鈴木 太郎' },
  { input: '鈴木\u00a0太郎', want: '鈴木 太郎' },
  { input: '\u3000みほん商店 \u3000', want: 'みほん商店' },
]) {
  test(`${JSON.stringify(input)} is a name`, () => assert.equal(parseDisplayName(input), want));
}

for (const input of [
  '',
  '\u3000 ',
  'a\0b',
  'a\nb',
  'a\u0085b',
  'a\u2028b',
  'a\u202eb',
  'a\u2066b',
  'a\u200fb',
  'a\u200bb',
  'a\ufeffb',
  'a\ud800b',
  '\u3164',
  'a\u2800b',
  'a\u034fb',
  'a\ue000b',
  'a\ufffdb',
  'a\uffffb',
  'https://bank.example/ 至急ご確認ください',
  '至急 WWW.bank.example',
  'x'.repeat(201),
]) {
  test(`${JSON.stringify(input).slice(0, 20)} is none`, () => {
    assert.throws(() => parseDisplayName(input), { code: 'invalid-input' });
  });
}
