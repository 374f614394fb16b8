// Words for the authorities of an institution, as the bank's staff see them: its own, and those it leaves.
import type { RenewFrom } from '../banking/former-authority.ts';
import type { Text } from './language.ts';

export const RENEW_FROM_WORDS = {
  'at-once': { ja: '取り込んだときから', en: 'From the import on' },
  window: { ja: '運用ポリシーの更新期間から', en: 'In the renewal window of policy' },
} satisfies Record<RenewFrom, Text>;

/** How many people or certificates; counted no further than a hundred thousand. */
export const PEOPLE = {
  ja: (count: number) => `${count.toLocaleString('ja-JP')}件${count >= 100_000 ? '以上' : ''}`,
  en: (count: number) => `${count >= 100_000 ? 'at least ' : ''}${count.toLocaleString('en')}`,
} satisfies Text<(count: number) => string>;

/** How an imported certificate stood with the former authority. */
export const FORMER_STATES = {
  current: { ja: '有効', en: 'valid' },
  suspended: { ja: '利用停止', en: 'suspended' },
  revoked: { ja: '失効', en: 'revoked' },
} satisfies Record<string, Text>;

/** Whether a former authority is accepted. */
export const FORMER_STANDINGS = {
  accepted: { ja: '受け付け中', en: 'Accepted' },
  over: { ja: '期限が過ぎています', en: 'Past its last day' },
  ended: { ja: '終了', en: 'Switched off' },
} satisfies Record<string, Text>;

export const AUTHORITIES = {
  title: { ja: '認証局', en: 'Authorities' },
  own: { ja: 'この金融機関の認証局', en: 'Authorities of the institution' },
  purpose: { ja: '種類', en: 'Kind' },
  root: { ja: 'ルート認証局', en: 'Root CA' },
  issuing: { ja: '利用者の電子証明書の発行局', en: 'Issuing CA' },
  former: { ja: '以前の認証局', en: 'Former authorities' },
  noFormer: {
    ja: '以前の認証局の電子証明書は、受け付けていません。',
    en: 'No certificates of another CA are accepted.',
  },
  name: { ja: '認証局の名前', en: 'Name' },
  key: { ja: '鍵の照合値 (SHA-256)', en: 'Key (SHA-256)' },
  ends: { ja: '認証局の有効期限', en: 'The CA ends' },
  until: { ja: '受け付ける最後の日', en: 'Accepted until' },
  untilHint: { ja: '例 2028-03-31', en: 'Such as 2028-03-31' },
  renewFrom: { ja: '更新できる時期', en: 'May be renewed' },
  imported: { ja: '取り込んだ電子証明書', en: 'Imported' },
  moved: { ja: '切り替え済み・終了', en: 'Moved or ended' },
  notMoved: { ja: 'まだ切り替えていない', en: 'Not moved yet' },
  notMovedThen: {
    ja: '申請のとき、まだ切り替えていなかった電子証明書',
    en: 'Not moved when it was asked for',
  },
  whoIs: { ja: 'どなたかを見る', en: 'See who' },
  people: { ja: 'まだ切り替えていない方', en: 'Who has not moved yet' },
  nobody: { ja: '全員が切り替えています。', en: 'Everybody has moved.' },
  next: { ja: '次の100件', en: 'Next 100' },
  accept: { ja: '以前の認証局の受け付けを申請する', en: 'Ask to accept a former authority' },
  switchOff: { ja: '受け付けの終了を申請する', en: 'Ask to switch it off' },
  certificate: { ja: '認証局の電子証明書 (PEM)', en: 'Certificate of the CA (PEM)' },
  certificateHint: {
    ja: '利用者の電子証明書に署名した認証局のもの。「-----BEGIN CERTIFICATE-----」から貼り付けます。',
    en: 'Of the CA that signed people’s certificates. Paste it from “-----BEGIN CERTIFICATE-----” on.',
  },
} as const satisfies Record<string, Text>;

/** What follows from accepting a former authority, and from switching it off. */
export const AUTHORITY_FOLLOWS = {
  accepting: {
    ja: [
      '取り込みの一覧にある電子証明書だけで、ログインできるようになります。',
      'はじめての更新で、この金融機関の電子証明書に切り替わります。',
    ],
    en: [
      'Certificates that are imported, and no others, can be used to log in.',
      'Their first renewal moves people to certificates of this institution.',
    ],
  },
  ending: {
    ja: [
      '承認されると、以前の認証局の電子証明書では、すぐにログインできなくなります。',
      'まだ切り替えていない方は、管理者の方からの取得コードで、新しい電子証明書を取得します。',
      '切り替えた方には、影響がありません。',
    ],
    en: [
      'Once it is approved, certificates of the former authority can no longer be used to log in.',
      'Who has not moved needs an acquisition code from their administrator.',
      'Who has moved is not concerned.',
    ],
  },
} satisfies Record<'accepting' | 'ending', Text<readonly string[]>>;
