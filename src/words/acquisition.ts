// Words of acquiring a certificate: who you are, the new PIN, the key, and the first login that confirms it.
import type { AcquisitionKind } from '../banking/acquisition.ts';
import type { Text, Texts } from './language.ts';

export const ACQUIRE = {
  title: { ja: '電子証明書の取得', en: 'Get a certificate' },
  lead: {
    ja: '管理者の方から受け取った、利用者ID通知書と取得コード通知書 (またはメールで届いた取得コード) をご用意ください。',
    en: 'Have at hand what you were given: the sheet with your user ID, and the acquisition code on its sheet or in a mail.',
  },
  contractHint: { ja: '半角数字11桁', en: '11 digits' },
  userHint: {
    ja: '半角英数字。英字の大文字と小文字は区別されます。',
    en: 'Letters and digits. Capital and small letters differ.',
  },
  pin: { ja: '利用者暗証番号', en: 'PIN' },
  pinHint: {
    ja: 'はじめての方は、利用者ID通知書の初回暗証番号。期限が切れた方や再発行の方は、今お使いの利用者暗証番号。',
    en: 'If you are new: the first PIN on the user ID sheet. After an expiry or a reissue: your own PIN.',
  },
  code: { ja: '取得コード', en: 'Acquisition code' },
  codeHint: {
    ja: '取得コード通知書またはメールの8文字。「-」は入力しなくてもかまいません。',
    en: 'The eight characters on the acquisition code sheet or in the mail, with or without the hyphen.',
  },
  flow: { ja: '取得の流れ', en: 'How it works' },
  next: { ja: '次へ', en: 'Next' },
  noCode: { ja: '取得コードがないとき', en: 'If you have no acquisition code' },
  noCodeBody: {
    ja: 'ご契約先の管理者の方に、取得コードの発行をご依頼ください。管理者の方ご自身のときは、お問い合わせ窓口へご連絡ください。',
    en: 'Ask your company’s administrator for one. If you are the administrator, please contact us.',
  },
  errorTitle: { ja: '先へ進めませんでした', en: 'You could not go on' },
  who: { ja: '取得する方', en: 'For whom' },
  name: { ja: 'お名前', en: 'Name' },
  case: { ja: '取得の区分', en: 'Kind' },
  freezes: {
    ja: '安全のため、新しい電子証明書を使い始めると、権限の一部が止まります。再発行を行った方とは別の管理者の方が確認すると、元に戻ります。',
    en: 'For safety some of your rights are held back once the new certificate is in use, until an administrator other than the one who made the reissue confirms them.',
  },
  until: { ja: '取得の期限', en: 'Use it' },
  newEnds: { ja: '新しい電子証明書の有効期限', en: 'The new certificate is valid' },
  ownPin: { ja: '新しい利用者暗証番号', en: 'Your own PIN' },
  rulesBroken: {
    ja: '利用者暗証番号が、上の決まりに合っていません。',
    en: 'The PIN does not keep all of the rules above.',
  },
  again: { ja: '新しい利用者暗証番号 (もう一度)', en: 'Your own PIN once more' },
  notAlike: {
    ja: '二つの利用者暗証番号が同じではありません。もう一度入力してください。',
    en: 'The two PINs are not the same. Please enter it again.',
  },
  get: { ja: '取得', en: 'Get certificate' },
  replaces: {
    ja: '前に取得した電子証明書は、まだ確認が済んでいません。ここで取得すると、前のものは使えなくなります。',
    en: 'The certificate you got before has not been confirmed. If you get another, that one can no longer be used.',
  },
  needsScript: {
    ja: '取得には、ブラウザーのJavaScriptが必要です。設定で有効にしてから、はじめからやり直してください。',
    en: 'This needs JavaScript. Turn it on in your browser’s settings and start again.',
  },
  where: { ja: '電子証明書の鍵の保管場所', en: 'Where the key is kept' },
  onDeviceNote: {
    ja: 'ファイルの保存も取り込みも要りません。端末の確認画面 (Windows セキュリティ、Touch IDなど) が表示されます。',
    en: 'Nothing has to be saved or imported. Your device asks you to confirm (Windows Security, Touch ID or the like).',
  },
  failed: { ja: '電子証明書を取得できませんでした', en: 'You could not get the certificate' },
  failedSafe: {
    ja: '取得コードは、確認が済むまで、もう一度お使いいただけます。',
    en: 'Your acquisition code serves again until a certificate has been confirmed.',
  },
  reopen: { ja: 'はじめからやり直す', en: 'Start again' },
  confirm: { ja: 'ログインして確認する', en: 'Log in to confirm it' },
  confirmWhy: {
    ja: '取り込みが終わったら、「ログインして確認」を押してください。ブラウザーが選択画面を表示したら、次の電子証明書を選び、利用者暗証番号でログインすると、完了です。',
    en: 'When you have imported the file, press Log in to confirm. When your browser asks, choose this certificate and enter your PIN; then you are done.',
  },
  confirmButton: { ja: 'ログインして確認', en: 'Log in to confirm' },
  deviceDone: { ja: '電子証明書を発行しました', en: 'Your certificate has been issued' },
  deviceDoneBody: {
    ja: '最後に、パスキーと利用者暗証番号で一度ログインすると、完了です。',
    en: 'Finally, log in once with the passkey and your PIN; then you are done.',
  },
} satisfies Record<string, Text>;

/** Said only to who has given IDs, code and PIN. */
export const ACQUIRE_CASES = {
  first: {
    name: { ja: 'はじめての取得', en: 'First certificate' },
    follows: {
      ja: '取得の期限までに取得し、一度ログインしてください。過ぎたときは、管理者の方に、新しい取得コードをご依頼ください。',
      en: 'Get it and log in once before the time given above. After that, ask your administrator for a new code.',
    },
  },
  expired: {
    name: { ja: '有効期限が切れたあとの取得', en: 'After your certificate expired' },
    follows: {
      ja: '取得の期限を過ぎると、再発行のお手続きになります。新しい電子証明書でログインすると、期限が切れた電子証明書は使い終わりになります。',
      en: 'After the time given above it counts as a reissue. Once you log in with the new certificate, the expired one is done with.',
    },
  },
  reissue: {
    name: { ja: '再発行', en: 'Reissue' },
    follows: {
      ja: '新しい電子証明書でログインすると、前の電子証明書は使えなくなり、元に戻すことはできません。',
      en: 'Once you log in with the new certificate, the old one can never be used again.',
    },
  },
} satisfies Record<AcquisitionKind, { readonly name: Text; readonly follows: Text }>;

export const ACQUIRE_FLOW = {
  ja: [
    '受け取った内容を入力します。',
    'はじめての方は、ご自分の利用者暗証番号を決めます。',
    '「取得」を押し、電子証明書をこのパソコンに取り込みます。',
    '一度ログインすると、完了です。',
  ],
  en: [
    'You enter what you were given.',
    'If you are new, you choose your own PIN.',
    'You press Get certificate and import it on this PC.',
    'You log in once; then you are done.',
  ],
} satisfies Texts;
