// Help for those who cannot log in; the expired certificate comes first, because browsers hide it silently.
import type { Text, Texts } from './language.ts';

/** One trouble and what to do; the anchor is the part of the help page's address after `#`. */
export type HelpTopic = {
  readonly anchor: string;
  readonly title: Text;
  readonly paragraphs: Texts;
};

export const HELP = {
  title: { ja: 'お困りのとき', en: 'Help with login' },
  contents: { ja: 'このページの内容', en: 'On this page' },
  logIn: { ja: '利用者ログイン', en: 'User login' },
} satisfies Record<string, Text>;

const EXPIRED: HelpTopic = {
  anchor: 'expired',
  title: { ja: '電子証明書の有効期限が切れたとき', en: 'Your certificate has expired' },
  paragraphs: {
    ja: [
      '有効期限が切れた電子証明書は、ブラウザーの選択画面に表示されません。',
      'メールアドレスを登録されている方は、期限が切れて間もないときは、ご自分で取得コードを受け取れることがあります。トップページの「電子証明書の取得」から「取得コードをメールで受け取る」に進んでください。',
      'ほかの方は、ご契約先の管理者の方に、取得コードの発行をご依頼ください。取得コードを受け取ったら、トップページの「電子証明書の取得」から、新しい電子証明書を取得できます。',
      '管理者の方ご自身のときは、ほかの管理者の方か、お問い合わせ窓口へご連絡ください。',
    ],
    en: [
      'Browsers do not offer a certificate that has expired.',
      'If your mail address is on record and the end was not long ago, you may be able to get an acquisition code by yourself: choose “Get a certificate” on the top page, and there the code by mail.',
      'Otherwise ask your company’s administrator for an acquisition code. With it you get a new certificate: choose “Get a certificate” on the top page.',
      'If you are the administrator, ask another administrator or contact us.',
    ],
  },
};

const OTHER_PC: HelpTopic = {
  anchor: 'other-pc',
  title: {
    ja: '別のパソコンや、別のアカウントでお使いのとき',
    en: 'You are on another PC or use another account on it',
  },
  paragraphs: {
    ja: [
      '電子証明書は、取り込んだパソコンの、取り込んだときと同じアカウントでお使いください。',
      'Firefoxに取り込んだ電子証明書は、ほかのブラウザーではお使いいただけません。',
    ],
    en: [
      'A certificate works only on the PC, and in the account on that PC, where it was imported.',
      'A certificate imported in Firefox does not work in other browsers.',
    ],
  },
};

const NOT_IMPORTED: HelpTopic = {
  anchor: 'not-imported',
  title: {
    ja: '電子証明書のファイルを、まだ取り込んでいないとき',
    en: 'The certificate’s file has not been imported yet',
  },
  paragraphs: {
    ja: [
      'ファイルを保存しただけでは、お使いいただけません。ファイルを開いて取り込んでから、もう一度ログインしてください。',
    ],
    en: ['Saving the file is not enough. Open it, import it, and then log in again.'],
  },
};

const CANCELLED: HelpTopic = {
  anchor: 'cancelled',
  title: { ja: '選択画面でキャンセルを押したとき', en: 'You cancelled the browser’s question' },
  paragraphs: {
    ja: ['もう一度ログインし、ご自分の電子証明書を選んで、「OK」を押してください。'],
    en: ['Log in again, choose your certificate and press OK.'],
  },
};

const NOT_ASKED: HelpTopic = {
  anchor: 'not-asked',
  title: { ja: '証明書の選択画面が表示されないとき', en: 'You are not asked for a certificate' },
  paragraphs: {
    ja: [
      'ブラウザーが、前回の選択を覚えていることがあります。もう一度ログインに進むと、選択画面が改めて表示されます。',
      'それでも表示されないときは、ブラウザーの画面をすべて閉じてから、お試しください。',
    ],
    en: [
      'Your browser may remember your last choice. Go to the login again and it will ask anew.',
      'If it still does not ask, close all browser windows and try again.',
    ],
  },
};

const WHICH: HelpTopic = {
  anchor: 'which',
  title: {
    ja: '選ぶ電子証明書がわからないとき',
    en: 'You do not know which certificate to choose',
  },
  paragraphs: {
    ja: ['利用者番号とご自分の利用者IDで始まる名前の電子証明書を選んでください。'],
    en: ['Choose the certificate whose name begins with your contract ID and your user ID.'],
  },
};

const FORGOT_PIN: HelpTopic = {
  anchor: 'pin',
  title: { ja: '利用者暗証番号を忘れたとき', en: 'You have forgotten your PIN' },
  paragraphs: {
    ja: [
      '利用者暗証番号は、金融機関でもお調べできません。ご契約先の管理者の方に、利用者暗証番号の初期化をご依頼ください。初回暗証番号を受け取り、次のログインのときに、ご自分の利用者暗証番号を決めます。',
      '管理者の方ご自身のときは、お問い合わせ窓口へご連絡ください。',
    ],
    en: [
      'We cannot look up your PIN. Ask your company’s administrator for a new first PIN; at the next login you choose your own.',
      'If you are the administrator, please contact us.',
    ],
  },
};

const KEY_UNUSABLE: HelpTopic = {
  anchor: 'no-page',
  title: {
    ja: '電子証明書を選んでも、画面が開かないとき',
    en: 'The page does not open after you choose',
  },
  paragraphs: {
    ja: [
      'パソコンのパスワードを変更したあとは、選択画面に表示されても、お使いいただけないことがあります。ご契約先の管理者の方に、再発行をご依頼ください。',
    ],
    en: [
      'After the password of your PC has changed, a certificate may be listed but no longer work. Ask your company’s administrator for a reissue.',
    ],
  },
};

const PASSKEY: HelpTopic = {
  anchor: 'passkey',
  title: { ja: 'パスキーでログインするとき', en: 'You log in with a passkey' },
  paragraphs: {
    ja: [
      '電子証明書の鍵をこの端末 (パスキー) に保管している方は、利用者ログインの画面で、パスキー方式を選んでください。電子証明書方式の選択画面には、表示されません。',
      'パスキーは、作成した端末でお使いいただけます。端末を替えたときや、端末を紛失したときは、ご契約先の管理者の方に、再発行をご依頼ください。',
    ],
    en: [
      'If the key of your certificate is kept in your device (passkey), choose login with passkey. Your browser’s list of certificates does not show it.',
      'A passkey works on the device where it was made. If you have a new device, or have lost it, ask your company’s administrator for a reissue.',
    ],
  },
};

const LOST: HelpTopic = {
  anchor: 'lost',
  title: {
    ja: 'パソコンや電子証明書のファイルを紛失したとき',
    en: 'You have lost the PC or the certificate’s file',
  },
  paragraphs: {
    ja: [
      'すぐにご契約先の管理者の方と、お問い合わせ窓口へご連絡ください。電子証明書を使えないようにします。',
    ],
    en: [
      'Tell your company’s administrator and us at once, so that the certificate can be withdrawn.',
    ],
  },
};

/** What the help page tells, in its order. */
export const HELP_TOPICS: readonly HelpTopic[] = [
  EXPIRED,
  WHICH,
  NOT_ASKED,
  KEY_UNUSABLE,
  OTHER_PC,
  NOT_IMPORTED,
  PASSKEY,
  FORGOT_PIN,
  LOST,
];

/** Why no certificate may have been shown, likeliest first. */
export const NO_CERTIFICATE_CAUSES: readonly HelpTopic[] = [
  EXPIRED,
  NOT_IMPORTED,
  OTHER_PC,
  CANCELLED,
  NOT_ASKED,
  PASSKEY,
];

/** The cause that there is only where a former CA was switched off. */
export const FORMER_OVER_CAUSE = {
  title: {
    ja: '以前の認証局の電子証明書しかないとき',
    en: 'You have only a certificate of the former authority',
  },
  paragraphs: {
    ja: (name: string) => [
      `「${name}」が発行した電子証明書は、受け付けを終わったため、選択画面に出てきません。`,
      'ご契約先の管理者の方に、取得コードの発行をご依頼ください。取得コードで、新しい電子証明書を取得できます。',
    ],
    en: (name: string) => [
      `Certificates issued by “${name}” are no longer accepted, so your browser does not list them.`,
      'Ask your company’s administrator for an acquisition code, with which you get a new certificate.',
    ],
  },
} satisfies Readonly<{ title: Text; paragraphs: Text<(name: string) => readonly string[]> }>;
