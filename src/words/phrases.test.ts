import assert from 'node:assert/strict';
import { test } from 'node:test';
import { phrasesOf } from './phrases.ts';

for (const phrases of [
  ['電子証明書の', 'インストールが', '完了しました'],
  ['今は、', '更新できる', '期間ではありません'],
  ['電子証明書の', '更新を', 'お願いします'],
  ['ファイルを', '保存していないとき、', '取り込めないとき'],
  ['電子証明書を', '取得し直す'],
  ['その他の', 'お知らせ'],
  ['この', '電子証明書は、', '失効しています'],
  ['「次へ」を', '2回押してください。'],
  ['もう一度ログインする'],
  ['新しい', '電子証明書を', '一度お使いいただくと、', '完了です。'],
  ['利用者暗証番号を', 'おたずねすることはありません。'],
  ['まだ', '登録されていない', 'ものにしてください。'],
  ['ログインできなくなる', 'ことはありません。'],
  ['電子証明書方式 利用者ログイン'],
  ['Your new certificate is installed'],
  [''],
]) {
  test(`${phrases.join('|')} is split there`, () => {
    assert.deepEqual(phrasesOf(phrases.join('')), phrases);
  });
}
