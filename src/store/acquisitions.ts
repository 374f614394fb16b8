// One-time codes for acquiring a certificate, kept by their keyed hash. What a code allows is decided elsewhere.
import { randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { AcquisitionKind } from '../banking/acquisition.ts';
import type { ReissueReason } from '../banking/company.ts';
import type { Slot } from './certificates.ts';
import type { Db, Tx } from './database.ts';
import type { AcquisitionEnd, Tables } from './tables.ts';

/** An offer to acquire a certificate, as it is kept. */
export type Acquisition = Slot & {
  readonly id: string;
  readonly kind: AcquisitionKind;
  readonly codeHash: Uint8Array;
  /** User ID of the administrator, or the name of a program. */
  readonly offeredBy: string;
  readonly offeredAt: Date;
  readonly expiresAt: Date;
  /** Wrong PINs that came with the right code. */
  readonly pinErrors: number;
  readonly ticketUntil: Date | null;
  readonly endedAt: Date | null;
  readonly endReason: AcquisitionEnd | null;
  /** Why a reissue was asked for; null for another code. */
  readonly reason: ReissueReason | null;
  /** How many certificates came of it. */
  readonly issued: number;
};

type Key = Pick<Acquisition, 'identity' | 'id'>;

// Of a slot with more, older codes tell nobody anything any more.
const LOOKED_AT = 20;

/** Keeps a new offer and returns its ID; the slot's open one was ended before. */
export async function insertAcquisition(
  offer: Pick<Acquisition, 'identity' | 'slot' | 'kind' | 'codeHash' | 'offeredBy'> &
    Pick<Acquisition, 'offeredAt' | 'expiresAt' | 'pinErrors' | 'reason'>,
  tx: Tx,
): Promise<string> {
  const id = randomUUID();
  await tx
    .insertInto('acquisition')
    .values({
      ...keyOf(offer),
      acquisition: id,
      kind: offer.kind,
      code_hash: offer.codeHash,
      offered_by: offer.offeredBy,
      offered_at: offer.offeredAt,
      expires_at: offer.expiresAt,
      pin_errors: offer.pinErrors,
      reason: offer.reason,
      ticket_hash: null,
      ticket_until: null,
      ended_at: null,
      end_reason: null,
    })
    .execute();
  return id;
}

/** A person's offers, the newest first, open or ended. */
export async function listAcquisitions(
  { institution, contract, user }: Slot['identity'],
  db: Db,
): Promise<readonly Acquisition[]> {
  const rows = await offersOf(institution, db)
    .where('contract', '=', contract)
    .where('user_id', '=', user)
    .orderBy('offered_at', 'desc')
    .limit(LOOKED_AT)
    .execute();
  return rows.map(acquisitionOf);
}

/** The open offers of a contract. */
export async function openAcquisitionsOf(
  { institution, contract }: { readonly institution: string; readonly contract: string },
  db: Db,
): Promise<readonly Acquisition[]> {
  const rows = await offersOf(institution, db)
    .where('contract', '=', contract)
    .where('ended_at', 'is', null)
    .execute();
  return rows.map(acquisitionOf);
}

/** The offer that a ticket was given for. */
export async function findByTicket(
  institution: string,
  ticketHash: Uint8Array,
  db: Db,
): Promise<Acquisition | undefined> {
  const row = await offersOf(institution, db)
    .where('ticket_hash', '=', ticketHash)
    .executeTakeFirst();
  return row && acquisitionOf(row);
}

/** The offer of an ID. */
export async function findAcquisition(
  { institution, id }: { readonly institution: string; readonly id: string },
  db: Db,
): Promise<Acquisition | undefined> {
  const row = await offersOf(institution, db).where('acquisition', '=', id).executeTakeFirst();
  return row && acquisitionOf(row);
}

function offersOf(institution: string, db: Db) {
  return db.selectFrom('acquisition').selectAll().where('institution', '=', institution);
}

/** An offer, locked for this transaction. */
export async function lockAcquisition({ identity, id }: Key, tx: Tx): Promise<Acquisition> {
  const row = await offersOf(identity.institution, tx)
    .where('acquisition', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
  return acquisitionOf(row);
}

/** Counts wrong PINs of an offer that this transaction has locked. */
export async function keepPinErrors({ identity, id }: Key, errors: number, tx: Tx): Promise<void> {
  await tx
    .updateTable('acquisition')
    .set({ pin_errors: errors })
    .where('institution', '=', identity.institution)
    .where('acquisition', '=', id)
    .executeTakeFirstOrThrow();
}

/** Gives a ticket for an offer; the one before serves no more. */
export async function giveTicket(
  { identity, id }: Key,
  ticket: { readonly hash: Uint8Array; readonly until: Date },
  tx: Tx,
): Promise<void> {
  await tx
    .updateTable('acquisition')
    .set({ ticket_hash: ticket.hash, ticket_until: ticket.until })
    .where('institution', '=', identity.institution)
    .where('acquisition', '=', id)
    .executeTakeFirstOrThrow();
}

/** Counts a certificate that came of an offer. */
export async function countIssued({ identity, id }: Key, tx: Tx): Promise<void> {
  await tx
    .updateTable('acquisition')
    .set((eb) => ({ issued: eb('issued', '+', 1) }))
    .where('institution', '=', identity.institution)
    .where('acquisition', '=', id)
    .executeTakeFirstOrThrow();
}

/**
 * A person's offers begin anew with another PIN: who began with the one before begins again, and its errors
 * say nothing of the new one.
 */
export async function beginAnew(
  { institution, contract, user }: Slot['identity'],
  tx: Tx,
): Promise<void> {
  await tx
    .updateTable('acquisition')
    .set({ ticket_hash: null, ticket_until: null, pin_errors: 0 })
    .where('institution', '=', institution)
    .where('contract', '=', contract)
    .where('user_id', '=', user)
    .where((eb) => eb.or([eb('ticket_hash', 'is not', null), eb('pin_errors', '>', 0)]))
    .execute();
}

/** Who gave the codes by which the people of a contract got their rights frozen, by user ID of those. */
export async function vouchersOf(
  { institution, contract }: Pick<Slot['identity'], 'institution' | 'contract'>,
  db: Db,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await db
    .selectFrom('acquisition')
    .innerJoin('person', (join) =>
      join
        .onRef('person.institution', '=', 'acquisition.institution')
        .onRef('person.contract', '=', 'acquisition.contract')
        .onRef('person.user_id', '=', 'acquisition.user_id'),
    )
    .select(['acquisition.user_id', 'offered_by'])
    .distinct()
    .where('acquisition.institution', '=', institution)
    .where('acquisition.contract', '=', contract)
    .where('kind', '=', 'reissue')
    .where('end_reason', '=', 'proved')
    .where((eb) => eb('ended_at', '>=', eb.ref('frozen_at')))
    .execute();
  const vouchers = Map.groupBy(rows, ({ user_id }) => user_id);
  return new Map([...vouchers].map(([user, of]) => [user, of.map((row) => row.offered_by)]));
}

/** Ends the open offer of a slot that this transaction has locked; false where there is none. */
export async function endAcquisition(
  slot: Slot,
  end: { readonly reason: AcquisitionEnd; readonly at: Date },
  tx: Tx,
): Promise<boolean> {
  const ended = await tx
    .updateTable('acquisition')
    .set({ ended_at: end.at, end_reason: end.reason })
    .where((eb) => eb.and(keyOf(slot)))
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return ended.numUpdatedRows > 0n;
}

/** How many reissues a contract was given for a reason since then. */
export async function countReissues(
  of: {
    readonly institution: string;
    readonly contract: string;
    readonly reason: ReissueReason;
    readonly since: Date;
  },
  tx: Tx,
): Promise<number> {
  const { count } = await tx
    .selectFrom('acquisition')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('institution', '=', of.institution)
    .where('contract', '=', of.contract)
    .where('reason', '=', of.reason)
    .where('offered_at', '>', of.since)
    .executeTakeFirstOrThrow();
  return Number(count);
}

function keyOf({ identity, slot }: Slot) {
  return {
    institution: identity.institution,
    contract: identity.contract,
    user_id: identity.user,
    slot,
  };
}

function acquisitionOf(row: Selectable<Tables['acquisition']>): Acquisition {
  return {
    identity: { institution: row.institution, contract: row.contract, user: row.user_id },
    slot: row.slot,
    id: row.acquisition,
    kind: row.kind,
    codeHash: row.code_hash,
    offeredBy: row.offered_by,
    offeredAt: row.offered_at,
    expiresAt: row.expires_at,
    pinErrors: row.pin_errors,
    ticketUntil: row.ticket_until,
    endedAt: row.ended_at,
    endReason: row.end_reason,
    reason: row.reason,
    issued: row.issued,
  };
}
