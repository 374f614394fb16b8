// Refusals around acquiring a certificate and managing a contract's users.
import type { RefusalWords } from './refusal-words.ts';

export const COMPANY_REFUSALS = {
  'acquisition-refused': {
    title: {
      ja: '入力された内容を確認できませんでした',
      en: 'What you entered could not be confirmed',
    },
    reason: {
      ja: ['利用者番号、利用者ID、利用者暗証番号、取得コードの、いずれかが正しくありません。'],
      en: ['The contract ID, user ID, PIN or acquisition code is not right.'],
    },
    steps: {
      ja: [
        '管理者の方から受け取った用紙と、取得コードをお確かめのうえ、もう一度入力してください。',
        'それでも先へ進めないときは、管理者の方に、新しい取得コードをご依頼ください。',
      ],
      en: [
        'Check the sheets you were given by your administrator and enter everything again.',
        'If that does not help, ask your administrator for a new acquisition code.',
      ],
    },
    action: 'try-again',
  },
  'acquisition-ended': {
    title: { ja: 'この取得コードは、お使いいただけません', en: 'This acquisition code has ended' },
    reason: {
      ja: [
        '電子証明書の確認が済んでいるか、新しい取得コードが発行されたか、安全のため使えなくなりました。',
      ],
      en: [
        'Its certificate has been confirmed, a newer code was made, or it was ended for safety.',
      ],
    },
    steps: {
      ja: [
        '電子証明書をお持ちのときは、ログインしてください。',
        '電子証明書がまだのときは、管理者の方に、新しい取得コードをご依頼ください。',
      ],
      en: [
        'If you have the certificate, log in.',
        'If you have none yet, ask your administrator for a new acquisition code.',
      ],
    },
    action: 'log-in-again',
  },
  'too-many-attempts': {
    title: { ja: 'しばらくしてから、お試しください', en: 'Please wait a little' },
    reason: {
      ja: ['短い時間に何度も入力されたため、安全のため受け付けを止めています。'],
      en: ['There were many attempts in a short time. For safety no more are taken for now.'],
    },
    steps: {
      ja: ['数分たってから、もう一度入力してください。'],
      en: ['Wait a few minutes and enter everything again.'],
    },
    action: 'try-again',
  },
  'not-permitted': {
    title: { ja: 'この操作は、ご利用いただけません', en: 'You cannot do this' },
    reason: {
      ja: ['ご契約先の管理者の方だけが行える操作か、ご自分に対しては行えない操作です。'],
      en: ['Only an administrator can do this, and nobody can do it for themselves.'],
    },
    steps: {
      ja: ['管理者の方にご依頼ください。管理者の方ご自身のときは、お問い合わせください。'],
      en: ['Ask your administrator. If you are the administrator, please contact us.'],
    },
    action: 'notices',
  },
  'not-for-member': {
    title: {
      ja: 'この利用者には、今はこの操作を行えません',
      en: 'This cannot be done for this user now',
    },
    reason: {
      ja: [
        '画面を開いたあとに利用者の状態が変わったか、ほかの管理者の方が先にお手続きをしました。何も変更されていません。',
      ],
      en: [
        'The user’s state changed after you opened the page, or another administrator was faster. Nothing has changed.',
      ],
    },
    steps: {
      ja: [
        '利用者の管理で、今の状態と、できるお手続きをお確かめください。',
        '再発行した利用者の権限は、再発行を行った方とは別の管理者の方が確認します。',
      ],
      en: [
        'Look at the user’s present state under Users, and at what can be done.',
        'After a reissue, the rights are confirmed by an administrator other than the one who made it.',
      ],
    },
    action: 'company',
  },
  'too-many-users': {
    title: { ja: '利用者をこれ以上登録できません', en: 'No more users can be registered' },
    reason: {
      ja: ['登録できる利用者の人数の上限に達しています。何も変更されていません。'],
      en: ['The contract has as many users as it may have. Nothing has changed.'],
    },
    steps: {
      ja: ['人数を増やすには、お問い合わせ窓口へご連絡ください。'],
      en: ['If you need more users, please contact us.'],
    },
    action: 'company',
  },
  'initial-pin': {
    title: { ja: '利用者暗証番号を決めてください', en: 'Choose your own PIN first' },
    reason: {
      ja: ['今の利用者暗証番号は、管理者の方が初期化したものです。'],
      en: ['Your present PIN was given to you by your administrator.'],
    },
    steps: {
      ja: ['ご自分の利用者暗証番号を決めてから、お使いください。'],
      en: ['Choose a PIN of your own; then you can go on.'],
    },
    action: 'own-pin',
  },
  'rights-frozen': {
    title: { ja: '権限の確認をお待ちください', en: 'Your rights wait for confirmation' },
    reason: {
      ja: [
        '電子証明書を再発行したため、安全のため、権限を止めています。再発行を行った方とは別の管理者の方が確認すると、元に戻ります。',
      ],
      en: [
        'Your certificate was reissued. For safety your rights are held back until an administrator other than the one who made the reissue confirms them.',
      ],
    },
    steps: {
      ja: [
        '別の管理者の方に、権限の確認をご依頼ください。',
        'ほかに管理者の方がいないとき、またはほかの管理者の方も確認待ちのときは、お問い合わせください。',
      ],
      en: [
        'Ask another administrator to confirm your rights.',
        'If there is no other administrator, or they are all waiting for confirmation too, please contact us.',
      ],
    },
    action: 'notices',
  },
} satisfies Record<string, RefusalWords>;
