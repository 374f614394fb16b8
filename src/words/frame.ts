// Words of the frame around every page and of the parts that many pages show.
import type { KeyHome } from '../banking/user-certificate.ts';
import type { Text } from './language.ts';

export const FRAME = {
  product: { ja: '法人インターネットバンキング', en: 'Corporate Internet Banking' },
  skip: { ja: '本文へ移動', en: 'Skip to main content' },
  language: { ja: '言語', en: 'Language' },
  contact: { ja: 'お問い合わせ', en: 'Contact' },
  hours: { ja: '受付時間', en: 'Hours' },
  errorInTitle: { ja: 'エラー', en: 'Error' },
} satisfies Record<string, Text>;

export const CERTIFICATE = {
  name: { ja: '電子証明書の名前', en: 'Certificate name' },
  contractId: { ja: '利用者番号 (ご契約先ID)', en: 'Contract ID' },
  userId: { ja: '利用者ID', en: 'User ID' },
  institutionCode: { ja: '金融機関コード', en: 'Institution code' },
  endMonth: { ja: '有効期限の年月', en: 'Month it ends' },
  issuer: { ja: '発行者', en: 'Issued by' },
  serial: { ja: 'シリアル番号', en: 'Serial number' },
  home: { ja: '鍵の保管場所', en: 'Its key is kept' },
  starts: { ja: '有効期間の始まり', en: 'Valid from' },
  ends: { ja: '有効期限', en: 'Valid' },
} satisfies Record<string, Text>;

/** Where the key of a certificate lives. */
export const KEY_HOMES = {
  device: { ja: 'この端末 (パスキー)', en: 'in the device (passkey)' },
  file: { ja: 'ファイルまたはカード', en: 'in a file or on a card' },
} satisfies Record<KeyHome, Text>;

export const SIGNED_IN = {
  label: { ja: 'ログイン中の利用者', en: 'Logged in as' },
  lastLogin: { ja: '前回ログイン日時', en: 'Last login' },
  firstLogin: { ja: '今回が初めてのログインです', en: 'This is your first login' },
  certificateEnds: { ja: '電子証明書の有効期限', en: 'Your certificate is valid' },
  logOff: { ja: 'ログオフ', en: 'Log off' },
} satisfies Record<string, Text>;

/** What follows a user's name where they are addressed. */
export const AFTER_NAME = { ja: ' 様', en: '' } satisfies Text;

/** Days left until an end, counted in Tokyo days; zero is the last day. */
export const DAYS_LEFT = {
  ja: (days: number) => (days === 0 ? '本日まで' : `あと${days}日`),
  en: (days: number) => {
    if (days === 0) return 'last day';
    return days === 1 ? '1 day left' : `${days} days left`;
  },
} satisfies Text<(days: number) => string>;
