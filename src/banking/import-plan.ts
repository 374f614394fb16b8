// What a file of users would do to one contract: a new one, or more users of one that is there. Who is there already
// just as the file says is left as they are, so that a file that was done in part can be sent again.
import type { ContractFacts } from './contract-facts.ts';
import type { ImportColumn } from './import-columns.ts';
import { type ImportFault, type ImportFaultKind, shownValue } from './import-faults.ts';
import type { ImportRow } from './import-row.ts';
import type { Role } from './person.ts';
import type { Policy } from './policy.ts';

/** Whether a faulty line holds up the whole file, or its own contract alone. */
export type ImportUnit = 'file' | 'contract';

/** A user who is there already. */
export type RecordedUser = {
  readonly user: string;
  readonly name: string;
  readonly kana: string | null;
  readonly role: Role;
  readonly mail: string | null;
};

/** A contract as it is on record, with all of its users. */
export type ContractWithUsers = ContractFacts & {
  readonly closedAt: Date | null;
  readonly users: readonly RecordedUser[];
};

/** What is to be done for one contract. */
export type PlannedContract = {
  readonly contract: string;
  readonly isNew: boolean;
  readonly name: string;
  readonly kana: string | null;
  /** Null where none is given, or one is on record. */
  readonly address: { readonly postalCode: string | null; readonly address: string } | null;
  /** Those who are not there yet. */
  readonly users: readonly ImportRow[];
  /** How many are there already, just as the file says. */
  readonly unchanged: number;
};

/** The lines of a file that are of one contract. */
export type ContractLines = { readonly contract: string; readonly rows: readonly ImportRow[] };

/** A plan, or why there is none. */
export type Planned =
  | { readonly planned: PlannedContract }
  | { readonly faults: readonly ImportFault[] };

const OF_CONTRACT = [
  ['contract-name', 'contractName', 'name'],
  ['contract-kana', 'contractKana', 'kana'],
  ['postal-code', 'postalCode', 'postalCode'],
  ['address', 'address', 'address'],
] as const satisfies readonly (readonly [ImportColumn, keyof ImportRow, keyof ContractFacts])[];

/** Judges the lines of one contract against each other and what is on record; null: there is no such contract. */
export function planContract(
  { contract, rows }: ContractLines,
  recorded: ContractWithUsers | null,
  policy: Pick<Policy, 'usersPerContract'>,
): Planned {
  const of = factsIn(rows);
  const faults = [
    ...differingInFile(rows, of),
    ...(recorded === null ? [] : differingFromRecord(rows, of, recorded)),
    ...twiceInFile(rows),
    ...rows.flatMap((row) => userFaults(row, recorded)),
  ];
  if (faults.length > 0) return { faults };
  const known = new Set(recorded?.users.map(({ user }) => user));
  const users = rows.filter(({ user }) => !known.has(user));
  const missing = missingIn(rows, {
    name: of.name,
    recorded,
    count: known.size + users.length,
    policy,
  });
  if (missing.length > 0) return { faults: missing };
  const address =
    of.address === null || (recorded !== null && recorded.address !== null)
      ? null
      : { postalCode: of.postalCode, address: of.address };
  const [first] = rows;
  const isClosed = recorded !== null && recorded.closedAt !== null;
  // What is there just as the file says is left as it is, in a contract that is closed too.
  if (isClosed && first !== undefined && (users.length > 0 || address !== null)) {
    return { faults: [faultAt(first, 'contract', 'contract-closed', contract)] };
  }
  return {
    planned: {
      contract,
      isNew: recorded === null,
      name: recorded?.name ?? of.name ?? '',
      kana: recorded === null ? of.kana : recorded.kana,
      address,
      users,
      unchanged: rows.length - users.length,
    },
  };
}

type FactsInFile = { readonly [Fact in keyof ContractFacts]: string | null };

/** What the file says of the contract: the first line that says something. */
function factsIn(rows: readonly ImportRow[]): FactsInFile {
  const first = (field: (typeof OF_CONTRACT)[number][1]) =>
    rows.find((row) => row[field] !== null)?.[field] ?? null;
  return {
    name: first('contractName'),
    kana: first('contractKana'),
    postalCode: first('postalCode'),
    address: first('address'),
  };
}

function differingInFile(rows: readonly ImportRow[], of: FactsInFile): readonly ImportFault[] {
  return rows.flatMap((row) =>
    OF_CONTRACT.filter(([, field, fact]) => row[field] !== null && row[field] !== of[fact]).map(
      ([column, field]) => faultAt(row, column, 'contract-differs-in-file', row[field] ?? ''),
    ),
  );
}

function differingFromRecord(
  rows: readonly ImportRow[],
  of: FactsInFile,
  recorded: ContractWithUsers,
): readonly ImportFault[] {
  return OF_CONTRACT.flatMap(([column, field, fact]) => {
    const given = of[fact];
    // An address that is missing is added; nothing else of a contract is changed by a file.
    const isAdded = (fact === 'address' || fact === 'postalCode') && recorded.address === null;
    const row = rows.find((one) => one[field] !== null);
    if (given === null || row === undefined || isAdded || given === recorded[fact]) return [];
    return [faultAt(row, column, 'contract-differs', given)];
  });
}

function twiceInFile(rows: readonly ImportRow[]): readonly ImportFault[] {
  const seen = new Set<string>();
  return rows.flatMap((row) => {
    const folded = row.user.toLowerCase();
    if (seen.has(folded)) return [faultAt(row, 'user', 'user-twice', row.user)];
    seen.add(folded);
    return [];
  });
}

function userFaults(row: ImportRow, recorded: ContractWithUsers | null): readonly ImportFault[] {
  const folded = row.user.toLowerCase();
  const known = recorded?.users.find(({ user }) => user.toLowerCase() === folded);
  if (known === undefined) return [];
  if (known.user !== row.user) return [faultAt(row, 'user', 'user-other-capitals', row.user)];
  const columns = (['name', 'kana', 'role', 'mail'] as const).filter(
    (column) => row[column] !== null && row[column] !== known[column],
  );
  return columns.map((column) => faultAt(row, column, 'user-differs', row[column] ?? ''));
}

/** What the contract as a whole lacks, said at its first line. */
function missingIn(
  rows: readonly ImportRow[],
  of: {
    readonly name: string | null;
    readonly recorded: ContractWithUsers | null;
    readonly count: number;
    readonly policy: Pick<Policy, 'usersPerContract'>;
  },
): readonly ImportFault[] {
  const [first] = rows;
  if (first === undefined) return [];
  const faults: ImportFault[] = [];
  if (of.recorded === null && of.name === null) {
    faults.push(faultAt(first, 'contract-name', 'contract-name-missing', ''));
  }
  if (of.recorded === null && rows.every(({ role }) => role !== 'administrator')) {
    faults.push(faultAt(first, 'role', 'no-administrator', first.contract));
  }
  if (of.count > of.policy.usersPerContract) {
    faults.push(faultAt(first, 'contract', 'too-many-users', String(of.count)));
  }
  return faults;
}

function faultAt(
  { line }: ImportRow,
  column: ImportColumn,
  kind: ImportFaultKind,
  value: string,
): ImportFault {
  return { line, column, kind, value: shownValue(value) };
}
