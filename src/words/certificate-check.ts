// Words of 証明書の動作確認: which certificate the browser gave, each check of it, and the way on.
import type { Text } from './language.ts';

export const CERTIFICATE_CHECK = {
  title: { ja: '証明書の動作確認', en: 'Certificate check' },
  link: {
    ja: '電子証明書が使えるか確かめる (証明書の動作確認)',
    en: 'Check whether your certificate works',
  },
  about: {
    ja: 'ログインせずに、ブラウザーからどの電子証明書が届くかと、その電子証明書が使えるかを確かめられます。何も変更されません。',
    en: 'See, without logging in, which certificate your browser sends and whether it works. Nothing is changed.',
  },
  works: {
    ja: 'この電子証明書で、ログインできます',
    en: 'You can log in with this certificate',
  },
  worksLead: {
    ja: '利用者暗証番号を入力すると、ログインが完了します。この確認では、何も変更されません。',
    en: 'To log in you also enter your PIN. This check has changed nothing.',
  },
  mayRenew: {
    ja: '更新できる期間です。ログインして、電子証明書を更新してください。',
    en: 'You can renew it now. Please log in and renew your certificate.',
  },
  shown: { ja: 'ブラウザーから届いた電子証明書', en: 'The certificate that your browser sent' },
  checks: { ja: '確認の結果', en: 'What was checked' },
  again: { ja: '別の電子証明書で確認する', en: 'Check another certificate' },
  passkeyTitle: {
    ja: '鍵をこの端末 (パスキー) に保管している方',
    en: 'If the key is in your device (passkey)',
  },
  passkey: {
    ja: 'この画面では、パスキーは確認できません。パスキー方式でログインしてお確かめください。',
    en: 'Passkeys cannot be checked here. Log in with the passkey to see whether it works.',
  },
} satisfies Record<string, Text>;

/** Each check, as a claim that holds or does not. */
export const CHECK_CLAIMS = {
  ours: { ja: 'この金融機関が発行したものであること', en: 'It was issued by this institution' },
  'in-force': {
    ja: '失効、利用停止、新しい電子証明書への切り替えがないこと',
    en: 'It has been neither revoked, suspended nor renewed',
  },
  'in-time': { ja: '有効期間内であること', en: 'It is within its time' },
  usable: { ja: 'ログインに使えること', en: 'It can be used for login' },
  person: { ja: '利用者のログインが止められていないこと', en: 'The user’s login is not stopped' },
} satisfies Record<string, Text>;

/** How a check ended. */
export const CHECK_RESULTS = {
  good: { ja: '問題ありません', en: 'good' },
  bad: { ja: '問題があります', en: 'not so' },
  unknown: { ja: '確かめていません', en: 'not checked' },
} satisfies Record<string, Text>;
