// What a notice says of something that happened to a member of the contract.
import type { Told, ToldEvent } from '../banking/told.ts';
import type { Language, Text } from './language.ts';

export const TOLD_TITLES = {
  registered: { ja: '利用者が登録されました', en: 'A user was registered' },
  'slot-added': {
    ja: '利用者に、電子証明書の枠が追加されました',
    en: 'A user was given a place for another certificate',
  },
  offered: { ja: '取得コードが発行されました', en: 'An acquisition code was made' },
  acquired: { ja: '電子証明書が取得されました', en: 'A certificate was acquired' },
  reissued: { ja: '電子証明書の再発行が始まりました', en: 'A certificate is being reissued' },
  suspended: { ja: '電子証明書が利用停止になりました', en: 'A certificate was suspended' },
  lifted: { ja: '電子証明書の利用停止が解除されました', en: 'A suspension was lifted' },
  revoked: { ja: '電子証明書が失効しました', en: 'A certificate was revoked' },
  locked: { ja: '利用者暗証番号がロックされました', en: 'A PIN was locked' },
  unlocked: { ja: '利用者暗証番号のロックが解除されました', en: 'A PIN was unlocked' },
  'pin-reset': { ja: '利用者暗証番号が初期化されました', en: 'A new first PIN was given' },
  stopped: { ja: '利用者が停止されました', en: 'A user was stopped' },
  resumed: { ja: '利用者の停止が解除されました', en: 'A user can log in again' },
  appointed: { ja: '利用者が管理者になりました', en: 'A user became an administrator' },
  renamed: { ja: '利用者の名前が変更されました', en: 'A user’s name was changed' },
  dismissed: { ja: '管理者が利用者になりました', en: 'An administrator became a user' },
  'rights-frozen': {
    ja: '利用者の権限が、確認を待っています',
    en: 'A user’s rights wait for confirmation',
  },
  'rights-confirmed': { ja: '利用者の権限が元に戻りました', en: 'A user’s rights were given back' },
  'mail-changed': {
    ja: 'メールアドレスが変更されました',
    en: 'A user’s mail address was changed',
  },
  'contract-changed': {
    ja: 'ご契約先の登録内容が変更されました',
    en: 'What is on record of your company was changed',
  },
  'contract-closed': { ja: 'ご契約が終了しました', en: 'Your contract was closed' },
  'code-asked': {
    ja: '取得コードを、ご本人のメールアドレスに送りました',
    en: 'A code was mailed to a user who asked for it',
  },
  'code-guessed': {
    ja: '取得コードが使えなくなりました',
    en: 'An acquisition code was ended',
  },
} satisfies Record<ToldEvent, Text>;

const BODY = {
  who: {
    ja: (told: Told) => `対象の利用者: ${told.name} (利用者ID ${told.user})`,
    en: (told: Told) => `User: ${told.name} (user ID ${told.user})`,
  },
  contract: {
    ja: (told: Told) => `ご契約先: ${told.name} (利用者番号 ${told.user})`,
    en: (told: Told) => `Company: ${told.name} (contract ID ${told.user})`,
  },
  by: {
    ja: (by: string) => `お手続きをした方の利用者ID: ${by}`,
    en: (by: string) => `Done by user ID: ${by}`,
  },
  byBank: {
    ja: 'お届けいただいた内容にもとづき、金融機関でお手続きしました。',
    en: 'Done by the bank, as you asked for in writing.',
  },
  asked: {
    ja: '電子証明書の有効期限が切れたあと、電子証明書を示さずに、取得コードの請求がありました。取得コードは、登録されているご本人のメールアドレスにだけ送っています。ご本人の請求かどうか、お確かめください。ご本人でないときは、「利用者の管理」で利用者を停止できます。',
    en: 'The certificate has expired, and a code was asked for without showing one. It goes to the user’s own mail address and nowhere else. Please make sure that it was the user who asked; if not, you can stop the user under Users.',
  },
  guessed: {
    ja: '利用者暗証番号が続けて誤って入力されたため、安全のため取得コードを使えなくしました。',
    en: 'The PIN was entered wrongly several times, so the acquisition code was ended for safety.',
  },
  frozen: {
    ja: '再発行した電子証明書が使い始められました。安全のため、管理者としての権限と取引の権限を止めています。再発行を行った方とは別の管理者の方が、ご本人に届いたことを確かめて、「利用者の管理」で権限を元に戻してください。ほかに管理者の方がいないとき、またはほかの管理者の方も確認待ちのときは、お問い合わせ窓口へご連絡ください。',
    en: 'A reissued certificate was taken into use. For safety the rights are held back. An administrator other than the one who made the reissue makes sure that it reached the right person and gives the rights back under Users. If there is no other, or they all wait themselves, please contact us.',
  },
  mailChanged: {
    ja: 'お知らせと、メールで送る取得コードの送り先が、変更または削除されました。前のメールアドレスに届いていたときは、そちらにもこのお知らせを送っています。',
    en: 'Where notices and mailed codes go was changed or taken out. The address before is told as well, where mail arrived.',
  },
  contractChanged: {
    ja: 'ご契約先の名前、カナ、または通知書をお送りする住所が変更されました。',
    en: 'The name of your company, its reading, or the address to which letters are sent was changed.',
  },
  contractClosed: {
    ja: '利用者の方は全員ログインできなくなり、電子証明書はすべて失効しました。',
    en: 'None of your users can log in any more, and every certificate is revoked.',
  },
  unknown: {
    ja: 'お心当たりがないときは、すぐに管理者の方とお問い合わせ窓口へご連絡ください。',
    en: 'If you do not know of this, tell your administrator and us at once.',
  },
};

/** What concerns the contract and no user of it. */
const OF_CONTRACT: ReadonlySet<ToldEvent> = new Set(['contract-changed', 'contract-closed']);

/** The paragraphs of a notice. */
export function toldParagraphs(told: Told, language: Language): readonly string[] {
  return [
    BODY[OF_CONTRACT.has(told.event) ? 'contract' : 'who'][language](told),
    // Who asked for a code has shown nothing of who they are.
    ...(told.by === null || told.event === 'code-asked' ? [] : [BODY.by[language](told.by)]),
    ...(told.byBank === true ? [BODY.byBank[language]] : []),
    ...(told.event === 'code-asked' ? [BODY.asked[language]] : []),
    ...(told.event === 'code-guessed' ? [BODY.guessed[language]] : []),
    ...(told.event === 'mail-changed' ? [BODY.mailChanged[language]] : []),
    ...(told.event === 'contract-changed' ? [BODY.contractChanged[language]] : []),
    ...(told.event === 'contract-closed' ? [BODY.contractClosed[language]] : []),
    ...(told.event === 'rights-frozen' ? [BODY.frozen[language]] : []),
    BODY.unknown[language],
  ];
}
