// Queued mails on their way, as rows: claimed for a while, put off, ended, and come back. Not why they were queued.
import type { Identity } from '../banking/identity.ts';
import type { MailAnswer, MailFacts, MailKind, MailState, ServerAnswer } from '../banking/mail.ts';
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
