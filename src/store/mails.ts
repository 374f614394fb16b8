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

/** An event of a certificate that its holder and the contract's administrators are mailed. */
export type CertificateEntry = {
  readonly institution: string;
  readonly entry: string;
  readonly event: string;
  readonly at: Date;
  readonly contract: string;
  readonly user: string;
  readonly name: string;
  readonly certificate: Uint8Array;
};

/**
 * The entries of renewals in the next part of the audit log's tree, which is then done with; undefined at its end.
 * Of an acquisition the company is told otherwise.
 */
export async function takeCertificateEntries(
  { events, atMost }: { readonly events: readonly string[]; readonly atMost: number },
  tx: Tx,
): Promise<readonly CertificateEntry[] | undefined> {
  const { position } = await tx
    .selectFrom('mail_cursor')
    .select('position')
    .forUpdate()
    .executeTakeFirstOrThrow();
  const leaves = sql`select position, institution, entry from audit_leaf
    where position >= ${position} order by position limit ${atMost}`;
  const next = await sql<{ next: number | null }>`
    select max(position) + 1 as next from (${leaves}) leaf`.execute(tx);
  const end = next.rows[0]?.next ?? null;
  if (end === null) return undefined;
  const { rows } = await sql<CertificateEntry>`
    select e.institution, e.entry::text as entry, e.event, e.at, e.contract, e.user_id as user, p.name, e.certificate
    from (${leaves}) leaf
    join audit_entry e on e.institution = leaf.institution and e.entry = leaf.entry
    join certificate c on c.institution = e.institution and c.sha256 = e.certificate
    join person p on p.institution = c.institution and p.contract = c.contract and p.user_id = c.user_id
    where e.event = any(${events}) and c.acquired_as is null
    order by leaf.position`.execute(tx);
  await tx.updateTable('mail_cursor').set({ position: end }).execute();
  return rows;
}
