// Mail as the bank's staff look at it, and a test mail to themselves.
import { randomUUID } from 'node:crypto';
import type { Institution } from '../banking/institution.ts';
import { parseMailAddress } from '../banking/mail-address.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import { appendAudit } from '../store/audit-log.ts';
import { type Db, inTransaction } from '../store/database.ts';
import { listInstitutions } from '../store/institutions.ts';
import { findRecipient, setMailAddress } from '../store/mail-addresses.ts';
import {
  type MailStanding,
  mailStanding,
  mailsInTrouble,
  mailsOfPerson,
  type PastMail,
} from '../store/mail-desk.ts';
import { queueMails } from '../store/mails.ts';
import { authoriseReader, authoriseStaff } from './authorise-staff.ts';
import { OVERDUE_AFTER_MS } from './deliver-mail.ts';
import { MISSED_AFTER_MS } from './queue-mails.ts';
import type { AuthenticatedUser } from './resume-session.ts';

export type { PastMail };

type Needs = { readonly db: Db; readonly clock: Clock };

/** Of more mails it is said that there are more. */
export const MOST_WAITING_COUNTED = 10_000;
/** Of mails that came to nothing, so many are shown. */
const MOST_TROUBLES = 100;
const TESTS_AN_HOUR = 5;
const HOUR_MS = 60 * 60 * 1000;

/** How mail stands, and what is wrong with it. */
export type MailDesk = MailStanding & {
  readonly institution: Institution;
  readonly troubles: readonly PastMail[];
  /** Whether mails have been waiting for longer than it should take. */
  readonly isLate: boolean;
  /** Whether a day of reminders was missed. */
  readonly isMissed: boolean;
  /** Their own address; null where they have none, or mail came back from there. */
  readonly ownAddress: string | null;
};

/** Reads it; refuses `not-in-role`. */
export async function readMailDesk(
  asked: { readonly user: AuthenticatedUser; readonly institution: string },
  { db, clock }: Needs,
): Promise<MailDesk> {
  const { user, institution: code } = asked;
  await authoriseReader({ user, action: 'read-mail', institution: code }, db);
  const institution = (await listInstitutions(db)).find((one) => one.code === code);
  if (institution === undefined) throw new Refusal('not-found', 'no such institution');
  const [standing, troubles, own] = await Promise.all([
    mailStanding({ institution: code, atMost: MOST_WAITING_COUNTED + 1 }, db),
    mailsInTrouble({ institution: code, atMost: MOST_TROUBLES }, db),
    findRecipient(user.person.identity, db),
  ]);
  const now = clock.now().getTime();
  return {
    ...standing,
    institution,
    troubles,
    ...alarmsOf(standing, now),
    ownAddress: own?.address ?? null,
  };
}

/** Of which of these institutions mail is late, or a day of reminders was missed. */
export async function readMailAlarms(
  institutions: readonly string[],
  { db, clock }: Needs,
): Promise<Pick<MailDesk, 'isLate' | 'isMissed'>> {
  const now = clock.now().getTime();
  const standings = await Promise.all(
    institutions.map(
      async (institution) =>
        await mailStanding({ institution, atMost: MOST_WAITING_COUNTED + 1 }, db),
    ),
  );
  const alarms = standings.map((one) => alarmsOf(one, now));
  return {
    isLate: alarms.some(({ isLate }) => isLate),
    isMissed: alarms.some(({ isMissed }) => isMissed),
  };
}

/**
 * Sends a test mail to the staff member, who is written to at that address from now on. Refuses `not-in-role`,
 * `invalid-input` and, after five in an hour, `too-many-attempts`.
 */
export async function sendTestMail(
  { user, typed, institution }: { user: AuthenticatedUser; typed: string; institution: string },
  { db, clock }: Needs,
): Promise<void> {
  const address = parseMailAddress(typed);
  if (address === null) throw new Refusal('invalid-input', 'a test mail needs an address');
  const at = clock.now();
  const { identity } = user.person;
  await inTransaction(db, async (tx) => {
    await authoriseStaff({ user, action: 'test-mail', institution }, tx);
    const sent = (await mailsOfPerson(identity, 2 * TESTS_AN_HOUR, tx)).filter(
      ({ facts, queuedAt }) => facts.kind === 'test' && at.getTime() - queuedAt.getTime() < HOUR_MS,
    );
    if (sent.length >= TESTS_AN_HOUR) {
      throw new Refusal('too-many-attempts', 'five test mails in an hour are enough');
    }
    await setMailAddress(identity, address, tx);
    const facts = { kind: 'test', at: at.toISOString() } as const;
    await queueMails({ to: [identity], about: `test:${randomUUID()}`, facts, at }, tx);
    await appendAudit(
      [
        {
          institution: identity.institution,
          at,
          event: 'mail-tested',
          person: identity,
          detail: {},
        },
      ],
      tx,
    );
  });
}

function alarmsOf({ since, remindedAt }: MailStanding, now: number) {
  return {
    isLate: since !== null && now - since.getTime() > OVERDUE_AFTER_MS,
    isMissed: remindedAt !== null && now - remindedAt.getTime() > MISSED_AFTER_MS,
  };
}
