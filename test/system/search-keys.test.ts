// What is typed to find a person or a company becomes the key under which they are kept, however it is written.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openTestDatabase } from './test-database.ts';

const PEOPLE: readonly (readonly string[])[] = [
  ['すずき たろう', 'スズキ　タロウ', 'ｽｽﾞｷ ﾀﾛｳ', 'スズキタロウ', 'スズキ・タロウ'],
  ['きょうこ', 'キヨウコ', 'ｷｮｳｺ', 'ｷﾖｳｺ'],
  ['Ｓｕｚｕｋｉ０１', 'suzuki01', 'SUZUKI 01'],
  ['ヴァネッサ', 'ゔぁねっさ', 'ｳﾞｱﾈﾂｻ'],
  ['ローラ', 'ﾛｰﾗ', 'ロ－ラ', 'ロ-ラ'],
];
const COMPANIES: readonly (readonly string[])[] = [
  ['株式会社さくら商事', 'さくら商事', '(株)さくら商事', '㈱ さくら商事', 'さくら商事株式会社'],
  ['カ)サクラシヨウジ', 'サクラショウジ', 'さくらしょうじ', 'ｶ)ｻｸﾗｼﾖｳｼﾞ', 'ｻｸﾗｼｮｳｼﾞ(ｶ'],
  ['有限会社みどり製作所', 'みどり製作所', '㈲みどり製作所'],
];

for (const [name, of] of [
  ['search_key', PEOPLE],
  ['company_search_key', COMPANIES],
] as const) {
  test(`${name} folds what people write alike`, async () => {
    await using database = await openTestDatabase();
    for (const written of of) {
      const keys = await Promise.all(
        written.map(async (one) => {
          const key = sql<{ key: string }>`select ${sql.raw(name)}(${one}) as key`;
          return (await key.execute(database.db)).rows[0]?.key;
        }),
      );
      assert.equal(new Set(keys).size, 1, `${written.join(', ')}: ${keys.join(', ')}`);
      assert.notEqual(keys[0], '');
    }
  });
}
