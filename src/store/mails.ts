// What is to be mailed, as rows: queued by deeds, reminders and the audit log. Not how they are sent, nor texts.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Identity } from '../banking/identity.ts';
import type { MailFacts } from '../banking/mail.ts';
import { REMINDED_AT_HOUR, type Reminder } from '../banking/reminders.ts';
import { addDays, startOfTokyoDay } from '../banking/tokyo-calendar.ts';
import type { Tx } from './database.ts';
import type { QueuedMail } from './mail-delivery.ts';

/** Queues one mail for each of these people; who has one of the same about already gets no second. */
export async function queueMails(
  mail: {
    readonly to: readonly Identity[];
    /** What makes it the only one of its recipient. */
    readonly about: string;
    readonly facts: MailFacts;
    readonly certificate?: Uint8Array;
    /** Seals the code of a mail for it alone. */
    readonly seal?: (mail: Pick<QueuedMail, 'id' | 'to'>) => Uint8Array;
    readonly at: Date;
  },
  tx: Tx,
): Promise<void> {
  if (mail.to.length === 0) return;
  const facts = JSON.stringify(mail.facts);
  const { about, at } = mail;
  await tx
    .insertInto('mail')
    .values(
      mail.to.map((to) => {
        const id = randomUUID();
        return {
          institution: to.institution,
          mail: id,
          kind: mail.facts.kind,
          contract: to.contract,
          user_id: to.user,
          certificate: mail.certificate ?? null,
          about,
          facts,
          sealed: mail.seal?.({ id, to }) ?? null,
          queued_at: at,
          due_at: at,
          state: 'queued' as const,
          answer: null,
          put_off_since: null,
          sent_to: null,
          ended_at: null,
        };
      }),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Whether a mail about this was queued for the person. */
export async function hasMailAbout(to: Identity, about: string, tx: Tx): Promise<boolean> {
  const row = await tx
    .selectFrom('mail')
    .select('mail')
    .where('about', '=', about)
    .where('contract', '=', to.contract)
    .where('user_id', '=', to.user)
    .where('institution', '=', to.institution)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Queues a reminder for the holder of each current certificate that it is for, once: doing it again changes nothing.
 * Who was given the certificate after the moment of the reminder needs none. Returns how many were queued.
 */
export async function queueReminders(
  { institution, reminder, now }: { institution: string; reminder: Reminder; now: Date },
  tx: Tx,
): Promise<number> {
  const { kind, days, span } = reminder;
  const { rows } = await sql<{ mail: string }>`
    insert into mail (institution, mail, kind, contract, user_id, certificate, about, facts, queued_at, due_at, state)
    select c.institution, gen_random_uuid(), ${kind}, c.contract, c.user_id, c.sha256,
      ${`${kind}:${days}:`} || encode(c.sha256, 'hex'),
      jsonb_build_object('kind', ${kind}::text, 'days', ${days}::integer, 'endsAt',
        to_char(c.not_after at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')),
      ${now}, ${now}, 'queued'
    from certificate c
    join person p on p.institution = c.institution and p.contract = c.contract and p.user_id = c.user_id
    where c.institution = ${institution} and c.proved_at is not null and c.state = 'current'
      and c.not_after >= ${startOfTokyoDay(span.first)}
      and c.not_after < ${startOfTokyoDay(addDays(span.last, 1))}
      and p.stopped_at is null
      and c.proved_at < (date_trunc('day', c.not_after at time zone 'Asia/Tokyo')
        - ${days}::integer * interval '1 day' + make_interval(hours => ${REMINDED_AT_HOUR})) at time zone 'Asia/Tokyo'
    on conflict (about, contract, user_id, institution) do nothing
    returning mail`.execute(tx);
  return rows.length;
}

/** When reminders of an institution were queued last, and that they are now; null for the first time. */
export async function noteReminded(institution: string, at: Date, tx: Tx): Promise<Date | null> {
  const before = await tx
    .selectFrom('mail_run')
    .select('reminded_at')
    .where('institution', '=', institution)
    .forUpdate()
    .executeTakeFirst();
  await tx
    .insertInto('mail_run')
    .values({ institution, reminded_at: at })
    .onConflict((conflict) => conflict.column('institution').doUpdateSet({ reminded_at: at }))
    .execute();
  return before?.reminded_at ?? null;
}

/** What is mailed of renewals: of which events of the audit log, and as which kind of mail. */
export type RenewalMails = {
  readonly kinds: ReadonlyMap<string, 'issued' | 'proved' | 'replaced'>;
  readonly atMost: number;
  readonly now: Date;
};

/**
 * Queues the mails of the renewals in the next part of the audit log's tree, which is then done with: to the holder
 * and the other administrators of the contract who are not stopped. Of an acquisition the company is told otherwise.
 * False at the end of the tree.
 */
export async function queueRenewalMails(
  { kinds, atMost, now }: RenewalMails,
  tx: Tx,
): Promise<boolean> {
  const { position } = await tx
    .selectFrom('mail_cursor')
    .select('position')
    .forUpdate()
    .executeTakeFirstOrThrow();
  const next = await sql<{ next: number | null }>`
    select max(position) + 1 as next from (select position from audit_leaf
      where position >= ${position} order by position limit ${atMost}) leaf`.execute(tx);
  const end = next.rows[0]?.next ?? null;
  if (end === null) return false;
  // Each row by its whole key, as `offset 0` says: else the plan was seen to read all certificates of a person.
  await sql`
    with told as materialized (
      select e.institution, e.contract, e.user_id, e.certificate, k.kind, 'entry:' || e.entry as about,
        jsonb_build_object('kind', k.kind, 'name', p.name, 'user', e.user_id, 'at',
          to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) as facts
      from (select institution, entry from audit_leaf where position >= ${position} and position < ${end}
        offset 0) leaf
      join lateral (select * from audit_entry where institution = leaf.institution
        and entry = leaf.entry offset 0) e on true
      join unnest(${[...kinds.keys()]}::text[], ${[...kinds.values()]}::text[]) k (event, kind) on k.event = e.event
      join lateral (select acquired_as from certificate where institution = e.institution
        and sha256 = e.certificate offset 0) c on c.acquired_as is null
      join lateral (select name from person where institution = e.institution and contract = e.contract
        and user_id = e.user_id offset 0) p on true
    ), administrator as materialized (
      select person.* from (select distinct institution, contract from told) k
      join lateral (select institution, contract, user_id from person where institution = k.institution
        and contract = k.contract and role = 'administrator' and stopped_at is null offset 0) person on true
    ), recipient as (
      select told.*, user_id as recipient from told
      union all
      select told.*, a.user_id from told join administrator a on a.institution = told.institution
        and a.contract = told.contract and a.user_id <> told.user_id
    )
    insert into mail (institution, mail, kind, contract, user_id, certificate, about, facts, queued_at, due_at, state)
    select institution, gen_random_uuid(), kind, contract, recipient, certificate, about, facts, ${now}, ${now}, 'queued'
    from recipient
    on conflict (about, contract, user_id, institution) do nothing`.execute(tx);
  await tx.updateTable('mail_cursor').set({ position: end }).execute();
  return true;
}
