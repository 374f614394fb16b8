// Letters to users: to whom, and which of the print files was given to whom. Neither codes nor PINs.

import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Identity } from '../banking/identity.ts';
import type { Addressee, LetterBatch, LetterKind, MovedContract } from '../banking/letter.ts';
import type { StaffScope } from '../banking/staff.ts';
import type { Db, Tx } from './database.ts';
import type { LetterBatchRow } from './tables.ts';

/** Where letters are found. */
export type BatchKey = { readonly institution: string; readonly id: string };

/**
 * Users without a PIN, a certificate or a code, who are in no letters that are asked for or being printed since
 * then.
 */
export async function usersWithoutLetter(
  asked: {
    readonly institution: string;
    readonly contract: string | null;
    readonly since: Date;
    readonly atMost: number;
  },
  tx: Tx,
): Promise<readonly Identity[]> {
  const { institution, contract, since, atMost } = asked;
  const rows = await sql<{ contract: string; user: string }>`
    select p.contract, p.user_id as user from person p
    where p.pin_hash is null and p.stopped_at is null and p.institution = ${institution}
      and (${contract}::text is null or p.contract = ${contract})
      and not exists (select from certificate c where c.institution = p.institution
        and c.contract = p.contract and c.user_id = p.user_id)
      and not exists (select from acquisition a where a.institution = p.institution
        and a.contract = p.contract and a.user_id = p.user_id and a.ended_at is null)
      and not exists (select from letter l join letter_batch b using (institution, batch)
        join approval_request r on r.institution = b.institution and r.request = b.request
        where l.institution = p.institution and l.contract = p.contract and l.user_id = p.user_id
          and b.asked_at > ${since} and b.pins_at is null and r.state in ('waiting', 'done'))
    order by p.contract, p.user_id limit ${atMost}`.execute(tx);
  return rows.rows.map((row) => ({ institution, ...row }));
}

/** Keeps to whom letters are to go. */
export async function insertBatch(
  batch: Pick<LetterBatch, 'institution' | 'id' | 'contract' | 'request'> & {
    readonly by: Identity;
    readonly at: Date;
    readonly to: readonly Identity[];
  },
  tx: Tx,
): Promise<void> {
  const { institution, id, contract, request, by, at, to } = batch;
  await tx
    .insertInto('letter_batch')
    .values({
      institution,
      batch: id,
      contract,
      staff_house: by.institution,
      asked_by: by.user,
      asked_at: at,
      request,
      codes_by: null,
      codes_at: null,
      pins_by: null,
      pins_at: null,
    })
    .execute();
  await sql`
    insert into letter (institution, batch, place, contract, user_id)
    select ${institution}, ${id}, l.place, l.contract, l.user_id
    from unnest(${to.map((one) => one.contract)}::text[], ${to.map((one) => one.user)}::text[])
      with ordinality as l (contract, user_id, place)`.execute(tx);
}

/** Letters that were asked for together, or undefined where there are none. */
export async function findBatch(key: BatchKey, db: Db): Promise<LetterBatch | undefined> {
  const row = await db
    .selectFrom('letter_batch')
    .selectAll()
    .where((eb) => eb.and(keyOf(key)))
    .executeTakeFirst();
  return row && batchOf(row);
}

/** The same, locked for this transaction: each print file is given once. */
export async function lockBatch(key: BatchKey, tx: Tx): Promise<LetterBatch | undefined> {
  const row = await tx
    .selectFrom('letter_batch')
    .selectAll()
    .where((eb) => eb.and(keyOf(key)))
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row && batchOf(row);
}

/** The latest letters of a scope, the newest first. */
export async function listBatches(
  { scope, atMost }: { readonly scope: StaffScope; readonly atMost: number },
  db: Db,
): Promise<readonly LetterBatch[]> {
  const rows = await db
    .selectFrom('letter_batch')
    .selectAll()
    .$if(scope !== 'all', (query) => query.where('institution', 'in', scope === 'all' ? [] : scope))
    .orderBy('asked_at', 'desc')
    .limit(atMost)
    .execute();
  return rows.map(batchOf);
}

/** Puts down who was given one of the print files. */
export async function keepGiven(
  key: BatchKey,
  { kind, by, at }: { readonly kind: LetterKind; readonly by: string; readonly at: Date },
  tx: Tx,
): Promise<void> {
  const given = kind === 'codes' ? { codes_by: by, codes_at: at } : { pins_by: by, pins_at: at };
  await tx
    .updateTable('letter_batch')
    .set(given)
    .where((eb) => eb.and(keyOf(key)))
    .where(kind === 'codes' ? 'codes_at' : 'pins_at', 'is', null)
    .executeTakeFirstOrThrow();
}

const MOST_MOVED = 50;
const WHERE_LETTERS_GO = ['name', 'postalCode', 'address'];

/** The contracts of some letters whose name or address was changed since then, the latest change first. */
export async function movedContracts(
  { institution, id }: BatchKey,
  since: Date,
  db: Db,
): Promise<readonly MovedContract[]> {
  const { rows } = await sql<Omit<MovedContract, 'institution'>>`
    select c.contract, c.name, max(e.at) as at
    from (select distinct contract from letter where institution = ${institution} and batch = ${id}) l
      join contract c on c.institution = ${institution} and c.contract = l.contract
      join audit_entry e on e.contract = l.contract and e.user_id is null and e.institution = ${institution}
    where e.event = 'contract-changed' and e.at >= ${since} and e.detail ?| ${WHERE_LETTERS_GO}
    group by c.contract, c.name order by at desc, c.contract limit ${MOST_MOVED}`.execute(db);
  return rows.map((row) => ({ institution, ...row }));
}

/** The people of some letters who are still without a certificate, and not stopped; locked for this transaction. */
export async function lockAddressees(
  key: BatchKey,
  { withoutPin, withoutCode }: { readonly withoutPin: boolean; readonly withoutCode: boolean },
  tx: Tx,
): Promise<readonly Addressee[]> {
  const rows = await sql<Omit<Addressee, 'identity'> & { contract: string; user: string }>`
    select l.place, l.contract, l.user_id as user, p.name, c.name as "contractName",
      a.postal_code as "postalCode", a.address
    from letter l join person p using (institution, contract, user_id)
      join contract c using (institution, contract)
      left join contract_address a using (institution, contract)
    where l.institution = ${key.institution} and l.batch = ${key.id} and p.stopped_at is null
      and (not ${withoutPin} or p.pin_hash is null)
      and (not ${withoutCode} or not exists (select from acquisition o where o.institution = p.institution
        and o.contract = p.contract and o.user_id = p.user_id and o.ended_at is null))
      and not exists (select from certificate k where k.institution = p.institution
        and k.contract = p.contract and k.user_id = p.user_id)
    order by l.place for no key update of p`.execute(tx);
  return rows.rows.map(({ contract, user, ...one }) => {
    return { ...one, identity: { institution: key.institution, contract, user } };
  });
}

/** Keeps first codes of people whose first slots are empty. */
export async function insertFirstOffers(
  offers: readonly { readonly identity: Identity; readonly codeHash: Uint8Array }[],
  of: {
    readonly institution: string;
    readonly by: string;
    readonly at: Date;
    readonly expiresAt: Date;
  },
  tx: Tx,
): Promise<void> {
  await sql`
    insert into acquisition (institution, acquisition, contract, user_id, slot, kind, code_hash,
      offered_by, offered_at, expires_at)
    select ${of.institution}, gen_random_uuid(), o.contract, o.user_id, 1, 'first', o.code_hash,
      ${of.by}, ${of.at}, ${of.expiresAt}
    from unnest(${offers.map(({ identity }) => identity.contract)}::text[],
      ${offers.map(({ identity }) => identity.user)}::text[],
      ${offers.map(({ codeHash }) => codeHash)}::bytea[]) as o (contract, user_id, code_hash)`.execute(
    tx,
  );
}

/** Sets first PINs of people who have none; they change them before anything else. */
export async function setFirstPins(
  pins: readonly { readonly identity: Identity; readonly hash: string }[],
  institution: string,
  tx: Tx,
): Promise<void> {
  await sql`
    update person as p set pin_hash = f.hash, pin_is_initial = true, pin_errors = 0
    from unnest(${pins.map(({ identity }) => identity.contract)}::text[],
      ${pins.map(({ identity }) => identity.user)}::text[],
      ${pins.map(({ hash }) => hash)}::text[]) as f (contract, user_id, hash)
    where p.institution = ${institution} and p.contract = f.contract and p.user_id = f.user_id
      and p.pin_hash is null`.execute(tx);
}

function keyOf({ institution, id }: BatchKey) {
  return { institution, batch: id };
}

function batchOf(row: Selectable<LetterBatchRow>): LetterBatch {
  const given = (by: string | null, at: Date | null) =>
    by === null || at === null ? null : { by, at };
  return {
    institution: row.institution,
    id: row.batch,
    contract: row.contract,
    askedBy: row.asked_by,
    askedAt: row.asked_at,
    request: row.request,
    codes: given(row.codes_by, row.codes_at),
    pins: given(row.pins_by, row.pins_at),
  };
}
