// Words of where a person is mailed: to administrators beside the user, and to the person on their own page.
import { dateOnly } from './dates.ts';
import type { Language, Text } from './language.ts';

export const MAIL_PLACE = {
  title: { ja: 'メールアドレス', en: 'Mail address' },
  change: { ja: 'メールアドレスを変更する', en: 'Change the mail address' },
  hint: {
    ja: '空欄にすると、メールを送らなくなります。',
    en: 'Left empty, the user is mailed nothing.',
  },
  invalid: {
    ja: 'メールアドレスの形が正しくありません。お確かめください。',
    en: 'This is not a mail address. Please check it.',
  },
  own: { ja: 'お知らせメールの送り先', en: 'Where we mail you' },
  ownNone: {
    ja: 'メールアドレスが登録されていないため、有効期限などのお知らせメールは届きません。',
    en: 'There is no mail address on record, so you get no mails, such as reminders of the end of your certificate.',
  },
  askAdministrator: {
    ja: '登録や変更は、ご契約先の管理者の方にご依頼ください。',
    en: 'To have it entered or changed, ask an administrator of your contract.',
  },
  askOther: {
    ja: '登録や変更は、ほかの管理者の方か、お問い合わせ窓口へご依頼ください。',
    en: 'To have it entered or changed, ask another administrator or contact us.',
  },
} satisfies Record<string, Text>;

/** What is said to the person of an address that mail came back from. */
export const OWN_CAME_BACK = {
  ja: (at: Date) =>
    `このメールアドレスには、メールが届きませんでした (${dateOnly(at, 'ja')})。新しいメールアドレスが登録されるまで、メールは送りません。`,
  en: (at: Date) =>
    `Mail to this address came back (${dateOnly(at, 'en')}). Nothing more is mailed until an address is entered anew.`,
} satisfies Text<(at: Date) => string>;

const MARKS = {
  none: { ja: 'メール未登録', en: 'no mail address' },
  cameBack: { ja: 'メールが届きません', en: 'mail comes back' },
} satisfies Record<string, Text>;

const SINCE = {
  ja: (at: Date) => `${dateOnly(at, 'ja')}から`,
  en: (at: Date) => `since ${dateOnly(at, 'en')}`,
} satisfies Text<(at: Date) => string>;

/** The mark of an address that is missing or does not work, and since when; null where nothing is the matter. */
export function mailMark(
  { address, bouncedAt }: { readonly address: string | null; readonly bouncedAt: Date | null },
  language: Language,
): { readonly mark: string; readonly since: string | null } | null {
  if (address === null) return { mark: MARKS.none[language], since: null };
  if (bouncedAt === null) return null;
  return { mark: MARKS.cameBack[language], since: SINCE[language](bouncedAt) };
}
