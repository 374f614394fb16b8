import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Told } from '../banking/told.ts';
import { toldParagraphs } from './told.ts';

const BY_BANK = { by: null, byBank: true } as const;
const COMPANY = { name: '株式会社さくら商事', user: '00012345678', ...BY_BANK } as const;
const PERSON = { name: '鈴木 一郎', user: 'suzuki01', ...BY_BANK } as const;
const UNKNOWN = 'お心当たりがないときは、すぐに管理者の方とお問い合わせ窓口へご連絡ください。';
const AT_THE_BANK = 'お届けいただいた内容にもとづき、金融機関でお手続きしました。';

for (const { told, first, says } of [
  {
    told: { event: 'contract-changed', ...COMPANY },
    first: 'ご契約先: 株式会社さくら商事 (利用者番号 00012345678)',
    says: ['ご契約先の名前、カナ、または通知書をお送りする住所が変更されました。'],
  },
  {
    told: { event: 'contract-closed', ...COMPANY },
    first: 'ご契約先: 株式会社さくら商事 (利用者番号 00012345678)',
    says: ['利用者の方は全員ログインできなくなり、電子証明書はすべて失効しました。'],
  },
  {
    told: { event: 'appointed', ...PERSON },
    first: '対象の利用者: 鈴木 一郎 (利用者ID suzuki01)',
    says: [],
  },
  {
    told: { event: 'dismissed', ...PERSON },
    first: '対象の利用者: 鈴木 一郎 (利用者ID suzuki01)',
    says: [],
  },
] as const satisfies readonly { told: Told; first: string; says: readonly string[] }[]) {
  test(`what is told of ${told.event} says of whom, that the bank did it, and whom to ask`, () => {
    assert.deepEqual(toldParagraphs(told, 'ja'), [first, AT_THE_BANK, ...says, UNKNOWN]);
    assert.equal(toldParagraphs(told, 'en').length, 3 + says.length);
  });
}

test('what a user of the contract did names them, and whoever asked for a code is not named', () => {
  const by = { name: '鈴木 一郎', user: 'suzuki01', by: 'kanri01' };
  assert.ok(
    toldParagraphs({ event: 'renamed', ...by }, 'ja').includes(
      'お手続きをした方の利用者ID: kanri01',
    ),
  );
  const asked = toldParagraphs({ event: 'code-asked', ...by }, 'ja');
  assert.ok(asked.every((paragraph) => !paragraph.includes('kanri01')));
});
