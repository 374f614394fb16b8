// Requests of the bank's staff, as sample values.
import type { ContractFacts } from '../../src/banking/contract-facts.ts';
import {
  type ContentOf,
  type Order,
  type OrderContent,
  orderText,
} from '../../src/banking/order.ts';
import { DEFAULT_POLICY } from '../../src/banking/policy.ts';
import { IDENTITY } from './sample-staff.ts';

export const ID = '2f0b7c1e-9d54-4c3a-8f16-0a1b2c3d4e5f';
export const OPEN: OrderContent = {
  kind: 'open-contract',
  institution: '1394',
  contract: '00098765432',
  name: '株式会社あおば工業',
  kana: 'アオバコウギョウ',
  user: 'aoba01',
  userName: '青葉 太郎',
  userKana: 'アオバ タロウ',
};
export const POLICY: OrderContent = {
  kind: 'change-policy',
  institution: '1394',
  fromVersion: 1,
  policy: { ...DEFAULT_POLICY, pinErrorLimit: 5, graceDays: 60, keyHomes: ['device'] },
};
export const FACTS: ContractFacts = {
  name: '株式会社さくら商事',
  kana: 'サクラショウジ',
  postalCode: '1000001',
  address: '東京都千代田区千代田1-1-1 みほんビル3階',
};
export const MOVED: OrderContent = {
  kind: 'change-contract',
  institution: '1394',
  contract: '00012345678',
  from: FACTS,
  to: { ...FACTS, postalCode: '5300001', address: '大阪府大阪市北区梅田2-2-2 さくらタワー12階' },
};
export const RENAMED: ContentOf<'change-person'> = {
  kind: 'change-person',
  institution: '1394',
  contract: '00012345678',
  user: 'kanri01',
  from: { name: '佐々木 恵子', kana: 'ササキ ケイコ' },
  to: { name: '山口 恵子', kana: 'ヤマグチ ケイコ' },
};
export const CLOSING: OrderContent = {
  kind: 'close-contract',
  institution: '1394',
  contract: '00012345678',
  name: FACTS.name,
  users: 12,
  certificates: 11,
};
export const REISSUE: OrderContent = {
  ...IDENTITY,
  kind: 'change-administrator',
  slot: 1,
  action: 'reissue',
  reissue: 'theft',
};
export const APPOINTING: OrderContent = { ...REISSUE, action: 'appoint', reissue: null };

/** An order of this content. */
export function orderOf(content: OrderContent, more: Partial<Order> = {}): Order {
  return {
    id: ID,
    content,
    text: orderText(content),
    sha256: new Uint8Array(32).fill(0xa7),
    reason: '申込書 第12号を確認しました。',
    reference: '申-12',
    requestedBy: 'tanto01',
    requestedAt: new Date('2026-12-09T23:05:00Z'),
    expiresAt: new Date('2026-12-16T23:05:00Z'),
    state: 'waiting',
    decidedBy: null,
    decidedAt: null,
    decisionReason: null,
    ...more,
  };
}
