// What the bank's staff see of files of users. Each read asks whether it is theirs to read. Nothing is changed.
import type { ImportFault } from '../banking/import-faults.ts';
import { isOrderId, type OrderState, stateOf } from '../banking/order.ts';
import type { UserImport } from '../banking/user-import.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import type { Db } from '../store/database.ts';
import { listFaults } from '../store/import-reports.ts';
import { findImport, type ImportKey, listImports } from '../store/imports.ts';
import { findOrder } from '../store/orders.ts';
import { authoriseReader } from './authorise-staff.ts';
import type { AuthenticatedUser } from './resume-session.ts';

/** Who asks for which file. */
export type ImportAsked = { readonly user: AuthenticatedUser; readonly key: ImportKey };

/** A file with the first of its faults. */
export type ImportRead = {
  readonly kept: UserImport;
  /** How the last request that it be done stands now. */
  readonly request: OrderState | null;
  readonly faults: readonly ImportFault[];
};

const LATEST = 50;
const FIRST_FAULTS = 20;
const FAULTS_AT_ONCE = 1_000;

/** The latest files of the staff member's institutions; refuses `not-in-role`. */
export async function readImports(
  user: AuthenticatedUser,
  { db }: { readonly db: Db },
): Promise<readonly UserImport[]> {
  const asked = { user, action: 'read-imports', institution: null } as const;
  const { scope } = (await authoriseReader(asked, db)).member;
  return await listImports({ scope, atMost: LATEST }, db);
}

/** One file; refuses `not-in-role` and `not-found`. */
export async function readImportFor(
  { user, key }: ImportAsked,
  { db, clock }: { readonly db: Db; readonly clock: Clock },
): Promise<ImportRead> {
  const { institution } = key;
  await authoriseReader({ user, action: 'read-imports', institution }, db);
  const kept = isOrderId(key.id) ? await findImport(key, db) : undefined;
  if (kept === undefined) throw new Refusal('not-found', 'no such file');
  const order =
    kept.request === null ? undefined : await findOrder({ institution, id: kept.request }, db);
  const request = order === undefined ? null : stateOf(order, clock.now());
  return { kept, request, faults: await listFaults(key, { after: -1, atMost: FIRST_FAULTS }, db) };
}

/** Every fault of a file; refuses as `readImportFor`, before the first. */
export async function readFaultsFor(
  asked: ImportAsked,
  needs: { readonly db: Db; readonly clock: Clock },
): Promise<AsyncIterable<ImportFault>> {
  await readImportFor(asked, needs);
  return faultsOf(asked.key, needs.db);
}

async function* faultsOf(key: ImportKey, db: Db): AsyncGenerator<ImportFault> {
  let after = -1;
  for (;;) {
    const faults = await listFaults(key, { after, atMost: FAULTS_AT_ONCE }, db);
    yield* faults;
    const last = faults.at(-1);
    if (last === undefined || faults.length < FAULTS_AT_ONCE) return;
    after = last.number;
  }
}
