// Does what an approved file of users says: all of it in one transaction, or contract by contract, each wholly or not
// at all. What was done is on record, so that whatever breaks it off, the next one goes on where it ended.
import type { AuditEntry } from '../audit/entry.ts';
import type { ImportFault } from '../banking/import-faults.ts';
import type { ContractLines, PlannedContract } from '../banking/import-plan.ts';
import type { Order } from '../banking/order.ts';
import type { Policy } from '../banking/policy.ts';
import { addDays, endOfTokyoDay, tokyoDayOf } from '../banking/tokyo-calendar.ts';
import { isImportant } from '../banking/told.ts';
import type { UserImport } from '../banking/user-import.ts';
import type { Clock } from '../clock.ts';
import { appendAudit } from '../store/audit-log.ts';
import { type Db, inTransaction, type Tx } from '../store/database.ts';
import {
  administratorsOf,
  appendManyEntries,
  insertContracts,
  insertPeople,
  lockContracts,
} from '../store/import-people.ts';
import {
  countFaults,
  insertFaults,
  insertOutcomes,
  listOutcomes,
  replaceFaults,
} from '../store/import-reports.ts';
import { endImport, readOctets } from '../store/imports.ts';
import { policyAt } from '../store/institutions.ts';
import { insertManyTold } from '../store/notices.ts';
import { findOrder } from '../store/orders.ts';
import { sha256 } from './certify.ts';
import { type Judged, judgeContracts, portionsOf } from './plan-import.ts';
import { type OnProgress, type ReadFile, readImport } from './read-import.ts';
import { keepLeftOut } from './send-import.ts';

type Needs = { readonly db: Db; readonly clock: Clock; readonly onProgress: OnProgress };

/** What is done, by whom. */
type Doing = {
  readonly kept: UserImport;
  readonly by: string;
  readonly order: string;
  readonly policy: Policy;
  readonly at: Date;
};

/** Lines that are written together; between them it is told how far it has come. */
const LINES_AT_ONCE = 2_000;
const SHOWN_DAYS = 90;

/** Does it, as its unit says; ends it as done, or as failed where it no longer fits. */
export async function doImport(kept: UserImport, needs: Needs): Promise<void> {
  const { order, octets, isApproved } = await approvedFile(kept, needs.db);
  const at = needs.clock.now();
  const policy = await policyAt(kept.institution, at, needs.db);
  const doing: Doing = { kept, by: `staff:${order.decidedBy}`, order: order.id, policy, at };
  // Whoever could change the kept octets could else have anything done.
  if (!isApproved) return await fail([], doing, needs.db);
  const read = await readImport(octets, kept.encoding, needs.onProgress);
  if (kept.unit === 'contract') await doByContract(read, doing, needs);
  else if (read.faults.length > 0) await fail(read.faults, doing, needs.db);
  else await doWhole(read.contracts, doing, needs);
}

/** The file, and whether it is the one of the order that two of the staff have seen. */
async function approvedFile(
  { institution, id, request }: UserImport,
  db: Db,
): Promise<{
  readonly order: Order;
  readonly octets: Uint8Array;
  readonly isApproved: boolean;
}> {
  const order = request === null ? undefined : await findOrder({ institution, id: request }, db);
  if (order === undefined) throw new Error('a file of users is to be done that nobody asked for');
  const octets = await readOctets({ institution, id }, db);
  const { content, state } = order;
  const isApproved =
    state === 'done' &&
    content.kind === 'import-users' &&
    content.import === id &&
    content.sha256 === Buffer.from(sha256(octets)).toString('hex');
  return { order, octets, isApproved };
}

async function doWhole(
  contracts: readonly ContractLines[],
  doing: Doing,
  needs: Needs,
): Promise<void> {
  const faults = await inTransaction(
    needs.db,
    async (tx) => await writeWhole(contracts, doing, { ...needs, tx }),
  );
  if (faults.length > 0) await fail(faults, doing, needs.db);
}

/** Returns the faults for which nothing of it was written. */
async function writeWhole(
  contracts: readonly ContractLines[],
  doing: Doing,
  { tx, onProgress, clock }: Needs & { readonly tx: Tx },
): Promise<readonly ImportFault[]> {
  const { institution } = doing.kept;
  const of = linesIn(contracts);
  const planned: PlannedContract[] = [];
  const faults: ImportFault[] = [];
  for (const portion of portionsOf(contracts, LINES_AT_ONCE)) {
    const judged = await lockAndJudge(portion, doing, tx);
    planned.push(...judged.planned);
    faults.push(...judged.faults);
  }
  if (faults.length > 0) return faults;
  let done = 0;
  for (const portion of portionsOf(contracts, LINES_AT_ONCE)) {
    const ids = new Set(portion.map(({ contract }) => contract));
    await writePeople(
      planned.filter(({ contract }) => ids.has(contract)),
      doing,
      tx,
    );
    done += linesIn(portion);
    await onProgress({ stage: 'doing', done, of });
  }
  // Last, so that no entry waits for the rest of a long transaction to be sequenced.
  const at = clock.now();
  for (let from = 0; from < planned.length; from += LINES_AT_ONCE) {
    const some = planned.slice(from, from + LINES_AT_ONCE);
    await appendManyEntries(entriesOf(some, doing), { institution, at }, tx);
  }
  const users = planned.reduce((sum, one) => sum + one.users.length, 0);
  await endDone(doing, { contracts: planned.length, users, leftOut: 0 }, tx);
  return [];
}

async function doByContract(
  { contracts, faultyContracts }: ReadFile,
  doing: Doing,
  needs: Needs,
): Promise<void> {
  const { db, clock } = needs;
  const over = new Set((await listOutcomes(doing.kept, db)).map(({ contract }) => contract));
  const of = linesIn(contracts);
  const left = contracts.filter(({ contract }) => !over.has(contract));
  let done = of - linesIn(left);
  for (const portion of portionsOf(left, LINES_AT_ONCE)) {
    await inTransaction(
      db,
      async (tx) => await writePortion(portion, { ...doing, at: clock.now() }, tx),
    );
    done += linesIn(portion);
    await needs.onProgress({ stage: 'doing', done, of });
  }
  await inTransaction(db, async (tx) => {
    const outcomes = await listOutcomes(doing.kept, tx);
    const ended = outcomes.filter(({ outcome }) => outcome === 'done');
    const users = ended.reduce((sum, one) => sum + one.users, 0);
    const leftOut = faultyContracts + outcomes.length - ended.length;
    await endDone({ ...doing, at: clock.now() }, { contracts: ended.length, users, leftOut }, tx);
  });
}

async function writePortion(
  portion: readonly ContractLines[],
  doing: Doing,
  tx: Tx,
): Promise<void> {
  const { kept, at } = doing;
  const { institution } = kept;
  const { planned, faults, leftOut } = await lockAndJudge(portion, doing, tx);
  await writePeople(planned, doing, tx);
  await appendManyEntries(entriesOf(planned, doing), { institution, at }, tx);
  await keepLeftOut(kept, leftOut, tx);
  if (faults.length > 0)
    await insertFaults(kept, { faults, from: await countFaults(kept, tx) }, tx);
  const outcomes = planned.map(
    ({ contract, users }) => ({ contract, outcome: 'done', users: users.length }) as const,
  );
  await insertOutcomes(kept, outcomes, tx);
}

async function lockAndJudge(
  portion: readonly ContractLines[],
  { kept: { institution }, policy }: Doing,
  tx: Tx,
): Promise<Judged> {
  const ids = portion.map(({ contract }) => contract);
  await lockContracts(institution, ids, tx);
  return await judgeContracts(portion, { institution, policy }, tx);
}

async function writePeople(
  planned: readonly PlannedContract[],
  { kept: { institution }, at }: Doing,
  tx: Tx,
): Promise<void> {
  const there = planned.filter(({ isNew }) => !isNew);
  const administrators = await administratorsOf(
    institution,
    there.map(({ contract }) => contract),
    tx,
  );
  await insertContracts(planned, { institution, at }, tx);
  await insertPeople(planned, { institution, at }, tx);
  const byContract = Map.groupBy(administrators, ({ contract }) => contract);
  await tellOfThem(noticesOf(there, byContract), { institution, at }, tx);
}

/** Of a contract that was there before; in a new one there is nobody yet who could be told. */
async function tellOfThem(
  notices: readonly ToldTo[],
  { institution, at }: { readonly institution: string; readonly at: Date },
  tx: Tx,
): Promise<void> {
  const untilAt = endOfTokyoDay(addDays(tokyoDayOf(at), SHOWN_DAYS));
  const byImportance = Map.groupBy(notices, ({ told }) => isImportant(told.event));
  for (const [important, some] of byImportance) {
    const shown = { institution, isImportant: important, publishedAt: at, untilAt };
    await insertManyTold(some, shown, tx);
  }
}

type Administrators = Awaited<ReturnType<typeof administratorsOf>>;
type ToldTo = Parameters<typeof insertManyTold>[0][number];

/** Of each new user, and of an address that was missing. */
function noticesOf(
  planned: readonly PlannedContract[],
  administrators: ReadonlyMap<string, Administrators>,
): readonly ToldTo[] {
  const byBank = { by: null, byBank: true } as const;
  return planned.flatMap(({ contract, name: company, address, users }) => {
    const registered = users.map(
      ({ name, user }) => ({ event: 'registered', name, user, ...byBank }) as const,
    );
    const changed = {
      event: 'contract-changed',
      name: company,
      user: contract,
      ...byBank,
    } as const;
    const all = address === null ? registered : [changed, ...registered];
    return (administrators.get(contract) ?? []).flatMap((to) => all.map((told) => ({ to, told })));
  });
}

type ImportEntry = Pick<AuditEntry, 'event' | 'person' | 'contract' | 'detail'>;

/** The same entries as of contracts and people that are registered one by one, each with its line. */
function entriesOf(
  planned: readonly PlannedContract[],
  { kept: { institution }, by, order }: Doing,
): readonly ImportEntry[] {
  return planned.flatMap(({ contract, isNew, name, address, users }): readonly ImportEntry[] => {
    const opened = {
      event: 'contract-opened',
      contract,
      detail: { contract, name, by, order },
    } as const;
    const registered = users.map(({ user, role, line }) => {
      const person = { institution, contract, user };
      return { event: 'person-registered', person, detail: { role, by, order, line } } as const;
    });
    if (isNew) return [opened, ...registered];
    if (address === null) return registered;
    const detail = { by, order, ...address };
    return [{ event: 'contract-changed', contract, detail } as const, ...registered];
  });
}

async function endDone(
  { kept, by, order, at }: Doing,
  result: NonNullable<UserImport['result']>,
  tx: Tx,
): Promise<void> {
  await endImport(kept, { result, at }, tx);
  const { institution, id } = kept;
  const sum = Buffer.from(kept.sha256).toString('hex');
  const detail = { by, order, import: id, sha256: sum, ...result };
  await appendAudit([{ institution, at, event: 'import-done', detail }], tx);
}

async function fail(
  faults: readonly ImportFault[],
  { kept, by, order, at }: Doing,
  db: Db,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await replaceFaults(kept, faults, tx);
    await endImport(kept, { result: null, at }, tx);
    const { institution, id } = kept;
    const detail = { by, order, import: id, faults: faults.length };
    await appendAudit([{ institution, at, event: 'import-failed', detail }], tx);
  });
}

function linesIn(contracts: readonly ContractLines[]): number {
  return contracts.reduce((sum, { rows }) => sum + rows.length, 0);
}
