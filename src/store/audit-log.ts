// Appends to the audit log, inside the transaction of what it records, and reads it. Nothing here
// changes an entry.
import { sql } from 'kysely';
import type { AuditEntry, AuditEvent } from '../audit/entry.ts';
import type { Identity } from '../banking/identity.ts';
import type { RefusalCode } from '../errors.ts';
import type { Db, Tx } from './database.ts';

/** An entry as it is kept; its event may be one that only a later version knows. */
export type RecordedEntry = {
  readonly institution: string;
  readonly at: Date;
  readonly event: string;
  readonly person: Identity | undefined;
  readonly certificate: Uint8Array | undefined;
  readonly detail: Readonly<Record<string, unknown>>;
};

/** The columns of which `entryOf` makes an entry. */
export const ENTRY_COLUMNS = [
  'audit_entry.institution',
  'at',
  'event',
  'contract',
  'user_id',
  'certificate',
  'detail',
] as const;

type EntryRow = {
  readonly institution: string;
  readonly at: Date;
  readonly event: string;
  readonly contract: string | null;
  readonly user_id: string | null;
  readonly certificate: Uint8Array | null;
  readonly detail: Readonly<Record<string, unknown>>;
};

/** Writes entries in the given transaction, so that deed and record are one. */
export async function appendAudit(entries: readonly AuditEntry[], tx: Tx): Promise<void> {
  await tx
    .insertInto('audit_entry')
    .values(
      entries.map((entry) => ({
        institution: entry.institution,
        at: entry.at,
        event: entry.event,
        contract: entry.person?.contract ?? entry.contract ?? null,
        user_id: entry.person?.user ?? null,
        certificate: entry.certificate ?? null,
        inquiry: entry.inquiry ?? null,
        detail: JSON.stringify(entry.detail),
      })),
    )
    .execute();
}

/** How many entries of these events concern a person since then; counted no further than `atMost`. */
export async function countEntries(
  of: {
    readonly person: Identity;
    readonly since: Date;
    readonly events: readonly AuditEvent[];
    readonly atMost: number;
  },
  tx: Tx,
): Promise<number> {
  const { institution, contract, user } = of.person;
  const rows = await tx
    .selectFrom('audit_entry')
    .select('entry')
    .where('institution', '=', institution)
    .where('contract', '=', contract)
    .where('user_id', '=', user)
    .where('at', '>', of.since)
    .where('event', 'in', of.events)
    .limit(of.atMost)
    .execute();
  return rows.length;
}

/** Entries are written nearly in the order of their times: the latest is among the last. */
const LAST_ENTRIES = 1_000;

/** The latest time in the last entries of every institution; undefined where there is none. */
export async function latestTimeOnRecord(db: Db): Promise<Date | undefined> {
  const institutions = await db.selectFrom('institution').select('institution').execute();
  const times: number[] = [];
  for (const { institution } of institutions) {
    const entries = await db
      .selectFrom('audit_entry')
      .select('at')
      .where('institution', '=', institution)
      .orderBy('entry', 'desc')
      .limit(LAST_ENTRIES)
      .execute();
    times.push(...entries.map(({ at }) => at.getTime()));
  }
  return times.length === 0 ? undefined : new Date(Math.max(...times));
}

/** The latest entries of these events that concern a person, newest first. */
export async function latestEntries(
  of: {
    readonly person: Identity;
    readonly events: readonly AuditEvent[];
    /** Of requests that were refused only these; every other event, whatever it says. */
    readonly refusedFor: readonly RefusalCode[];
    readonly atMost: number;
  },
  db: Db,
): Promise<readonly (RecordedEntry & { readonly inquiry: string | null })[]> {
  const { institution, contract, user } = of.person;
  const rows = await db
    .selectFrom('audit_entry')
    .select([...ENTRY_COLUMNS, 'inquiry'])
    .where('institution', '=', institution)
    .where('contract', '=', contract)
    .where('user_id', '=', user)
    .where('event', 'in', of.events)
    .where((eb) =>
      eb.or([
        eb('event', '<>', 'request-refused'),
        eb(sql<string>`detail ->> 'code'`, 'in', of.refusedFor),
      ]),
    )
    .orderBy('at', 'desc')
    .orderBy('entry', 'desc')
    .limit(of.atMost)
    .execute();
  return rows.map(({ inquiry, ...row }) => ({ ...entryOf(row), inquiry }));
}

/** The entries of every institution under an inquiry number, oldest first. */
export async function findByInquiry(inquiry: string, db: Db): Promise<readonly RecordedEntry[]> {
  const rows = await db
    .selectFrom('institution')
    .innerJoin('audit_entry', 'audit_entry.institution', 'institution.institution')
    .select(ENTRY_COLUMNS)
    .where('inquiry', '=', inquiry)
    .orderBy('entry')
    .execute();
  return rows.map(entryOf);
}

/** A row's entry. */
export function entryOf(row: EntryRow): RecordedEntry {
  const { institution, at, event, contract, user_id, certificate, detail } = row;
  return {
    institution,
    at,
    event,
    person:
      contract === null || user_id === null ? undefined : { institution, contract, user: user_id },
    certificate: certificate ?? undefined,
    detail,
  };
}
