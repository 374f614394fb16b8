// Words for the bank's staff, what they ask for and decide.
import type { OrderKind, OrderState } from '../banking/order.ts';
import type { StaffRole } from '../banking/staff.ts';
import type { Text } from './language.ts';

export const STAFF_ROLE_NAMES = {
  operator: { ja: '担当者', en: 'Operator' },
  approver: { ja: '承認者', en: 'Approver' },
  auditor: { ja: '監査者', en: 'Auditor' },
  'ca-officer': { ja: '認証局責任者', en: 'CA officer' },
} satisfies Record<StaffRole, Text>;

export const ORDER_NAMES = {
  'open-contract': { ja: '新しいご契約先', en: 'New contract' },
  'change-contract': { ja: 'ご契約先の変更', en: 'Change of a contract' },
  'close-contract': { ja: 'ご契約の終了', en: 'Close a contract' },
  'change-person': { ja: '利用者の名前の変更', en: 'Change of a user’s name' },
  'change-policy': { ja: '運用ポリシーの変更', en: 'Change of policy' },
  'change-administrator': { ja: '管理者へのお手続き', en: 'Action for an administrator' },
  'publish-notice': { ja: 'お知らせの掲載', en: 'Publish a notice' },
  'print-letters': { ja: '通知書の印刷', en: 'Letters to users' },
  'import-users': { ja: '利用者の一括登録', en: 'Import of users' },
  'accept-former-authority': {
    ja: '以前の認証局の受け付け',
    en: 'Accept a former authority',
  },
  'end-former-authority': {
    ja: '以前の認証局の受け付けの終了',
    en: 'Switch off a former authority',
  },
} satisfies Record<OrderKind, Text>;

export const ORDER_STATES = {
  waiting: { ja: '承認待ち', en: 'Waiting' },
  done: { ja: '承認・実行済み', en: 'Approved and done' },
  rejected: { ja: '却下', en: 'Rejected' },
  withdrawn: { ja: '取り下げ', en: 'Withdrawn' },
  expired: { ja: '期限切れ', en: 'Expired' },
} satisfies Record<OrderState, Text>;

/** How long an order has been waiting, in whole hours. */
export const WAITING_SINCE = {
  ja: (hours: number) =>
    hours < 24 ? `${hours}時間` : `${Math.floor(hours / 24)}日${hours % 24}時間`,
  en: (hours: number) =>
    hours < 24 ? `${hours} h` : `${Math.floor(hours / 24)} d ${hours % 24} h`,
} satisfies Text<(hours: number) => string>;

export const CONSOLE = {
  product: { ja: '業務コンソール', en: 'Staff console' },
  home: { ja: 'ホーム', en: 'Home' },
  orders: { ja: '承認', en: 'Approvals' },
  newOrder: { ja: '申請', en: 'New request' },
  audit: { ja: '監査記録', en: 'Audit log' },
  sections: { ja: 'コンソールの画面', en: 'Console pages' },
  search: { ja: '検索', en: 'Search' },
  searchLabel: {
    ja: '利用者番号、利用者ID、名前、カナ、シリアル番号、お問い合わせ番号',
    en: 'Contract ID, user ID, name, reading, serial number or inquiry number',
  },
  searchButton: { ja: '検索する', en: 'Search' },
  nothingFound: {
    ja: '見つかりませんでした。担当の金融機関の中だけを探しています。',
    en: 'Nothing was found. Only the institutions you work for are searched.',
  },
  more: {
    ja: 'ほかにもあります。もう少し詳しく入力してください。',
    en: 'There is more. Type a little more to narrow it down.',
  },
  contracts: { ja: 'ご契約先', en: 'Contracts' },
  people: { ja: '利用者', en: 'Users' },
  certificates: { ja: '電子証明書', en: 'Certificates' },
  inquiry: { ja: 'お問い合わせ', en: 'Inquiry' },
  institution: { ja: '金融機関', en: 'Institution' },
  institutions: { ja: '担当の金融機関', en: 'Your institutions' },
  ownNotices: { ja: 'あなたへの重要なお知らせ', en: 'Important notices to you' },
  waitingOrders: { ja: '承認待ちの申請', en: 'Requests that wait' },
  noneWaiting: { ja: '承認待ちの申請はありません。', en: 'No request is waiting.' },
  latestOrders: { ja: '最近の申請', en: 'Latest requests' },
  noneLatest: { ja: '最近の申請はありません。', en: 'There are none.' },
  kind: { ja: '種類', en: 'Kind' },
  subject: { ja: '対象', en: 'About' },
  requestedBy: { ja: '申請者', en: 'Requested by' },
  requestedAt: { ja: '申請日時', en: 'Requested' },
  age: { ja: '経過', en: 'Age' },
  expires: { ja: '承認の期限', en: 'To be decided' },
  state: { ja: '状態', en: 'State' },
  decidedBy: { ja: '決めた人', en: 'Decided by' },
  decidedAt: { ja: '決めた日時', en: 'Decided' },
  decision: { ja: '却下の理由', en: 'Reason of rejection' },
  reason: { ja: '理由', en: 'Reason' },
  reference: { ja: '書面の番号', en: 'Paper reference' },
  referenceHint: {
    ja: '届出書や依頼書の番号。あるときに入力します。',
    en: 'Number of the letter or form, where there is one.',
  },
  contract: { ja: '利用者番号 (ご契約先ID)', en: 'Contract ID' },
  user: { ja: '利用者ID', en: 'User ID' },
  name: { ja: '名前', en: 'Name' },
  kana: { ja: 'カナ', en: 'Reading' },
  postalCode: { ja: '郵便番号', en: 'Postal code' },
  address: { ja: '住所', en: 'Address' },
  openedAt: { ja: '登録日時', en: 'Opened' },
  closedAt: { ja: '終了日時', en: 'Closed' },
  closed: { ja: 'ご契約は終了しています', en: 'Closed' },
  role: { ja: '区分', en: 'Role' },
  lastLogin: { ja: '最後のログイン', en: 'Last login' },
  serial: { ja: 'シリアル番号', en: 'Serial number' },
  home_: { ja: '鍵の保管場所', en: 'Its key is kept' },
  ends: { ja: '有効期限', en: 'Valid' },
  issuedAt: { ja: '発行日時', en: 'Issued' },
  sessions: { ja: 'ログイン', en: 'Logins' },
  opened: { ja: '開始', en: 'From' },
  seen: { ja: '最後の操作', en: 'Last seen' },
  ended: { ja: '終了', en: 'Ended' },
  notices: { ja: 'お知らせ', en: 'Notices' },
  history: { ja: '記録', en: 'History' },
  when: { ja: '日時', en: 'When' },
  what: { ja: 'できごと', en: 'What' },
  who: { ja: '対象の利用者', en: 'Whom' },
  detail: { ja: '内容', en: 'Details' },
  none: { ja: 'ありません。', en: 'None.' },
  open: { ja: '継続中', en: 'open' },
  older: { ja: '前の記録を見る', en: 'Older entries' },
  possible: { ja: '申請できるお手続き', en: 'What you can ask for' },
  possibleNote: {
    ja: '書面を確かめて申請し、別の承認者が承認すると行われます。',
    en: 'One of the staff asks for it, on paper, and another approves.',
  },
  toQueue: { ja: '承認の一覧へ', en: 'To the approvals' },
} satisfies Record<string, Text>;

export const ORDERS = {
  content: { ja: '申請の内容', en: 'What is asked for' },
  sum: { ja: '内容の照合値 (SHA-256)', en: 'Sum of the content (SHA-256)' },
  sumNote: {
    ja: '承認すると、この内容がそのまま行われます。申請者にも、同じ照合値が表示されています。',
    en: 'What is approved is done exactly as it stands here. Who asked sees the same sum.',
  },
  approve: { ja: '承認して実行する', en: 'Approve and do it' },
  reject: { ja: '却下する', en: 'Reject' },
  rejectReason: { ja: '却下の理由', en: 'Why it is rejected' },
  withdraw: { ja: '申請を取り下げる', en: 'Withdraw the request' },
  own: {
    ja: 'あなたの申請です。承認または却下は、ほかの承認者が行います。',
    en: 'You asked for this. Another approver decides.',
  },
  notYours: {
    ja: 'この申請を決めることは、あなたの役割にありません。',
    en: 'Your role does not decide this request.',
  },
  send: { ja: '申請する', en: 'Ask for approval' },
  sent: { ja: '申請しました。', en: 'The request waits for approval.' },
  done: { ja: '承認し、実行しました。', en: 'Approved and done.' },
  rejected: { ja: '却下しました。', en: 'Rejected.' },
  withdrawn: { ja: '取り下げました。', en: 'Withdrawn.' },
  invalid: {
    ja: '入力内容をお確かめください。申請は受け付けていません。',
    en: 'Please check what you entered. Nothing was asked for.',
  },
  stale: {
    ja: 'この画面を開いたあとに、登録内容が変わりました。申請は受け付けていません。今の登録内容を別の画面で開き、入力し直してください。この画面の入力内容は、そのまま残っています。',
    en: 'What is on record has been changed since you opened this page. Nothing was asked for. Open it as it is now in another window and enter your change there; what you entered stays here.',
  },
  openAnew: { ja: '今の登録内容で開く (別の画面)', en: 'Open as it is now (another window)' },
  handOver: {
    ja: '次の通知書を、別々の方法でご本人に渡してください。この画面は、もう一度表示できません。',
    en: 'Give these to the person by two different ways. This page cannot be shown again.',
  },
  choose: { ja: '何を申請しますか', en: 'What do you want to ask for?' },
  fromPerson: {
    ja: '管理者へのお手続きは、その方の画面から、ご契約先の変更は、ご契約先の画面から申請します。',
    en: 'Actions for an administrator are asked for on their own page, changes of a contract on the contract’s.',
  },
  changeContract: {
    ja: '名前や住所の変更を申請する',
    en: 'Ask for a change of name or address',
  },
  closeContract: { ja: 'ご契約の終了を申請する', en: 'Ask that the contract be closed' },
  notStopped: { ja: '停止していない利用者', en: 'Users who are not stopped' },
  toRevoke: { ja: '失効させる電子証明書', en: 'Certificates to be revoked' },
  postalHint: { ja: '例 100-0001', en: 'Such as 100-0001' },
  addressHint: {
    ja: '初回の通知書をお送りする住所。1行に、建物の名前まで。',
    en: 'Where first letters go; on one line, with the building.',
  },
  administrator: { ja: '最初の管理者', en: 'First administrator' },
  company: { ja: 'ご契約先', en: 'Contract' },
  contractHint: { ja: '半角数字11桁', en: 'Eleven digits' },
  userHint: { ja: '半角英数字1〜30文字', en: '1 to 30 letters and digits' },
  kanaHint: { ja: '検索に使います。', en: 'By which it will be found.' },
  now: { ja: '今', en: 'Now' },
  new_: { ja: '変更後', en: 'New' },
  nothing: { ja: 'なし', en: 'none' },
  unchanged: { ja: '変更はありません', en: 'No change' },
  setting: { ja: '項目', en: 'Setting' },
  important: { ja: '重要なお知らせにする', en: 'Important' },
  title: { ja: '件名', en: 'Title' },
  body: { ja: '本文', en: 'Text' },
  bodyHint: {
    ja: '空行で段落を分けます。「## 」で見出し、「- 」や「1. 」で箇条書き、**太字**、[文字](https://…) でリンクになります。',
    en: 'An empty line parts paragraphs. “## ” begins a heading, “- ” or “1. ” a list; **bold**, and [text](https://…) for a link.',
  },
  look: { ja: 'お客さまの画面で見る', en: 'See it as its readers will' },
  to: { ja: '宛先', en: 'To' },
  everybody: { ja: 'すべての利用者', en: 'every user of the institution' },
  noticeTo: {
    ja: 'ご契約先と利用者を空欄にすると、金融機関のすべての利用者に表示します。',
    en: 'Leave contract and user empty to show it to everybody.',
  },
  fromDay: { ja: '表示する最初の日', en: 'First day it is shown' },
  fromHint: {
    ja: '例 2027-03-01。空欄のときは、承認されたらすぐに。',
    en: 'Such as 2027-03-01; empty for at once when it is approved.',
  },
  atOnce: { ja: '承認されたらすぐに', en: 'at once when approved' },
  untilDay: { ja: '表示する最後の日', en: 'Last day it is shown' },
  untilHint: {
    ja: '例 2027-03-31。空欄のときは、期限なし。',
    en: 'Such as 2027-03-31; empty for no end.',
  },
  yes: { ja: 'はい', en: 'Yes' },
  no: { ja: 'いいえ', en: 'No' },
  slot: { ja: '枠', en: 'Slot' },
  action: { ja: 'お手続き', en: 'Action' },
} satisfies Record<string, Text>;

/** How many certificates. */
export const CERTIFICATES = {
  ja: (count: number) => `${count}枚`,
  en: (count: number) => String(count),
} satisfies Text<(count: number) => string>;

/** What follows where a contract is closed. */
export const CLOSING_FOLLOWS = {
  ja: [
    'ご契約先のすべての利用者を停止し、電子証明書をすべて失効させます。ログイン中の方は、そこで終了します。',
    '失効は、元に戻せません。またご利用になるときは、管理者の停止を解除し、取得コードを発行します。',
    '管理者の方に、メールでお知らせします。メールアドレスのないお客さまには、書面などでお知らせください。',
  ],
  en: [
    'Every user of the company is stopped and every certificate revoked; logins that are open end.',
    'What is revoked does not come back. Should the company return, let an administrator go on and make a code.',
    'Its administrators are told by mail. Where there is no address, please write to them.',
  ],
} satisfies Text<readonly string[]>;

/** What follows from a change of a contract. */
export const CONTRACT_FOLLOWS = {
  ja: [
    '通知書は、変更後の名前と住所で印刷されます。まだ印刷していないものも同じです。届出書の内容と、届出印をお確かめください。',
    '変更したことを、ご契約先の管理者の方にお知らせします。',
  ],
  en: [
    'Letters are printed with the name and address as they are then, those already approved too. Check them against the company’s own paper and seal.',
    'The company’s administrators are told of the change.',
  ],
} satisfies Text<readonly string[]>;

export const HELP_DESK = {
  title: { ja: 'お問い合わせ番号', en: 'Inquiry number' },
  tried: { ja: '行おうとしたこと', en: 'What they tried' },
  shown: { ja: '示された電子証明書', en: 'The certificate they showed' },
  tell: { ja: 'お伝えいただくこと', en: 'What to tell them' },
  usable: { ja: '今、使える電子証明書', en: 'What they can use now' },
  noneUsable: {
    ja: '使える電子証明書がありません。管理者の方による再発行か、取得コードの発行が必要です。',
    en: 'They hold none that works. Their administrator can reissue it or make a code.',
  },
  nothing: {
    ja: 'この番号の記録はありません。電子証明書を示した方への拒否だけが記録に残ります。担当の外の金融機関の番号も、表示されません。',
    en: 'Nothing is on record under it. Only refusals of who showed a certificate of ours are; those of other institutions are not shown.',
  },
  person: { ja: '利用者', en: 'User' },
  last: { ja: '最後に断った操作', en: 'What was refused last' },
  toTell: { ja: '理由と、お伝えいただくこと', en: 'Why, and what to tell them' },
} satisfies Record<string, Text>;

export const AUDIT = {
  from: { ja: '開始日', en: 'From' },
  until: { ja: '終了日', en: 'Until' },
  event: { ja: 'できごと', en: 'Event' },
  any: { ja: 'すべて', en: 'any' },
  filter: { ja: '絞り込む', en: 'Show' },
  export: { ja: '改ざんを検証できる形で保存', en: 'Save in a form that can be verified' },
  exportNote: {
    ja: '金融機関のすべての記録を、改ざんの検証ができる形で保存します。',
    en: 'All entries of the institution, in a form by which edits are found.',
  },
  dayHint: { ja: '例 2027-01-31', en: 'Such as 2027-01-31' },
} satisfies Record<string, Text>;

/** Why a session ended. */
export const SESSION_ENDS = {
  'log-off': { ja: 'ログオフ', en: 'logged off' },
  idle: { ja: '操作がなかったため', en: 'idle' },
  total: { ja: '時間の上限', en: 'time was up' },
  superseded: { ja: '電子証明書の更新', en: 'certificate renewed' },
  suspended: { ja: '電子証明書の利用停止', en: 'certificate suspended' },
  revoked: { ja: '電子証明書の失効', en: 'certificate revoked' },
  locked: { ja: '暗証番号のロック', en: 'PIN locked' },
  'pin-changed': { ja: '暗証番号の変更', en: 'PIN changed' },
  stopped: { ja: '利用の中止', en: 'user stopped' },
} satisfies Record<string, Text>;
