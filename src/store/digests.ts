// What an administrator should look at, as rows: whose certificate ends soon, whose mail came back, whose PIN is
// locked, by what became so since the last digest. Not the mails themselves.
import { sql } from 'kysely';
import type { Identity } from '../banking/identity.ts';
import type { DigestList } from '../banking/mail.ts';
import type { Tx } from './database.ts';

/** A line of a digest, of a member of a contract. `at` is ISO 8601: the end, or when it became so. */
export type DigestRow = {
  readonly list: DigestList;
  readonly contract: string;
  readonly user: string;
  readonly name: string;
  readonly at: string;
};

/** What became so in a span of time and is so still, by contract and list, in order of time. */
export async function listDigestRows(
  { institution, after, until }: { institution: string; after: Date; until: Date },
  tx: Tx,
): Promise<readonly DigestRow[]> {
  const { rows } = await sql<DigestRow>`
    select 'ending' as list, m.contract, m.user_id as user, p.name, m.facts ->> 'endsAt' as at
    from mail m
    join person p on p.institution = m.institution and p.contract = m.contract and p.user_id = m.user_id
    join certificate c on c.institution = m.institution and c.sha256 = m.certificate
    where m.kind = 'ending' and m.institution = ${institution}
      and m.queued_at > ${after} and m.queued_at <= ${until}
      and p.stopped_at is null and c.state = 'current'
    union all
    select became.list, p.contract, p.user_id, p.name,
      to_char(became.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
    from person p
    cross join lateral (values ('bounced', p.mail_bounced_at), ('locked', p.pin_locked_at)) became (list, at)
    where p.institution = ${institution} and p.stopped_at is null
      and (p.mail_bounced_at > ${after} or p.pin_locked_at > ${after})
      and became.at > ${after} and became.at <= ${until}
    order by contract, list, at, "user"`.execute(tx);
  return rows;
}

/** The administrators of these contracts who have not been stopped. */
export async function administratorsOf(
  institution: string,
  contracts: readonly string[],
  tx: Tx,
): Promise<readonly Identity[]> {
  const rows = await tx
    .selectFrom('person')
    .select(['contract', 'user_id'])
    .where('institution', '=', institution)
    .where('contract', '=', sql<string>`any(${contracts})`)
    .where('role', '=', 'administrator')
    .where('stopped_at', 'is', null)
    .orderBy('contract')
    .orderBy('user_id')
    .execute();
  return rows.map(({ contract, user_id }) => ({ institution, contract, user: user_id }));
}

/** Notes up to when an institution's digests are made; up to when they had been, null for the first time. */
export async function noteDigested(institution: string, until: Date, tx: Tx): Promise<Date | null> {
  const before = await tx
    .selectFrom('mail_digest')
    .select('digested_until')
    .where('institution', '=', institution)
    .forUpdate()
    .executeTakeFirst();
  if (before !== undefined && before.digested_until >= until) return before.digested_until;
  await tx
    .insertInto('mail_digest')
    .values({ institution, digested_until: until })
    .onConflict((conflict) => conflict.column('institution').doUpdateSet({ digested_until: until }))
    .execute();
  return before?.digested_until ?? null;
}
