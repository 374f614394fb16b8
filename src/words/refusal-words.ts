// How the words of a refusal are held, and the words that all refusal pages share.
import type { Text, Texts } from './language.ts';

/** The one thing the page's button leads to. */
export type RefusalAction =
  | 'choose-another'
  | 'log-in-again'
  | 'top-page'
  | 'try-again'
  | 'acquire'
  | 'own-pin'
  | 'notices'
  | 'renewal'
  | 'company';

export type RefusalWords = {
  readonly title: Text;
  readonly reason: Texts;
  readonly steps: Texts;
  /** What to do instead where the key is a passkey: no file, no picker of certificates. */
  readonly stepsOnDevice?: Texts;
  readonly action: RefusalAction;
};

export const REFUSAL_FRAME = {
  loginFailed: { ja: 'ログインできません', en: 'You cannot log in' },
  shown: { ja: '選択された電子証明書', en: 'Certificate you chose' },
  pickThis: { ja: '次に選ぶ電子証明書', en: 'Choose this certificate instead' },
  next: { ja: '次にしていただくこと', en: 'What to do now' },
  causes: { ja: '考えられる原因', en: 'Possible reasons' },
  inquiryNumber: { ja: 'お問い合わせ番号', en: 'Inquiry number' },
  inquiryNote: {
    ja: 'お問い合わせの際は、この番号をお伝えください。',
    en: 'Please give this number when you contact us.',
  },
} satisfies Record<string, Text>;

/** What ends a title that sentences follow. */
export const FULL_STOP = { ja: '。', en: '.' } satisfies Text;

/** Sentences one after the other. */
export const SENTENCES = {
  ja: (sentences: readonly string[]) => sentences.join(''),
  en: (sentences: readonly string[]) => sentences.join(' '),
} satisfies Text<(sentences: readonly string[]) => string>;

export const REFUSAL_ACTIONS = {
  'choose-another': { ja: '別の電子証明書を選ぶ', en: 'Choose another certificate' },
  'log-in-again': { ja: 'もう一度ログインする', en: 'Log in again' },
  'top-page': { ja: 'トップページへ', en: 'Top page' },
  'try-again': { ja: 'もう一度試す', en: 'Try again' },
  acquire: { ja: '電子証明書の取得へ', en: 'Get a certificate' },
  'own-pin': { ja: '利用者暗証番号を決める', en: 'Choose your own PIN' },
  notices: { ja: '重要なお知らせへ', en: 'Important notices' },
  renewal: { ja: '電子証明書の更新へ', en: 'Certificate renewal' },
  company: { ja: '利用者の管理へ', en: 'Users' },
} satisfies Record<RefusalAction, Text>;
