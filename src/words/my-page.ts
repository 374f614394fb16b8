// Words of マイページ: one's certificates, and the history of one's logins.
import type { CertificateState } from '../banking/certificate-life.ts';
import type { LoginRefusalCode } from '../banking/login-history.ts';
import { dateAndMinute } from './dates.ts';
import type { Text } from './language.ts';

export const MY_PAGE = {
  title: { ja: 'マイページ', en: 'My page' },
  back: { ja: 'マイページへ戻る', en: 'Back to my page' },
  certificate: { ja: 'お使いの電子証明書', en: 'Your certificate' },
  renewalOpens: { ja: '更新の受け付け開始', en: 'Renewal opens' },
  renew: { ja: '電子証明書を更新する', en: 'Renew your certificate' },
  confirm: { ja: '新しい電子証明書を確認する', en: 'Confirm your new certificate' },
  waiting: {
    ja: '新しい電子証明書が、まだ確認されていません。',
    en: 'Your new certificate has not been confirmed yet.',
  },
  procedures: { ja: 'お手続き', en: 'What you can do' },
  language: { ja: '表示する言語', en: 'Language of these pages' },
  certificates: { ja: 'これまでの電子証明書', en: 'Your certificates so far' },
  from: { ja: '有効期間', en: 'Valid' },
  history: { ja: 'ログインの履歴', en: 'Login history' },
  historyNote: {
    ja: '新しいものから順に、最大50件を表示しています。',
    en: 'The latest 50 at most, newest first.',
  },
  unfamiliar: {
    ja: 'お心当たりのない記録があるときは、すぐにお問い合わせ窓口へご連絡ください。',
    en: 'If anything here was not you, please contact us at once.',
  },
} satisfies Record<string, Text>;

/** 2027年1月5日 0時00分から2028年1月5日 23時59分59秒まで, of two moments already in words. */
export const FROM_UNTIL = {
  ja: (from: string, until: string) => `${from}から ${until}`,
  en: (from: string, until: string) => `from ${from} ${until}`,
} satisfies Text<(from: string, until: string) => string>;

/** What happened, and by what or why. */
export const WITH_REASON = {
  ja: (event: string, reason: string) => `${event} (${reason})`,
  en: (event: string, reason: string) => `${event} (${reason})`,
} satisfies Text<(event: string, reason: string) => string>;

/** Where a certificate stands, in a word or two. */
export const CERTIFICATE_STANDINGS = {
  current: { ja: '利用中', en: 'In use' },
  issued: { ja: '確認待ち', en: 'To be confirmed' },
  suspended: { ja: '利用停止中', en: 'Suspended' },
  superseded: { ja: '更新済み', en: 'Renewed' },
  replaced: { ja: '取得し直し済み', en: 'Replaced' },
  revoked: { ja: '失効', en: 'Revoked' },
  expired: { ja: '期限切れ', en: 'Expired' },
} satisfies Record<CertificateState | 'expired', Text>;

/** How a certificate ended, and when. */
export const CERTIFICATE_ENDS = {
  superseded: {
    ja: (at: Date) => `${dateAndMinute(at, 'ja')}に、新しい電子証明書に切り替わりました。`,
    en: (at: Date) => `A new certificate took its place on ${dateAndMinute(at, 'en')}.`,
  },
  replaced: {
    ja: (at: Date) => `${dateAndMinute(at, 'ja')}に、取得し直しのため、使えなくなりました。`,
    en: (at: Date) => `It was replaced before its confirmation on ${dateAndMinute(at, 'en')}.`,
  },
  revoked: {
    ja: (at: Date) => `${dateAndMinute(at, 'ja')}に、失効しました。`,
    en: (at: Date) => `It was revoked on ${dateAndMinute(at, 'en')}.`,
  },
} satisfies Record<'superseded' | 'replaced' | 'revoked', Text<(at: Date) => string>>;

/** What happened, in the history. */
export const LOGIN_EVENTS = {
  'logged-in': { ja: 'ログインしました', en: 'Logged in' },
  'proved-in': {
    ja: '新しい電子証明書の確認が完了し、引き続きログインしました',
    en: 'Confirmed the new certificate and stayed logged in',
  },
  'pin-wrong': { ja: '利用者暗証番号が正しくありませんでした', en: 'The PIN was wrong' },
  'pin-locked': {
    ja: '利用者暗証番号の誤りが続いたため、ログインを止めました',
    en: 'Login was stopped after too many wrong PINs',
  },
  'pin-changed': { ja: '利用者暗証番号を変更しました', en: 'The PIN was changed' },
  refused: { ja: 'ご利用をお断りしました', en: 'Use was refused' },
} satisfies Record<string, Text>;

/** By what somebody logged in. */
export const LOGIN_WAYS = {
  'mutual-tls': { ja: '電子証明書方式', en: 'with certificate' },
  'signed-challenge': { ja: 'パスキー方式', en: 'with passkey' },
} satisfies Record<string, Text>;

/** Why a login was refused. */
export const LOGIN_REFUSAL_REASONS = {
  'not-yet-valid': {
    ja: '有効期間が始まる前の電子証明書が使われたため',
    en: 'the certificate was not valid yet',
  },
  expired: { ja: '有効期限が切れた電子証明書が使われたため', en: 'the certificate had expired' },
  unproven: {
    ja: '使い始められない電子証明書が使われたため',
    en: 'the certificate could not be taken into use',
  },
  'acquisition-over': {
    ja: '取得の期限を過ぎた電子証明書が使われたため',
    en: 'the time to take the certificate into use was over',
  },
  superseded: { ja: '更新前の電子証明書が使われたため', en: 'the certificate had been renewed' },
  replaced: {
    ja: '取得し直す前の電子証明書が使われたため',
    en: 'the certificate had been replaced',
  },
  suspended: { ja: '利用停止中の電子証明書が使われたため', en: 'the certificate was suspended' },
  revoked: { ja: '失効した電子証明書が使われたため', en: 'the certificate was revoked' },
  'not-for-login': {
    ja: 'ログイン用ではない電子証明書が使われたため',
    en: 'the certificate was not for login',
  },
  'pin-locked': {
    ja: '利用者暗証番号の誤りが続き、ログインを止めていたため',
    en: 'login had been stopped after too many wrong PINs',
  },
  'user-stopped': { ja: '利用者が停止されていたため', en: 'the user had been stopped' },
  'certificate-changed': {
    ja: 'ログインしたときと別の電子証明書が使われたため',
    en: 'another certificate was used than at login',
  },
  'counter-went-back': {
    ja: 'パスキーが複製された疑いがあったため',
    en: 'the passkey may have been copied',
  },
  'synced-credential': {
    ja: 'ほかの端末にも保存されるパスキーが使われたため',
    en: 'the passkey may be kept on other devices too',
  },
  'assertion-invalid': {
    ja: '端末での確認の内容が正しくなかったため',
    en: 'the confirmation on the device was not right',
  },
  'user-not-verified': {
    ja: '端末で、ご本人の確認が行われなかったため',
    en: 'the device did not verify who it was',
  },
} satisfies Record<LoginRefusalCode, Text>;
