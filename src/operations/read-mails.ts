// Mail as the bank's staff look at it: how it stands, and what is wrong with it. Reads only.
import type { Institution } from '../banking/institution.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import type { Db } from '../store/database.ts';
import { listInstitutions } from '../store/institutions.ts';
import { findRecipient } from '../store/mail-addresses.ts';
import {
  countWaitingMails,
  type MailStanding,
  mailStanding,
  mailsInTrouble,
  type PastMail,
} from '../store/mail-desk.ts';
import { authoriseReader } from './authorise-staff.ts';
import { OVERDUE_AFTER_MS } from './deliver-mail.ts';
import { MISSED_AFTER_MS } from './queue-mails.ts';
import type { AuthenticatedUser } from './resume-session.ts';

export type { PastMail };

type Needs = { readonly db: Db; readonly clock: Clock };

/** Of more mails it is said that there are more. */
export const MOST_WAITING_COUNTED = 10_000;
/** Of mails that came to nothing, so many are shown. */
const MOST_TROUBLES = 100;

/** What is wrong with mail. */
export type MailAlarms = {
  /** Whether mails have been waiting for longer than it should take. */
  readonly isLate: boolean;
  /** Whether a day of reminders was missed. */
  readonly isMissed: boolean;
};

/** How mail stands, and what is wrong with it. */
export type MailDesk = MailStanding &
  MailAlarms & {
    readonly institution: Institution;
    /** How many mails wait, counted up to one more than `MOST_WAITING_COUNTED`. */
    readonly waiting: number;
    readonly troubles: readonly PastMail[];
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
  const [standing, waiting, troubles, own] = await Promise.all([
    mailStanding(code, db),
    countWaitingMails({ institution: code, atMost: MOST_WAITING_COUNTED + 1 }, db),
    mailsInTrouble({ institution: code, atMost: MOST_TROUBLES }, db),
    findRecipient(user.person.identity, db),
  ]);
  const now = clock.now().getTime();
  return {
    ...standing,
    waiting,
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
): Promise<MailAlarms> {
  const now = clock.now().getTime();
  const standings = await Promise.all(
    institutions.map(async (institution) => await mailStanding(institution, db)),
  );
  const alarms = standings.map((one) => alarmsOf(one, now));
  return {
    isLate: alarms.some(({ isLate }) => isLate),
    isMissed: alarms.some(({ isMissed }) => isMissed),
  };
}

function alarmsOf({ since, remindedAt }: MailStanding, now: number): MailAlarms {
  return {
    isLate: since !== null && now - since.getTime() > OVERDUE_AFTER_MS,
    isMissed: remindedAt !== null && now - remindedAt.getTime() > MISSED_AFTER_MS,
  };
}
