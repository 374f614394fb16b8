// Words of the renewal: start, progress, delivery, 確認, completion, and what can go wrong on the way.
import { dateAndTime } from './dates.ts';
import type { Text, Texts } from './language.ts';

export const RENEWAL = {
  title: { ja: '電子証明書の更新', en: 'Certificate renewal' },
  current: { ja: '今の電子証明書', en: 'Your present certificate' },
  newEnds: { ja: '更新後の有効期限', en: 'After renewal, valid' },
  flow: { ja: '更新の流れ', en: 'How renewal works' },
  safe: {
    ja: '完了するまで、今の電子証明書をそのままお使いいただけます。途中でやめても、ログインできなくなることはありません。',
    en: 'Your present certificate works until the renewal is complete. You can stop at any time without being locked out.',
  },
  renew: { ja: '更新', en: 'Renew' },
  needsScript: {
    ja: '更新には、ブラウザーのJavaScriptが必要です。設定で有効にしてから、画面を読み込み直してください。',
    en: 'Renewal needs JavaScript. Turn it on in your browser’s settings and reload this page.',
  },
  backToNotices: { ja: '重要なお知らせへ', en: 'Important notices' },
} satisfies Record<string, Text>;

export const RENEWAL_FLOW = {
  ja: [
    '新しい電子証明書のファイルを、このパソコンに保存します。',
    '保存したファイルを、パソコンに取り込みます。',
    '「確認」を押して、新しい電子証明書を一度お使いいただくと、完了です。',
  ],
  en: [
    'You save the file of the new certificate on this PC.',
    'You import that file.',
    'You press Confirm and use the new certificate once; then the renewal is complete.',
  ],
} satisfies Texts;

export const AGAIN = {
  title: { ja: '電子証明書を取得し直す', en: 'Get another certificate' },
  explanation: {
    ja: '前に発行した電子証明書のファイルを保存していないときや、取り込めないときは、新しい電子証明書を取得し直せます。',
    en: 'If you did not save the file of the certificate issued before, or cannot import it, you can get another one.',
  },
  consequence: {
    ja: '取得し直すと、次の電子証明書は使えなくなります。ファイルが残っているときは、削除してください。',
    en: 'The certificate below can then no longer be used. If you still have its file, delete it.',
  },
  replaced: { ja: '使えなくなる電子証明書', en: 'Certificate that will be replaced' },
  button: { ja: '取得し直す', en: 'Get another' },
} satisfies Record<string, Text>;

export const PROGRESS = {
  title: { ja: '新しい電子証明書を準備しています', en: 'Preparing your new certificate' },
  wait: {
    ja: 'パソコンによっては、1分ほどかかります。この画面を閉じずに、お待ちください。',
    en: 'On some PCs this takes about a minute. Please keep this page open.',
  },
  issuing: { ja: '電子証明書を発行しています', en: 'Issuing the certificate' },
  issued: { ja: '電子証明書を発行しました', en: 'The certificate has been issued' },
  packing: { ja: 'ファイルを準備しています', en: 'Preparing the file' },
  packed: { ja: 'ファイルを準備しました', en: 'The file is ready' },
} satisfies Record<string, Text>;

/** Around the seconds since the button was pressed. */
export const ELAPSED = {
  before: { ja: '経過時間 ', en: '' },
  after: { ja: '秒', en: ' seconds so far' },
} satisfies Record<string, Text>;

export const KEY_MAKING = {
  ja: (key: string) => `新しい${key}を作成しています`,
  en: (key: string) => `Making a new ${key}`,
} satisfies Text<(key: string) => string>;

export const KEY_MADE = {
  ja: (key: string) => `新しい${key}を作成しました`,
  en: (key: string) => `A new ${key} has been made`,
} satisfies Text<(key: string) => string>;

export const RSA_KEY = {
  ja: (bits: number) => `RSA鍵(${bits}ビット)`,
  en: (bits: number) => `RSA key (${bits} bits)`,
} satisfies Text<(bits: number) => string>;

export const EC_KEY = {
  ja: (curve: string) => `楕円曲線鍵(${curve})`,
  en: (curve: string) => `elliptic-curve key (${curve})`,
} satisfies Text<(curve: string) => string>;

export const FAILED = {
  title: { ja: '更新を続けられませんでした', en: 'The renewal could not go on' },
  safe: {
    ja: '今の電子証明書は、そのままお使いいただけます。',
    en: 'You can go on using your present certificate.',
  },
  browser: {
    ja: 'お使いのブラウザーでは、鍵を作成できませんでした。最新のEdge、Chrome、Firefox、Safariのいずれかでお試しください。',
    en: 'Your browser could not make a key. Please use a current Edge, Chrome, Firefox or Safari.',
  },
  connection: {
    ja: '通信が途中で切れました。接続をご確認のうえ、「もう一度試す」を押してください。',
    en: 'The connection was lost. Check it and press Try again.',
  },
  refused: {
    ja: '電子証明書を発行できませんでした。更新の画面を開き直してください。',
    en: 'The certificate could not be issued. Please open the renewal page again.',
  },
  retry: { ja: 'もう一度試す', en: 'Try again' },
  reopen: { ja: '更新の画面を開き直す', en: 'Open the renewal page again' },
} satisfies Record<string, Text>;

export const DELIVERY = {
  title: { ja: '新しい電子証明書を発行しました', en: 'Your new certificate has been issued' },
  stay: {
    ja: '確認が終わるまで、この画面を閉じないでください。ファイルとパスワードは、もう一度表示できません。',
    en: 'Keep this page open until you have confirmed. The file and its password cannot be shown again.',
  },
  save: { ja: 'ファイルを保存する', en: 'Save the file' },
  download: { ja: 'ファイルを保存', en: 'Save file' },
  downloadCompatible: { ja: 'ファイルを保存 (互換形式)', en: 'Save file (compatible)' },
  downloadStandard: { ja: 'ファイルを保存 (標準形式)', en: 'Save file (standard)' },
  otherFormat: {
    ja: 'このファイルを取り込めないとき',
    en: 'If this file cannot be imported',
  },
  whenCompatible: {
    ja: 'Macのキーチェーンと、Windows Server 2016には、互換形式が必要です。古い方式で保護するため、ほかのパソコンでは標準形式をお使いください。パスワードは同じです。',
    en: 'The Mac’s keychain and Windows Server 2016 need the compatible file. Its protection is of an older kind, so use the standard file elsewhere. The password is the same.',
  },
  whenStandard: {
    ja: 'MacのキーチェーンとWindows Server 2016のほかでは、より強く保護された標準形式をお使いください。パスワードは同じです。',
    en: 'Except for the Mac’s keychain and Windows Server 2016, use the standard file, which is better protected. The password is the same.',
  },
  password: { ja: 'ファイルのパスワードを控える', en: 'Keep the file’s password' },
  passwordUse: {
    ja: 'ファイルを取り込むときに入力します。利用者暗証番号とは別のものです。',
    en: 'You need it to import the file. It is not your PIN.',
  },
  passwordLabel: { ja: 'ファイルのパスワード', en: 'Password of the file' },
  copy: { ja: 'コピー', en: 'Copy' },
  copied: { ja: 'コピーしました', en: 'Copied' },
  import: { ja: 'パソコンに取り込む', en: 'Import the file' },
  otherSystems: { ja: 'ほかのパソコンやブラウザーのとき', en: 'Other PCs and browsers' },
  confirm: { ja: '新しい電子証明書を確認する', en: 'Confirm the new certificate' },
} satisfies Record<string, Text>;

export const PROOF = {
  explanation: {
    ja: '取り込みが終わったら、「確認」を押してください。ブラウザーが選択画面を表示したら、次の電子証明書を選んでください。',
    en: 'When you have imported the file, press Confirm. When your browser asks, choose this certificate.',
  },
  button: { ja: '確認', en: 'Confirm' },
  newCertificate: { ja: '新しい電子証明書', en: 'Your new certificate' },
} satisfies Record<string, Text>;

export const PENDING = {
  lead: {
    ja: '新しい電子証明書は発行済みです。確認が、まだ済んでいません。',
    en: 'Your new certificate has been issued. It has not been confirmed yet.',
  },
  imported: { ja: 'パソコンに取り込んだとき', en: 'If you have imported it' },
  notImported: {
    ja: 'ファイルを保存していないとき、取り込めないとき',
    en: 'If you did not save the file or cannot import it',
  },
  notImportedBody: {
    ja: 'ファイルとパスワードは、もう一度表示できません。新しい電子証明書を取得し直してください。',
    en: 'The file and its password cannot be shown again. Please get another certificate.',
  },
} satisfies Record<string, Text>;

export const COMPLETED = {
  title: {
    ja: '電子証明書のインストールが完了しました',
    en: 'Your new certificate is installed',
  },
  lead: {
    ja: '新しい電子証明書に切り替わりました。次のログインから、こちらをお選びください。',
    en: 'It has taken the place of the old one. Choose it from the next login on.',
  },
  cleanUp: { ja: '最後に、次のことをお願いします', en: 'Finally, please do this' },
  close: { ja: 'このウィンドウを閉じる', en: 'Close this window' },
} satisfies Record<string, Text>;

export const CLEAN_UP = [
  {
    ja: '保存した電子証明書のファイルを、パソコンから削除してください。ごみ箱も空にしてください。',
    en: 'Delete the file you saved, and empty the recycle bin.',
  },
  {
    ja: '控えたファイルのパスワードは、破棄してください。',
    en: 'Destroy any note of the file’s password.',
  },
  {
    ja: '前の電子証明書は、もうお使いいただけません。選択画面に残っていても、選ばないでください。',
    en: 'The old certificate can no longer be used. Do not choose it, even if your browser still lists it.',
  },
] as const satisfies readonly Text[];

export const OUTSIDE_WINDOW = {
  title: {
    ja: '今は、更新できる期間ではありません',
    en: 'Your certificate cannot be renewed now',
  },
  opens: { ja: '更新の受け付け開始', en: 'Renewal opens' },
  openNote: {
    ja: '受け付けが始まると、重要なお知らせでお伝えします。今の電子証明書は、そのままお使いいただけます。',
    en: 'We will tell you by an important notice. Until then your certificate works as before.',
  },
  closed: {
    ja: '更新の受け付けは終わりました。ご契約先の管理者の方に、電子証明書の再発行をご依頼ください。',
    en: 'The time for renewal is over. Ask your company’s administrator for a reissue.',
  },
} satisfies Record<string, Text>;

/** The moment from which renewal is possible. */
export const OPENS_AT = {
  ja: (at: Date) => `${dateAndTime(at, 'ja')}から`,
  en: (at: Date) => `${dateAndTime(at, 'en')} (Japan time)`,
} satisfies Text<(at: Date) => string>;

export const PROOF_FAILED = {
  kicker: { ja: '確認が済んでいません', en: 'Not confirmed yet' },
  retry: { ja: 'もう一度確認する', en: 'Confirm again' },
  back: { ja: '更新の画面へ戻る', en: 'Back to the renewal page' },
  safe: {
    ja: '新しい電子証明書は、なくなっていません。前の電子証明書も、そのままお使いいただけます。',
    en: 'The new certificate is not lost, and the old one still works.',
  },
  howToImport: { ja: '取り込みの手順', en: 'How to import the file' },
} satisfies Record<string, Text>;

export const PROOF_FAILURES = {
  'old-shown': {
    title: { ja: '前の電子証明書が選ばれました', en: 'The old certificate was chosen' },
    reason: {
      ja: 'もう一度確認に進み、年月が遅いほうの電子証明書を選んでください。選択画面にないときは、ファイルをパソコンに取り込んでください。',
      en: 'Confirm again and choose the certificate with the later month. If it is not in the list, import the file first.',
    },
  },
  'none-shown': {
    title: { ja: '新しい電子証明書が届きませんでした', en: 'The new certificate was not received' },
    reason: {
      ja: 'ファイルをパソコンに取り込んでから、もう一度確認に進んでください。保存しただけでは、お使いいただけません。',
      en: 'Import the file and then confirm again. Saving it is not enough.',
    },
  },
  'other-shown': {
    title: { ja: '別の電子証明書が選ばれました', en: 'Another certificate was chosen' },
    reason: {
      ja: 'もう一度確認に進み、次の新しい電子証明書を選んでください。',
      en: 'Confirm again and choose the new certificate shown below.',
    },
  },
  'already-proved': {
    title: { ja: '確認は済んでいます', en: 'It has been confirmed already' },
    reason: {
      ja: '新しい電子証明書に切り替わっています。もう一度ログインして、新しい電子証明書を選んでください。',
      en: 'The new certificate is in use. Log in again and choose it.',
    },
  },
  'token-invalid': {
    title: { ja: '確認の有効時間が過ぎました', en: 'The time for confirming has passed' },
    reason: {
      ja: '安全のため、確認には時間の限りがあります。更新の画面へ戻り、もう一度確認に進んでください。',
      en: 'For safety, confirming has to be done within a set time. Go back to the renewal page and confirm again.',
    },
  },
} satisfies Record<string, { readonly title: Text; readonly reason: Text }>;
