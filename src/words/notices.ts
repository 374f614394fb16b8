// Words of the notices after login, and of the notices the system itself writes.
import { dateAndTime } from './dates.ts';
import type { Text, Texts } from './language.ts';

export const NOTICES = {
  important: { ja: '重要なお知らせ', en: 'Important notices' },
  others: { ja: 'その他のお知らせ', en: 'Other notices' },
  noImportant: { ja: '重要なお知らせはありません。', en: 'There are no important notices.' },
  noOthers: { ja: 'その他のお知らせはありません。', en: 'There are no other notices.' },
  importantMark: { ja: '重要', en: 'Important' },
  back: { ja: 'お知らせの一覧へ戻る', en: 'Back to the list of notices' },
} satisfies Record<string, Text>;

export const FROZEN = {
  title: { ja: '権限の確認を待っています', en: 'Your rights wait for confirmation' },
  why: {
    ja: '電子証明書を再発行したため、安全のため、取引や利用者の管理などの権限を止めています。',
    en: 'Your certificate was reissued. For safety your rights, as to transactions and to managing users, are held back.',
  },
  meanwhile: {
    ja: 'そのあいだも、ログイン、お知らせ、マイページ、電子証明書の更新、利用者暗証番号の変更はお使いいただけます。',
    en: 'Meanwhile you can log in, read notices, use My page, renew your certificate and change your PIN.',
  },
  who: {
    ja: '再発行を行った方とは別の管理者の方に、「利用者の管理」での権限の確認をご依頼ください。ほかに管理者の方がいないとき、またはほかの管理者の方も確認待ちのときは、お問い合わせ窓口へご連絡ください。',
    en: 'Ask an administrator other than the one who made the reissue to confirm your rights under Users. If there is no other, or they all wait themselves, please contact us.',
  },
} satisfies Record<string, Text>;

export const RENEWAL_NOTICE = {
  title: {
    ja: '電子証明書の更新をお願いします',
    en: 'Please renew your certificate',
  },
  link: { ja: '電子証明書の更新はこちら', en: 'Renew your certificate here' },
} satisfies Record<string, Text>;

/** The body of the system's renewal notice for a certificate that ends at the given moment. */
export const RENEWAL_NOTICE_BODY = {
  ja: (ends: Date) => [
    `お使いの電子証明書の有効期限は、${dateAndTime(ends, 'ja')}です。`,
    '有効期限を過ぎると、ログインできなくなります。お早めに更新してください。',
    '更新が完了するまで、今の電子証明書もそのままお使いいただけます。',
  ],
  en: (ends: Date) => [
    `Your certificate ends on ${dateAndTime(ends, 'en')} (Japan time).`,
    'After that you cannot log in. Please renew it in good time.',
    'You can go on using your present certificate until the renewal is complete.',
  ],
} satisfies { readonly [L in keyof Texts]: (ends: Date) => Texts[L] };
