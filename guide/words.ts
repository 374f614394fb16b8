// What the guides say. The names of buttons and pages are not here: those come from the pages' own words.
import { daysOfOwnCodes } from '../src/banking/own-code.ts';
import type { Policy } from '../src/banking/policy.ts';
import { ACQUIRE } from '../src/words/acquisition.ts';
import type { Text } from '../src/words/language.ts';

export const TITLES = {
  renewal: { ja: '利用者の電子証明書の更新方法', en: 'Renewing your certificate' },
  acquisition: { ja: '電子証明書の取得方法', en: 'Getting your certificate' },
  administrator: { ja: '管理者ご利用ガイド', en: 'Guide for administrators' },
} satisfies Record<string, Text>;

export const CHAPTERS = {
  facts: { ja: 'はじめに', en: 'First of all' },
  contents: { ja: '目次', en: 'Contents' },
  troubles: { ja: 'うまくいかないとき', en: 'If something goes wrong' },
  contact: { ja: 'お問い合わせ', en: 'Contact' },
  logIn: { ja: 'ログインする', en: 'Log in' },
  renew: { ja: '更新する', en: 'Renew' },
  renewLead: {
    ja: '更新が完了するまで、今の電子証明書をそのままお使いいただけます。途中でやめても、ログインできなくなることはありません。',
    en: 'Your present certificate goes on working until the renewal is complete. If you stop half way, you can still log in.',
  },
  save: { ja: 'ファイルを保存し、パソコンに取り込む', en: 'Save the file and import it' },
  confirm: { ja: '確認して、完了する', en: 'Confirm, and you are done' },
  acquire: { ja: '電子証明書を取得する', en: 'Get the certificate' },
  acquireLead: {
    ja: '管理者の方から別々に受け取った、利用者ID通知書と取得コード通知書をご用意ください。',
    en: 'Have at hand the two sheets that your administrator gave you separately.',
  },
  register: { ja: '利用者を登録する', en: 'Register a user' },
  registerLead: {
    ja: '登録すると、利用者の方が電子証明書を取得するための、2枚の通知書が表示されます。',
    en: 'You get two sheets, with which the user gets a certificate.',
  },
  help: { ja: '困っている利用者を助ける', en: 'Help a user' },
  helpLead: {
    ja: '電子証明書やパソコンをなくしたとき、利用者暗証番号を忘れたときなどのお手続きです。押す前に、その後どうなるかが表示されます。',
    en: 'For a lost certificate or PC, a forgotten PIN and so on. Before you press, each page says what follows.',
  },
} satisfies Record<string, Text>;

export const GUIDE_STEPS = {
  openPage: {
    ja: '金融機関のページを開き、赤い枠を押します。',
    en: 'Open the institution’s page and press what is framed in red.',
  },
  chooseMethod: {
    ja: '電子証明書方式のログインを押します。',
    en: 'Choose the login with certificate.',
  },
  pick: {
    ja: 'ブラウザーが証明書の選択画面を表示したら、ご自分の電子証明書を選び、「OK」を押します。',
    en: 'When your browser asks, choose your own certificate and press OK.',
  },
  pickNote: {
    ja: '名前は、利用者番号、利用者ID、金融機関コード、有効期限の年月の順です。似た名前が二つあるときは、年月が遅いほうを選びます。',
    en: 'Its name is your contract ID, user ID, the institution’s code and the month it ends. Of two that look alike choose the one with the later month.',
  },
  enterPin: {
    ja: '表示された利用者番号と利用者IDがご自分のものか確かめ、利用者暗証番号を入力します。',
    en: 'Check that the contract ID and user ID are yours, and enter your PIN.',
  },
  openNotice: {
    ja: '重要なお知らせから、更新のお知らせを開きます。',
    en: 'Open the notice about the renewal.',
  },
  followNotice: { ja: 'お知らせの中のリンクを押します。', en: 'Follow the link in it.' },
  renew: { ja: '「更新」を1回押し、そのままお待ちください。', en: 'Press Renew once and wait.' },
  saveFile: {
    ja: 'ファイルを保存し、表示されたパスワードを控えます。',
    en: 'Save the file and note the password that is shown.',
  },
  saveNote: {
    ja: 'ファイルとパスワードは、この画面でだけ表示されます。パスワードは利用者暗証番号とは別のもので、取り込むときに1回だけ使います。',
    en: 'Both are shown on this page only. The password is not your PIN; you need it once, to import the file.',
  },
  importFile: {
    ja: '保存したファイルを開き、パソコンに取り込みます。画面に、お使いのパソコンでの手順が表示されています。',
    en: 'Open the saved file and import it. The page shows the steps for your PC.',
  },
  importNote: {
    ja: 'Windowsでは「証明書のインポート ウィザード」が開きます。パスワードを入力するほかは、何も変えずに「次へ」「完了」「OK」と進みます。',
    en: 'On Windows the Certificate Import Wizard opens. Enter the password, change nothing else, and go on to Finish and OK.',
  },
  confirm: {
    ja: '取り込みが終わったら、「確認」を押します。',
    en: 'When the file is imported, press Confirm.',
  },
  confirmNote: {
    ja: '選択画面では、新しい電子証明書 (年月が遅いほう) を選びます。',
    en: 'When your browser asks, choose the new certificate: the one with the later month.',
  },
  completed: {
    ja: 'この画面が表示されたら、更新は完了です。保存したファイルを削除し、ごみ箱も空にします。',
    en: 'When you see this page, the renewal is complete. Delete the saved file and empty the bin.',
  },
  logOff: { ja: '最後にログオフします。', en: 'Finally, log off.' },
  openAcquire: {
    ja: '金融機関のページを開き、赤い枠を押します。',
    en: 'Open the institution’s page and press what is framed in red.',
  },
  typeSheets: {
    ja: '2枚の通知書のとおりに入力し、次へ進みます。',
    en: 'Enter what the two sheets say and go on.',
  },
  typeSheetsNote: {
    ja: '期限が切れたあとの取得や再発行では、初回暗証番号の代わりに、今お使いの利用者暗証番号を入力します。',
    en: 'After an expiry or for a reissue enter your own PIN in place of the first PIN.',
  },
  choosePin: {
    ja: 'ご自分の利用者暗証番号を決め、2回入力して、「取得」を押します。',
    en: 'Choose a PIN of your own, enter it twice, and press the button.',
  },
  firstLogin: {
    ja: '取り込みが終わったら、一度ログインします。これで使い始めたことになります。',
    en: 'When the file is imported, log in once. With that the certificate is in use.',
  },
  openCompany: { ja: 'ログインして、利用者の管理を開きます。', en: 'Log in and open the users.' },
  openRegister: { ja: '利用者の登録へ進みます。', en: 'Go on to register a user.' },
  register: {
    ja: '利用者IDとお名前を入力し、登録します。',
    en: 'Enter a user ID and the name, and register.',
  },
  handOver: {
    ja: '2枚の通知書を印刷し、別々の方法で利用者の方に渡します。',
    en: 'Print the two sheets and give them to the user by two different ways.',
  },
  handOverNote: {
    ja: 'この画面は、もう一度表示できません。なくしたときは、新しい取得コードを発行してください。',
    en: 'This page cannot be shown again. If a sheet is lost, make a new code.',
  },
  chooseUser: { ja: '利用者の管理で、その方を選びます。', en: 'Choose the user in the list.' },
  chooseAction: { ja: 'できることの中から、必要なものを選びます。', en: 'Choose what is needed.' },
  reissue: {
    ja: '電子証明書やパソコンをなくした、替えた、期限のあとの猶予も過ぎたとき: 再発行します。取得コードを渡します。',
    en: 'The certificate or the PC was lost or replaced, or the time after the end is over: reissue, and hand over the code.',
  },
  resetPin: {
    ja: '利用者暗証番号を忘れたとき: 初期化し、初回暗証番号を渡します。',
    en: 'The PIN is forgotten: give a new first PIN.',
  },
  suspend: {
    ja: 'しばらく使わない、見当たらないとき: 利用停止にします。あとで解除できます。',
    en: 'The certificate is not needed for a while or cannot be found: suspend it. You can lift that later.',
  },
  revoke: {
    ja: '退職や盗難のとき: 失効させます。元に戻すことはできません。',
    en: 'Somebody has left, or the certificate was stolen: revoke it, for ever.',
  },
} satisfies Record<string, Text>;

/** A text that says something else under another policy. */
export type ByPolicy = Text<(policy: Policy) => string>;

/** Who gives the code to a person whose certificate has ended. */
function codeAfterEnd(policy: Policy): keyof typeof AFTER_END {
  if (policy.graceDays === 0 || policy.revokeFirst) return 'nobody';
  return daysOfOwnCodes(policy) === null ? 'administrator' : 'mail';
}

const AFTER_END = {
  nobody: {
    ja: () => '管理者の方に、再発行をご依頼ください。',
    en: () => 'Ask your administrator for a reissue.',
  },
  administrator: {
    ja: (days: number) =>
      `${days}日以内は、管理者の方が発行する取得コードで取得できます。過ぎたときは再発行です。`,
    en: (days: number) =>
      `For ${days} days you can get a new one with a code from your administrator; after that it is a reissue.`,
  },
  mail: {
    ja: (days: number) =>
      `${days}日以内は、メールで受け取る取得コード、または管理者の方が発行する取得コードで取得できます。過ぎたときは再発行です。`,
    en: (days: number) =>
      `For ${days} days you can get a new one with a code that is mailed to you or one from your administrator; after that it is a reissue.`,
  },
} satisfies Record<string, Text<(days: number) => string>>;

/** What holds at an institution, by its policy. */
export const FACTS = {
  window: {
    name: { ja: '更新できる期間', en: 'When you can renew' },
    says: {
      ja: ({ renewalWindowDays }: Policy) => `有効期限の${renewalWindowDays}日前から、有効期限まで`,
      en: ({ renewalWindowDays }: Policy) =>
        `from ${renewalWindowDays} days before the end until the end`,
    },
  },
  validity: {
    name: { ja: '新しい有効期限', en: 'How long it is valid' },
    says: {
      ja: ({ validityDays, renewalExtends }: Policy) =>
        renewalExtends === 'old-end'
          ? `今の有効期限から${validityDays}日後 (早く更新しても短くなりません)`
          : `更新した日から${validityDays}日後`,
      en: ({ validityDays, renewalExtends }: Policy) =>
        renewalExtends === 'old-end'
          ? `${validityDays} days from the present end: nothing is lost by being early`
          : `${validityDays} days from the day of the renewal`,
    },
  },
  after: {
    name: { ja: '有効期限が切れたあと', en: 'After the end' },
    says: {
      ja: (policy: Policy) => AFTER_END[codeAfterEnd(policy)].ja(policy.graceDays),
      en: (policy: Policy) => AFTER_END[codeAfterEnd(policy)].en(policy.graceDays),
    },
  },
  deadline: {
    name: { ja: '取得の期限', en: 'Time to get it' },
    says: {
      ja: ({ firstAcquisitionDays }: Policy) =>
        `取得コードの発行から${firstAcquisitionDays}日後まで`,
      en: ({ firstAcquisitionDays }: Policy) => `within ${firstAcquisitionDays} days of the code`,
    },
  },
  pin: {
    name: { ja: '利用者暗証番号', en: 'PIN' },
    says: {
      ja: ({ pinErrorLimit }: Policy) =>
        `半角6〜12文字、英字と数字の両方。${pinErrorLimit}回続けて誤るとロックされ、管理者の方が解除します。`,
      en: ({ pinErrorLimit }: Policy) =>
        `6 to 12 characters, letters and digits. After ${pinErrorLimit} errors in a row it is locked; your administrator unlocks it.`,
    },
  },
  users: {
    name: { ja: '登録できる利用者', en: 'Users' },
    says: {
      ja: ({ usersPerContract }: Policy) => `管理者の方を含めて${usersPerContract}人まで`,
      en: ({ usersPerContract }: Policy) => `up to ${usersPerContract}, administrators included`,
    },
  },
  home: {
    name: { ja: '電子証明書の鍵の保管場所', en: 'Where the key is kept' },
    says: {
      ja: ({ keyHomes }: Policy) =>
        keyHomes.includes('device')
          ? 'ファイルのほか、パソコンの端末 (パスキー) を選べます。端末では、保存も取り込みも要りません。'
          : 'ファイル',
      en: ({ keyHomes }: Policy) =>
        keyHomes.includes('device')
          ? 'in a file, or in the PC itself (passkey): then nothing is saved or imported'
          : 'in a file',
    },
  },
} satisfies Record<string, { readonly name: Text; readonly says: ByPolicy }>;

export const TROUBLES = {
  notAsked: {
    what: {
      ja: '選択画面が表示されない、電子証明書がない',
      en: 'You are not asked, or your certificate is not listed',
    },
    answer: {
      ja: (policy: Policy) =>
        `有効期限が切れた電子証明書は、選択画面に表示されません。${
          daysOfOwnCodes(policy) === null
            ? '管理者の方に、取得コードの発行をご依頼ください。'
            : `「${ACQUIRE.title.ja}」で、取得コードをメールで受け取るか、管理者の方に発行をご依頼ください。`
        }`,
      en: (policy: Policy) =>
        `Browsers do not list what has expired. ${
          daysOfOwnCodes(policy) === null
            ? 'Ask your administrator for a code.'
            : `Have a code mailed to you under “${ACQUIRE.title.en}”, or ask your administrator for one.`
        }`,
    },
  },
  wrong: {
    what: { ja: '別の電子証明書を選んでしまった', en: 'You chose the wrong one' },
    answer: {
      ja: '画面の「別の電子証明書を選ぶ」を押すと、もう一度選べます。ブラウザーを閉じる必要はありません。',
      en: 'Press “Choose another certificate” on the page. You need not close your browser.',
    },
  },
  lost: {
    what: {
      ja: '保存する前に画面を閉じた、ファイルが見つからない',
      en: 'The page was closed before saving, or the file is lost',
    },
    answer: {
      ja: '今の電子証明書でもう一度ログインし、更新の画面で「取得し直す」を押してください。',
      en: 'Log in with your present certificate and press “Get another” on the renewal page.',
    },
  },
  locked: {
    what: { ja: '利用者暗証番号がロックされた、忘れた', en: 'Your PIN is locked or forgotten' },
    answer: {
      ja: '管理者の方に、ロックの解除または初期化をご依頼ください。',
      en: 'Ask your administrator to unlock it or to give you a new first PIN.',
    },
  },
  newPc: {
    what: { ja: 'パソコンを替える', en: 'You get another PC' },
    answer: {
      ja: '管理者の方に、再発行をご依頼ください。前の電子証明書は使えなくなります。',
      en: 'Ask your administrator for a reissue. The old certificate stops working.',
    },
  },
  sole: {
    what: { ja: '管理者ご自身が困ったとき', en: 'You are the administrator yourself' },
    answer: {
      ja: 'ほかの管理者の方がお手続きできます。お一人のときは、お問い合わせ窓口へご連絡ください。書面でお申し出いただくと、利用者の方を管理者に変更いたします。お二人以上をおすすめします。',
      en: 'Another administrator can help you. If there is none, please contact us. On paper, ask us to make one of your users an administrator: we recommend two or more.',
    },
  },
  fraud: {
    what: { ja: '更新を求める電話やメールが来た', en: 'Somebody calls or writes about a renewal' },
    answer: {
      ja: '電話やメールで更新をお願いしたり、利用者暗証番号をおたずねすることはありません。応じずに、お問い合わせ窓口へご連絡ください。',
      en: 'We never ask for a renewal or a PIN by telephone or mail. Do not answer, and contact us.',
    },
  },
} satisfies Record<string, { readonly what: Text; readonly answer: Text | ByPolicy }>;

export const PRINTED = {
  sample: { ja: '画面は見本です。', en: 'The pictures show samples.' },
  made: { ja: '作成日', en: 'Made on' },
} satisfies Record<string, Text>;
