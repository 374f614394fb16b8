// Words of an administrator's pages: the users of the contract, how their certificates stand, and what is
// handed to them. Not what can be done for each.
import type { Person } from '../banking/person.ts';
import { dateAndTime } from './dates.ts';
import type { Text, Texts } from './language.ts';

export const COMPANY = {
  title: { ja: '利用者の管理', en: 'Users' },
  sole: {
    ja: '管理者の方がお一人です。その方の電子証明書が使えなくなると、お手続きに書面が必要です。管理者の方の追加をおすすめします。書面でお申し出いただくと、登録済みの利用者の方を、当方で管理者に変更いたします。',
    en: 'There is only one administrator. Should their certificate fail, paperwork is needed. We recommend a second one: on paper, ask us to make one of your users an administrator.',
  },
  register: { ja: '利用者を登録する', en: 'Register a user' },
  csv: { ja: '一覧をCSVで保存', en: 'Save the list as CSV' },
  risk: { ja: '対応が必要な利用者', en: 'Users who need you' },
  others: { ja: 'そのほかの利用者', en: 'Other users' },
  nobodyAtRisk: { ja: '対応が必要な利用者はいません。', en: 'Nobody needs you now.' },
  nobody: { ja: 'そのほかの利用者はいません。', en: 'There are no other users.' },
  certificate: { ja: '電子証明書', en: 'Certificate' },
  slot: {
    ja: (slot: number) => `枠${slot}`,
    en: (slot: number) => `Place ${slot}`,
  },
  lastLogin: { ja: '最後のログイン', en: 'Last login' },
  never: { ja: 'まだありません', en: 'none yet' },
  frozen: {
    ja: '再発行のあとの、権限の確認を待っています。再発行を行った方とは別の管理者の方が、この画面で確認します。ほかに管理者の方がいないとき、またはほかの管理者の方も確認待ちのときは、お問い合わせ窓口へご連絡ください。',
    en: 'After the reissue the rights wait for confirmation, on this page, by an administrator other than the one who made it. If there is no other, or they all wait themselves, please contact us.',
  },
  possible: { ja: 'この利用者に対してできること', en: 'What you can do' },
  possibleInSlot: { ja: 'この枠に対してできること', en: 'What you can do in this place' },
  nothing: {
    ja: '今、管理者の方ができるお手続きはありません。',
    en: 'There is nothing you can do for this user now.',
  },
  yourself: {
    ja: 'ご自分に対するお手続きは、ほかの管理者の方か、お問い合わせ窓口へご依頼ください。',
    en: 'For yourself, ask another administrator or contact us.',
  },
  back: { ja: '利用者の管理へ戻る', en: 'Back to the users' },
  backToUser: { ja: '利用者の画面へ戻る', en: 'Back to the user' },
  follows: { ja: '行うと、こうなります', en: 'What follows' },
} satisfies Record<string, Text | Text<(slot: number) => string>>;

export const ROLES = {
  user: { ja: '利用者', en: 'User' },
  administrator: { ja: '管理者', en: 'Administrator' },
} satisfies Record<'user' | 'administrator', Text>;

/** How a member’s certificate stands, in a few words. */
export const STANDINGS = {
  none: { ja: '電子証明書なし', en: 'no certificate' },
  offered: { ja: '取得待ち', en: 'to be acquired' },
  unproven: { ja: '確認待ち', en: 'to be confirmed' },
  current: { ja: '利用中', en: 'in use' },
  ending: { ja: 'まもなく期限', en: 'ends soon' },
  expired: { ja: '期限切れ', en: 'expired' },
  suspended: { ja: '利用停止中', en: 'suspended' },
} satisfies Record<string, Text>;

const MARKS = {
  locked: { ja: '暗証番号ロック中', en: 'PIN locked' },
  stopped: { ja: '利用者停止中', en: 'stopped' },
  frozen: { ja: '権限の確認待ち', en: 'rights to be confirmed' },
} satisfies Record<string, Text>;

/** The marks of a person, beside how their certificates stand. */
export function marksOf(
  person: Pick<Person, 'isLocked' | 'isStopped' | 'isFrozen'>,
): readonly Text[] {
  return [
    ...(person.isLocked ? [MARKS.locked] : []),
    ...(person.isStopped ? [MARKS.stopped] : []),
    ...(person.isFrozen ? [MARKS.frozen] : []),
  ];
}

export const UNTIL_ACQUIRED = {
  ja: (at: Date) => `取得コードの期限は${dateAndTime(at, 'ja')}です。`,
  en: (at: Date) => `The acquisition code serves until ${dateAndTime(at, 'en')} (Japan time).`,
} satisfies Text<(at: Date) => string>;

/** Of a user who is called otherwise. */
export const MEMBER_NAMES = {
  name: { ja: '名前', en: 'Name' },
  kana: { ja: 'カナ (任意)', en: 'Reading in kana (optional)' },
  kanaHint: {
    ja: 'ひらがなやカタカナで入力します。分からないときは、空欄のままでかまいません。',
    en: 'In hiragana or katakana. Leave it empty where it is not known.',
  },
  invalid: {
    ja: '名前は200文字まで、カナはひらがなかカタカナで入力してください。',
    en: 'A name has up to 200 characters; a reading is in hiragana or katakana.',
  },
} satisfies Record<string, Text>;

export const REGISTER = {
  title: { ja: '利用者の登録', en: 'Register a user' },
  userId: { ja: '利用者ID', en: 'User ID' },
  userIdHint: { ja: '半角英数字1〜30文字', en: '1 to 30 letters and digits' },
  name: { ja: 'お名前', en: 'Name' },
  mail: { ja: 'メールアドレス (任意)', en: 'Mail address (optional)' },
  mailHint: {
    ja: '有効期限が近づいたとき、電子証明書に変更があったときに、お知らせします。',
    en: 'To be told when the certificate ends soon, and of every change of it.',
  },
  button: { ja: '登録する', en: 'Register' },
  invalid: {
    ja: '利用者IDは半角英数字1〜30文字で、まだ登録されていないものにしてください。お名前も入力してください。メールアドレスは、空欄でもかまいません。取得コードをメールで送るときは、入力してください。',
    en: 'The user ID has 1 to 30 letters and digits and must not be taken. Enter a name as well. The mail address may be left out, unless the code is mailed.',
  },
  done: { ja: '利用者を登録しました', en: 'The user has been registered' },
} satisfies Record<string, Text>;

export const HAND_OVER = {
  lead: {
    ja: '次の通知書を、別々の方法でご本人に渡してください。この画面は、もう一度表示できません。',
    en: 'Give these to the user by two different ways. This page cannot be shown again.',
  },
  one: {
    ja: '次の通知書を、ご本人に渡してください。この画面は、もう一度表示できません。',
    en: 'Give this to the user. This page cannot be shown again.',
  },
  toPerson: { ja: 'この方の画面へ', en: 'To their page' },
  codeMailed: {
    ja: '取得コードは、ご本人にメールで送ります。送られたかどうかは、この方の画面で確かめられます。',
    en: 'The acquisition code is mailed to the user. Their page says whether it was sent.',
  },
  print: {
    ja: 'ブラウザーの印刷で、1枚ずつの紙に印刷できます。',
    en: 'Print this page: each comes on a sheet of its own.',
  },
  idSheet: { ja: '利用者ID通知書', en: 'User ID sheet' },
  codeSheet: { ja: '取得コード通知書', en: 'Acquisition code sheet' },
  firstPin: { ja: '初回暗証番号', en: 'First PIN' },
  code: { ja: '取得コード', en: 'Acquisition code' },
  until: { ja: '取得の期限', en: 'Use it' },
  how: {
    ja: '金融機関のトップページの「電子証明書の取得」に進み、入力してください。',
    en: 'On the bank’s top page choose “Get a certificate” and enter it there.',
  },
  pinHow: {
    ja: 'ログインのときに入力し、続けてご自分の利用者暗証番号を決めてください。',
    en: 'Enter it at the next login, and then choose a PIN of your own.',
  },
  caution: {
    ja: '電話やメールで、この内容をおたずねすることはありません。',
    en: 'We never ask you for this by telephone or mail.',
  },
} satisfies Record<string, Text>;

/** The header line of the list that is saved. */
export const MEMBER_LIST = {
  columns: {
    ja: [
      '利用者ID',
      'お名前',
      '区分',
      '枠',
      '電子証明書の状態',
      '有効期限',
      '最後のログイン',
      '注意',
      'メール',
    ],
    en: [
      'User ID',
      'Name',
      'Role',
      'Place',
      'Certificate',
      'Valid until',
      'Last login',
      'Note',
      'Mail',
    ],
  },
} satisfies Record<string, Texts>;
