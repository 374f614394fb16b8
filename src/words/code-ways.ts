// Words of the way on which a code gets to a user: on an administrator's page, or by mail; and how that mail stands.
import type { CodeWay } from '../banking/acquisition.ts';
import { dateAndMinute } from './dates.ts';
import type { Text } from './language.ts';

/** How a code gets to the user. */
export const WAYS = {
  title: { ja: '取得コードの渡し方', en: 'How the code gets to the user' },
  screen: { ja: 'この画面に表示する', en: 'Show it on this page' },
  screenNote: {
    ja: '次の画面に表示します。ご本人に渡してください。',
    en: 'You see it on the next page and give it to the user.',
  },
  mail: { ja: '本人にメールで送る', en: 'Mail it to the user' },
  mailNote: {
    ja: '管理者の方には表示されません。',
    en: 'You do not see it yourself.',
  },
  mailRegisterNote: {
    ja: '上のメールアドレスに送ります。管理者の方には表示されません。利用者IDと初回暗証番号は、この画面からご本人に渡してください。',
    en: 'It goes to the mail address above, and you do not see it. User ID and first PIN you give to the user yourself.',
  },
} satisfies Record<CodeWay | `${string}Note` | 'title', Text>;

/** How the mail with a code stands. */
export const CODE_MAIL = {
  waiting: {
    ja: (at: Date) =>
      `取得コードをご本人にメールで送っています (${dateAndMinute(at, 'ja')}から)。しばらく待っても送信済みにならないときは、取得コードを発行し直して、画面に表示してください。`,
    en: (at: Date) =>
      `The code is being mailed to the user (since ${dateAndMinute(at, 'en')}, Japan time). Should this not change, make another code and show it on the page.`,
  },
  sent: {
    ja: (at: Date) => `取得コードをご本人にメールで送りました (${dateAndMinute(at, 'ja')})。`,
    en: (at: Date) => `The code was mailed to the user (${dateAndMinute(at, 'en')}, Japan time).`,
  },
  failed: {
    ja: (at: Date) =>
      `取得コードのメールは、ご本人に届きませんでした (${dateAndMinute(at, 'ja')})。取得コードを発行し直して、画面に表示してください。`,
    en: (at: Date) =>
      `The mail with the code did not get through (${dateAndMinute(at, 'en')}, Japan time). Make another code and show it on the page.`,
  },
} satisfies Record<string, Text<(at: Date) => string>>;
