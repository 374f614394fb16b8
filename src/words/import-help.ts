// Words of the page that shows how a certificate's file is imported. The steps themselves are those of the guides; what
// stands inside the drawings are the names that must be found on the screen.
import type { System } from './import-guides.ts';
import type { Text, Texts } from './language.ts';

export const IMPORT_HELP = {
  title: { ja: '電子証明書ファイルの取り込みかた', en: 'How to import the certificate’s file' },
  lead: {
    ja: '保存した電子証明書ファイルを、お使いのパソコンまたはブラウザーに取り込みます。お使いの組み合わせの図をご覧ください。',
    en: 'Import the saved file on your PC or in your browser. Look for the drawings of what you use.',
  },
  drawn: {
    ja: '図は、おおよその見た目です。言葉や並びは、パソコンやブラウザーの版によって異なります。図の数字は、手順の番号です。',
    en: 'The drawings show roughly what appears. Words and order differ with the version. The numbers in them are those of the steps.',
  },
  password: {
    ja: '途中で入力するパスワードは、取得または更新の画面に表示された、ファイルのパスワードです。利用者暗証番号ではありません。',
    en: 'The password that you enter on the way is the file’s, which the page showed when you got or renewed the certificate. It is not your PIN.',
  },
  after: {
    ja: '取り込みが終わったら、ログインして確認し、保存したファイルを削除してください。',
    en: 'When it has been imported, log in to confirm it, and delete the saved file.',
  },
  contents: { ja: 'このページの内容', en: 'On this page' },
  link: { ja: '取り込みかたを図で見る', en: 'See drawings of how to import it' },
  newTab: { ja: '(新しいタブで開きます)', en: '(opens in a new tab)' },
} satisfies Record<string, Text>;

/** What the drawings of a system show, for those who do not see them. */
export const IMPORT_DRAWINGS = {
  windows: {
    ja: '五つの窓の図です。順に、保存したファイル、保存場所を選ぶ窓、パスワードを入力する窓、証明書ストアを自動で選ぶ窓、取り込みの終わりを知らせる窓です。',
    en: 'Drawing of five windows: the saved file, the choice of the store location, the password, the certificate store that is chosen automatically, and the word that it is done.',
  },
  macos: {
    ja: '四つの窓の図です。順に、保存したファイル、追加先のキーチェーンを選ぶ窓、ファイルのパスワードを入力する窓、鍵の使用を許可する窓です。',
    en: 'Drawing of four windows: the saved file, the choice of the keychain, the file’s password, and the permission to use the key.',
  },
  firefox: {
    ja: '三つの窓の図です。一つ目は設定の画面、二つ目は証明書マネージャー、三つ目はファイルのパスワードを入力する窓です。',
    en: 'Drawing of three windows: the settings, the certificate manager, and the file’s password.',
  },
  linux: {
    ja: '三つの窓の図です。一つ目は設定の画面、二つ目は証明書の管理の画面、三つ目はファイルのパスワードを入力する窓です。',
    en: 'Drawing of three windows: the settings, the management of certificates, and the file’s password.',
  },
} satisfies Record<System, Text>;

/** What stands in the drawings. */
export const DRAWN_IMPORT = {
  downloads: { ja: 'ダウンロード', en: 'Downloads' },
  wizard: { ja: '証明書のインポート ウィザード', en: 'Certificate Import Wizard' },
  location: { ja: '保存場所', en: 'Store location' },
  currentUser: { ja: '現在のユーザー', en: 'Current User' },
  localMachine: { ja: 'ローカル コンピューター', en: 'Local Machine' },
  password: { ja: 'パスワード', en: 'Password' },
  automatic: {
    ja: '証明書ストアを自動的に選択する',
    en: 'Select the certificate store automatically',
  },
  byHand: { ja: '証明書ストアを指定する', en: 'Choose the certificate store' },
  success: { ja: '正しくインポートされました。', en: 'The import was successful.' },
  keychainAccess: { ja: 'キーチェーンアクセス', en: 'Keychain Access' },
  keychain: { ja: '追加先のキーチェーン', en: 'Keychain' },
  login: { ja: 'ログイン', en: 'login' },
  system: { ja: 'システム', en: 'System' },
  filePassword: { ja: 'ファイルのパスワード', en: 'Password of the file' },
  mayUse: { ja: '鍵の使用を許可しますか', en: 'Allow use of the key?' },
  macPassword: { ja: 'Macのパスワード', en: 'Your Mac’s password' },
  settings: { ja: '設定', en: 'Settings' },
  privacy: { ja: 'プライバシーとセキュリティ', en: 'Privacy & Security' },
  security: { ja: 'セキュリティ', en: 'Security' },
  manage: { ja: '証明書を管理', en: 'Manage certificates' },
  manager: { ja: '証明書マネージャー', en: 'Certificate Manager' },
  yours: { ja: 'あなたの証明書', en: 'Your Certificates' },
  others: { ja: '認証局証明書', en: 'Authorities' },
  clients: { ja: 'お客様の証明書', en: 'Your certificates' },
  import: { ja: 'インポート', en: 'Import' },
  add: { ja: '追加', en: 'Add' },
  allow: { ja: '常に許可', en: 'Always Allow' },
  deny: { ja: '拒否', en: 'Deny' },
  next: { ja: '次へ', en: 'Next' },
  finish: { ja: '完了', en: 'Finish' },
  ok: { ja: 'OK', en: 'OK' },
  cancel: { ja: 'キャンセル', en: 'Cancel' },
} satisfies Record<string, Text>;

/** Something else appears than was expected. */
export type ImportTrouble = {
  readonly anchor: string;
  readonly title: Text;
  readonly paragraphs: Texts;
};

export const IMPORT_TROUBLES: readonly ImportTrouble[] = [
  {
    anchor: 'password',
    title: { ja: '「パスワードが違う」と表示されるとき', en: 'The password is said to be wrong' },
    paragraphs: {
      ja: [
        'ファイルのパスワードは、「-」も含めて、画面に表示されたとおりに入力してください。大文字と小文字は区別されます。コピーして貼り付けると確実です。',
        '正しく入力しても同じ表示が出るときは、ファイルの形式がパソコンに合っていないことがあります。取得または更新の画面で、もう一つの形式を保存してください。Macのキーチェーンアクセスと、古いWindowsは、互換形式だけを取り込めます。',
        'パスワードがわからなくなったときは、更新の途中のときは「取得し直す」を、取得のときは同じ取得コードで、はじめからやり直してください。',
      ],
      en: [
        'Enter the file’s password exactly as the page showed it, with the hyphens; capital and small letters differ. Copying it is safest.',
        'If it is still said to be wrong, the file may be of the other format. Save the other one from the page. Keychain Access on a Mac and old versions of Windows read the compatible format alone.',
        'If you no longer have the password: in a renewal get the certificate again; when you acquire one, begin again with the same code.',
      ],
    },
  },
  {
    anchor: 'not-listed',
    title: {
      ja: '取り込んだのに、選択画面に表示されないとき',
      en: 'It was imported, but is not listed',
    },
    paragraphs: {
      ja: [
        'Firefoxは、Firefoxに取り込んだ電子証明書だけを表示します。Edge、Chrome、Safariは、パソコンに取り込んだ電子証明書だけを表示します。ログインするブラウザーに合わせて取り込んでください。',
        '取り込んだときと同じ、パソコンのアカウントでお使いください。',
        'ログインに進み直すと、選択画面が改めて表示されます。それでも表示されないときは、ブラウザーの画面をすべて閉じてから、お試しください。',
      ],
      en: [
        'Firefox lists only what was imported in Firefox; Edge, Chrome and Safari only what was imported on the PC. Import it for the browser with which you log in.',
        'Use the same account of the PC with which it was imported.',
        'Go to the login again and the list appears anew. If it still does not, close all browser windows and try again.',
      ],
    },
  },
  {
    anchor: 'other-questions',
    title: { ja: '図にない確認が表示されるとき', en: 'Something else is asked' },
    paragraphs: {
      ja: [
        '「秘密キーの保護を強力にする」は、選ばなくてもかまいません。選ぶと、お使いのたびに、Windowsの確認が表示されます。',
        'ルート証明書のインストールを確認する画面が出たときは、「いいえ」を押してください。この電子証明書には必要ありません。',
        '会社の設定により取り込みが禁止されているときは、パソコンを管理している方へご相談ください。',
      ],
      en: [
        '“Enable strong private key protection” need not be chosen. If it is, Windows asks each time you use the certificate.',
        'If you are asked whether to install a root certificate, press No: this certificate needs none.',
        'If your company forbids importing, ask whoever looks after the PC.',
      ],
    },
  },
];
