// What a file of users would do now: its lines held against what is on record. Changes nothing; who does it holds
// the file against the records again, in the transaction in which it is done.
import type { ImportFault } from '../banking/import-faults.ts';
import {
  type ContractLines,
  type ImportUnit,
  type PlannedContract,
  planContract,
} from '../banking/import-plan.ts';
import type { Policy } from '../banking/policy.ts';
import type { ImportCounts, ImportFound } from '../banking/user-import.ts';
import type { FileEncoding } from '../csv/file-encoding.ts';
import type { Db } from '../store/database.ts';
import { recordedContracts } from '../store/recorded-contracts.ts';
import { type OnProgress, type ReadFile, readImport } from './read-import.ts';

/** What of a file is judged at once. */
export type Judged = {
  readonly planned: readonly PlannedContract[];
  readonly faults: readonly ImportFault[];
  /** Contracts that are left out because of them. */
  readonly leftOut: readonly string[];
};

/** What a whole file would do. */
export type ImportPlan = Judged &
  Pick<ReadFile, 'encoding' | 'lines'> & {
    /** How many contracts have a fault. */
    readonly faultyContracts: number;
    /** What of it is to be done: nothing where a fault holds up the whole file. */
    readonly counts: ImportCounts;
  };

/** Lines that are looked up together. */
const LINES_AT_ONCE = 2_000;

type Needs = { readonly db: Db; readonly onProgress: OnProgress };

/** Reads and judges a file. */
export async function planImport(
  file: Uint8Array,
  asked: {
    readonly institution: string;
    readonly encoding: FileEncoding | 'auto';
    readonly unit: ImportUnit;
    readonly policy: Policy;
  },
  { db, onProgress }: Needs,
): Promise<ImportPlan> {
  const read = await readImport(file, asked.encoding, onProgress);
  const planned: PlannedContract[] = [];
  const faults = [...read.faults];
  const leftOut: string[] = [];
  const of = read.contracts.reduce((sum, { rows }) => sum + rows.length, 0);
  let done = 0;
  for (const portion of portionsOf(read.contracts, LINES_AT_ONCE)) {
    const judged = await judgeContracts(portion, asked, db);
    planned.push(...judged.planned);
    faults.push(...judged.faults);
    leftOut.push(...judged.leftOut);
    done += portion.reduce((sum, { rows }) => sum + rows.length, 0);
    await onProgress({ stage: 'checking', done, of });
  }
  const { encoding, lines } = read;
  const isHeldUp = asked.unit === 'file' && faults.length > 0;
  return {
    encoding,
    lines,
    planned,
    leftOut,
    faultyContracts: read.faultyContracts + leftOut.length,
    faults: faults.toSorted((one, other) => one.line - other.line),
    counts: countsOf(isHeldUp ? [] : planned),
  };
}

/** What is kept of a plan. */
export function foundOf({
  encoding,
  lines,
  counts,
  faultyContracts,
  faults,
}: ImportPlan): ImportFound {
  return { encoding, lines, ...counts, faultyContracts, faults: faults.length };
}

/** Judges some contracts against what is on record now. */
export async function judgeContracts(
  contracts: readonly ContractLines[],
  { institution, policy }: { readonly institution: string; readonly policy: Policy },
  db: Db,
): Promise<Judged> {
  const ids = contracts.map(({ contract }) => contract);
  const recorded = await recordedContracts(institution, ids, db);
  const planned: PlannedContract[] = [];
  const faults: ImportFault[] = [];
  const leftOut: string[] = [];
  for (const lines of contracts) {
    const one = planContract(lines, recorded.get(lines.contract) ?? null, policy);
    if ('planned' in one) planned.push(one.planned);
    else {
      faults.push(...one.faults);
      leftOut.push(lines.contract);
    }
  }
  return { planned, faults, leftOut };
}

/** Contracts in portions of about so many lines; none is divided. */
export function* portionsOf(
  contracts: readonly ContractLines[],
  linesAtOnce: number,
): Generator<readonly ContractLines[]> {
  let portion: ContractLines[] = [];
  let lines = 0;
  for (const one of contracts) {
    portion.push(one);
    lines += one.rows.length;
    if (lines < linesAtOnce) continue;
    yield portion;
    portion = [];
    lines = 0;
  }
  if (portion.length > 0) yield portion;
}

function countsOf(planned: readonly PlannedContract[]): ImportCounts {
  return {
    contracts: planned.length,
    newContracts: planned.filter(({ isNew }) => isNew).length,
    users: planned.reduce((sum, { users }) => sum + users.length, 0),
    unchanged: planned.reduce((sum, { unchanged }) => sum + unchanged, 0),
  };
}
