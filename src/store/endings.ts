// Certificates by the day of their end: counted for the glance, and listed one by one. Decides nothing.
import { type Selectable, sql } from 'kysely';
import type { DaySpan, EndingCount, EndingStanding, Reach } from '../banking/ending.ts';
import type { Identity } from '../banking/identity.ts';
import { addDays, startOfTokyoDay, type TokyoDay } from '../banking/tokyo-calendar.ts';
import type { KeyHome } from '../banking/user-certificate.ts';
import type { Db, Tx } from './database.ts';
import type { CertificateRow } from './tables.ts';

// Advisory lock of the database; the number only has to be ours alone.
const COUNTING_LOCK = 7_301_016;

// What a certificate that was in use stands for, with `c` the certificate and `w` the one that waits.
const STANDING = sql<EndingStanding>`case c.state when 'superseded' then 'renewed'
  when 'suspended' then 'suspended' else case when w.sha256 is null then 'not-started' else 'started' end end`;
const REACH = sql<Reach>`case when p.mail_address is null then 'no-address'
  when p.mail_bounced_at is not null then 'bounced' else 'mail' end`;
const OF_DAYS = (institution: string, { first, last }: DaySpan) => sql`
  certificate c
  join person p on p.institution = c.institution and p.contract = c.contract and p.user_id = c.user_id
  left join certificate w on w.institution = c.institution and w.contract = c.contract
    and w.user_id = c.user_id and w.slot = c.slot and w.state = 'issued' and w.proved_at is null
  where c.institution = ${institution} and c.proved_at is not null
    and c.state in ('current', 'suspended', 'superseded')
    and c.not_after >= ${startOfTokyoDay(first)} and c.not_after < ${startOfTokyoDay(addDays(last, 1))}`;

/** Counts an institution's endings anew; false where another program is counting just now. */
export async function recountEndings(
  counted: { readonly institution: string; readonly span: DaySpan; readonly at: Date },
  tx: Tx,
): Promise<boolean> {
  const { institution, span, at } = counted;
  const lock = sql<{ isOurs: boolean }>`
    select pg_try_advisory_xact_lock(${COUNTING_LOCK}, hashtext(${institution})) as "isOurs"`;
  if ((await lock.execute(tx)).rows[0]?.isOurs !== true) return false;
  await tx.deleteFrom('ending_count').where('institution', '=', institution).execute();
  await sql`
    insert into ending_count (institution, day, standing, reach, certificates)
    select ${institution}, (c.not_after at time zone 'Asia/Tokyo')::date, ${STANDING}, ${REACH}, count(*)
    from ${OF_DAYS(institution, span)} group by 2, 3, 4`.execute(tx);
  const days = { first_day: dateOf(span.first), last_day: dateOf(span.last) };
  await tx
    .insertInto('ending_counted')
    .values({ institution, counted_at: at, ...days })
    .onConflict((conflict) =>
      conflict.column('institution').doUpdateSet({ counted_at: at, ...days }),
    )
    .execute();
  return true;
}

/** What was counted last, and when; undefined before the first time. */
export type CountedEndings = {
  readonly countedAt: Date;
  readonly span: DaySpan;
  readonly counts: readonly EndingCount[];
};

/** Reads the last count of an institution. */
export async function readEndings(
  institution: string,
  db: Db,
): Promise<CountedEndings | undefined> {
  const counted = await db
    .selectFrom('ending_counted')
    .select(['counted_at', asText('first_day'), asText('last_day')])
    .where('institution', '=', institution)
    .executeTakeFirst();
  if (counted === undefined) return undefined;
  const rows = await db
    .selectFrom('ending_count')
    .select([asText('day'), 'standing', 'reach', 'certificates'])
    .where('institution', '=', institution)
    .orderBy('day')
    .execute();
  return {
    countedAt: counted.counted_at,
    span: { first: dayOf(counted.first_day), last: dayOf(counted.last_day) },
    counts: rows.map((row) => ({ ...row, day: dayOf(row.day) })),
  };
}

/** A certificate that ends, and whose it is. */
export type EndingCertificate = {
  readonly identity: Identity;
  readonly slot: number;
  readonly name: string;
  readonly contractName: string;
  readonly sha256: Uint8Array;
  readonly serial: Uint8Array;
  readonly home: KeyHome;
  readonly notAfter: Date;
  readonly standing: EndingStanding;
  readonly reach: Reach;
  readonly lastLoginAt: Date | null;
};

/** Which endings are asked for; `after` is the last of the page before. */
export type EndingsAsked = {
  readonly institution: string;
  readonly span: DaySpan;
  readonly standings: readonly EndingStanding[];
  readonly reach?: Reach;
  readonly after?: Pick<EndingCertificate, 'notAfter' | 'sha256'>;
  readonly limit: number;
};

type Row = Selectable<
  Pick<CertificateRow, 'contract' | 'user_id' | 'slot' | 'sha256' | 'serial' | 'home' | 'not_after'>
> & {
  readonly name: string;
  readonly contract_name: string;
  readonly last_login_at: Date | null;
  readonly standing: EndingStanding;
  readonly reach: Reach;
};

/** Those that end in some days, by their end, as they stand now. */
export async function listEndings(
  asked: EndingsAsked,
  db: Db,
): Promise<readonly EndingCertificate[]> {
  const { institution, span, standings, reach, after, limit } = asked;
  const { rows } = await sql<Row>`
    select * from (
      select c.contract, c.user_id, c.slot, c.sha256, c.serial, c.home, c.not_after, p.name,
        (select name from contract k where k.institution = c.institution and k.contract = c.contract)
          as contract_name,
        p.last_login_at, ${STANDING} as standing, ${REACH} as reach
      from ${OF_DAYS(institution, span)}
        and (${after?.notAfter ?? null}::timestamptz is null
          or (c.not_after, c.sha256) > (${after?.notAfter ?? null}, ${after?.sha256 ?? null}::bytea))
    ) ending
    where standing = any(${standings}) and (${reach ?? null}::text is null or reach = ${reach ?? null})
    order by not_after, sha256 limit ${limit}`.execute(db);
  return rows.map((row) => ({
    identity: { institution, contract: row.contract, user: row.user_id },
    slot: row.slot,
    name: row.name,
    contractName: row.contract_name,
    sha256: row.sha256,
    serial: row.serial,
    home: row.home,
    notAfter: row.not_after,
    standing: row.standing,
    reach: row.reach,
    lastLoginAt: row.last_login_at,
  }));
}

/** An offer to acquire a certificate that ends unused. */
export type EndingOffer = {
  readonly identity: Identity;
  readonly name: string;
  readonly expiresAt: Date;
};

/** The open offers that end in some days, by their end. */
export async function listEndingOffers(
  asked: Pick<EndingsAsked, 'institution' | 'span' | 'limit'>,
  db: Db,
): Promise<readonly EndingOffer[]> {
  const { institution, span, limit } = asked;
  const rows = await db
    .selectFrom('acquisition as a')
    .innerJoin('person as p', (join) =>
      join
        .onRef('p.institution', '=', 'a.institution')
        .onRef('p.contract', '=', 'a.contract')
        .onRef('p.user_id', '=', 'a.user_id'),
    )
    .select(['a.contract', 'a.user_id', 'p.name', 'a.expires_at'])
    .where('a.institution', '=', institution)
    .where('a.ended_at', 'is', null)
    .where('a.expires_at', '>=', startOfTokyoDay(span.first))
    .where('a.expires_at', '<', startOfTokyoDay(addDays(span.last, 1)))
    .orderBy('a.expires_at')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    identity: { institution, contract: row.contract, user: row.user_id },
    name: row.name,
    expiresAt: row.expires_at,
  }));
}

// The driver would turn a day without a time into an instant of this machine's zone.
function asText<T extends string>(column: T) {
  return sql<string>`${sql.ref(column)}::text`.as(column);
}

function dayOf(text: string): TokyoDay {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  return { year, month, day };
}

function dateOf({ year, month, day }: TokyoDay): string {
  return [year, String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
}
