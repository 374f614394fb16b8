// Mails as people look at them: those of one person, how each stands, those that came to nothing, and what waits.
// Reads only.
import type { Identity } from '../banking/identity.ts';
import type { MailAnswer, MailFacts, MailKind, MailState } from '../banking/mail.ts';
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

/** A person's latest mails, the newest first. */
export async function mailsOfPerson(
  { institution, contract, user }: Identity,
  atMost: number,
  db: Db,
): Promise<readonly PastMail[]> {
  const rows = await selectMails(db)
    .where('contract', '=', contract)
    .where('user_id', '=', user)
    .where('institution', '=', institution)
    .orderBy('queued_at', 'desc')
    .orderBy('mail')
    .limit(atMost)
    .execute();
  return rows.map(pastMail);
}

/** How many mails of one kind were queued for a person after a moment. */
export async function countMailsOfKind(
  { institution, contract, user }: Identity,
  { kind, since }: { readonly kind: MailKind; readonly since: Date },
  db: Db,
): Promise<number> {
  const row = await db
    .selectFrom('mail')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('contract', '=', contract)
    .where('user_id', '=', user)
    .where('institution', '=', institution)
    .where('queued_at', '>', since)
    .where('kind', '=', kind)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** What came back or could not be sent, the newest first. */
export async function mailsInTrouble(
  { institution, atMost }: { readonly institution: string; readonly atMost: number },
  db: Db,
): Promise<readonly PastMail[]> {
  const rows = await selectMails(db)
    .where('state', 'in', ['failed', 'bounced'])
    .where('institution', '=', institution)
    .orderBy('ended_at', 'desc')
    .limit(atMost)
    .execute();
  return rows.map(pastMail);
}

/** How a mail stands, since when. */
export type MailStateSince = { readonly state: MailState; readonly since: Date };

/** How mails of a contract's people stand, by what they are about; `since` is when each was queued, or ended. */
export async function mailStates(
  { institution, contract }: Pick<Identity, 'institution' | 'contract'>,
  about: readonly string[],
  db: Db,
): Promise<ReadonlyMap<string, MailStateSince>> {
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

/** Since when the mail of an institution has not gone on. */
export type MailStanding = {
  /** When the mail was queued that has waited longest; null where none waits. */
  readonly since: Date | null;
  /** When reminders were last queued; null where they never were. */
  readonly remindedAt: Date | null;
};

/** Reads it. */
export async function mailStanding(institution: string, db: Db): Promise<MailStanding> {
  const [oldest, run] = await Promise.all([
    waiting(institution, db).select('queued_at').orderBy('queued_at').limit(1).executeTakeFirst(),
    db
      .selectFrom('mail_run')
      .select('reminded_at')
      .where('institution', '=', institution)
      .executeTakeFirst(),
  ]);
  return { since: oldest?.queued_at ?? null, remindedAt: run?.reminded_at ?? null };
}

/** How many mails of an institution wait, counted up to `atMost`. */
export async function countWaitingMails(
  { institution, atMost }: { readonly institution: string; readonly atMost: number },
  db: Db,
): Promise<number> {
  const row = await db
    .selectFrom(waiting(institution, db).select('mail').limit(atMost).as('waits'))
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

function waiting(institution: string, db: Db) {
  return db
    .selectFrom('mail')
    .where('state', 'in', ['queued', 'sending'])
    .where('institution', '=', institution);
}

function selectMails(db: Db) {
  return db
    .selectFrom('mail')
    .select([
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
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectMails>['execute']>>[number];

function pastMail(row: Row): PastMail {
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
