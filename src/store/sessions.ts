// Sessions, kept by the hash of their token and bound to the proof that opened them.
import { sql } from 'kysely';
import type { ProofKind, RecordedAssertion } from '../banking/evidence.ts';
import type { Identity } from '../banking/identity.ts';
import type { Db, Tx } from './database.ts';
import type { SessionEnd } from './tables.ts';

/** A session as it is kept; the token itself is known only to the browser. */
export type SessionRecord = {
  readonly identity: Identity;
  readonly tokenHash: Uint8Array;
  readonly proof: ProofKind;
  /** SHA-256 of the certificate that opened it. */
  readonly certificate: Uint8Array;
  readonly openedAt: Date;
  readonly seenAt: Date;
  readonly endReason: SessionEnd | null;
  /** How its user was last there in person; null for a session that its connection itself proves. */
  readonly fresh: Freshness | null;
};

/** Hash of the secret that a page holds since a touch, until when it counts, and what was signed at it. */
export type Freshness = {
  readonly hash: Uint8Array;
  readonly until: Date;
  readonly signed: RecordedAssertion;
};

/** Opens a session. */
export async function insertSession(
  session: Omit<SessionRecord, 'endReason' | 'seenAt'>,
  tx: Tx,
): Promise<void> {
  await tx
    .insertInto('session')
    .values({
      institution: session.identity.institution,
      token_hash: session.tokenHash,
      contract: session.identity.contract,
      user_id: session.identity.user,
      proof: session.proof,
      certificate: session.certificate,
      opened_at: session.openedAt,
      seen_at: session.openedAt,
      ended_at: null,
      end_reason: null,
      fresh_hash: session.fresh?.hash ?? null,
      fresh_until: session.fresh?.until ?? null,
      fresh_assertion: session.fresh && JSON.stringify(session.fresh.signed),
    })
    .execute();
}

/** The session of an institution whose token hashes to this, ended or not. */
export async function findSession(
  institution: string,
  tokenHash: Uint8Array,
  db: Db,
): Promise<SessionRecord | undefined> {
  const row = await db
    .selectFrom('session')
    .selectAll()
    .where('institution', '=', institution)
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    identity: { institution, contract: row.contract, user: row.user_id },
    tokenHash: row.token_hash,
    proof: row.proof,
    certificate: row.certificate,
    openedAt: row.opened_at,
    seenAt: row.seen_at,
    endReason: row.end_reason,
    fresh: freshnessOf(row),
  };
}

/** The freshness in a session's row. */
export function freshnessOf(row: {
  readonly fresh_hash: Uint8Array | null;
  readonly fresh_until: Date | null;
  readonly fresh_assertion: RecordedAssertion | null;
}): Freshness | null {
  const { fresh_hash: hash, fresh_until: until, fresh_assertion: signed } = row;
  return hash === null || until === null || signed === null ? null : { hash, until, signed };
}

/** Notes that the user of an open session was there in person; false where it has ended. */
export async function refreshSession(
  session: SessionRecord,
  fresh: Freshness,
  tx: Tx,
): Promise<boolean> {
  const refreshed = await tx
    .updateTable('session')
    .set({
      fresh_hash: fresh.hash,
      fresh_until: fresh.until,
      fresh_assertion: JSON.stringify(fresh.signed),
    })
    .where('institution', '=', session.identity.institution)
    .where('token_hash', '=', session.tokenHash)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return refreshed.numUpdatedRows > 0n;
}

/** Notes that a session was used. */
export async function touchSession(session: SessionRecord, at: Date, db: Db): Promise<void> {
  await db
    .updateTable('session')
    .set({ seen_at: at })
    .where('institution', '=', session.identity.institution)
    .where('token_hash', '=', session.tokenHash)
    .where('ended_at', 'is', null)
    .execute();
}

/** Ends a session that is open; false when it had ended already. */
export async function endSession(
  session: Pick<SessionRecord, 'identity' | 'tokenHash'>,
  end: { readonly reason: SessionEnd; readonly at: Date },
  tx: Tx,
): Promise<boolean> {
  const ended = await tx
    .updateTable('session')
    .set({ ended_at: end.at, end_reason: end.reason })
    .where('institution', '=', session.identity.institution)
    .where('token_hash', '=', session.tokenHash)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return ended.numUpdatedRows > 0n;
}

/** Ends every open session of a person, but for one that may go on. */
export async function endSessionsOfPerson(
  { institution, contract, user }: Identity,
  end: { readonly reason: SessionEnd; readonly at: Date; readonly but?: SessionRecord },
  tx: Tx,
): Promise<void> {
  const { but } = end;
  const ending = tx
    .updateTable('session')
    .set({ ended_at: end.at, end_reason: end.reason })
    .where('institution', '=', institution)
    .where('contract', '=', contract)
    .where('user_id', '=', user)
    .where('ended_at', 'is', null);
  await (but === undefined ? ending : ending.where('token_hash', '<>', but.tokenHash)).execute();
}

/** Ends every open session that a certificate opened; returns how many. */
export async function endSessionsOfCertificate(
  opened: { readonly institution: string; readonly certificate: Uint8Array },
  end: { readonly reason: SessionEnd; readonly at: Date },
  tx: Tx,
): Promise<number> {
  const ended = await tx
    .updateTable('session')
    .set({ ended_at: end.at, end_reason: end.reason })
    .where('institution', '=', opened.institution)
    .where('certificate', '=', opened.certificate)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return Number(ended.numUpdatedRows);
}

/** Ends every open session that was opened by a certificate of a former authority which is still in use. */
export async function endSessionsOfIssuer(
  { institution, issuer }: { readonly institution: string; readonly issuer: Uint8Array },
  end: { readonly reason: SessionEnd; readonly at: Date },
  tx: Tx,
): Promise<void> {
  await tx
    .updateTable('session')
    .set({ ended_at: end.at, end_reason: end.reason })
    .where('institution', '=', institution)
    .where('ended_at', 'is', null)
    .where('certificate', 'in', (eb) =>
      eb
        .selectFrom('certificate')
        .select('sha256')
        .where('issuer', '=', issuer)
        .where('institution', '=', institution)
        .where('renewable_from', 'is not', null)
        .where(sql<boolean>`state in ('current', 'suspended')`),
    )
    .execute();
}

/** Deletes sessions that were opened before this instant, no more than `atMost`; returns how many. */
export async function deleteSessionsOpenedBefore(
  opened: { readonly institution: string; readonly before: Date; readonly atMost: number },
  tx: Tx,
): Promise<number> {
  // One that another transaction holds is left for the next time.
  const old = tx
    .selectFrom('session')
    .select('token_hash')
    .where('institution', '=', opened.institution)
    .where('opened_at', '<', opened.before)
    .orderBy('opened_at')
    .limit(opened.atMost)
    .forUpdate()
    .skipLocked();
  const deleted = await tx
    .deleteFrom('session')
    .where('institution', '=', opened.institution)
    .where('token_hash', 'in', old)
    .executeTakeFirst();
  return Number(deleted.numDeletedRows);
}
