// Mails as the bank's staff look at them: those of one person, those that came to nothing, and what waits. Reads only.
import { sql } from 'kysely';
import type { Identity } from '../banking/identity.ts';
import type { MailAnswer, MailFacts, MailState } from '../banking/mail.ts';
import type { Db } from './database.ts';

/** A mail with what became of it. */
export type PastMail = {
  readonly id: string;
  readonly to: Identity;
  readonly facts: MailFacts;
  readonly state: MailState;
  readonly answer: MailAnswer | null;
  readonly sentTo: string | null;
  readonly queuedAt: Date;
  readonly endedAt: Date | null;
};

const COLUMNS = [
  'institution',
  'mail',
  'contract',
  'user_id',
  'facts',
  'state',
  'answer',
  'sent_to',
  'queued_at',
  'ended_at',
] as const;

/** A person's latest mails, the newest first. */
export async function mailsOfPerson(
  { institution, contract, user }: Identity,
  atMost: number,
  db: Db,
): Promise<readonly PastMail[]> {
  const rows = await db
    .selectFrom('mail')
    .select(COLUMNS)
    .where('contract', '=', contract)
    .where('user_id', '=', user)
    .where('institution', '=', institution)
    .orderBy('queued_at', 'desc')
    .orderBy('mail')
    .limit(atMost)
    .execute();
  return rows.map(pastMail);
}

/** What came back or could not be sent, the newest first. */
export async function mailsInTrouble(
  { institution, atMost }: { readonly institution: string; readonly atMost: number },
  db: Db,
): Promise<readonly PastMail[]> {
  const rows = await db
    .selectFrom('mail')
    .select(COLUMNS)
    .where('state', 'in', ['failed', 'bounced'])
    .where('institution', '=', institution)
    .orderBy('ended_at', 'desc')
    .limit(atMost)
    .execute();
  return rows.map(pastMail);
}

/** How an institution's mail stands. */
export type MailStanding = {
  /** How many mails wait, and since when the oldest does; counted up to `atMost`. */
  readonly waiting: number;
  readonly since: Date | null;
  /** When reminders were last queued; null where they never were. */
  readonly remindedAt: Date | null;
};

/** Reads it. */
export async function mailStanding(
  { institution, atMost }: { readonly institution: string; readonly atMost: number },
  db: Db,
): Promise<MailStanding> {
  const waits = db
    .selectFrom('mail')
    .select('queued_at')
    .where('state', 'in', ['queued', 'sending'])
    .where('institution', '=', institution)
    .limit(atMost)
    .as('waits');
  const [row, run] = await Promise.all([
    db
      .selectFrom(waits)
      .select([sql<string>`count(*)`.as('count'), sql<Date | null>`min(queued_at)`.as('since')])
      .executeTakeFirstOrThrow(),
    db
      .selectFrom('mail_run')
      .select('reminded_at')
      .where('institution', '=', institution)
      .executeTakeFirst(),
  ]);
  return {
    waiting: Number(row.count),
    since: row.since,
    remindedAt: run?.reminded_at ?? null,
  };
}

function pastMail(row: {
  readonly institution: string;
  readonly mail: string;
  readonly contract: string;
  readonly user_id: string;
  readonly facts: MailFacts;
  readonly state: MailState;
  readonly answer: MailAnswer | null;
  readonly sent_to: string | null;
  readonly queued_at: Date;
  readonly ended_at: Date | null;
}): PastMail {
  return {
    id: row.mail,
    to: { institution: row.institution, contract: row.contract, user: row.user_id },
    facts: row.facts,
    state: row.state,
    answer: row.answer,
    sentTo: row.sent_to,
    queuedAt: row.queued_at,
    endedAt: row.ended_at,
  };
}
