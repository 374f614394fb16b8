// Refusals of what was shown at a login: a certificate in the wrong state, of somebody else, or none.
import type { Texts } from './language.ts';
import type { RefusalWords } from './refusal-words.ts';

const ASK_FOR_REISSUE = {
  ja: '新しい電子証明書をお持ちでないときは、ご契約先の管理者の方に、再発行をご依頼ください。',
  en: 'If you have no newer certificate, ask your company’s administrator for a reissue.',
};

const GET_ANOTHER = {
  ja: 'お持ちでないときは、「電子証明書の取得」の画面から取得コードをメールで受け取れることがあります。受け取れないときは、ご契約先の管理者の方に、取得コードの発行をご依頼ください。取得コードで、新しい電子証明書を取得できます。',
  en: 'If you have none, you may be able to get an acquisition code by mail from the page “Get a certificate”. Otherwise ask your company’s administrator for one, with which you get a new certificate.',
};

const CHOOSE_OWN = {
  ja: '利用者番号とご自分の利用者IDで始まる電子証明書を、選び直してください。',
  en: 'Choose the certificate whose name begins with your contract ID and user ID.',
};

const NO_STEPS: Texts = { ja: [], en: [] };

export const SHOWN_REFUSALS = {
  'no-certificate': {
    title: { ja: '電子証明書が届きませんでした', en: 'No certificate was received' },
    reason: {
      ja: [
        'ブラウザーから、電子証明書が送られてきませんでした。原因を上から順にお確かめください。',
      ],
      en: ['Your browser sent no certificate. Please check the reasons below, from the top.'],
    },
    steps: NO_STEPS,
    action: 'log-in-again',
  },
  superseded: {
    title: { ja: '新しい電子証明書をお選びください', en: 'Please choose your new certificate' },
    reason: {
      ja: ['選択された電子証明書は、更新が完了し、新しい電子証明書に切り替わっています。'],
      en: ['The certificate you chose has been renewed, and a new one has taken its place.'],
    },
    steps: {
      ja: [
        '選択画面で、新しい電子証明書を選んでください。',
        '選択画面に新しい電子証明書がないときは、そのファイルをこのパソコンに取り込んでください。',
      ],
      en: [
        'Choose the new certificate when your browser asks.',
        'If it is not in the list, import its file on this PC.',
      ],
    },
    stepsOnDevice: {
      ja: [
        '選択画面で、新しいパスキーを選んでください。名前の終わりの年月が、遅いほうです。',
        '前のパスキーが選択画面に残っているときは、端末の設定から削除してください。',
      ],
      en: [
        'Choose the new passkey when you are asked: the one whose name ends with the later month.',
        'If the old one is still in the list, delete it in your device’s settings.',
      ],
    },
    action: 'choose-another',
  },
  replaced: {
    title: {
      ja: '取得し直す前の電子証明書です',
      en: 'This certificate has been replaced',
    },
    reason: {
      ja: ['選択された電子証明書は、そのあとに取得し直したため、お使いいただけません。'],
      en: ['A new certificate was made in place of the one you chose, so it cannot be used.'],
    },
    steps: {
      ja: [
        '取得し直した電子証明書か、更新前からお使いの電子証明書を選んでください。',
        'この電子証明書のファイルが残っているときは、削除してください。',
      ],
      en: [
        'Choose the certificate made last, or the one you used before the renewal.',
        'If you still have the file of this certificate, delete it.',
      ],
    },
    stepsOnDevice: {
      ja: ['取得し直したパスキーか、更新前からお使いの電子証明書を選んでください。'],
      en: ['Choose the passkey made last, or the certificate you used before the renewal.'],
    },
    action: 'choose-another',
  },
  unproven: {
    title: {
      ja: 'この電子証明書は、使い始められません',
      en: 'This certificate cannot be taken into use',
    },
    reason: {
      ja: ['更新前の電子証明書が、失効または利用停止となったため、切り替えができません。'],
      en: ['The certificate it was to follow has been revoked or suspended.'],
    },
    steps: {
      ja: ['ご契約先の管理者の方に、利用停止の解除または再発行をご依頼ください。'],
      en: ['Ask your company’s administrator to lift the suspension or for a reissue.'],
    },
    action: 'choose-another',
  },
  'acquisition-over': {
    title: {
      ja: '電子証明書の取得の期限が過ぎています',
      en: 'The time for taking it into use is over',
    },
    reason: {
      ja: ['決められた期限までに、取得または最初のログインがなかったため、お使いいただけません。'],
      en: ['It was not acquired, or not used for a first login, within the time set for it.'],
    },
    steps: {
      ja: ['ご契約先の管理者の方に、取得コードの発行をご依頼ください。'],
      en: ['Ask your company’s administrator for an acquisition code.'],
    },
    action: 'acquire',
  },
  suspended: {
    title: { ja: 'この電子証明書は、利用停止中です', en: 'This certificate is suspended' },
    reason: {
      ja: ['利用停止のお手続きにより、一時的にお使いいただけません。'],
      en: ['It cannot be used for the time being. A suspension can be lifted.'],
    },
    steps: {
      ja: [
        'ご契約先の管理者の方に、利用停止の解除をご依頼ください。',
        'お心当たりがないときは、お問い合わせ窓口へご連絡ください。',
      ],
      en: [
        'Ask your company’s administrator to lift the suspension.',
        'If you do not know why it is suspended, please contact us.',
      ],
    },
    action: 'choose-another',
  },
  revoked: {
    title: { ja: 'この電子証明書は、失効しています', en: 'This certificate is revoked' },
    reason: {
      ja: ['失効した電子証明書は、もうお使いいただけません。'],
      en: ['A revoked certificate can never be used again.'],
    },
    steps: {
      ja: [
        '新しい電子証明書をお持ちのときは、そちらを選んでください。',
        ASK_FOR_REISSUE.ja,
        'お心当たりがないときは、すぐにお問い合わせ窓口へご連絡ください。',
      ],
      en: [
        'If you have a newer certificate, choose that one.',
        ASK_FOR_REISSUE.en,
        'If you do not know why it is revoked, please contact us at once.',
      ],
    },
    action: 'choose-another',
  },
  expired: {
    title: {
      ja: 'この電子証明書は、有効期限が切れています',
      en: 'This certificate has expired',
    },
    reason: {
      ja: ['有効期限が切れた電子証明書では、ログインも更新もできません。'],
      en: ['An expired certificate can neither be used to log in nor be renewed.'],
    },
    steps: {
      ja: ['新しい電子証明書をお持ちのときは、そちらを選んでください。', GET_ANOTHER.ja],
      en: ['If you have a newer certificate, choose that one.', GET_ANOTHER.en],
    },
    action: 'acquire',
  },
  'authority-ended': {
    title: {
      ja: 'この電子証明書の受け付けは、終わりました',
      en: 'This certificate is no longer accepted',
    },
    reason: {
      ja: ['以前の認証局の電子証明書では、ログインできなくなりました。'],
      en: ['Certificates of the former authority can no longer be used to log in.'],
    },
    steps: {
      ja: ['新しい電子証明書をお持ちのときは、そちらを選んでください。', GET_ANOTHER.ja],
      en: ['If you have a newer certificate, choose that one.', GET_ANOTHER.en],
    },
    action: 'acquire',
  },
  'not-yet-valid': {
    title: {
      ja: 'この電子証明書は、まだお使いいただけません',
      en: 'This certificate is not valid yet',
    },
    reason: {
      ja: ['有効期間が、まだ始まっていません。'],
      en: ['Its validity has not begun.'],
    },
    steps: {
      ja: [
        '有効期間が始まってから、もう一度ログインしてください。',
        'すでに始まっているはずのときは、お問い合わせ窓口へご連絡ください。',
      ],
      en: [
        'Log in again once its validity has begun.',
        'If it should have begun already, please contact us.',
      ],
    },
    action: 'choose-another',
  },
  'unknown-certificate': {
    title: {
      ja: 'この電子証明書は、お使いいただけません',
      en: 'This certificate cannot be used',
    },
    reason: {
      ja: ['選択された電子証明書は、発行の記録にありません。'],
      en: ['The certificate you chose is not in our records.'],
    },
    steps: {
      ja: [
        CHOOSE_OWN.ja,
        'ご自分の電子証明書で間違いないときは、お問い合わせ窓口へご連絡ください。',
      ],
      en: [CHOOSE_OWN.en, 'If you are sure that it is yours, please contact us.'],
    },
    action: 'choose-another',
  },
  'unknown-issuer': {
    title: {
      ja: '別のサービスの電子証明書です',
      en: 'This certificate belongs to another service',
    },
    reason: {
      ja: ['選択された電子証明書は、この金融機関が発行したものではありません。'],
      en: ['The certificate you chose was not issued by this institution.'],
    },
    steps: { ja: [CHOOSE_OWN.ja], en: [CHOOSE_OWN.en] },
    action: 'choose-another',
  },
  'other-institution': {
    title: {
      ja: '別の金融機関の電子証明書です',
      en: 'This certificate belongs to another institution',
    },
    reason: {
      ja: ['選択された電子証明書は、別の金融機関で使うものです。ここではお使いいただけません。'],
      en: ['The certificate you chose is for another institution and cannot be used here.'],
    },
    steps: {
      ja: [
        CHOOSE_OWN.ja,
        '別の金融機関をご利用のときは、その金融機関のページからログインしてください。',
      ],
      en: [CHOOSE_OWN.en, 'If you meant to use the other institution, log in from its own page.'],
    },
    action: 'choose-another',
  },
  'not-for-login': {
    title: {
      ja: 'ログイン用ではない電子証明書です',
      en: 'This certificate is not for login',
    },
    reason: {
      ja: ['選択された電子証明書は、別の用途のものです。'],
      en: ['The certificate you chose serves another purpose.'],
    },
    steps: { ja: [CHOOSE_OWN.ja], en: [CHOOSE_OWN.en] },
    action: 'choose-another',
  },
} satisfies Record<string, RefusalWords>;
