// Words of asking for a code by mail after the end of a certificate. What follows is said in the same words to everybody.
import { OWN_CODES } from '../banking/own-code.ts';
import type { Text, Texts } from './language.ts';

export const OWN_CODE = {
  title: { ja: '取得コードをメールで受け取る', en: 'Get an acquisition code by mail' },
  link: {
    ja: '有効期限が切れた方: 取得コードをメールで受け取る',
    en: 'Your certificate has expired: get a code by mail',
  },
  ids: {
    ja: '利用者番号と利用者IDは、期限が切れた電子証明書の名前にもあります。',
    en: 'Contract ID and user ID are also in the name of the expired certificate.',
  },
  button: { ja: '取得コードを請求する', en: 'Ask for the code' },
  needs: { ja: 'メールのほかに必要なもの', en: 'What you need beside the mail' },
  needsPin: {
    ja: '今お使いの利用者暗証番号です。お忘れのときは、ご契約先の管理者の方にご相談ください。',
    en: 'Your own PIN. If you have forgotten it, ask your company’s administrator.',
  },
  accepted: { ja: '請求を受け付けました', en: 'Your request has been received' },
  acceptedSame: {
    ja: '安全のため、この画面の内容は、入力された利用者番号や利用者IDがあるかどうかによらず、いつも同じ文面です。',
    en: 'For safety this page is always the same, whether or not there is such a contract or user.',
  },
  goOn: {
    ja: 'メールが届いたら、取得コードを入力してください',
    en: 'Once the mail is there, enter the code',
  },
  notArrived: { ja: 'メールが届かないとき', en: 'If no mail arrives' },
  notOffered: {
    ja: 'この金融機関では、取得コードをメールで請求することはできません。',
    en: 'At this institution a code cannot be asked for by mail.',
  },
} satisfies Record<string, Text>;

/** What there is to have, and for how long after the end. */
export const OWN_CODE_LEAD = {
  ja: (graceDays: number) =>
    `電子証明書の有効期限が切れてから${graceDays}日以内のときは、登録されているメールアドレスに、取得コードを送ります。`,
  en: (graceDays: number) =>
    `Within ${graceDays} days after your certificate has expired, we mail an acquisition code to the address on record.`,
} satisfies Text<(graceDays: number) => string>;

/** The same after asking. */
export const OWN_CODE_FOLLOWS = {
  ja: (graceDays: number) =>
    `入力された利用者の電子証明書の有効期限が切れてから${graceDays}日以内で、メールアドレスが登録されているときは、数分以内に取得コードを送ります。`,
  en: (graceDays: number) =>
    `If the user’s certificate has expired within the last ${graceDays} days and a mail address is on record, a code is sent there within a few minutes.`,
} satisfies Text<(graceDays: number) => string>;

export const NOT_ARRIVED: Texts = {
  ja: [
    '利用者番号と利用者IDをお確かめください。迷惑メールのフォルダーもご覧ください。',
    '管理者の方が発行した取得コードがあるときは、そちらをお使いください。メールは送られません。',
    `もう一度請求するときは、${OWN_CODES.pauseMinutes}分ほどお待ちください。1日に${OWN_CODES.aDay}回までです。`,
    'それでも届かないときは、ご契約先の管理者の方に、取得コードの発行をご依頼ください。管理者の方ご自身のときは、お問い合わせ窓口へご連絡ください。',
  ],
  en: [
    'Check contract ID and user ID, and look into your junk mail.',
    'If your administrator has made a code for you, use that one: no mail is sent.',
    `Before you ask again, wait for ${OWN_CODES.pauseMinutes} minutes. You can ask ${OWN_CODES.aDay} times a day.`,
    'If there is still none, ask your company’s administrator for a code. If you are the administrator, please contact us.',
  ],
};
