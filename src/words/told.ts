// What a notice says of something that happened to a member of the contract.
import type { Told, ToldEvent } from '../banking/told.ts';
import type { Language, Text } from './language.ts';

export const TOLD_TITLES = {
  registered: { ja: '利用者が登録されました', en: 'A user was registered' },
  offered: { ja: '取得コードが発行されました', en: 'An acquisition code was made' },
  acquired: { ja: '電子証明書が取得されました', en: 'A certificate was acquired' },
  reissued: { ja: '電子証明書の再発行が始まりました', en: 'A certificate is being reissued' },
  suspended: { ja: '電子証明書が利用停止になりました', en: 'A certificate was suspended' },
  lifted: { ja: '電子証明書の利用停止が解除されました', en: 'A suspension was lifted' },
  revoked: { ja: '電子証明書が失効しました', en: 'A certificate was revoked' },
  locked: { ja: '利用者暗証番号がロックされました', en: 'A PIN was locked' },
  unlocked: { ja: '利用者暗証番号のロックが解除されました', en: 'A PIN was unlocked' },
  'pin-reset': { ja: '利用者暗証番号が初期化されました', en: 'A new first PIN was given' },
  stopped: { ja: '利用者の利用が中止されました', en: 'A user was stopped' },
  resumed: { ja: '利用者の利用が再開されました', en: 'A user can log in again' },
  'rights-confirmed': { ja: '利用者の権限が元に戻りました', en: 'A user’s rights were given back' },
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
  by: {
    ja: (by: string) => `お手続きをした方の利用者ID: ${by}`,
    en: (by: string) => `Done by user ID: ${by}`,
  },
  guessed: {
    ja: '利用者暗証番号が続けて誤って入力されたため、安全のため取得コードを使えなくしました。',
    en: 'The PIN was entered wrongly several times, so the acquisition code was ended for safety.',
  },
  unknown: {
    ja: 'お心当たりがないときは、すぐに管理者の方とお問い合わせ窓口へご連絡ください。',
    en: 'If you do not know of this, tell your administrator and us at once.',
  },
};

/** The paragraphs of a notice. */
export function toldParagraphs(told: Told, language: Language): readonly string[] {
  return [
    BODY.who[language](told),
    ...(told.by === null ? [] : [BODY.by[language](told.by)]),
    ...(told.event === 'code-guessed' ? [BODY.guessed[language]] : []),
    BODY.unknown[language],
  ];
}
