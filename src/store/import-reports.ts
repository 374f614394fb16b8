// What is reported of a file of users: its faults, and what became of its contracts.
import { sql } from 'kysely';
import type { ImportFault } from '../banking/import-faults.ts';
import type { Db, Tx } from './database.ts';
import { type ImportKey, keyOf } from './imports.ts';

/** What became of a contract of a file, and how many users the file has for it. */
export type ContractOutcome = {
  readonly contract: string;
  readonly outcome: 'done' | 'left-out';
  readonly users: number;
};

/** Replaces the faults of a file. */
export async function replaceFaults(
  key: ImportKey,
  faults: readonly ImportFault[],
  tx: Tx,
): Promise<void> {
  await tx
    .deleteFrom('import_fault')
    .where((eb) => eb.and(keyOf(key)))
    .execute();
  await insertFaults(key, { faults, from: 0 }, tx);
}

/** Adds faults, numbered from this number on. */
export async function insertFaults(
  { institution, id }: ImportKey,
  { faults, from }: { readonly faults: readonly ImportFault[]; readonly from: number },
  tx: Tx,
): Promise<void> {
  if (faults.length === 0) return;
  const numbers = faults.map((_, place) => from + place);
  await sql`
    insert into import_fault (institution, import, fault, line, field, kind, value)
    select ${institution}, ${id}, f.* from unnest(${numbers}::integer[],
      ${faults.map(({ line }) => line)}::integer[], ${faults.map(({ column }) => column)}::text[],
      ${faults.map(({ kind }) => kind)}::text[], ${faults.map(({ value }) => value)}::text[]) as f`.execute(
    tx,
  );
}

/** How many faults of a file are kept. */
export async function countFaults(key: ImportKey, db: Db): Promise<number> {
  const { count } = await db
    .selectFrom('import_fault')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where((eb) => eb.and(keyOf(key)))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Faults of a file in the order in which they were found, some at a time. */
export async function listFaults(
  key: ImportKey,
  { after, atMost }: { readonly after: number; readonly atMost: number },
  db: Db,
): Promise<readonly (ImportFault & { readonly number: number })[]> {
  const rows = await db
    .selectFrom('import_fault')
    .select(['fault', 'line', 'field', 'kind', 'value'])
    .where((eb) => eb.and(keyOf(key)))
    .where('fault', '>', after)
    .orderBy('fault')
    .limit(atMost)
    .execute();
  return rows.map(({ fault, field, ...rest }) => ({ ...rest, number: fault, column: field }));
}

/** What became of contracts of a file; none of them is touched again. */
export async function insertOutcomes(
  { institution, id }: ImportKey,
  outcomes: readonly ContractOutcome[],
  tx: Tx,
): Promise<void> {
  if (outcomes.length === 0) return;
  await sql`
    insert into import_contract (institution, import, contract, outcome, users)
    select ${institution}, ${id}, o.* from unnest(${outcomes.map(({ contract }) => contract)}::text[],
      ${outcomes.map(({ outcome }) => outcome)}::text[], ${outcomes.map(({ users }) => users)}::integer[]) as o`.execute(
    tx,
  );
}

/** The contracts of a file of which it is known what became of them. */
export async function listOutcomes(key: ImportKey, db: Db): Promise<readonly ContractOutcome[]> {
  return await db
    .selectFrom('import_contract')
    .select(['contract', 'outcome', 'users'])
    .where((eb) => eb.and(keyOf(key)))
    .execute();
}
