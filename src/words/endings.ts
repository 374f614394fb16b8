// Words for what ends when, and how far renewals are, as the bank's staff see it.
import type { EndingStanding, Reach } from '../banking/ending.ts';
import type { Text } from './language.ts';

export const ENDING_STANDING_NAMES = {
  renewed: { ja: '更新済み', en: 'Renewed' },
  started: { ja: '確認待ち', en: 'Started, not proved' },
  'not-started': { ja: '未着手', en: 'Not started' },
  suspended: { ja: '利用停止中', en: 'Suspended' },
} satisfies Record<EndingStanding, Text>;

export const REACH_NAMES = {
  mail: { ja: '登録あり', en: 'Registered' },
  bounced: { ja: '届きません', en: 'Mail bounced' },
  'no-address': { ja: '未登録', en: 'None' },
} satisfies Record<Reach, Text>;

export const ENDINGS = {
  title: { ja: '更新の状況', en: 'Renewals' },
  list: { ja: '有効期限が来る電子証明書', en: 'Certificates that end' },
  show: { ja: '表示する', en: 'Show' },
  countedAt: { ja: '集計した日時', en: 'Counted' },
  notCounted: {
    ja: 'まだ集計されていません。5分ほどたってから、もう一度開いてください。',
    en: 'Nothing has been counted yet. Please come back in about five minutes.',
  },
  byDay: { ja: '有効期限の日ごと', en: 'By the day of the end' },
  dayNumbers: { ja: '日ごとの件数', en: 'The days in numbers' },
  byWeek: { ja: '週ごと', en: 'By week' },
  chart: {
    ja: '有効期限の日ごとの件数の図。同じ数は、下の「日ごとの件数」にあります。',
    en: 'Chart of the certificates that end on each day. “The days in numbers” below has the same.',
  },
  from: { ja: '期間', en: 'Days' },
  all: { ja: '合計', en: 'Together' },
  unreached: { ja: 'メールが届かない未着手', en: 'Not started, not reached by mail' },
  today: { ja: '今日', en: 'today' },
  tomorrow: { ja: '明日、有効期限が切れる方', en: 'Whose certificate ends tomorrow' },
  tomorrowNone: {
    ja: '明日、更新しないまま有効期限が切れる方は、いません。',
    en: 'Nobody’s certificate ends tomorrow without a successor.',
  },
  tomorrowWhat: {
    ja: '何もしないと、明日の終わりにログインできなくなります。取得コードがあれば、あとから取得できます。',
    en: 'If nobody acts, they cannot log in after tomorrow. With an acquisition code they can get a new certificate later.',
  },
  offers: { ja: '明日、取得コードの期限が切れる方', en: 'Whose acquisition code ends tomorrow' },
  offersNone: { ja: '明日、期限が切れる取得コードは、ありません。', en: 'No code ends tomorrow.' },
  csv: { ja: 'CSVで保存する', en: 'Save as CSV' },
  next: { ja: '次の100件', en: 'Next 100' },
  none: { ja: 'あてはまる電子証明書は、ありません。', en: 'There are none.' },
} as const satisfies Record<string, Text>;

export const ENDING_COLUMNS: Text<readonly string[]> = {
  ja: [
    '利用者番号',
    'ご契約先',
    '利用者ID',
    '名前',
    '有効期限',
    '状況',
    'メールアドレス',
    '最後のログイン',
    'シリアル番号',
  ],
  en: [
    'Contract ID',
    'Company',
    'User ID',
    'Name',
    'Valid until',
    'State',
    'Mail address',
    'Last login',
    'Serial number',
  ],
};
