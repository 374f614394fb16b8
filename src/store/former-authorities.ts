// Former authorities of institutions, and the certificates of theirs that were imported. Whether one is accepted is
// banking's to say.
import { type Selectable, sql } from 'kysely';
import type { FormerAuthority, RenewFrom } from '../banking/former-authority.ts';
import type { UserCertificate } from '../banking/user-certificate.ts';
import { COLUMNS, certificateOf } from './certificates.ts';
import type { Db, Tx } from './database.ts';
import type { Tables } from './tables.ts';

/** A former authority of an institution. */
export type FormerKey = { readonly institution: string; readonly issuer: Uint8Array };

/** The former authorities of an institution, those switched off too; the first accepted first. */
export async function listFormerAuthorities(
  institution: string,
  db: Db,
): Promise<readonly FormerAuthority[]> {
  const rows = await db
    .selectFrom('former_authority')
    .selectAll()
    .where('institution', '=', institution)
    .orderBy('accepted_at')
    .orderBy('issuer')
    .execute();
  return rows.map(formerOf);
}

/** One of them, or undefined. */
export async function findFormerAuthority(
  key: FormerKey,
  db: Db,
): Promise<FormerAuthority | undefined> {
  const row = await db
    .selectFrom('former_authority')
    .selectAll()
    .where((eb) => eb.and({ ...key }))
    .executeTakeFirst();
  return row && formerOf(row);
}

/** The same, locked for this transaction. */
export async function lockFormerAuthority(
  key: FormerKey,
  tx: Tx,
): Promise<FormerAuthority | undefined> {
  const row = await tx
    .selectFrom('former_authority')
    .selectAll()
    .where((eb) => eb.and({ ...key }))
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row && formerOf(row);
}

/** Accepts one, or one that had been switched off again; what was imported of it stays. */
export async function keepFormerAuthority(
  accepted: FormerKey & {
    readonly certificate: Uint8Array;
    readonly renewFrom: RenewFrom;
    readonly until: Date;
    readonly at: Date;
  },
  tx: Tx,
): Promise<void> {
  const { institution, issuer, certificate, renewFrom, until, at } = accepted;
  const now = {
    certificate,
    renew_from: renewFrom,
    until_at: until,
    accepted_at: at,
    ended_at: null,
  };
  await tx
    .insertInto('former_authority')
    .values({ institution, issuer, ...now })
    .onConflict((conflict) => conflict.columns(['institution', 'issuer']).doUpdateSet(now))
    .execute();
}

/** Switches one off that this transaction has locked. */
export async function endFormerAuthority(key: FormerKey, at: Date, tx: Tx): Promise<void> {
  await tx
    .updateTable('former_authority')
    .set({ ended_at: at })
    .where((eb) => eb.and({ ...key }))
    .executeTakeFirstOrThrow();
}

/** Counts what has been imported of one. */
export async function countImported(key: FormerKey, count: number, tx: Tx): Promise<void> {
  await tx
    .updateTable('former_authority')
    .set({ imported: sql`imported + ${count}` })
    .where((eb) => eb.and({ ...key }))
    .executeTakeFirstOrThrow();
}

/** A certificate whose slot nothing of ours has taken over, and its holder's name. */
export type NotMoved = { readonly certificate: UserCertificate; readonly name: string };

/** Where in the list of those not moved the next page begins. */
export type AfterNotMoved = Pick<UserCertificate, 'identity' | 'slot'>;

/** What of the list is asked for. */
type NotMovedAsked = FormerKey & {
  readonly now: Date;
  readonly atMost: number;
  readonly after?: AfterNotMoved | undefined;
};

/** The same of those alone whose holders have no PIN yet. */
export async function listWithoutPin(asked: NotMovedAsked, db: Db): Promise<readonly NotMoved[]> {
  const rows = await listed(asked, db)
    .where('person.pin_hash', 'is', null)
    .where('person.stopped_at', 'is', null)
    .execute();
  return rows.map((row) => ({ certificate: certificateOf(row), name: row.name }));
}

/** Those of a former authority that are still in use, by contract and user; none that has run out. */
export async function listNotMoved(asked: NotMovedAsked, db: Db): Promise<readonly NotMoved[]> {
  const rows = await listed(asked, db).execute();
  return rows.map((row) => ({ certificate: certificateOf(row), name: row.name }));
}

function listed({ institution, issuer, now, atMost, after }: NotMovedAsked, db: Db) {
  return notMoved({ institution, issuer }, now, db)
    .innerJoin('person', (join) =>
      join
        .onRef('person.institution', '=', 'certificate.institution')
        .onRef('person.contract', '=', 'certificate.contract')
        .onRef('person.user_id', '=', 'certificate.user_id'),
    )
    .select(COLUMNS.map((column) => `certificate.${column}` as const))
    .select('person.name')
    .$if(after !== undefined, (query) =>
      query.where(
        sql<boolean>`(certificate.contract, certificate.user_id, certificate.slot)
          > (${after?.identity.contract}, ${after?.identity.user}, ${after?.slot})`,
      ),
    )
    .orderBy('certificate.contract')
    .orderBy('certificate.user_id')
    .orderBy('certificate.slot')
    .limit(atMost);
}

/** How many those are, counted no further than `atMost`. */
export async function countNotMoved(
  { institution, issuer, now, atMost }: FormerKey & { readonly now: Date; readonly atMost: number },
  db: Db,
): Promise<number> {
  const some = notMoved({ institution, issuer }, now, db).select('certificate.slot').limit(atMost);
  const { count } = await db
    .selectFrom(some.as('some'))
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

// Said as the partial index says it, so that it finds the rows.
function notMoved({ institution, issuer }: FormerKey, now: Date, db: Db) {
  return db
    .selectFrom('certificate')
    .where('certificate.issuer', '=', issuer)
    .where('certificate.institution', '=', institution)
    .where('renewable_from', 'is not', null)
    .where(sql<boolean>`state in ('current', 'suspended')`)
    .where('not_after', '>=', now);
}

function formerOf(row: Selectable<Tables['former_authority']>): FormerAuthority {
  return {
    institution: row.institution,
    issuer: row.issuer,
    certificate: row.certificate,
    renewFrom: row.renew_from,
    imported: row.imported,
    acceptedAt: row.accepted_at,
    until: row.until_at,
    endedAt: row.ended_at,
  };
}
