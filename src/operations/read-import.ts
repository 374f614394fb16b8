// Reads a file of users: its encoding, its lines, and what each contract's lines are. Asks no database; between
// some hundred lines it lets others work.
import { setImmediate as othersFirst } from 'node:timers/promises';
import { type ImportHeader, readImportHeader } from '../banking/import-columns.ts';
import type { ImportFault, ImportFaultKind } from '../banking/import-faults.ts';
import type { ContractLines } from '../banking/import-plan.ts';
import { type ImportRow, readImportRow } from '../banking/import-row.ts';
import type { ImportProgress } from '../banking/user-import.ts';
import { CsvReader, type CsvRecord } from '../csv/csv-reader.ts';
import { type FileEncoding, findEncoding, textOf } from '../csv/file-encoding.ts';

/** Told again and again; nothing more is done before it returns. */
export type OnProgress = (progress: ImportProgress) => Promise<void>;

/** What a file says. */
export type ReadFile = {
  /** Null where it could not be found out. */
  readonly encoding: FileEncoding | null;
  /** Lines with a user, faulty ones among them. */
  readonly lines: number;
  /** Of contracts none of whose lines is faulty, in the order of the file. */
  readonly contracts: readonly ContractLines[];
  /** How many other contracts there are: they have a faulty line. */
  readonly faultyContracts: number;
  readonly faults: readonly ImportFault[];
};

/** The largest file that is taken. */
export const LARGEST_IMPORT_OCTETS = 64 * 1024 * 1024;
const MOST_LINES = 200_000;
const TOLD_EVERY = 1_000;
const LINE_FEED = 0x0a;

/** Reads it. */
export async function readImport(
  file: Uint8Array,
  asked: FileEncoding | 'auto',
  onProgress: OnProgress,
): Promise<ReadFile> {
  const found = findEncoding(file, asked);
  if ('fault' in found) return nothingRead(null, found.fault, found.line);
  const { encoding } = found;
  const of = Math.max(1, countLines(file) - 1);
  const reading = new Reading();
  let told = 0;
  for (const record of recordsOf(file, encoding)) {
    if (!reading.take(record)) break;
    if (reading.lines < told + TOLD_EVERY) continue;
    told = reading.lines;
    await onProgress({ stage: 'reading', done: Math.min(told, of), of });
    await othersFirst();
  }
  if (reading.lines > MOST_LINES) return nothingRead(encoding, 'too-many-lines', MOST_LINES + 2);
  return reading.result(encoding);
}

/** What was read so far. */
class Reading {
  #header: ImportHeader | undefined;
  #headerFaults: readonly ImportFault[] = [];
  readonly #rows = new Map<string, ImportRow[]>();
  readonly #faulty = new Set<string>();
  readonly #faults: ImportFault[] = [];
  lines = 0;

  /** False where nothing after this is worth reading. */
  take(record: CsvRecord): boolean {
    if (this.#header === undefined) return this.#takeHeader(record);
    // A spreadsheet writes lines that were emptied, too.
    if (!record.isBroken && record.fields.every((field) => field.trim() === '')) return true;
    this.lines += 1;
    const read = readImportRow(record, this.#header);
    if ('row' in read) {
      const { contract } = read.row;
      const rows = this.#rows.get(contract);
      if (rows === undefined) this.#rows.set(contract, [read.row]);
      else rows.push(read.row);
    } else {
      this.#faults.push(...read.faults);
      if (read.contract !== null) this.#faulty.add(read.contract);
    }
    return this.lines <= MOST_LINES;
  }

  result(encoding: FileEncoding): ReadFile {
    if (this.#headerFaults.length > 0 || this.lines === 0) {
      return {
        ...nothingRead(encoding, 'no-lines', 1),
        ...(this.#headerFaults.length > 0 && { faults: this.#headerFaults }),
      };
    }
    const contracts = [...this.#rows].filter(([contract]) => !this.#faulty.has(contract));
    return {
      encoding,
      lines: this.lines,
      contracts: contracts.map(([contract, rows]) => ({ contract, rows })),
      faultyContracts: this.#faulty.size,
      faults: this.#faults,
    };
  }

  #takeHeader({ fields }: CsvRecord): boolean {
    const read = readImportHeader(fields);
    if ('faults' in read) this.#headerFaults = read.faults;
    else this.#header = read.header;
    return this.#header !== undefined;
  }
}

function* recordsOf(file: Uint8Array, encoding: FileEncoding): Generator<CsvRecord> {
  const reader = new CsvReader();
  for (const text of textOf(file, encoding)) yield* reader.feed(text);
  yield* reader.end();
}

function nothingRead(encoding: FileEncoding | null, kind: ImportFaultKind, line: number): ReadFile {
  const faults = [{ line, column: null, kind, value: '' }];
  return { encoding, lines: 0, contracts: [], faultyContracts: 0, faults };
}

/** About as many as there will be: line ends inside quotes are counted, too. */
function countLines(file: Uint8Array): number {
  let count = 0;
  for (let at = file.indexOf(LINE_FEED); at !== -1; at = file.indexOf(LINE_FEED, at + 1))
    count += 1;
  return count;
}
