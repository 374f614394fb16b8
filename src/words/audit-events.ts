// What each entry of the audit log says to the bank's staff. A new event without words does not compile.
import type { AuditEvent } from '../audit/entry.ts';
import { FORMER_STATES, RENEW_FROM_WORDS } from './authorities.ts';
import { ROLES } from './company.ts';
import { dateAndTime } from './dates.ts';
import { KEY_HOMES } from './frame.ts';
import { inLanguage, type Language, type Text } from './language.ts';
import { ACTIONS, REASONS } from './member-actions.ts';
import { LOGIN_WAYS } from './my-page.ts';
import { REFUSALS } from './refusals.ts';
import { ORDER_NAMES, ORDERS, SESSION_ENDS, STAFF_ROLE_NAMES } from './staff.ts';

export const AUDIT_EVENTS = {
  'institution-founded': { ja: '金融機関を登録しました', en: 'Institution founded' },
  'contract-opened': { ja: 'ご契約先を登録しました', en: 'Contract opened' },
  'contract-closed': { ja: 'ご契約を終了しました', en: 'Contract closed' },
  'contract-reopened': { ja: 'ご契約を再開しました', en: 'Contract open again' },
  'contract-changed': { ja: 'ご契約先の登録内容を変更しました', en: 'Contract changed' },
  'mail-sent': { ja: 'メールを送りました', en: 'Mail sent' },
  'mail-not-sent': { ja: 'メールを送りませんでした', en: 'Mail not sent' },
  'mail-came-back': { ja: 'メールが戻ってきました', en: 'Mail came back' },
  'mail-address-set': { ja: 'メールアドレスを登録しました', en: 'Mail address entered' },
  'mail-tested': { ja: 'テストメールを送信しました', en: 'Test mail asked for' },
  'notice-published': { ja: 'お知らせを掲載しました', en: 'Notice published' },
  'notice-read': { ja: 'お知らせを読みました', en: 'Notice read' },
  'notice-ended': { ja: 'お知らせの掲載を終えました', en: 'Notice taken down' },
  'person-registered': { ja: '利用者を登録しました', en: 'User registered' },
  'staff-appointed': { ja: '役割と担当範囲を決めました', en: 'Staff role and scope set' },
  'import-sent': { ja: '利用者のファイルを受け付けました', en: 'File of users sent' },
  'import-done': { ja: '利用者を取り込みました', en: 'Users imported' },
  'import-failed': { ja: '利用者を取り込めませんでした', en: 'Users not imported' },
  'letters-printed': { ja: '通知書を印刷用に受け取りました', en: 'Letters given for printing' },
  'users-exported': { ja: '利用者を書き出しました', en: 'Users exported' },
  'import-deleted': {
    ja: '古いファイルの内容を削除しました',
    en: 'Contents of an old file deleted',
  },
  'order-requested': { ja: '申請がありました', en: 'Requested' },
  'order-approved': { ja: '申請を承認し、実行しました', en: 'Approved and done' },
  'order-rejected': { ja: '申請を却下しました', en: 'Rejected' },
  'order-withdrawn': { ja: '申請を取り下げました', en: 'Withdrawn' },
  'order-expired': { ja: '申請が期限切れになりました', en: 'Request expired' },
  'policy-changed': { ja: '運用ポリシーを変更しました', en: 'Policy changed' },
  'acquisition-asked': {
    ja: '電子証明書を示さない、取得コードの請求がありました',
    en: 'Acquisition code asked for without a certificate',
  },
  'acquisition-offered': { ja: '取得コードを発行しました', en: 'Acquisition code made' },
  'acquisition-refused': { ja: '電子証明書の取得を断りました', en: 'Acquisition refused' },
  'acquisition-ended': { ja: '取得コードを無効にしました', en: 'Acquisition code ended' },
  'reissue-begun': { ja: '再発行を始めました', en: 'Reissue begun' },
  'reissues-in-a-row': { ja: '再発行が続いています (警告)', en: 'Reissues in a row (alarm)' },
  'pin-chosen': { ja: '利用者暗証番号を決めました', en: 'PIN chosen' },
  'pin-reset': { ja: '利用者暗証番号を初期化しました', en: 'New first PIN given' },
  'pin-unlocked': { ja: '利用者暗証番号のロックを解除しました', en: 'PIN unlocked' },
  'rights-frozen': { ja: '再発行のため、権限を止めました', en: 'Rights frozen after a reissue' },
  'rights-confirmed': { ja: '権限を元に戻しました', en: 'Rights confirmed' },
  'administrator-appointed': { ja: '管理者にしました', en: 'Made an administrator' },
  'person-renamed': { ja: '利用者の名前を変更しました', en: 'User renamed' },
  'administrator-dismissed': { ja: '管理者から外しました', en: 'No longer an administrator' },
  'user-stopped': { ja: '利用を中止しました', en: 'User stopped' },
  'user-resumed': { ja: '利用を再開しました', en: 'User resumed' },
  'former-authority-accepted': {
    ja: '以前の認証局の受け付けを始めました',
    en: 'Former authority accepted',
  },
  'former-authority-ended': {
    ja: '以前の認証局の受け付けを終えました',
    en: 'Former authority switched off',
  },
  'certificates-imported': {
    ja: '以前の認証局の電子証明書を取り込みました',
    en: 'Certificates of a former authority imported',
  },
  'certificate-imported': {
    ja: '以前の認証局の電子証明書を登録しました',
    en: 'Certificate of a former authority recorded',
  },
  'certificate-filled-in': {
    ja: '番号で登録した電子証明書が、はじめて示されました',
    en: 'Certificate recorded by its number was shown',
  },
  'former-revocations-read': {
    ja: '以前の認証局の失効リストを反映しました',
    en: 'Revocations of a former authority applied',
  },
  'certificate-issued': { ja: '電子証明書を発行しました', en: 'Certificate issued' },
  'proof-begun': { ja: '新しい電子証明書の確認を始めました', en: 'Confirmation begun' },
  'certificate-proved': { ja: '電子証明書の確認が完了しました', en: 'Certificate confirmed' },
  'certificate-superseded': {
    ja: '新しい電子証明書に切り替わりました',
    en: 'Certificate superseded',
  },
  'certificate-replaced': {
    ja: '取得し直しのため、前の分を無効にしました',
    en: 'Certificate replaced',
  },
  'certificate-suspended': { ja: '電子証明書を利用停止にしました', en: 'Certificate suspended' },
  'certificate-lifted': { ja: '電子証明書の利用停止を解除しました', en: 'Suspension lifted' },
  'certificate-revoked': { ja: '電子証明書を失効させました', en: 'Certificate revoked' },
  'certificate-refused': { ja: '示された電子証明書を断りました', en: 'Certificate refused' },
  'counter-went-back': {
    ja: 'パスキーの複製が疑われます (警告)',
    en: 'Passkey may be copied (alarm)',
  },
  'pin-wrong': { ja: '利用者暗証番号が正しくありませんでした', en: 'Wrong PIN' },
  'pin-locked': { ja: '利用者暗証番号をロックしました', en: 'PIN locked' },
  'slot-added': { ja: '電子証明書の枠を追加しました', en: 'Place for a certificate added' },
  'pin-changed': { ja: '利用者暗証番号を変更しました', en: 'PIN changed' },
  'logged-in': { ja: 'ログインしました', en: 'Logged in' },
  'logged-off': { ja: 'ログオフしました', en: 'Logged off' },
  'session-ended': { ja: 'ログインが終了しました', en: 'Session ended' },
  'sessions-deleted': { ja: '古いログインの記録を削除しました', en: 'Old sessions deleted' },
  'request-refused': { ja: '操作を断りました', en: 'Request refused' },
  'entries-retired': { ja: '保存期間を過ぎた記録を整理しました', en: 'Old entries retired' },
} satisfies Record<AuditEvent, Text>;

const ACQUISITIONS = {
  first: { ja: 'はじめての取得', en: 'first' },
  expired: { ja: '期限が切れた後の取得', en: 'after the end' },
  reissue: { ja: '再発行', en: 'reissue' },
  bank: { ja: '金融機関', en: 'bank' },
  staff: { ja: '職員', en: 'staff' },
} satisfies Record<string, Text>;

/** Names of what entries tell; a fact without a name here is shown by its own. */
const FACTS: Readonly<Record<string, Text>> = {
  by: { ja: '行った人', en: 'by' },
  requestedBy: { ja: '申請者', en: 'requested by' },
  name: { ja: '名前', en: 'name' },
  nameBefore: { ja: '変更前の名前', en: 'name before' },
  kana: { ja: 'カナ', en: 'reading' },
  kanaBefore: { ja: '変更前のカナ', en: 'reading before' },
  postalCode: { ja: '郵便番号', en: 'postal code' },
  postalCodeBefore: { ja: '変更前の郵便番号', en: 'postal code before' },
  address: { ja: '住所', en: 'address' },
  addressBefore: { ja: '変更前の住所', en: 'address before' },
  role: { ja: '役割', en: 'role' },
  scope: { ja: '担当範囲', en: 'scope' },
  reason: { ja: '理由', en: 'reason' },
  reference: { ja: '書面の番号', en: 'reference' },
  decision: { ja: '却下の理由', en: 'decision' },
  kind: { ja: '種類', en: 'kind' },
  way: { ja: '渡し方', en: 'way' },
  action: { ja: 'お手続き', en: 'action' },
  slot: { ja: '枠', en: 'slot' },
  code: { ja: '断った理由', en: 'refused for' },
  notAfter: { ja: '有効期限', en: 'valid until' },
  issuing: { ja: '発行局', en: 'issuing CA' },
  root: { ja: 'ルート認証局', en: 'root CA' },
  openedBefore: { ja: 'この日時より前', en: 'opened before' },
  asked: { ja: '操作', en: 'asked' },
  page: { ja: '画面', en: 'page' },
  title: { ja: '件名', en: 'title' },
  contract: { ja: 'ご契約先', en: 'contract' },
  expiresAt: { ja: '期限', en: 'until' },
  proof: { ja: '方式', en: 'proof' },
  attempts: { ja: '回数', en: 'attempts' },
  count: { ja: '件数', en: 'count' },
  serial: { ja: 'シリアル番号', en: 'serial' },
  subject: { ja: '電子証明書の名前', en: 'subject' },
  order: { ja: '申請', en: 'request' },
  payload: { ja: '内容の照合値', en: 'sum of the content' },
  version: { ja: '版', en: 'version' },
  home: { ja: '鍵の保管場所', en: 'home' },
  key: { ja: '認証局の鍵', en: 'key of the CA' },
  state: { ja: '状態', en: 'state' },
  renewFrom: { ja: '更新の開始', en: 'may be renewed' },
  thisUpdate: { ja: '失効リストの日時', en: 'list of' },
  revoked: { ja: '失効させた数', en: 'revoked' },
  suspended: { ja: '利用停止にした数', en: 'suspended' },
  imported: { ja: '取り込んだときの照合値', en: 'imported as' },
  import: { ja: '取り込み', en: 'import' },
  file: { ja: 'ファイル', en: 'file' },
  octets: { ja: '大きさ (バイト)', en: 'octets' },
  sha256: { ja: 'ファイルの照合値', en: 'sum of the file' },
  encoding: { ja: '文字コード', en: 'encoding' },
  letters: { ja: '通知書', en: 'letters' },
  unit: { ja: '単位', en: 'unit' },
  line: { ja: '行', en: 'line' },
  users: { ja: '利用者', en: 'users' },
  contracts: { ja: 'ご契約先', en: 'contracts' },
  leftOut: { ja: '取り込まなかったご契約先', en: 'contracts left out' },
  faults: { ja: '誤り', en: 'faults' },
};

/** What a user signed, which is for machines: its being there is said, not what it is. */
const SIGNED: ReadonlySet<string> = new Set([
  'authenticatorData',
  'clientDataJson',
  'signature',
  'signedBy',
]);
const TOUCHED = { ja: '端末で確認', en: 'confirmed on the device' } satisfies Text;

/** The facts of an entry as names and values, in words where the value is one of ours. */
export function factsOf(
  detail: Readonly<Record<string, unknown>>,
  language: Language,
): readonly Fact[] {
  const say = inLanguage(language);
  const told = Object.entries(detail).filter(
    ([name, value]) => !SIGNED.has(name) && value !== null,
  );
  const facts = told.map(([key, value]) => ({
    key,
    name: say(FACTS[key] ?? { ja: key, en: key }),
    value: valueText(key, value, language),
  }));
  const signed = { key: 'signature', name: say(TOUCHED), value: '✓' };
  return 'signature' in detail ? [...facts, signed] : facts;
}

/** One fact of an entry; `key` is its name in the record. */
export type Fact = { readonly key: string; readonly name: string; readonly value: string };

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** Words of values, by the fact they are values of; what is not here is shown as it is recorded. */
const VALUES: Readonly<Record<string, Readonly<Record<string, Text>>>> = {
  by: { pin: { ja: '利用者暗証番号', en: 'PIN' }, proof: { ja: '確認', en: 'confirmation' } },
  role: { ...ROLES, ...STAFF_ROLE_NAMES },
  home: KEY_HOMES,
  renewFrom: RENEW_FROM_WORDS,
  state: FORMER_STATES,
  proof: LOGIN_WAYS,
  kind: { ...ORDER_NAMES, ...ACQUISITIONS },
  action: Object.fromEntries(Object.entries(ACTIONS).map(([name, { label }]) => [name, label])),
  reason: { ...REASONS, ...SESSION_ENDS },
  code: Object.fromEntries(Object.entries(REFUSALS).map(([code, { title }]) => [code, title])),
};

function valueText(key: string, value: unknown, language: Language): string {
  if (typeof value === 'boolean') return inLanguage(language)(value ? ORDERS.yes : ORDERS.no);
  const text = String(value);
  if (INSTANT.test(text)) return dateAndTime(new Date(text), language);
  const words = VALUES[key]?.[text];
  return words === undefined ? text : inLanguage(language)(words);
}

/** What an event is called; one of a later version by its own name. */
export function eventName(event: string): Text {
  return isKnown(event) ? AUDIT_EVENTS[event] : { ja: event, en: event };
}

function isKnown(event: string): event is AuditEvent {
  return Object.hasOwn(AUDIT_EVENTS, event);
}
