// A file of users as it is written here: its first line, and a line of a user.
import { IMPORT_COLUMNS } from '../banking/import-columns.ts';
import type { ImportRow } from '../banking/import-row.ts';
import { csvLine } from '../csv/csv-line.ts';
import { ROLES } from './company.ts';
import { IMPORT_COLUMN_NAMES } from './import-faults.ts';

/** The names of the columns, in Japanese whatever language the page has: the file is read again. */
export function usersFileHead(): string {
  return csvLine(IMPORT_COLUMNS.map((column) => IMPORT_COLUMN_NAMES[column].ja));
}

/** What will read a file. */
export type FileReader = 'spreadsheet' | 'program';

/** The line of a user. */
export function usersFileLine(one: Omit<ImportRow, 'line'>, reader: FileReader): string {
  const digits = (text: string) => (reader === 'spreadsheet' ? { digits: text } : text);
  return csvLine([
    digits(one.contract),
    one.contractName ?? '',
    one.contractKana ?? '',
    digits(one.postalCode ?? ''),
    one.address ?? '',
    one.user,
    one.name,
    one.kana ?? '',
    ROLES[one.role].ja,
    one.mail ?? '',
  ]);
}
