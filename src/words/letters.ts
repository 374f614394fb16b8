// Words of the letters to users, and of the pages on which they are asked for and taken.
import type { LetterKind } from '../banking/letter.ts';
import type { Text } from './language.ts';

/** What stands on a letter. Letters are in Japanese alone: so is the mail. */
export const LETTER = {
  titles: {
    codes: '電子証明書 取得コードのお知らせ',
    pins: '利用者IDと初回暗証番号のお知らせ',
  } satisfies Record<LetterKind, string>,
  lead: {
    codes:
      'インターネットバンキングの電子証明書を取得していただくための、取得コードをお知らせします。利用者IDと初回暗証番号は、別の通知書でお送りしています。両方がお手元にそろってから、お手続きください。',
    pins: 'インターネットバンキングの利用者IDと、はじめに使う暗証番号をお知らせします。電子証明書の取得コードは、別の通知書でお送りしています。両方がお手元にそろってから、お手続きください。',
  } satisfies Record<LetterKind, string>,
  code: '取得コード',
  until: '取得の期限',
  contract: '利用者番号 (ご契約先ID)',
  user: '利用者ID',
  pin: '初回暗証番号',
  how: 'お手続きの方法',
  steps: [
    'パソコンのブラウザーで、次のページを開きます。',
    '「電子証明書の取得」に進み、2つの通知書の内容を入力します。',
    '画面の案内にそって、ご自分の利用者暗証番号を決め、電子証明書を取得します。',
  ],
  caution:
    'この通知書の内容を、電話やメールでお尋ねすることはありません。お心当たりがないときや、開封されていたときは、お問い合わせ窓口へご連絡ください。',
  number: '通知書番号',
  to: '様',
  postal: '〒',
} as const;

/** The columns of the list that goes with the letters, by kind. */
export const LETTER_COLUMNS = {
  codes: ['通知書番号', '郵便番号', '住所', 'ご契約先名', '氏名', '取得コード', '取得の期限'],
  pins: [
    '通知書番号',
    '郵便番号',
    '住所',
    'ご契約先名',
    '氏名',
    '利用者番号(ご契約先ID)',
    '利用者ID',
    '初回暗証番号',
  ],
} satisfies Record<LetterKind, readonly string[]>;

/** Above the companies of letters that were called otherwise or moved. */
export const MOVED_WITHIN = {
  ja: (days: number) => `${days}日以内に、名前または住所が変わったご契約先があります`,
  en: (days: number) => `Companies whose name or address was changed within ${days} days`,
} satisfies Text<(days: number) => string>;

export const LETTERS = {
  title: { ja: '通知書の印刷', en: 'Letters to users' },
  note: {
    ja: 'まだ暗証番号も取得コードもない利用者に、2つの通知書を作ります。取得コードの通知書は承認者が、利用者IDの通知書は申請者が、それぞれ一度だけ受け取ります。',
    en: 'Two letters for each user who has neither PIN nor code yet. Who approves is given those with the codes, who asks those with the IDs, each once.',
  },
  atMost: { ja: '人数の上限', en: 'How many at the most' },
  atMostHint: {
    ja: '1〜500名。ご契約先と利用者IDの順です。',
    en: '1 to 500, in the order of their IDs.',
  },
  contractHint: {
    ja: '空欄にすると、すべてのご契約先から選びます。',
    en: 'Leave it empty to choose from every contract.',
  },
  movedNote: {
    ja: '通知書は、変更後の住所に届きます。届出書と変更の記録を、ご契約先の画面でお確かめください。',
    en: 'Their letters go to the new address. Look at the change on the company’s page, and at the paper.',
  },
  ask: { ja: '通知書を申請する', en: 'Ask for the letters' },
  nobody: {
    ja: '通知書を送る利用者がいません。',
    en: 'There is nobody to write to.',
  },
  latest: { ja: '最近の通知書', en: 'Latest letters' },
  none: { ja: '通知書はまだありません。', en: 'There are none yet.' },
  letters: { ja: '通知書', en: 'Letters' },
  count: { ja: '人数', en: 'Users' },
  every: { ja: 'すべて', en: 'every contract' },
  codesGiven: { ja: '取得コードの通知書を受け取った人', en: 'Codes given to' },
  pinsGiven: { ja: '利用者IDの通知書を受け取った人', en: 'IDs given to' },
  notGiven: { ja: 'まだ受け取っていません', en: 'nobody yet' },
  takeCodes: { ja: '取得コードの通知書を受け取る', en: 'Take the letters with the codes' },
  takePins: { ja: '利用者IDの通知書を受け取る', en: 'Take the letters with the IDs' },
  once: {
    ja: '受け取れるのは一度だけです。PDFとCSVが1つのZIPファイルに入っています。印刷して発送したら、ファイルを削除してください。',
    en: 'They are given once: a ZIP file with a PDF and a CSV file. Delete it once they are printed and sent.',
  },
  notYours: {
    ja: '今、あなたが受け取れる通知書はありません。',
    en: 'There is nothing for you to take now.',
  },
  show: { ja: '通知書の受け取りへ', en: 'To the letters' },
  toList: { ja: '通知書の一覧へ', en: 'To the letters' },
} satisfies Record<string, Text>;
