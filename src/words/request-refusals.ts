// Refusals of requests and of steps in the life of a certificate, and our own faults.
import type { Texts } from './language.ts';
import type { RefusalWords } from './refusal-words.ts';

const NO_STEPS: Texts = { ja: [], en: [] };

const KEY_NOT_ACCEPTED: RefusalWords = {
  title: { ja: '電子証明書を発行できませんでした', en: 'The certificate could not be issued' },
  reason: {
    ja: [
      '新しい電子証明書の鍵を受け付けられませんでした。今の電子証明書は、そのままお使いいただけます。',
    ],
    en: [
      'The key for the new certificate was not accepted. You can go on using your present certificate.',
    ],
  },
  steps: {
    ja: ['更新の画面に戻り、もう一度、「更新」を押してください。'],
    en: ['Go back to the renewal page and press Renew again.'],
  },
  action: 'renewal',
};

const NOT_ACCEPTED: RefusalWords = {
  title: { ja: '送られた内容をお受けできませんでした', en: 'Your input was not accepted' },
  reason: {
    ja: ['送られた内容を、正しく読み取れませんでした。'],
    en: ['What was sent could not be read.'],
  },
  steps: {
    ja: ['トップページから、もう一度お手続きください。'],
    en: ['Please start again from the top page.'],
  },
  action: 'top-page',
};

const FILE_NOT_OPENED: Pick<RefusalWords, 'steps' | 'action'> = {
  steps: {
    ja: ['別のファイルを選ぶか、ファイルのパスワードを確かめて、もう一度お試しください。'],
    en: ['Choose another file, or check the file’s password, and try again.'],
  },
  action: 'try-again',
};

const STALE_FORM: RefusalWords = {
  title: { ja: 'もう一度、操作してください', en: 'Please do that again' },
  reason: {
    ja: [
      '画面を開いてから時間がたったか、別の画面から送られたため、安全のため操作を受け付けませんでした。何も変更されていません。',
    ],
    en: [
      'The page was open for too long, or the request came from another page. For your safety it was not carried out; nothing has changed.',
    ],
  },
  steps: {
    ja: ['もう一度ログインしてから、同じ操作をしてください。'],
    en: ['Log in again and repeat what you were doing.'],
  },
  action: 'log-in-again',
};

export const REQUEST_REFUSALS = {
  'foreign-origin': STALE_FORM,
  'missing-token': STALE_FORM,
  'not-found': {
    title: { ja: 'ページが見つかりません', en: 'Page not found' },
    reason: {
      ja: ['アドレスが違うか、ページがなくなっています。'],
      en: ['The address is wrong, or the page is no longer there.'],
    },
    steps: {
      ja: ['トップページから、もう一度お進みください。'],
      en: ['Please start from the top page.'],
    },
    action: 'top-page',
  },
  'wrong-host': {
    title: {
      ja: 'このアドレスは、今はお使いいただけません',
      en: 'This address can no longer be used',
    },
    reason: {
      ja: ['ログインの画面のアドレスは、そのつど変わります。ブックマークや履歴からは開けません。'],
      en: [
        'The address of the login page changes each time; bookmarks and history do not lead there.',
      ],
    },
    steps: {
      ja: ['トップページから、もう一度ログインしてください。'],
      en: ['Please log in again from the top page.'],
    },
    action: 'top-page',
  },
  overloaded: {
    title: { ja: 'ただいま混み合っています', en: 'We are very busy at the moment' },
    reason: {
      ja: ['操作は受け付けられていません。お待たせして申し訳ありません。'],
      en: ['Your request was not carried out. We are sorry to keep you waiting.'],
    },
    steps: {
      ja: ['少し時間をおいてから、もう一度お試しください。'],
      en: ['Please wait a little and try again.'],
    },
    action: 'try-again',
  },
  unavailable: {
    title: { ja: 'ただいまご利用いただけません', en: 'The service is unavailable at the moment' },
    reason: {
      ja: ['操作は受け付けられていません。ご不便をおかけし、申し訳ありません。'],
      en: ['Your request was not carried out. We are sorry for the inconvenience.'],
    },
    steps: {
      ja: ['少し時間をおいてから、もう一度お試しください。'],
      en: ['Please wait a little and try again.'],
    },
    action: 'try-again',
  },
  'internal-error': {
    title: { ja: 'お手続きを完了できませんでした', en: 'Something went wrong on our side' },
    reason: {
      ja: ['システムに問題が起きました。ご不便をおかけし、申し訳ありません。'],
      en: ['We are sorry for the inconvenience. The fault is ours, not yours.'],
    },
    steps: {
      ja: [
        '少し時間をおいてから、もう一度お試しください。',
        '続けて表示されるときは、お問い合わせ窓口へご連絡ください。',
      ],
      en: ['Please wait a little and try again.', 'If it happens again, please contact us.'],
    },
    action: 'top-page',
  },
  'outcome-unknown': {
    title: { ja: '結果を確かめられませんでした', en: 'The outcome is not known' },
    reason: {
      ja: ['お手続きが完了したかどうかを、確かめられませんでした。'],
      en: ['We could not find out whether your request was completed.'],
    },
    steps: {
      ja: ['同じ操作をする前に、今の状態をお確かめください。'],
      en: ['Before you do it again, please check how things stand.'],
    },
    action: 'notices',
  },
  'too-large': NOT_ACCEPTED,
  'invalid-input': NOT_ACCEPTED,
  malformed: NOT_ACCEPTED,
  'invalid-path': NOT_ACCEPTED,
  'revocation-unknown': NOT_ACCEPTED,
  'unsupported-algorithm': KEY_NOT_ACCEPTED,
  'bad-signature': KEY_NOT_ACCEPTED,
  'unprotected-file': {
    title: { ja: 'このファイルは使えません', en: 'This file cannot be used' },
    reason: {
      ja: ['ファイルが書き換えられていないことを、確かめられませんでした。'],
      en: ['Nothing shows that the file has not been altered.'],
    },
    ...FILE_NOT_OPENED,
  },
  'wrong-file-password': {
    title: { ja: 'ファイルを開けませんでした', en: 'The file could not be opened' },
    reason: {
      ja: ['ファイルのパスワードが違うか、ファイルが壊れています。'],
      en: ['The password of the file is wrong, or the file is damaged.'],
    },
    ...FILE_NOT_OPENED,
  },
  'weak-key': KEY_NOT_ACCEPTED,
  'key-already-certified': KEY_NOT_ACCEPTED,
  'key-blocked': KEY_NOT_ACCEPTED,
  'outside-window': {
    title: {
      ja: '今は、更新できる期間ではありません',
      en: 'Your certificate cannot be renewed now',
    },
    reason: {
      ja: ['電子証明書は、有効期限の前の決まった期間に更新できます。'],
      en: ['A certificate can be renewed during a set time before it ends.'],
    },
    steps: NO_STEPS,
    action: 'notices',
  },
  'transition-forbidden': {
    title: {
      ja: 'この電子証明書では、お手続きできません',
      en: 'This cannot be done with your certificate',
    },
    reason: {
      ja: ['電子証明書の今の状態では、このお手続きはできません。何も変更されていません。'],
      en: ['Your certificate’s present state does not allow it. Nothing has changed.'],
    },
    steps: NO_STEPS,
    action: 'notices',
  },
  'unproven-exists': {
    title: {
      ja: '発行済みの電子証明書があります',
      en: 'A new certificate has already been issued',
    },
    reason: {
      ja: ['更新で発行した電子証明書の確認が、まだ済んでいません。'],
      en: ['The certificate issued by your renewal has not been confirmed yet.'],
    },
    steps: {
      ja: ['更新の画面で、確認に進むか、取得し直してください。'],
      en: ['On the renewal page, confirm it or get another one.'],
    },
    action: 'renewal',
  },
  'proof-token-invalid': {
    title: { ja: '確認の有効時間が過ぎました', en: 'The time for confirming has passed' },
    reason: {
      ja: ['確認は、決まった時間のうちに行う必要があります。電子証明書は、なくなっていません。'],
      en: ['Confirming has to be done within a set time. Your certificate is not lost.'],
    },
    steps: {
      ja: ['更新の画面から、もう一度、確認に進んでください。'],
      en: ['Go to the renewal page and confirm again.'],
    },
    action: 'renewal',
  },
  'policy-forbids': {
    title: {
      ja: 'このお手続きは、ご利用いただけません',
      en: 'This is not available',
    },
    reason: {
      ja: ['ご契約の内容により、このお手続きはご利用いただけません。'],
      en: ['Your contract does not include it.'],
    },
    steps: NO_STEPS,
    action: 'notices',
  },
} satisfies Record<string, RefusalWords>;
