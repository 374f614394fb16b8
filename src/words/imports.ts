// Words of files of users in the console: sending one, what was found in it, how far it has come.
import type { ImportUnit } from '../banking/import-plan.ts';
import type { ImportProgress, ImportState } from '../banking/user-import.ts';
import type { FileEncoding } from '../csv/file-encoding.ts';
import type { Text } from './language.ts';

export const IMPORTS = {
  title: { ja: '一括登録', en: 'Import' },
  send: { ja: '利用者のファイルを送る', en: 'Send a file of users' },
  sendNote: {
    ja: '送ったファイルは、まず確かめるだけです。登録は、申請して、別の承認者が承認したあとに行われます。',
    en: 'A file that is sent is only looked through. It is done once it was asked for and another has approved.',
  },
  file: { ja: 'CSVファイル', en: 'CSV file' },
  fileHint: {
    ja: 'UTF-8 か Shift_JIS (CP932)。1行目は列の名前。20万行まで。',
    en: 'UTF-8 or Shift_JIS (CP932); line 1 names the columns; up to 200,000 lines.',
  },
  unit: { ja: '誤りがあるとき', en: 'Where there are faults' },
  encoding: { ja: '文字コード', en: 'Encoding' },
  auto: { ja: '自動で見分ける', en: 'find it out' },
  sendButton: { ja: '送って確かめる', en: 'Send and look through' },
  latest: { ja: '最近のファイル', en: 'Latest files' },
  none: { ja: 'ファイルはまだありません。', en: 'There is none yet.' },
  sentBy: { ja: '送った人', en: 'Sent by' },
  sentAt: { ja: '送った日時', en: 'Sent' },
  size: { ja: '大きさ', en: 'Size' },
  sum: { ja: 'ファイルの照合値 (SHA-256)', en: 'Sum of the file (SHA-256)' },
  lines: { ja: '行数', en: 'Lines' },
  toDo: { ja: '登録する利用者', en: 'Users to register' },
  contracts: { ja: 'ご契約先', en: 'Contracts' },
  newContracts: { ja: '新しいご契約先', en: 'New contracts' },
  unchanged: { ja: '登録済み (変更なし)', en: 'There already' },
  faults: { ja: '誤り', en: 'Faults' },
  faultyContracts: { ja: '誤りのあるご契約先', en: 'Contracts with a fault' },
  from: { ja: '申請した場所', en: 'Asked for' },
  fromServer: { ja: 'サーバーのコマンド', en: 'by a command on the server' },
  fromConsole: { ja: '業務コンソール', en: 'at the console' },
  found: { ja: '確かめた結果', en: 'What was found' },
  reload: { ja: '最新の状態を見る', en: 'See how far it is' },
  working: {
    ja: '処理はサーバーで進んでいます。この画面を閉じても続きます。',
    en: 'It goes on by itself, also when this page is closed.',
  },
  report: { ja: '誤りの一覧をCSVで保存', en: 'Save the report as CSV' },
  first: { ja: '最初の誤り', en: 'The first faults' },
  nothing: {
    ja: '登録するものがありません。ファイルを直して、もう一度送ってください。',
    en: 'Nothing would be done. Correct the file and send it again.',
  },
  ask: { ja: '登録を申請する', en: 'Ask that it be done' },
  request: { ja: '申請を見る', en: 'See the request' },
  result: { ja: '登録した結果', en: 'What was done' },
  done: { ja: '登録した利用者', en: 'Users registered' },
  leftOut: { ja: '登録しなかったご契約先', en: 'Contracts left out' },
  failed: {
    ja: '承認のあとに登録内容が変わっていたため、何も登録しませんでした。誤りを確かめて、もう一度送ってください。',
    en: 'What is on record had changed since the approval: nothing was done. See the faults and send it again.',
  },
  toList: { ja: 'ファイルの一覧へ', en: 'To the files' },
  line: { ja: '行', en: 'Line' },
  column: { ja: '列', en: 'Column' },
  fault: { ja: '誤り', en: 'Fault' },
  value: { ja: '値', en: 'Value' },
  todo: { ja: '直し方', en: 'What to do' },
  noFile: {
    ja: 'ファイルを選んでください。空のファイルは送れません。',
    en: 'Choose a file; an empty one cannot be sent.',
  },
  users: {
    ja: (count: number) => `${count.toLocaleString('ja')}名`,
    en: (count: number) => `${count.toLocaleString('en')} users`,
  },
  amount: {
    ja: (count: number) => count.toLocaleString('ja'),
    en: (count: number) => count.toLocaleString('en'),
  },
  octets: {
    ja: (count: number) => `${count.toLocaleString('ja')} バイト`,
    en: (count: number) => `${count.toLocaleString('en')} octets`,
  },
  progress: {
    ja: (done: number, of: number) =>
      `${of.toLocaleString('ja')}行中 ${done.toLocaleString('ja')}行`,
    en: (done: number, of: number) =>
      `${done.toLocaleString('en')} of ${of.toLocaleString('en')} lines`,
  },
} satisfies Record<
  string,
  Text | Text<(count: number) => string> | Text<(done: number, of: number) => string>
>;

export const EXPORTS = {
  title: { ja: '利用者の書き出し', en: 'Export of users' },
  link: { ja: '利用者を書き出す', en: 'Export users' },
  note: {
    ja: '一括登録のファイルと同じ形のCSVです。だれが書き出したかは、監査記録に残ります。',
    en: 'A CSV file in the form of those that are sent in. Who has it made is in the audit log.',
  },
  contractHint: {
    ja: '空欄にすると、金融機関のすべてのご契約先を書き出します。',
    en: 'Leave it empty for every contract of the institution.',
  },
  reader: { ja: 'ファイルの使いみち', en: 'What will read it' },
  button: { ja: '書き出す', en: 'Export' },
  beyond: {
    ja: 'Shift_JIS (CP932) にない文字があるため、書き出しませんでした。UTF-8 を選んでください。',
    en: 'Nothing was written: there are characters that Shift_JIS (CP932) does not have. Choose UTF-8.',
  },
  whom: { ja: 'ない文字のある利用者', en: 'Users with such characters' },
  signs: { ja: 'ない文字', en: 'Characters' },
} satisfies Record<string, Text>;

export const FILE_READERS = {
  spreadsheet: { ja: 'Excel で開く (先頭の0を残す)', en: 'Excel, which keeps leading zeros' },
  program: { ja: 'ほかのシステムで読み込む', en: 'another system' },
} satisfies Record<'spreadsheet' | 'program', Text>;

export const IMPORT_STATES = {
  sent: { ja: '確認待ち', en: 'To be looked through' },
  checked: { ja: '確認済み', en: 'Looked through' },
  approved: { ja: '登録中', en: 'Being done' },
  done: { ja: '登録済み', en: 'Done' },
  failed: { ja: '登録できず', en: 'Not done' },
} satisfies Record<ImportState, Text>;

export const IMPORT_STAGES = {
  reading: { ja: '読み取り中', en: 'Reading' },
  checking: { ja: '確認中', en: 'Checking' },
  doing: { ja: '登録中', en: 'Registering' },
} satisfies Record<ImportProgress['stage'], Text>;

export const IMPORT_UNITS = {
  file: { ja: 'ファイル全体を登録しない', en: 'nothing of the file is done' },
  contract: { ja: 'そのご契約先だけ登録しない', en: 'that contract alone is left out' },
} satisfies Record<ImportUnit, Text>;

export const FILE_ENCODINGS = {
  'utf-8': { ja: 'UTF-8', en: 'UTF-8' },
  cp932: { ja: 'Shift_JIS (CP932)', en: 'Shift_JIS (CP932)' },
} satisfies Record<FileEncoding, Text>;
