// Words of what an administrator can do for a user: what each is called, what follows, and why a reissue is made.
import type { MemberAction, ReissueReason } from '../banking/company.ts';
import type { Role } from '../banking/person.ts';
import type { Policy } from '../banking/policy.ts';
import type { Language, Text, Texts } from './language.ts';

type ActionWords = {
  readonly label: Text;
  /** What follows, each a sentence or two. */
  readonly follows: Texts;
  readonly done: Text;
};

export const ACTIONS = {
  offer: {
    label: { ja: '取得コードを発行する', en: 'Make an acquisition code' },
    follows: {
      ja: [
        '利用者の方が電子証明書の取得に使う、取得コードを発行します。',
        '前に発行した取得コードと、それで取得して、まだ確認の済んでいない電子証明書は、使えなくなります。',
      ],
      en: [
        'A code is made by which the user acquires a certificate.',
        'A code that was made before, and what was acquired by it and not confirmed, can no longer be used.',
      ],
    },
    done: { ja: '取得コードを発行しました', en: 'The acquisition code has been made' },
  },
  reissue: {
    label: { ja: '電子証明書を再発行する', en: 'Reissue the certificate' },
    follows: {
      ja: [
        '利用者の方は、取得コードと利用者暗証番号で、新しい電子証明書を取得します。',
        '前に発行した取得コードと、まだ確認の済んでいない電子証明書は、使えなくなります。',
      ],
      en: [
        'The user acquires a new certificate with a code and their PIN.',
        'A code that was made before, and a certificate that was not confirmed, can no longer be used.',
      ],
    },
    done: { ja: '再発行の取得コードを発行しました', en: 'The code for the reissue has been made' },
  },
  suspend: {
    label: { ja: '電子証明書を利用停止にする', en: 'Suspend the certificate' },
    follows: {
      ja: [
        '電子証明書は、すぐに使えなくなります。ログイン中のときは、そこで終了します。',
        'いつでも解除できます。発行済みの取得コードは、使えなくなります。',
      ],
      en: [
        'The certificate stops working at once; a login that is open ends.',
        'You can lift this at any time. An acquisition code that was made ends.',
      ],
    },
    done: { ja: '利用停止にしました', en: 'The certificate has been suspended' },
  },
  lift: {
    label: { ja: '利用停止を解除する', en: 'Lift the suspension' },
    follows: {
      ja: [
        '電子証明書を、また使えるようにします。',
        '再発行の途中のときは、再発行を取りやめ、新しいほうの電子証明書と取得コードは使えなくなります。',
      ],
      en: [
        'The certificate works again.',
        'A reissue under way is called off: its new certificate and its code can no longer be used.',
      ],
    },
    done: { ja: '利用停止を解除しました', en: 'The suspension has been lifted' },
  },
  revoke: {
    label: { ja: '電子証明書を失効させる', en: 'Revoke the certificate' },
    follows: {
      ja: [
        '電子証明書は、すぐに使えなくなります。元に戻すことはできません。',
        '続けてお使いになるときは、取得コードを発行し、新しい電子証明書を取得していただきます。',
      ],
      en: [
        'The certificate stops working at once, for ever.',
        'To go on, make an acquisition code, by which the user acquires a new certificate.',
      ],
    },
    done: { ja: '失効させました', en: 'The certificate has been revoked' },
  },
  unlock: {
    label: { ja: '利用者暗証番号のロックを解除する', en: 'Unlock the PIN' },
    follows: {
      ja: [
        '利用者の方は、今の利用者暗証番号で、またログインできます。',
        '続けて誤入力したのがご本人であることを、必ずお確かめください。',
      ],
      en: [
        'The user can log in again with the same PIN.',
        'Make sure that it was the user who entered it wrongly.',
      ],
    },
    done: { ja: 'ロックを解除しました', en: 'The PIN has been unlocked' },
  },
  'reset-pin': {
    label: { ja: '利用者暗証番号を初期化する', en: 'Give a new first PIN' },
    follows: {
      ja: [
        '今の利用者暗証番号は使えなくなり、初回暗証番号が画面に表示されます。',
        '利用者の方は、次のログインのときに、ご自分の利用者暗証番号を決めます。',
      ],
      en: [
        'The present PIN ends, and you are shown a first PIN.',
        'At the next login the user chooses a PIN of their own.',
      ],
    },
    done: { ja: '利用者暗証番号を初期化しました', en: 'A new first PIN has been made' },
  },
  stop: {
    label: { ja: '利用者を停止する', en: 'Stop the user' },
    follows: {
      ja: [
        '利用者の方は、ログインできなくなります。ログイン中のときは、そこで終了します。',
        '電子証明書はそのまま残り、停止はいつでも解除できます。',
      ],
      en: [
        'The user can no longer log in; a login that is open ends.',
        'The certificate stays, and you can let the user go on at any time.',
      ],
    },
    done: { ja: '利用者を停止しました', en: 'The user has been stopped' },
  },
  resume: {
    label: { ja: '利用者の停止を解除する', en: 'Let the user go on' },
    follows: {
      ja: ['利用者の方は、またログインできます。'],
      en: ['The user can log in again.'],
    },
    done: { ja: '利用者の停止を解除しました', en: 'The user can log in again' },
  },
  'add-slot': {
    label: { ja: '電子証明書の枠を追加する', en: 'Add a place for a certificate' },
    follows: {
      ja: [
        '利用者の方が、もう1台のパソコンでも電子証明書をお使いいただけるように、枠を追加します。',
        '利用者の方は、今の利用者暗証番号と取得コードで、追加した枠の電子証明書を取得します。',
        '今お使いの電子証明書は、そのままお使いいただけます。',
      ],
      en: [
        'The user gets a place for one more certificate, to use on another PC.',
        'With a code and their present PIN the user acquires the certificate of the new place.',
        'The certificate in use goes on as it is.',
      ],
    },
    done: { ja: '電子証明書の枠を追加しました', en: 'A place for a certificate has been added' },
  },
  'change-mail': {
    label: { ja: 'メールアドレスを変更する', en: 'Change the mail address' },
    follows: {
      ja: [
        'お知らせと、メールで送る取得コードは、新しいメールアドレスに届きます。ご本人のものか、必ずお確かめください。',
        '変更したことを、ご本人とほかの管理者の方にお知らせします。前のメールアドレスにも、メールでお知らせします。',
      ],
      en: [
        'Notices, and codes that are mailed, go to the new address. Make sure that it is the user’s own.',
        'The user and the other administrators are told of the change; so is the former address, by mail.',
      ],
    },
    done: { ja: 'メールアドレスを変更しました', en: 'The mail address has been changed' },
  },
  'change-name': {
    label: { ja: '名前を変更する', en: 'Change the name' },
    follows: {
      ja: [
        'お名前が変わったとき、登録した名前に誤りがあったときに、変更します。利用者IDと電子証明書は変わりません。',
        '変更したことを、ご本人と管理者の方にお知らせします。',
      ],
      en: [
        'For a new name, or one that was misspelt. The user ID and the certificate stay as they are.',
        'The user and the administrators are told of the change.',
      ],
    },
    done: { ja: '名前を変更しました', en: 'The name has been changed' },
  },
  appoint: {
    label: { ja: '管理者にする', en: 'Make this user an administrator' },
    follows: {
      ja: [
        '利用者の方は、ほかの利用者の登録や再発行などを行えるようになります。届出書の内容と、届出印をお確かめください。',
        '管理者になったことを、ご本人とほかの管理者の方にお知らせします。',
      ],
      en: [
        'The user can then register others, reissue their certificates, and so on. Check it against the company’s own paper and seal.',
        'The user and the other administrators are told.',
      ],
    },
    done: { ja: '管理者にしました', en: 'The user is an administrator now' },
  },
  dismiss: {
    label: { ja: '管理者から外す', en: 'Make this administrator a user' },
    follows: {
      ja: [
        '利用者の登録や再発行などは、すぐに行えなくなります。ご自身の電子証明書と利用者暗証番号は、そのままお使いいただけます。届出書の内容と、届出印をお確かめください。',
        '管理者から外れたことを、ご本人とほかの管理者の方にお知らせします。',
      ],
      en: [
        'They can no longer register users, reissue certificates, and so on, from the next click. Their own certificate and PIN go on as they are. Check it against the company’s own paper and seal.',
        'They and the other administrators are told.',
      ],
    },
    done: { ja: '管理者から外しました', en: 'They are a user now' },
  },
  'confirm-rights': {
    label: { ja: '権限を確認して元に戻す', en: 'Confirm the rights' },
    follows: {
      ja: [
        '再発行した電子証明書が、ご本人に届いたことをお確かめください。',
        '止めていた権限が、元に戻ります。',
      ],
      en: [
        'Make sure that the reissued certificate reached the right person.',
        'The rights that were held back are given back.',
      ],
    },
    done: { ja: '権限を元に戻しました', en: 'The rights have been given back' },
  },
} satisfies Record<MemberAction, ActionWords>;

/** What a reissue does to the certificate before, by what the bank wants done first. */
const OLD_ONE = {
  suspended: {
    ja: '今の電子証明書は、すぐに使えなくなります (利用停止)。ログイン中のときは、そこで終了します。新しい電子証明書の確認が済むと、失効します。見つかったときは、それまでに解除できます。',
    en: 'The present certificate is suspended at once; a login that is open ends. It is revoked once the new one is confirmed. If it is found, the suspension can be lifted until then.',
  },
  revoked: {
    ja: '今の電子証明書は、すぐに失効します。ログイン中のときは、そこで終了します。元に戻すことはできません。',
    en: 'The present certificate is revoked at once, for ever; a login that is open ends.',
  },
} satisfies Record<string, Text>;

const FREEZES = {
  ja: '安全のため、新しい電子証明書を使い始めると、利用者の方の権限は止まります。このお手続きを行った方とは別の管理者の方 (いないときは、お問い合わせ窓口) が確認すると、元に戻ります。',
  en: 'For safety the user’s rights are held back once the new certificate is in use, until an administrator other than the one who does this (or the bank, where there is none) confirms them.',
} satisfies Text;

/** What follows from an action, under the institution's policy. */
export function followsOf(
  action: MemberAction,
  of: {
    readonly policy: Pick<Policy, 'revokeFirst' | 'freezesAfterReissue'>;
    readonly role: Role;
    /** Whether what is acquired counts as a reissue. */
    readonly isReissue: boolean;
  },
  language: Language,
): readonly string[] {
  const { policy, role, isReissue } = of;
  const isRevoked = policy.revokeFirst && role !== 'administrator';
  const oldOne = OLD_ONE[isRevoked ? 'revoked' : 'suspended'][language];
  return [
    ...(action === 'reissue' ? [oldOne] : []),
    ...ACTIONS[action].follows[language],
    ...(isReissue && policy.freezesAfterReissue ? [FREEZES[language]] : []),
  ];
}

export const REASONS = {
  title: { ja: '再発行の理由', en: 'Reason for the reissue' },
  lost: { ja: '電子証明書やパソコンをなくした', en: 'The certificate or the PC was lost' },
  'new-pc': {
    ja: 'パソコンを替えた、修理した、使えなくなった',
    en: 'A new, repaired or broken PC',
  },
  vanished: {
    ja: '心当たりがないのに、電子証明書がなくなった',
    en: 'The certificate vanished and nobody knows why',
  },
  theft: { ja: '盗まれた、悪用のおそれがある', en: 'It was stolen, or may be misused' },
} satisfies Record<ReissueReason | 'title', Text>;

/** What is said beside a reason. */
export const REASON_NOTES = {
  vanished: {
    ja: '電子証明書を消して再発行を待ち受けるウイルスがあります。取得の前に、パソコンのウイルス検査をしてください。',
    en: 'There is malware that deletes certificates and waits for the reissue. Scan the PC before the user acquires.',
  },
  theft: {
    ja: '前の電子証明書は、すぐに失効します。',
    en: 'The old certificate is revoked at once.',
  },
} satisfies Partial<Record<ReissueReason, Text>>;
