// Words of what can be wrong with a file of users: what it is, and what to do about it.
import type { ImportColumn } from '../banking/import-columns.ts';
import type { ImportFaultKind } from '../banking/import-faults.ts';
import type { Text } from './language.ts';

/** The columns, as files written here name them. */
export const IMPORT_COLUMN_NAMES = {
  contract: { ja: '利用者番号(ご契約先ID)', en: 'Contract ID' },
  'contract-name': { ja: 'ご契約先名', en: 'Contract name' },
  'contract-kana': { ja: 'ご契約先名カナ', en: 'Contract kana' },
  'postal-code': { ja: '郵便番号', en: 'Postal code' },
  address: { ja: '住所', en: 'Address' },
  user: { ja: '利用者ID', en: 'User ID' },
  name: { ja: '氏名', en: 'Name' },
  kana: { ja: '氏名カナ', en: 'Kana' },
  role: { ja: '区分', en: 'Role' },
  mail: { ja: 'メールアドレス', en: 'Mail address' },
} satisfies Record<ImportColumn, Text>;

type FaultWords = { readonly what: Text; readonly todo: Text };

const TYPE_AGAIN = {
  ja: '正しい文字で入力し直してください。',
  en: 'Type it again with the right characters.',
};
const SAVE_AS_CSV = {
  ja: '「CSV UTF-8 (コンマ区切り)」の形式で保存し直してください。',
  en: 'Save it again as “CSV UTF-8 (comma delimited)”.',
};
const AS_TEXT = {
  ja: '列を「文字列」にしてから、11桁の番号を入力し直してください。',
  en: 'Make the column “Text”, then enter the eleven digits again.',
};
const ENTER = { ja: '入力してください。', en: 'Enter it.' };
const FULL_DIGITS = { ja: '半角数字11桁で入力してください。', en: 'Enter eleven digits.' };
const SAME_EVERYWHERE = {
  ja: '同じご契約先の行には、同じ内容を入力してください。',
  en: 'Enter the same in every line of a contract.',
};
const AS_ON_RECORD = {
  ja: '登録済みの内容に合わせるか、空欄にしてください。取り込みでは変更できません。',
  en: 'Enter what is on record, or nothing: a file changes nothing that is there.',
};

export const IMPORT_FAULTS = {
  encoding: {
    what: {
      ja: '文字コードが UTF-8 でも Shift_JIS (CP932) でもありません',
      en: 'Neither UTF-8 nor Shift_JIS (CP932)',
    },
    todo: SAVE_AS_CSV,
  },
  'utf-16': {
    what: {
      ja: '「Unicode テキスト」(UTF-16) で保存されています',
      en: 'Saved as “Unicode Text” (UTF-16)',
    },
    todo: SAVE_AS_CSV,
  },
  tabs: {
    what: { ja: 'コンマではなく、タブで区切られています', en: 'Separated by tabs, not by commas' },
    todo: SAVE_AS_CSV,
  },
  'no-lines': {
    what: { ja: '利用者の行がありません', en: 'There is no line with a user' },
    todo: {
      ja: '1行目に列の名前、2行目から利用者を入力してください。',
      en: 'Name the columns in line 1; users follow from line 2 on.',
    },
  },
  'too-many-lines': {
    what: { ja: '行が多すぎます', en: 'Too many lines' },
    todo: {
      ja: '20万行までのファイルに分けてください。',
      en: 'Divide it into files of at most 200,000 lines.',
    },
  },
  'column-missing': {
    what: { ja: '必要な列がありません', en: 'A column is missing' },
    todo: { ja: '1行目に、この列の名前を加えてください。', en: 'Add the column to line 1.' },
  },
  'column-unknown': {
    what: { ja: '列の名前が分かりません', en: 'The name of a column is not known' },
    todo: {
      ja: '列の名前を直すか、列を削除してください。',
      en: 'Correct the name, or delete the column.',
    },
  },
  'column-twice': {
    what: { ja: '同じ列が2つあります', en: 'A column appears twice' },
    todo: { ja: '一方の列を削除してください。', en: 'Delete one of them.' },
  },
  quotes: {
    what: { ja: '引用符 (") の対応が取れていません', en: 'The quotes (") do not match' },
    todo: {
      ja: '項目の中の " を "" にするか、取り除いてください。',
      en: 'Write " inside a field as "", or remove it.',
    },
  },
  'fields-missing': {
    what: { ja: '項目の数が足りません', en: 'There are too few fields' },
    todo: { ja: 'コンマの数を確かめてください。', en: 'Check the commas.' },
  },
  'fields-extra': {
    what: { ja: '項目の数が多すぎます', en: 'There are too many fields' },
    todo: {
      ja: 'コンマを含む項目は、引用符 (") で囲んでください。',
      en: 'Put a field with a comma in quotes (").',
    },
  },
  'lost-character': {
    what: {
      ja: '保存のときに失われた文字があります',
      en: 'A character was lost when the file was saved',
    },
    todo: TYPE_AGAIN,
  },
  'private-character': {
    what: { ja: '外字が使われています', en: 'A character of somebody’s own (gaiji) is used' },
    todo: {
      ja: '標準の文字か、カナで入力してください。',
      en: 'Use a standard character, or kana.',
    },
  },
  'control-character': {
    what: {
      ja: '改行や、目に見えない文字が入っています',
      en: 'There is a line break or an invisible character',
    },
    todo: TYPE_AGAIN,
  },
  link: {
    what: { ja: 'リンクになる文字が入っています', en: 'Mail programs would make a link of it' },
    todo: {
      ja: '://　または www. を取り除いてください。',
      en: 'Remove :// or www.',
    },
  },
  formula: {
    what: { ja: '計算式のように見えます', en: 'It looks like a formula' },
    todo: {
      ja: '先頭の = + - @ を取り除いてください。',
      en: 'Remove the = + - or @ at its beginning.',
    },
  },
  'too-long': {
    what: { ja: '200文字を超えています', en: 'Longer than 200 characters' },
    todo: { ja: '200文字までにしてください。', en: 'Shorten it.' },
  },
  'contract-missing': {
    what: { ja: 'ご契約先IDがありません', en: 'The contract ID is missing' },
    todo: FULL_DIGITS,
  },
  'contract-zeros-lost': {
    what: {
      ja: '先頭の 0 が失われています (Excel で開いて保存したときに起こります)',
      en: 'Zeros at its beginning are lost (Excel drops them)',
    },
    todo: AS_TEXT,
  },
  'contract-exponent': {
    what: { ja: 'Excel が指数の形に変えています', en: 'Excel has turned it into an exponent' },
    todo: AS_TEXT,
  },
  'contract-form': {
    what: {
      ja: 'ご契約先IDが数字11桁ではありません',
      en: 'Not the eleven digits of a contract ID',
    },
    todo: FULL_DIGITS,
  },
  'postal-code-form': {
    what: { ja: '郵便番号が7桁ではありません', en: 'Not the seven digits of a postal code' },
    todo: {
      ja: '7桁の数字で入力してください。ハイフンはあってもかまいません。',
      en: 'Enter seven digits, with a hyphen or without.',
    },
  },
  'user-missing': {
    what: { ja: '利用者IDがありません', en: 'The user ID is missing' },
    todo: ENTER,
  },
  'user-full-width': {
    what: { ja: '利用者IDが全角です', en: 'The user ID is in full-width characters' },
    todo: {
      ja: '半角の英数字で入力してください。',
      en: 'Enter it in half-width letters and digits.',
    },
  },
  'user-form': {
    what: {
      ja: '利用者IDが半角英数字1〜30文字ではありません',
      en: 'Not the 1 to 30 letters and digits of a user ID',
    },
    todo: {
      ja: '半角の英数字1〜30文字で入力してください。',
      en: 'Enter 1 to 30 half-width letters and digits.',
    },
  },
  'name-missing': {
    what: { ja: '氏名がありません', en: 'The name is missing' },
    todo: ENTER,
  },
  'kana-form': {
    what: { ja: 'カナではない文字があります', en: 'There is something that is no kana' },
    todo: { ja: 'ひらがなかカタカナで入力してください。', en: 'Enter it in kana.' },
  },
  'role-missing': {
    what: { ja: '区分がありません', en: 'The role is missing' },
    todo: {
      ja: '「管理者」か「利用者」を入力してください。',
      en: 'Enter “administrator” or “user”.',
    },
  },
  'role-unknown': {
    what: { ja: '区分が分かりません', en: 'The role is not known' },
    todo: {
      ja: '「管理者」か「利用者」を入力してください。',
      en: 'Enter “administrator” or “user”.',
    },
  },
  'mail-form': {
    what: { ja: 'メールアドレスの形ではありません', en: 'Not a mail address' },
    todo: {
      ja: '半角で入力し直すか、空欄にしてください。',
      en: 'Enter it again in half width, or leave it empty.',
    },
  },
  'user-twice': {
    what: {
      ja: '同じ利用者IDの行が、ほかにもあります',
      en: 'The contract has another line with this user ID',
    },
    todo: {
      ja: '一方の行を直すか、削除してください。大文字と小文字は区別しません。',
      en: 'Correct or delete one of them. Capitals make no difference.',
    },
  },
  'user-other-capitals': {
    what: {
      ja: '大文字と小文字だけが違う利用者IDが、登録されています',
      en: 'A user whose ID differs by capitals alone is registered',
    },
    todo: { ja: '別の利用者IDにしてください。', en: 'Choose another user ID.' },
  },
  'user-differs': {
    what: {
      ja: 'この利用者は、別の内容で登録されています',
      en: 'This user is registered with something else',
    },
    todo: AS_ON_RECORD,
  },
  'contract-name-missing': {
    what: { ja: '新しいご契約先の名前がありません', en: 'The name of a new contract is missing' },
    todo: { ja: 'ご契約先名を入力してください。', en: 'Enter the contract’s name.' },
  },
  'contract-differs-in-file': {
    what: {
      ja: '同じご契約先の、ほかの行と違います',
      en: 'Not the same as in other lines of the contract',
    },
    todo: SAME_EVERYWHERE,
  },
  'contract-differs': {
    what: {
      ja: 'ご契約先は、別の内容で登録されています',
      en: 'The contract is on record with something else',
    },
    todo: AS_ON_RECORD,
  },
  'contract-closed': {
    what: { ja: '終了したご契約先です', en: 'The contract has been closed' },
    todo: {
      ja: '再開するときは、先に管理者の停止を解除してください。',
      en: 'If the company comes back, let an administrator of it go on first.',
    },
  },
  'no-administrator': {
    what: { ja: '新しいご契約先に、管理者がいません', en: 'A new contract has no administrator' },
    todo: {
      ja: '1名以上を「管理者」にしてください。',
      en: 'Make at least one of its users an administrator.',
    },
  },
  'too-many-users': {
    what: {
      ja: '1つのご契約先に登録できる人数を超えます',
      en: 'More users than a contract may have',
    },
    todo: {
      ja: '人数を減らすか、運用ポリシーの変更を申請してください。',
      en: 'Take some out, or ask for a change of policy.',
    },
  },
} satisfies Record<ImportFaultKind, FaultWords>;

/** The names of the report's own columns. */
export const IMPORT_REPORT_COLUMNS = {
  ja: ['行', '列', '誤り', '値', '直し方', '種類'],
  en: ['Line', 'Column', 'Fault', 'Value', 'What to do', 'Kind'],
} satisfies Text<readonly string[]>;
