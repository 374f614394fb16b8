// The columns of a file of users, and its first line, which names them. Japanese and English names are taken, in any
// order, in half or full width.
import type { ImportFault } from './import-faults.ts';

/** The columns, in the order in which files are written here. */
export const IMPORT_COLUMNS = [
  'contract',
  'contract-name',
  'contract-kana',
  'postal-code',
  'address',
  'user',
  'name',
  'kana',
  'role',
  'mail',
] as const;

/** One column. */
export type ImportColumn = (typeof IMPORT_COLUMNS)[number];

/** In which place of a line each column stands. */
export type ImportHeader = ReadonlyMap<ImportColumn, number>;

/** Without these a line says nothing; the others may be missing. */
const REQUIRED: readonly ImportColumn[] = ['contract', 'user', 'name', 'role'];

const NAMES: Readonly<Record<ImportColumn, readonly string[]>> = {
  contract: ['ご契約先ID', '契約先ID', '利用者番号', '利用者番号(ご契約先ID)', 'contract ID'],
  'contract-name': ['ご契約先名', '契約先名', '会社名', 'contract name'],
  'contract-kana': [
    'ご契約先名カナ',
    'ご契約先カナ',
    '契約先名カナ',
    '会社名カナ',
    'contract kana',
  ],
  'postal-code': ['郵便番号', 'postal code'],
  address: ['住所', 'address'],
  user: ['利用者ID', 'user ID'],
  name: ['氏名', '名前', '利用者名', 'name'],
  kana: ['氏名カナ', 'カナ', '利用者名カナ', 'kana'],
  role: ['区分', '権限', 'role'],
  mail: ['メールアドレス', 'メール', 'mail', 'mail address'],
};

const BY_NAME: ReadonlyMap<string, ImportColumn> = new Map(
  IMPORT_COLUMNS.flatMap((column) => NAMES[column].map((name) => [folded(name), column] as const)),
);

/** The header of a first line, or its faults. */
export function readImportHeader(
  fields: readonly string[],
): { readonly header: ImportHeader } | { readonly faults: readonly ImportFault[] } {
  const header = new Map<ImportColumn, number>();
  const faults: ImportFault[] = [];
  const fault = (kind: ImportFault['kind'], column: ImportColumn | null, value: string) =>
    faults.push({ line: 1, column, kind, value });
  if (fields.length === 1 && (fields[0] ?? '').includes('\t')) fault('tabs', null, '');
  fields.forEach((field, place) => {
    const column = BY_NAME.get(folded(field));
    if (column !== undefined && header.has(column)) fault('column-twice', column, field);
    else if (column !== undefined) header.set(column, place);
    // A spreadsheet writes columns that were emptied, too.
    else if (field.trim() !== '') fault('column-unknown', null, field);
  });
  for (const column of REQUIRED) {
    if (!header.has(column)) fault('column-missing', column, '');
  }
  return faults.length === 0 ? { header } : { faults };
}

/** The place of the last column that every line must reach. */
export function lastRequiredPlace(header: ImportHeader): number {
  return Math.max(...REQUIRED.map((column) => header.get(column) ?? 0));
}

function folded(name: string): string {
  return name
    .normalize('NFKC')
    .replaceAll(/[\s_-]/g, '')
    .toLowerCase();
}
