// The report of a file of users: one line for each fault, as CSV for spreadsheets.
import type { ImportFault } from '../banking/import-faults.ts';
import { CSV_BEGINS, csvLine } from '../csv/csv-line.ts';
import { IMPORT_COLUMN_NAMES, IMPORT_FAULTS, IMPORT_REPORT_COLUMNS } from './import-faults.ts';
import { inLanguage, type Language } from './language.ts';

/** The report's first line, with the mark by which spreadsheets know its encoding. */
export function importReportHead(language: Language): string {
  return CSV_BEGINS + csvLine(IMPORT_REPORT_COLUMNS[language]);
}

/** The line of a fault. */
export function importReportLine(fault: ImportFault, language: Language): string {
  const say = inLanguage(language);
  const { what, todo } = IMPORT_FAULTS[fault.kind];
  const column = fault.column === null ? '' : say(IMPORT_COLUMN_NAMES[fault.column]);
  return csvLine([String(fault.line), column, say(what), fault.value, say(todo), fault.kind]);
}
