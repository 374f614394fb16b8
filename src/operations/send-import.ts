// One of the bank's staff sends a file of users, and asks that it be done. A file is looked through by itself after
// it was sent, or before by the command that sends it.
import { randomUUID } from 'node:crypto';
import type { AuditEntry } from '../audit/entry.ts';
import type { ImportUnit } from '../banking/import-plan.ts';
import { type OrderContent, stateOf } from '../banking/order.ts';
import {
  type ImportFound,
  mayBeAskedFor,
  shownFileName,
  type UserImport,
} from '../banking/user-import.ts';
import type { Clock } from '../clock.ts';
import type { FileEncoding } from '../csv/file-encoding.ts';
import { Refusal } from '../errors.ts';
import { appendAudit } from '../store/audit-log.ts';
import { type Db, inTransaction, type Tx } from '../store/database.ts';
import { insertOutcomes, replaceFaults } from '../store/import-reports.ts';
import { type ImportKey, insertImport, lockImport, nameRequest } from '../store/imports.ts';
import { listInstitutions } from '../store/institutions.ts';
import { findOrder, type OrderKey } from '../store/orders.ts';
import { sha256 } from './certify.ts';
import { foundOf, type ImportPlan } from './plan-import.ts';
import { LARGEST_IMPORT_OCTETS } from './read-import.ts';
import { fileOrder } from './request-order.ts';
import { authoriseRequester, placeOf, type Requester, recordedFrom } from './requester.ts';

/** A file as it is sent. */
export type SentFile = {
  readonly institution: string;
  readonly fileName: string;
  readonly octets: Uint8Array;
  readonly encoding: FileEncoding | 'auto';
  readonly unit: ImportUnit;
};

/** Why it is asked for, and by which paper. */
export type Asking = { readonly reason: string; readonly reference: string | null };

type Needs = { readonly db: Db; readonly clock: Clock };

/** Keeps a file to be looked through. Refuses `not-in-role`, `too-large` and `invalid-input` (an empty one). */
export async function sendImport(
  file: SentFile,
  requester: Requester,
  needs: Needs,
): Promise<ImportKey> {
  const at = needs.clock.now();
  return await inTransaction(needs.db, async (tx) => {
    const { id, entry } = await keepFile({ ...file, found: null, at }, requester, tx);
    await appendAudit(recordedFrom([entry], requester), tx);
    return { institution: file.institution, id };
  });
}

/** Keeps a file that was looked through already, and asks for it in the same transaction. */
export async function sendPlanned(
  file: SentFile & { readonly plan: ImportPlan },
  { requester, ...asking }: Asking & { readonly requester: Requester },
  needs: Needs,
): Promise<OrderKey> {
  const at = needs.clock.now();
  const { plan, institution } = file;
  return await inTransaction(needs.db, async (tx) => {
    const found = foundOf(plan);
    const { id, entry } = await keepFile({ ...file, found, at }, requester, tx);
    await replaceFaults({ institution, id }, plan.faults, tx);
    await keepLeftOut({ institution, id }, plan.leftOut, tx);
    return await ask({ institution, id }, { requester, ...asking, at, before: [entry] }, tx);
  });
}

/** Asks that a file be done that was looked through. Refuses as `sendImport`, and `invalid-input` where nothing is to be done. */
export async function requestImport(
  key: ImportKey,
  asking: Asking & { readonly requester: Requester },
  needs: Needs,
): Promise<OrderKey> {
  const at = needs.clock.now();
  return await inTransaction(
    needs.db,
    async (tx) => await ask(key, { ...asking, at, before: [] }, tx),
  );
}

/** Contracts with a fault: whatever becomes of the records, they are left out. */
export async function keepLeftOut(
  key: ImportKey,
  contracts: readonly string[],
  tx: Tx,
): Promise<void> {
  const outcomes = contracts.map(
    (contract) => ({ contract, outcome: 'left-out', users: 0 }) as const,
  );
  await insertOutcomes(key, outcomes, tx);
}

async function keepFile(
  file: SentFile & { readonly found: ImportFound | null; readonly at: Date },
  requester: Requester,
  tx: Tx,
): Promise<{ readonly id: string; readonly entry: AuditEntry }> {
  const { institution, octets, unit, at } = file;
  if (octets.length === 0) throw new Refusal('invalid-input', 'the file is empty');
  if (octets.length > LARGEST_IMPORT_OCTETS)
    throw new Refusal('too-large', 'the file is too large');
  const asked = { action: 'request-import-users', institution } as const;
  const by = await authoriseRequester(requester, asked, tx);
  const bank = (await listInstitutions(tx)).find(({ code }) => code === institution);
  if (bank?.kind !== 'bank') throw new Refusal('invalid-input', `there is no bank ${institution}`);
  const id = randomUUID();
  const sum = sha256(octets);
  const fileName = shownFileName(file.fileName);
  await insertImport({ ...file, id, fileName, sha256: sum, by }, tx);
  const detail = {
    by: `staff:${by.user}`,
    import: id,
    file: fileName,
    octets: octets.length,
    sha256: Buffer.from(sum).toString('hex'),
    unit,
  };
  return { id, entry: { institution, at, event: 'import-sent', detail } };
}

async function ask(
  key: ImportKey,
  asking: Asking & {
    readonly requester: Requester;
    readonly at: Date;
    readonly before: readonly AuditEntry[];
  },
  tx: Tx,
): Promise<OrderKey> {
  const { requester, at } = asking;
  const { institution } = key;
  const asked = { action: 'request-import-users', institution } as const;
  const by = await authoriseRequester(requester, asked, tx);
  const kept = await lockImport(key, tx);
  if (kept === undefined) throw new Refusal('not-found', 'no such file');
  const before =
    kept.request === null ? undefined : await findOrder({ institution, id: kept.request }, tx);
  if (!mayBeAskedFor(kept, before === undefined ? null : stateOf(before, at))) throw nothingToAsk();
  const content = contentOf(kept, placeOf(requester));
  const { key: order, entry } = await fileOrder({ ...asking, content, by, at }, tx);
  await nameRequest(key, order.id, tx);
  await appendAudit(recordedFrom([...asking.before, entry], requester), tx);
  return order;
}

function contentOf(kept: UserImport, from: 'console' | 'server'): OrderContent {
  const { institution, id, fileName, size, unit, found } = kept;
  if (found === null) throw nothingToAsk();
  const sum = Buffer.from(kept.sha256).toString('hex');
  return {
    kind: 'import-users',
    institution,
    import: id,
    fileName,
    size,
    sha256: sum,
    unit,
    found,
    from,
  };
}

function nothingToAsk(): Refusal {
  return new Refusal('invalid-input', 'the file is not one of which something is to be done');
}
