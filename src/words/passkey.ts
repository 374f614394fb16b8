// Words of login and renewal with the key in the device: the passkey, what the device will ask, and what
// becomes of the old one.
import type { Text, Texts } from './language.ts';

export const PASSKEY_LOGIN = {
  title: { ja: '利用者ログイン', en: 'User login' },
  method: { ja: 'パスキー方式 利用者ログイン', en: 'User login with passkey' },
  forWhom: {
    ja: '電子証明書の鍵を、この端末に保管している方',
    en: 'If the key of your certificate is kept in this device',
  },
  fileForWhom: {
    ja: '電子証明書を、ファイルやカードでお持ちの方',
    en: 'If you have your certificate as a file or on a card',
  },
  needsScript: {
    ja: 'パスキー方式には、ブラウザーのJavaScriptが必要です。電子証明書方式は、このままお使いいただけます。',
    en: 'Login with a passkey needs JavaScript. Login with a certificate works without it.',
  },
  unsupported: {
    ja: 'お使いのブラウザーは、パスキーに対応していません。最新のEdge、Chrome、Firefox、Safariのいずれかでお試しください。',
    en: 'Your browser does not know passkeys. Please use a current Edge, Chrome, Firefox or Safari.',
  },
  cancelled: {
    ja: '端末での確認が完了しませんでした。もう一度「パスキー方式 利用者ログイン」を押してください。',
    en: 'The confirmation on your device was not completed. Please press the button again.',
  },
  connection: {
    ja: '通信が途中で切れました。つながることを確かめて、もう一度お試しください。',
    en: 'The connection was lost. Check it and try again.',
  },
  signedIn: { ja: 'ログインしました', en: 'You are logged in' },
  goOn: { ja: '次へ進む', en: 'Go on' },
} satisfies Record<string, Text>;

export const PASSKEY_STEPS = {
  ja: [
    '端末の確認画面 (Windows セキュリティ、Touch IDなど) が表示されます。',
    'ご自分の利用者番号と利用者IDで始まるパスキーを選び、端末の暗証番号、指紋、顔のいずれかで確認してください。',
    '利用者暗証番号を入力し、「ログイン」を押してください。',
  ],
  en: [
    'Your device asks you to confirm (Windows Security, Touch ID or the like).',
    'Choose the passkey whose name begins with your contract ID and user ID, and confirm by PIN, fingerprint or face.',
    'Enter your PIN and press Log in.',
  ],
} satisfies Texts;

export const DEVICE = {
  otherWay: { ja: '鍵の保管場所を選んで更新する', en: 'Choose where to keep the new key' },
  where: { ja: '新しい電子証明書の鍵の保管場所', en: 'Where the new key is kept' },
  onDevice: { ja: 'この端末に保管する (パスキー)', en: 'In this device (passkey)' },
  onDeviceNote: {
    ja: 'ファイルの保存も取り込みも要りません。端末の確認画面 (Windows セキュリティ、Touch IDなど) が2回表示されます。',
    en: 'Nothing has to be saved or imported. Your device asks you to confirm twice (Windows Security, Touch ID or the like).',
  },
  inFile: { ja: 'ファイルに保管する', en: 'In a file' },
  inFileNote: {
    ja: 'ファイルを保存し、パソコンに取り込みます。',
    en: 'You save a file and import it on your PC.',
  },
  asked: {
    ja: '「更新」を押すと、端末の確認画面 (Windows セキュリティ、Touch IDなど) が2回表示されます。1回目で新しい鍵を作り、2回目で新しい電子証明書を確認します。',
    en: 'When you press Renew, your device asks you to confirm twice (Windows Security, Touch ID or the like): first to make the new key, then to confirm the new certificate.',
  },
  progress: { ja: '新しい電子証明書を準備しています', en: 'Preparing your new certificate' },
  making: {
    ja: '新しい鍵を作ります。端末の確認画面で、確認してください',
    en: 'Making a new key in your device: please confirm there',
  },
  made: { ja: '端末で新しい鍵を作りました', en: 'A new key has been made in your device' },
  issuing: { ja: '電子証明書を発行しています', en: 'Issuing the certificate' },
  issued: { ja: '電子証明書を発行しました', en: 'The certificate has been issued' },
  proving: {
    ja: '新しい電子証明書を確認します。もう一度、端末の確認画面で確認してください',
    en: 'Confirming the new certificate: please confirm on your device once more',
  },
  proved: { ja: '新しい電子証明書を確認しました', en: 'The new certificate has been confirmed' },
  cancelled: {
    ja: '端末での確認が完了しませんでした。',
    en: 'The confirmation on your device was not completed.',
  },
  unsupported: {
    ja: 'お使いのブラウザーまたは端末では、パスキーの作成または使用ができませんでした。',
    en: 'Your browser or device could not make or use a passkey.',
  },
  connection: {
    ja: '通信が途中で切れました。接続をご確認のうえ、更新の画面を開き直してください。',
    en: 'The connection was lost. Check it and open the renewal page again.',
  },
  proofRefused: {
    ja: '新しい電子証明書は発行されましたが、確認ができませんでした。更新の画面を開き直してください。',
    en: 'The new certificate was issued, but could not be confirmed. Please open the renewal page again.',
  },
  proofLost: {
    ja: '通信が途中で切れたため、新しい電子証明書に切り替わったかどうかが分かりません。接続をご確認のうえ、更新の画面を開き直してください。画面が開かないときは、新しいパスキーでログインしてください。',
    en: 'The connection was lost, and it is not known whether the new certificate has taken the place of the old one. Check it and open the renewal page again. If that does not open, log in with the new passkey.',
  },
  proof: {
    ja: '「確認」を押すと、端末の確認画面 (Windows セキュリティ、Touch IDなど) が表示されます。次の名前のパスキーで確認してください。',
    en: 'When you press Confirm, your device asks you to confirm (Windows Security, Touch ID or the like). Use the passkey of this name.',
  },
  proofTitle: { ja: '新しい電子証明書を確認する', en: 'Confirm the new certificate' },
  notMade: {
    ja: 'パスキーが端末に見つからないとき',
    en: 'If your device does not find the passkey',
  },
  notMadeBody: {
    ja: '新しい電子証明書を取得し直してください。前に作ったパスキーは使えなくなります。',
    en: 'Please get another certificate. The passkey made before can then no longer be used.',
  },
} satisfies Record<string, Text>;

export const DEVICE_FLOW = {
  ja: ['端末で新しい鍵を作ります。', '新しい鍵で一度確認すると、完了です。'],
  en: [
    'A new key is made in your device.',
    'You confirm with it once; then the renewal is complete.',
  ],
} satisfies Texts;

export const DEVICE_COMPLETED = {
  lead: {
    ja: '新しい電子証明書に切り替わりました。次のログインから、パスキー方式で、次の名前のパスキーをお選びください。',
    en: 'It has taken the place of the old one. From the next login on, use the passkey of this name.',
  },
  oldPasskey: {
    ja: '前のパスキーは、もうお使いいただけません。選択画面に残っているときは、端末の設定 (Windowsでは「アカウント」の「パスキー」、Macでは「パスワード」) から削除してください。',
    en: 'The old passkey can no longer be used. If your device still lists it, delete it in its settings (Windows: Accounts, Passkeys; Mac: Passwords).',
  },
  oldFile: {
    ja: '前の電子証明書は、もうお使いいただけません。パソコンに取り込んだものと、残っているファイルを削除してください。',
    en: 'The old certificate can no longer be used. Delete it and its file from your PC.',
  },
} satisfies Record<string, Text>;
