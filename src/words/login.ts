// Words of the way in and out: top page, login methods, PIN, logged off, help.
import type { Text, Texts } from './language.ts';

export const TOP = {
  lead: {
    ja: '電子証明書と利用者暗証番号でログインします。',
    en: 'Log in with your certificate and your PIN.',
  },
  logIn: { ja: '利用者ログイン', en: 'User login' },
  acquire: { ja: '電子証明書の取得', en: 'Get a certificate' },
  acquireWhy: {
    ja: '取得コードをお持ちの方 (はじめての方、期限が切れた方、再発行の方)',
    en: 'If you have an acquisition code: new users, after an expiry, or for a reissue',
  },
  troubles: { ja: 'お困りのとき', en: 'If you have trouble' },
  expired: {
    ja: '電子証明書の有効期限が切れたとき',
    en: 'Your certificate has expired',
  },
  notAsked: {
    ja: '証明書の選択画面が表示されないとき',
    en: 'You are not asked for a certificate',
  },
  which: {
    ja: '選ぶ電子証明書がわからないとき',
    en: 'You do not know which certificate to choose',
  },
  forgotPin: { ja: '利用者暗証番号を忘れたとき', en: 'You have forgotten your PIN' },
  allHelp: { ja: 'お困りのときの手引き', en: 'Help with login' },
  caution: { ja: '不審な電話やメールにご注意ください', en: 'Beware of fraudulent calls and mails' },
  cautionBody: {
    ja: '電子証明書の更新を、電話でお願いすることはありません。また、利用者暗証番号をおたずねすることはありません。',
    en: 'We never telephone you about renewing a certificate, and we never ask you for your PIN.',
  },
} satisfies Record<string, Text>;

export const NOT_ARRIVED = {
  question: {
    ja: '先ほど、電子証明書を選んでも、画面が開きませんでしたか。',
    en: 'Did no page open after you chose your certificate just now?',
  },
  help: { ja: '画面が開かないときの手引き', en: 'What to do when no page opens' },
} satisfies Record<string, Text>;

export const METHODS = {
  title: { ja: '利用者ログイン', en: 'User login' },
  method: { ja: '電子証明書方式 利用者ログイン', en: 'User login with certificate' },
  steps: { ja: 'ログインの流れ', en: 'How login works' },
  fileSteps: { ja: '電子証明書方式のログインの流れ', en: 'How login with a certificate works' },
  which: {
    ja: '電子証明書の鍵をこの端末に保管している方は、「パスキー方式 利用者ログイン」を押してください。',
    en: 'If the key of your certificate is kept in this device, use the login with passkey.',
  },
  nameTitle: { ja: '電子証明書の名前の見かた', en: 'How to read a certificate’s name' },
  nameNote: {
    ja: '似た名前が二つあるときは、年月が遅いほうが新しい電子証明書です。新しいほうを選んでください。',
    en: 'If two names look alike, the one with the later month is the new certificate. Choose that one.',
  },
  notAskedTitle: { ja: '証明書の選択画面が表示されないとき', en: 'If you are not asked' },
  notAsked: {
    ja: 'このパソコンの電子証明書が一つだけのときなど、選択画面が表示されずに次の画面へ進むことがあります。次の画面に表示される利用者番号と利用者IDをお確かめください。',
    en: 'Your browser may go on without asking, for example when this PC holds only one certificate. Check the contract ID and user ID shown on the next page.',
  },
  help: { ja: 'お困りのときの手引き', en: 'Help with login' },
} satisfies Record<string, Text>;

export const METHOD_STEPS = {
  ja: [
    'ブラウザーが、証明書の選択画面を表示します。',
    'ご自分の利用者番号と利用者IDで始まる電子証明書を選び、「OK」を押してください。',
    '利用者暗証番号を入力し、「ログイン」を押してください。',
  ],
  en: [
    'Your browser asks which certificate to use.',
    'Choose the certificate whose name begins with your contract ID and user ID, and press OK.',
    'Enter your PIN and press Log in.',
  ],
} satisfies Texts;

export const PIN = {
  title: { ja: '利用者暗証番号の入力', en: 'Enter your PIN' },
  shown: { ja: '選択された電子証明書', en: 'Certificate you chose' },
  unproven: {
    ja: 'この電子証明書は、まだ確認が済んでいません。ログインすると、確認が完了します。',
    en: 'This certificate has not been confirmed yet. Logging in confirms it.',
  },
  field: { ja: '利用者暗証番号', en: 'PIN' },
  hint: {
    ja: '半角6〜12文字。英字の大文字と小文字は区別されます。',
    en: '6 to 12 characters. Capital and small letters differ.',
  },
  logIn: { ja: 'ログイン', en: 'Log in' },
  chooseAnother: { ja: '別の電子証明書を選ぶ', en: 'Choose another certificate' },
  chooseAnotherWhy: {
    ja: 'ご自分の電子証明書ではないとき',
    en: 'If this is not yours:',
  },
  forgot: { ja: '利用者暗証番号を忘れたとき', en: 'If you have forgotten your PIN' },
  errorTitle: { ja: 'ログインできませんでした', en: 'You could not be logged in' },
  invalid: {
    ja: '利用者暗証番号を、半角6〜12文字で入力してください。',
    en: 'Enter your PIN, 6 to 12 characters.',
  },
} satisfies Record<string, Text>;

/** Said of a wrong PIN; each sentence stays together where a line ends. */
export const WRONG_PIN = {
  ja: ['利用者暗証番号が正しくありません。', 'もう一度入力してください。'],
  en: ['The PIN is not right.', 'Please enter it again.'],
} satisfies Texts;

/** Said with a wrong PIN once few attempts are left. */
export const ATTEMPTS_LEFT = {
  ja: (left: number) => `あと${left}回誤ると、ログインできなくなります。`,
  en: (left: number) =>
    left === 1
      ? 'After one more wrong entry you will be locked out.'
      : `After ${left} more wrong entries you will be locked out.`,
} satisfies Text<(left: number) => string>;

export const LOGGED_OFF = {
  title: { ja: 'ログオフしました', en: 'You have logged off' },
  lead: {
    ja: 'ご利用ありがとうございました。',
    en: 'Thank you for using our service.',
  },
  stay: {
    ja: 'ブラウザーを閉じる必要はありません。別の利用者の方も、続けてログインできます。ログインのときに、もう一度、電子証明書またはパスキーで確認していただきます。',
    en: 'You do not need to close your browser. Another user can log in right away; a certificate or passkey is asked for again.',
  },
  again: { ja: '利用者ログイン', en: 'User login' },
} satisfies Record<string, Text>;
