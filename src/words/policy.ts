// Words of an institution's policy, setting by setting.
import type { Policy } from '../banking/policy.ts';
import type { Text } from './language.ts';

export const POLICY_WORDS = {
  validityDays: { ja: '電子証明書の有効期間 (日)', en: 'Validity of certificates (days)' },
  renewalExtends: { ja: '更新後の有効期限の数え方', en: 'A renewal counts from' },
  maximumLifetimeDays: { ja: '有効期間の上限 (日)', en: 'Longest validity (days)' },
  renewalWindowDays: {
    ja: '更新の受け付け開始 (期限の何日前)',
    en: 'Renewal opens (days before the end)',
  },
  graceDays: { ja: '期限後に取得できる期間 (日)', en: 'Acquiring after the end (days)' },
  firstAcquisitionDays: { ja: '取得の期限 (日)', en: 'Time to acquire (days)' },
  revokeFirst: { ja: '再取得の前に失効を必要とする', en: 'Old certificate is revoked first' },
  freezesAfterReissue: { ja: '再発行の後、権限を止める', en: 'Rights are frozen after a reissue' },
  pinErrorLimit: { ja: '暗証番号の誤りの上限 (回)', en: 'Wrong PINs until locked' },
  usersPerContract: { ja: 'ご契約先ごとの利用者の上限 (人)', en: 'Users of a contract' },
  slotsPerUser: { ja: '利用者ごとの枠の上限', en: 'Slots of a user' },
  keyKinds: { ja: '使える鍵の種類', en: 'Kinds of key' },
  keyHomes: { ja: '鍵の保管場所', en: 'Where keys may live' },
  deviceBoundOnly: {
    ja: '複製できるパスキーを断る',
    en: 'Passkeys that may be copied are refused',
  },
  monthInName: { ja: '電子証明書の名前に年月を入れる', en: 'Month in the certificate name' },
  sessionIdleMinutes: {
    ja: '操作がないときのログインの終了 (分)',
    en: 'Session ends when idle (minutes)',
  },
  sessionTotalMinutes: { ja: 'ログインの上限 (分)', en: 'Longest session (minutes)' },
  mailDaysBefore: {
    ja: 'お知らせのメールを送る日 (期限の何日前)',
    en: 'Mails before the end (days)',
  },
  mailDayAfterEnd: {
    ja: '期限の翌日にメールを送る',
    en: 'Mail on the day after the end',
  },
  mailsCodeAfterEnd: {
    ja: '期限後に、ご本人の請求で取得コードをメールで送る',
    en: 'After the end the user may ask for a code by mail',
  },
} satisfies Record<keyof Policy, Text>;

export const RENEWAL_EXTENDS = {
  'old-end': { ja: '前の電子証明書の有効期限から', en: 'the old certificate’s end' },
  'issue-day': { ja: '発行した日から', en: 'the day of issue' },
} satisfies Record<Policy['renewalExtends'], Text>;

/** Sets of homes that can be chosen. */
export const HOME_CHOICES = {
  'device file': { ja: '端末 (パスキー)、またはファイル', en: 'device (passkey) or file' },
  device: { ja: '端末 (パスキー) だけ', en: 'device (passkey) only' },
  file: { ja: 'ファイルまたはカードだけ', en: 'file or card only' },
} satisfies Record<string, Text>;

type Bounds = { readonly most: number; readonly largest: number };

/** How the days of mails are entered. */
export const MAIL_DAYS_HINT: Text<(of: Bounds) => string> = {
  ja: ({ most, largest }) => `例: 30, 10 (1 – ${largest}、${most}つまで。空欄なら送りません)`,
  en: ({ most, largest }) => `e.g. 30, 10 (1 – ${largest}, at most ${most}; empty: none)`,
};
