// Refusals of a login: what was shown, and of who may log in: the PIN, the user, the session.
import type { RefusalWords } from './refusal-words.ts';
import { SHOWN_REFUSALS } from './shown-refusals.ts';

export const LOGIN_REFUSALS = {
  ...SHOWN_REFUSALS,
  'wrong-pin': {
    title: { ja: '利用者暗証番号が正しくありません', en: 'The PIN is not right' },
    reason: {
      ja: ['入力された利用者暗証番号が正しくありません。'],
      en: ['The PIN you entered is not right.'],
    },
    steps: {
      ja: ['もう一度ログインし、利用者暗証番号を入力してください。'],
      en: ['Log in again and enter your PIN.'],
    },
    action: 'log-in-again',
  },
  'pin-locked': {
    title: {
      ja: '利用者暗証番号の誤りが続いたため、ログインを止めています',
      en: 'Login is locked after wrong PINs',
    },
    reason: {
      ja: ['安全のため、正しい利用者暗証番号を入力しても、ログインできません。'],
      en: ['For your safety you cannot log in now, even with the right PIN.'],
    },
    steps: {
      ja: [
        'ご契約先の管理者の方に、解除をご依頼ください。',
        '管理者の方ご自身のときは、お問い合わせ窓口へご連絡ください。',
      ],
      en: [
        'Ask your company’s administrator to unlock your login.',
        'If you are the administrator, please contact us.',
      ],
    },
    action: 'top-page',
  },
  'user-stopped': {
    title: { ja: 'この利用者は、停止されています', en: 'This user has been stopped' },
    reason: {
      ja: ['ご契約先または金融機関のお手続きにより、ログインできません。'],
      en: ['Your company or the institution has stopped this user’s access.'],
    },
    steps: {
      ja: ['ご契約先の管理者の方に、ご確認ください。'],
      en: ['Please ask your company’s administrator.'],
    },
    action: 'top-page',
  },
  'session-ended': {
    title: { ja: 'ログインが終了しています', en: 'Your login has ended' },
    reason: {
      ja: ['しばらく操作がなかったか、ログオフしたため、安全のためログインを終了しました。'],
      en: ['You logged off, or nothing was done for a while, so your login was ended for safety.'],
    },
    steps: {
      ja: ['続けてご利用のときは、もう一度ログインしてください。'],
      en: ['To go on, log in again.'],
    },
    action: 'log-in-again',
  },
  'certificate-changed': {
    title: {
      ja: 'ログインしたときと別の電子証明書です',
      en: 'This is not the certificate you logged in with',
    },
    reason: {
      ja: [
        'ログインは、そのときに選んだ電子証明書でだけ続けられます。安全のため、操作を受け付けませんでした。',
      ],
      en: ['A login can only go on with the certificate it began with. Nothing was carried out.'],
    },
    steps: {
      ja: ['もう一度ログインし、ご自分の電子証明書を選んでください。'],
      en: ['Log in again and choose your own certificate.'],
    },
    action: 'log-in-again',
  },
} satisfies Record<string, RefusalWords>;
