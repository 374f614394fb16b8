// Words of パソコンの変更の前に: what follows when a user ends their own certificate, and what to do after it.
import type { Text, Texts } from './language.ts';

/** What the user can have done. */
type Kind = 'suspend' | 'revoke';

export const PC_CHANGE = {
  title: { ja: 'パソコンの変更の前に', en: 'Before you change your PC' },
  lead: {
    ja: '今のパソコンをお使いにならなくなるときは、その前に、電子証明書を使えないようにしてください。',
    en: 'Before you give up this PC, see to it that nobody can use your certificate there.',
  },
  what: { ja: '対象の電子証明書', en: 'The certificate concerned' },
  follows: { ja: 'お手続きをすると', en: 'What follows' },
  choose: { ja: 'お手続きの種類', en: 'What is to be done' },
  pin: { ja: '利用者暗証番号', en: 'PIN' },
  failed: { ja: 'お手続きは完了していません', en: 'Nothing has been done' },
  notChosen: {
    ja: '「利用を停止する」か「失効させる」を選んでください。',
    en: 'Choose whether to suspend or to revoke.',
  },
  submit: { ja: 'この電子証明書を使えないようにする', en: 'End the use of this certificate' },
  other: { ja: 'お手続きが要らないとき', en: 'When you need not do this' },
  otherRenewal: {
    ja: '更新のときは、お手続きは要りません。更新が完了すると、前の電子証明書は自動的に使えなくなります。',
    en: 'For a renewal: once it is complete, the old certificate no longer works by itself.',
  },
  otherLost: {
    ja: 'パソコンを紛失したときや、盗まれたときは、すぐにご契約先の管理者の方と、お問い合わせ窓口へご連絡ください。',
    en: 'If the PC is lost or stolen, tell your company’s administrator and us at once.',
  },
} satisfies Record<string, Text>;

export const PC_CHANGE_FOLLOWS = {
  ja: [
    'すぐにログインが終了し、この電子証明書ではログインできなくなります。更新の途中の電子証明書があるときは、それも使えなくなります。',
    '新しいパソコンでお使いになるには、ご契約先の管理者の方に、再発行の手続きをしていただく必要があります。それまで、ログインできません。',
    'お取引の予約や、ご契約の内容は変わりません。',
  ],
  en: [
    'You are logged off at once, and this certificate no longer logs you in; nor does a new one that waits for its confirmation.',
    'To log in on the new PC you need a new certificate, for which your company’s administrator has to act. Until then you cannot log in.',
    'Nothing else changes: neither payments that are scheduled nor your contract.',
  ],
} satisfies Texts;

/** Said besides to a user who is an administrator. */
export const PC_CHANGE_AS_ADMINISTRATOR: Text = {
  ja: 'あなたは管理者です。ほかに管理者の方がいらっしゃらないときは、再発行を、お問い合わせ窓口へお申し込みいただくことになります。先に窓口へご相談ください。',
  en: 'You are an administrator. If your company has no other one, only we can have a new certificate issued for you. Please ask us first.',
};

export const PC_CHANGE_KINDS = {
  suspend: {
    label: { ja: '利用を停止する', en: 'Suspend' },
    note: {
      ja: '管理者の方が停止を解除すると、今のパソコンで、またお使いいただけます。',
      en: 'Your administrator can lift it, and the certificate works on this PC again.',
    },
  },
  revoke: {
    label: { ja: '失効させる', en: 'Revoke' },
    note: {
      ja: '元に戻せません。今のパソコンを、廃棄、返却、譲渡されるときにお選びください。',
      en: 'This cannot be undone. Choose it if the PC is scrapped, returned or passed on.',
    },
  },
} satisfies Record<Kind, { readonly label: Text; readonly note: Text }>;

export const WITHDRAWN = {
  suspend: {
    title: { ja: '電子証明書の利用を停止しました', en: 'Your certificate is suspended' },
    lead: {
      ja: 'ログオフしました。停止した電子証明書では、ログインできません。',
      en: 'You have been logged off. The suspended certificate does not log you in.',
    },
  },
  revoke: {
    title: { ja: '電子証明書を失効させました', en: 'Your certificate is revoked' },
    lead: {
      ja: 'ログオフしました。失効した電子証明書は、元に戻せません。',
      en: 'You have been logged off. A revoked certificate cannot be restored.',
    },
  },
} satisfies Record<Kind, { readonly title: Text; readonly lead: Text }>;

/** What is to be done after it, in order. */
export const WITHDRAWN_STEPS = {
  suspend: {
    ja: [
      'ご契約先の管理者の方に、「パソコンを変更するので、電子証明書を再発行してください」とお伝えください。今のパソコンを使い続けることになったときは、停止の解除をご依頼ください。',
      '管理者の方から、新しい電子証明書を取得するための取得コードを受け取ってください。',
      '新しいパソコンで、取得コードを使って、新しい電子証明書を取得してください。',
    ],
    en: [
      'Tell your company’s administrator that you change your PC and need your certificate reissued. If you keep this PC after all, ask for the suspension to be lifted.',
      'The administrator gives you an acquisition code for a new certificate.',
      'On the new PC, get the new certificate with that code.',
    ],
  },
  revoke: {
    ja: [
      'ご契約先の管理者の方に、「パソコンを変更するので、電子証明書を再発行してください」とお伝えください。',
      '管理者の方から、新しい電子証明書を取得するための取得コードを受け取ってください。',
      '新しいパソコンで、取得コードを使って、新しい電子証明書を取得してください。',
      '今のパソコンに電子証明書のファイルが残っているときは、削除してください。',
    ],
    en: [
      'Tell your company’s administrator that you change your PC and need your certificate reissued.',
      'The administrator gives you an acquisition code for a new certificate.',
      'On the new PC, get the new certificate with that code.',
      'If the certificate’s file is still on the old PC, delete it.',
    ],
  },
} satisfies Record<Kind, Texts>;

/** Whom an administrator turns to. */
export const WITHDRAWN_DESK: Text = {
  ja: 'あなたが管理者で、ほかに管理者の方がいらっしゃらないときは、下記のお問い合わせ窓口へご連絡ください。',
  en: 'If you are the only administrator of your company, please contact us.',
};
