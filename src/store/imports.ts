// Files of users as they are kept: what each is, its octets and how far it has come. Not what is found in them.
import { type Selectable, sql } from 'kysely';
import type { Identity } from '../banking/identity.ts';
import type { StaffScope } from '../banking/staff.ts';
import type {
  ImportFound,
  ImportProgress,
  ImportResult,
  UserImport,
} from '../banking/user-import.ts';
import type { Db, Tx } from './database.ts';
import type { UserImportRow } from './tables.ts';

/** Where a file is found. */
export type ImportKey = { readonly institution: string; readonly id: string };

const PART_OCTETS = 1024 * 1024;

/** Keeps a file; its octets in parts. */
export async function insertImport(
  file: Pick<
    UserImport,
    'institution' | 'id' | 'fileName' | 'sha256' | 'encoding' | 'unit' | 'found'
  > & {
    readonly octets: Uint8Array;
    readonly by: Identity;
    readonly at: Date;
  },
  tx: Tx,
): Promise<void> {
  const key = keyOf(file);
  await tx
    .insertInto('user_import')
    .values({
      ...key,
      file_name: file.fileName,
      size: file.octets.length,
      sha256: file.sha256,
      encoding: file.encoding,
      unit: file.unit,
      staff_house: file.by.institution,
      sent_by: file.by.user,
      sent_at: file.at,
      state: file.found === null ? 'sent' : 'checked',
      found: file.found && JSON.stringify(file.found),
      request: null,
      result: null,
      stage: null,
      ended_at: null,
    })
    .execute();
  for (let part = 0; part * PART_OCTETS < file.octets.length; part += 1) {
    const octets = file.octets.subarray(part * PART_OCTETS, (part + 1) * PART_OCTETS);
    await tx
      .insertInto('import_part')
      .values({ ...key, part, octets })
      .execute();
  }
}

/** The octets of a file; none once they are gone. */
export async function readOctets(key: ImportKey, db: Db): Promise<Uint8Array> {
  const rows = await db
    .selectFrom('import_part')
    .select('octets')
    .where((eb) => eb.and(keyOf(key)))
    .orderBy('part')
    .execute();
  return Buffer.concat(rows.map(({ octets }) => octets));
}

/** A file, or undefined where there is none. */
export async function findImport(key: ImportKey, db: Db): Promise<UserImport | undefined> {
  const row = await db
    .selectFrom('user_import')
    .selectAll()
    .where((eb) => eb.and(keyOf(key)))
    .executeTakeFirst();
  return row && importOf(row);
}

/** The same, locked for this transaction. */
export async function lockImport(key: ImportKey, tx: Tx): Promise<UserImport | undefined> {
  const row = await tx
    .selectFrom('user_import')
    .selectAll()
    .where((eb) => eb.and(keyOf(key)))
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row && importOf(row);
}

/** The next file that waits to be looked through, or to be done. */
export async function nextImport(db: Db): Promise<UserImport | undefined> {
  const row = await db
    .selectFrom('user_import')
    .selectAll()
    // Literals: with parameters, a generic plan no longer finds the partial index.
    .where(sql<boolean>`state in ('sent', 'approved')`)
    .orderBy('sent_at')
    .limit(1)
    .executeTakeFirst();
  return row && importOf(row);
}

/** The latest files of a scope, the newest first. */
export async function listImports(
  { scope, atMost }: { readonly scope: StaffScope; readonly atMost: number },
  db: Db,
): Promise<readonly UserImport[]> {
  const rows = await db
    .selectFrom('user_import')
    .selectAll()
    .$if(scope !== 'all', (query) => query.where('institution', 'in', scope === 'all' ? [] : scope))
    .orderBy('sent_at', 'desc')
    .limit(atMost)
    .execute();
  return rows.map(importOf);
}

/** Keeps how far a file has come; for whoever watches. */
export async function keepProgress(
  key: ImportKey,
  { stage, done, of }: ImportProgress,
  db: Db,
): Promise<void> {
  await db
    .updateTable('user_import')
    .set({ stage, stage_done: done, stage_of: of })
    .where((eb) => eb.and(keyOf(key)))
    .execute();
}

/** Keeps what was found in a file that was sent. */
export async function keepFound(key: ImportKey, found: ImportFound, tx: Tx): Promise<void> {
  await tx
    .updateTable('user_import')
    .set({ state: 'checked', found: JSON.stringify(found), stage: null })
    .where((eb) => eb.and(keyOf(key)))
    .where('state', '=', 'sent')
    .executeTakeFirstOrThrow(notAsItWas);
}

/** Names the request by which a file is to be done. */
export async function nameRequest(key: ImportKey, request: string, tx: Tx): Promise<void> {
  await tx
    .updateTable('user_import')
    .set({ request })
    .where((eb) => eb.and(keyOf(key)))
    .where('state', '=', 'checked')
    .executeTakeFirstOrThrow(notAsItWas);
}

/** From now on a file is to be done. */
export async function approveKept(key: ImportKey, tx: Tx): Promise<void> {
  await tx
    .updateTable('user_import')
    .set({ state: 'approved' })
    .where((eb) => eb.and(keyOf(key)))
    .where('state', '=', 'checked')
    .executeTakeFirstOrThrow(notAsItWas);
}

/** A file is over: done, or failed where there is no result. Nobody ends it twice. */
export async function endImport(
  key: ImportKey,
  { result, at }: { readonly result: ImportResult | null; readonly at: Date },
  tx: Tx,
): Promise<void> {
  const ended = await tx
    .updateTable('user_import')
    .set({
      state: result === null ? 'failed' : 'done',
      result: result && JSON.stringify(result),
      stage: null,
      ended_at: at,
    })
    .where((eb) => eb.and(keyOf(key)))
    .where('state', '=', 'approved')
    .executeTakeFirst();
  if (ended.numUpdatedRows !== 1n) throw notAsItWas();
}

/** Files sent before then whose octets are still kept, and that are not about to be done. */
export async function listOldImports(
  { before, atMost }: { readonly before: Date; readonly atMost: number },
  db: Db,
): Promise<readonly UserImport[]> {
  const rows = await db
    .selectFrom('user_import')
    .selectAll()
    .where('sent_at', '<', before)
    .where('state', '<>', 'approved')
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('import_part')
          .select('part')
          .whereRef('import_part.institution', '=', 'user_import.institution')
          .whereRef('import_part.import', '=', 'user_import.import'),
      ),
    )
    .orderBy('sent_at')
    .limit(atMost)
    .execute();
  return rows.map(importOf);
}

/** Deletes the octets of a file and what its report quotes of them. */
export async function deleteContents(key: ImportKey, tx: Tx): Promise<void> {
  await tx
    .deleteFrom('import_part')
    .where((eb) => eb.and(keyOf(key)))
    .execute();
  await tx
    .deleteFrom('import_fault')
    .where((eb) => eb.and(keyOf(key)))
    .execute();
}

/** Its key in the tables' columns. */
export function keyOf({ institution, id }: ImportKey) {
  return { institution, import: id };
}

function notAsItWas(): Error {
  return new Error('a file of users is not in the state in which it was a moment ago');
}

function importOf(row: Selectable<UserImportRow>): UserImport {
  const { stage, stage_done: done, stage_of: of } = row;
  return {
    institution: row.institution,
    id: row.import,
    fileName: row.file_name,
    size: row.size,
    sha256: row.sha256,
    encoding: row.encoding,
    unit: row.unit,
    sentBy: row.sent_by,
    sentAt: row.sent_at,
    state: row.state,
    found: row.found,
    request: row.request,
    result: row.result,
    progress: stage === null ? null : { stage, done, of },
    endedAt: row.ended_at,
  };
}
