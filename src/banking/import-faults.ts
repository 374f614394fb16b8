// What can be wrong with a file of users: a closed table of kinds. Their words are in src/words/import-faults.ts.
import type { ImportColumn } from './import-columns.ts';

/** Every kind of fault, in the order in which they are listed. */
export const IMPORT_FAULT_KINDS = [
  // of the whole file
  'encoding',
  'utf-16',
  'tabs',
  'no-lines',
  'too-many-lines',
  'column-missing',
  'column-unknown',
  'column-twice',
  // of a line
  'quotes',
  'fields-missing',
  'fields-extra',
  // of any field
  'lost-character',
  'private-character',
  'control-character',
  'formula',
  'link',
  'too-long',
  // of one column
  'contract-missing',
  'contract-zeros-lost',
  'contract-exponent',
  'contract-form',
  'postal-code-form',
  'user-missing',
  'user-full-width',
  'user-form',
  'name-missing',
  'kana-form',
  'role-missing',
  'role-unknown',
  'mail-form',
  // of a line beside the others, or what is on record
  'user-twice',
  'user-other-capitals',
  'user-differs',
  'contract-name-missing',
  'contract-differs-in-file',
  'contract-differs',
  'contract-closed',
  'no-administrator',
  'too-many-users',
] as const;

/** One of them. */
export type ImportFaultKind = (typeof IMPORT_FAULT_KINDS)[number];

/** One fault, as the report lists it. */
export type ImportFault = {
  /** The row, as a spreadsheet numbers it; the column's names are row 1. */
  readonly line: number;
  readonly column: ImportColumn | null;
  readonly kind: ImportFaultKind;
  /** What stood there, cut to what a report can show. */
  readonly value: string;
};

const LONGEST_SHOWN = 60;

/** A value as a report shows it: cut, and what cannot be shown replaced. */
export function shownValue(value: string): string {
  const shown = value.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, '\u{FFFD}');
  const cut = Array.from(shown).slice(0, LONGEST_SHOWN).join('');
  return cut === shown ? shown : `${cut}…`;
}
