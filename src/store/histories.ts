// What is on record of a contract and of one of its people, for the bank's staff. Reads only.
import { sql } from 'kysely';
import type { ProofKind } from '../banking/evidence.ts';
import type { Identity } from '../banking/identity.ts';
import type { NoticeKind } from '../banking/notice.ts';
import type { Told } from '../banking/told.ts';
import { ENTRY_COLUMNS, entryOf, type RecordedEntry } from './audit-log.ts';
import type { Db } from './database.ts';
import type { SessionEnd } from './tables.ts';

/** An entry with its number, and the inquiry number that was shown. */
export type NumberedEntry = RecordedEntry & {
  readonly number: number;
  readonly inquiry: string | null;
};

/** A session as the history tells it. */
export type PastSession = {
  readonly proof: ProofKind;
  readonly openedAt: Date;
  readonly seenAt: Date;
  readonly endedAt: Date | null;
  readonly endReason: SessionEnd | null;
};

/** A notice that a person could see. */
export type PastNotice = {
  readonly kind: NoticeKind;
  readonly isImportant: boolean;
  readonly title: string;
  readonly told: Told | null;
  readonly publishedAt: Date;
  readonly untilAt: Date | null;
};

/** Which entries are wanted: of whom, when, what. Newest first, before a number where one is given. */
export type EntriesWanted = {
  readonly institution: string;
  readonly contract?: string | undefined;
  readonly user?: string | undefined;
  readonly event?: string | undefined;
  readonly from?: Date | undefined;
  readonly until?: Date | undefined;
  readonly before?: number | undefined;
  readonly atMost: number;
};

/** Entries of the audit log, the newest first. */
export async function listEntries(
  wanted: EntriesWanted,
  db: Db,
): Promise<readonly NumberedEntry[]> {
  const { contract, user, event, from, until, before } = wanted;
  let query = db
    .selectFrom('audit_entry')
    .select([...ENTRY_COLUMNS, 'inquiry'])
    .select(sql<number>`entry`.as('number'))
    .where('institution', '=', wanted.institution);
  if (contract !== undefined) query = query.where('contract', '=', contract);
  if (user !== undefined) query = query.where('user_id', '=', user);
  if (event !== undefined) query = query.where('event', '=', event);
  if (from !== undefined) query = query.where('at', '>=', from);
  if (until !== undefined) query = query.where('at', '<=', until);
  if (before !== undefined) query = query.where(sql<number>`entry`, '<', before);
  // In the order of the index by which the wanted entries are found: by person, or by number.
  if (contract !== undefined) query = query.orderBy('at', 'desc');
  const rows = await query.orderBy('entry', 'desc').limit(wanted.atMost).execute();
  return rows.map(({ number, inquiry, ...row }) => ({ ...entryOf(row), number, inquiry }));
}

/** The latest sessions of a person, the newest first. */
export async function listSessions(
  { institution, contract, user }: Identity,
  atMost: number,
  db: Db,
): Promise<readonly PastSession[]> {
  const rows = await db
    .selectFrom('session')
    .select(['proof', 'opened_at', 'seen_at', 'ended_at', 'end_reason'])
    .where('institution', '=', institution)
    .where('contract', '=', contract)
    .where('user_id', '=', user)
    .orderBy('opened_at', 'desc')
    .limit(atMost)
    .execute();
  return rows.map((row) => ({
    proof: row.proof,
    openedAt: row.opened_at,
    seenAt: row.seen_at,
    endedAt: row.ended_at,
    endReason: row.end_reason,
  }));
}

/** The latest notices to a person alone, and to all of their contract; those to everybody are not theirs. */
export async function listNoticesTo(
  { institution, contract, user }: Identity,
  atMost: number,
  db: Db,
): Promise<readonly PastNotice[]> {
  const rows = await db
    .selectFrom('notice')
    .select(['kind', 'important', 'title', 'told', 'published_at', 'until_at'])
    .where('institution', '=', institution)
    .where('contract', '=', contract)
    .where((eb) => eb.or([eb('user_id', '=', user), eb('user_id', 'is', null)]))
    .orderBy('published_at', 'desc')
    .limit(atMost)
    .execute();
  return rows.map((row) => ({
    kind: row.kind,
    isImportant: row.important,
    title: row.title,
    told: row.told,
    publishedAt: row.published_at,
    untilAt: row.until_at,
  }));
}
