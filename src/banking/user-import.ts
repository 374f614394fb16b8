// A file of users as it is kept: sent, checked, approved by two of the staff, done. Not its lines.
import type { FileEncoding } from '../csv/file-encoding.ts';
import type { ImportUnit } from './import-plan.ts';
import type { OrderState } from './order.ts';

/** sent: not looked through yet; failed: approved, and no longer fitting when it was to be done. */
export type ImportState = 'sent' | 'checked' | 'approved' | 'done' | 'failed';

/** How far reading, checking or doing has come, in lines. */
export type ImportProgress = {
  readonly stage: 'reading' | 'checking' | 'doing';
  readonly done: number;
  readonly of: number;
};

/** What is to be done, in figures. */
export type ImportCounts = {
  readonly contracts: number;
  readonly newContracts: number;
  readonly users: number;
  readonly unchanged: number;
};

/** What the check of a file found. */
export type ImportFound = ImportCounts & {
  /** Null where it could not be found out. */
  readonly encoding: FileEncoding | null;
  readonly lines: number;
  readonly faultyContracts: number;
  readonly faults: number;
};

/** What was done in the end. */
export type ImportResult = {
  readonly contracts: number;
  readonly users: number;
  /** Contracts that were left out, when it was checked or when it was done. */
  readonly leftOut: number;
};

/** A file as it is kept. */
export type UserImport = {
  readonly institution: string;
  readonly id: string;
  readonly fileName: string;
  readonly size: number;
  readonly sha256: Uint8Array;
  /** As it was asked for. */
  readonly encoding: FileEncoding | 'auto';
  readonly unit: ImportUnit;
  readonly sentBy: string;
  readonly sentAt: Date;
  readonly state: ImportState;
  readonly found: ImportFound | null;
  /** Number of the last request that it be done; null where nobody has asked. */
  readonly request: string | null;
  readonly result: ImportResult | null;
  readonly progress: ImportProgress | null;
  readonly endedAt: Date | null;
};

/** Whether a file that was looked through leaves something to be done. */
export function hasSomethingToDo({ found }: Pick<UserImport, 'found'>): boolean {
  return found !== null && found.users > 0;
}

/** Whether it may be asked for: nobody has yet, or what was asked came to nothing. */
export function mayBeAskedFor(
  kept: Pick<UserImport, 'state' | 'found'>,
  request: OrderState | null,
): boolean {
  const isOpen = request === 'waiting' || request === 'done';
  return kept.state === 'checked' && hasSomethingToDo(kept) && !isOpen;
}

const LONGEST_FILE_NAME = 100;

/** The name of a file as it is shown: its last part, cut, without what could not be shown. */
export function shownFileName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const plain = last.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, '').trim();
  const cut = Array.from(plain).slice(0, LONGEST_FILE_NAME).join('');
  return cut === '' ? 'users.csv' : cut;
}
