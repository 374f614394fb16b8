// What is to be mailed, as rows: queued by deeds, reminders and the audit log, claimed, and ended. Texts are not here.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Identity } from '../banking/identity.ts';
import type { MailAnswer, MailFacts, MailKind, MailState, ServerAnswer } from '../banking/mail.ts';
import type { Reminder } from '../banking/reminders.ts';
import { addDays, startOfTokyoDay } from '../banking/tokyo-calendar.ts';
import type { Db, Tx } from './database.ts';

/** A mail that is to be sent. */
export type QueuedMail = {
  readonly institution: string;
  readonly id: string;
  readonly kind: MailKind;
  readonly to: Identity;
  readonly certificate: Uint8Array | null;
  readonly facts: MailFacts;
  /** A code, sealed; null where the mail has none. */
  readonly sealed: Uint8Array | null;
  readonly queuedAt: Date;
  readonly attempts: number;
  /** When a server first answered that it is to wait; null where none has. */
  readonly putOffSince: Date | null;
};

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
        - ${days}::integer * interval '1 day' + interval '8 hours') at time zone 'Asia/Tokyo'
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

/** Takes mails that are due, for so long; those that nobody has ended by then are due again. */
export async function claimMails(
  { now, until, atMost }: { readonly now: Date; readonly until: Date; readonly atMost: number },
  tx: Tx,
): Promise<readonly QueuedMail[]> {
  const due = tx
    .selectFrom('mail')
    .select(['institution', 'mail'])
    .where('state', 'in', ['queued', 'sending'])
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .limit(atMost)
    .forUpdate()
    .skipLocked();
  const rows = await tx
    .updateTable('mail')
    .from(due.as('due'))
    .set((eb) => ({ state: 'sending', due_at: until, attempts: eb('mail.attempts', '+', 1) }))
    .whereRef('mail.institution', '=', 'due.institution')
    .whereRef('mail.mail', '=', 'due.mail')
    .returning([
      'mail.institution',
      'mail.mail',
      'mail.kind',
      'mail.contract',
      'mail.user_id',
      'mail.certificate',
      'mail.facts',
      'mail.sealed',
      'mail.queued_at',
      'mail.attempts',
      'mail.put_off_since',
    ])
    .execute();
  return rows.map((row) => ({
    institution: row.institution,
    id: row.mail,
    kind: row.kind,
    to: { institution: row.institution, contract: row.contract, user: row.user_id },
    certificate: row.certificate,
    facts: row.facts,
    sealed: row.sealed,
    queuedAt: row.queued_at,
    attempts: row.attempts,
    putOffSince: row.put_off_since,
  }));
}

/** Puts a mail off that was claimed; false where it was ended or claimed anew meanwhile. */
export async function putMailOff(
  mail: QueuedMail,
  {
    dueAt,
    answer,
    putOffSince,
  }: { readonly dueAt: Date; readonly answer: ServerAnswer; readonly putOffSince: Date | null },
  tx: Tx,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('mail')
    .set({ state: 'queued', due_at: dueAt, answer, put_off_since: putOffSince })
    .where('institution', '=', mail.institution)
    .where('mail', '=', mail.id)
    .where('state', '=', 'sending')
    .where('attempts', '=', mail.attempts)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/**
 * Ends a mail that was claimed; false where it was ended or claimed anew meanwhile. That it was sent holds whoever
 * has claimed it since.
 */
export async function endMail(
  mail: QueuedMail,
  end: {
    readonly state: Exclude<MailState, 'queued' | 'sending'>;
    readonly answer: MailAnswer;
    readonly sentTo: string | null;
    readonly at: Date;
  },
  tx: Tx,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('mail')
    .set({
      state: end.state,
      answer: end.answer,
      sent_to: end.sentTo,
      sealed: null,
      ended_at: end.at,
    })
    .where('institution', '=', mail.institution)
    .where('mail', '=', mail.id)
    .where('state', 'in', ['queued', 'sending'])
    .$if(end.state !== 'sent', (query) => query.where('attempts', '=', mail.attempts))
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** How mails of a contract's people stand, by what they are about; `since` is when each was queued, or ended. */
export async function mailStates(
  { institution, contract }: Pick<Identity, 'institution' | 'contract'>,
  about: readonly string[],
  db: Db,
): Promise<ReadonlyMap<string, { readonly state: MailState; readonly since: Date }>> {
  if (about.length === 0) return new Map();
  const rows = await db
    .selectFrom('mail')
    .select(['about', 'state', 'queued_at', 'ended_at'])
    .where('about', 'in', about)
    .where('contract', '=', contract)
    .where('institution', '=', institution)
    .execute();
  return new Map(
    rows.map((row) => [row.about, { state: row.state, since: row.ended_at ?? row.queued_at }]),
  );
}

/** How many mails wait that were queued before then, and since when the oldest does. */
export async function waitingMails(
  before: Date,
  db: Db,
): Promise<{ readonly count: number; readonly since: Date | null }> {
  const row = await db
    .selectFrom('mail')
    .select((eb) => [eb.fn.countAll<number>().as('count'), eb.fn.min('queued_at').as('since')])
    .where('state', 'in', ['queued', 'sending'])
    .where('queued_at', '<', before)
    .executeTakeFirstOrThrow();
  return { count: Number(row.count), since: row.since };
}

/** A mail, whom it was for and where it went; null where it has not gone anywhere. */
export type SentMail = {
  readonly id: string;
  readonly to: Identity;
  readonly sentTo: string | null;
};

/** The mail of this UUID, of whichever institution. */
export async function findMail(mail: string, db: Db): Promise<SentMail | undefined> {
  const row = await db
    .selectFrom('mail')
    .innerJoin('institution', 'institution.institution', 'mail.institution')
    .select(['mail.institution', 'mail.contract', 'mail.user_id', 'mail.sent_to'])
    .where('mail', '=', mail)
    .executeTakeFirst();
  return (
    row && {
      id: mail,
      to: { institution: row.institution, contract: row.contract, user: row.user_id },
      sentTo: row.sent_to,
    }
  );
}

/** Notes that a mail came back that had been sent. */
export async function markCameBack(
  { institution, id }: { readonly institution: string; readonly id: string },
  tx: Tx,
): Promise<void> {
  await tx
    .updateTable('mail')
    .set({ state: 'bounced', answer: 'came-back' })
    .where('institution', '=', institution)
    .where('mail', '=', id)
    .where('state', '=', 'sent')
    .execute();
}
