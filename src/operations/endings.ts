// What staff see of the certificates that are about to end: bars of days and weeks, the list behind a bar,
// and what tomorrow brings if nobody acts. Reads only.
import {
  barsOf,
  type DaySpan,
  type EndingBar,
  type EndingStanding,
  type Reach,
} from '../banking/ending.ts';
import { addDays, tokyoDayOf } from '../banking/tokyo-calendar.ts';
import type { Clock } from '../clock.ts';
import { type Db, inTransaction } from '../store/database.ts';
import {
  type EndingCertificate,
  type EndingOffer,
  type EndingsAsked,
  listEndingOffers,
  listEndings,
  readEndings,
} from '../store/endings.ts';
import { authoriseReader } from './authorise-staff.ts';
import type { AuthenticatedUser } from './resume-session.ts';

type Needs = { readonly db: Db; readonly clock: Clock };

/** The bars of an institution as they were counted last. */
export type EndingsGlance = {
  readonly countedAt: Date;
  readonly days: readonly EndingBar[];
  readonly weeks: readonly EndingBar[];
};

export type { EndingCertificate };

const DAYS_SHOWN = 42;

/** Whose endings a staff member looks at. */
export type EndingsAskedBy = { readonly user: AuthenticatedUser; readonly institution: string };

/** The bars and what tomorrow brings, to a staff member; refuses `not-in-role`. */
export async function readEndingsFor(
  { user, institution }: EndingsAskedBy,
  needs: Needs,
): Promise<{ readonly glance: EndingsGlance | undefined; readonly tomorrow: Tomorrow }> {
  await authoriseReader({ user, action: 'read-endings', institution }, needs.db);
  const glance = await readEndingsGlance(institution, needs);
  return { glance, tomorrow: await readTomorrow(institution, needs) };
}

/** A page of the list, to a staff member; refuses `not-in-role`. */
export async function listEndingsFor(
  { user, institution, ...wanted }: EndingsAskedBy & EndingsWanted,
  needs: Pick<Needs, 'db'>,
): Promise<EndingsListed> {
  await authoriseReader({ user, action: 'read-endings', institution }, needs.db);
  return await listEndingsOf(institution, wanted, needs);
}

/** Bars for each day of the next weeks and for each week of the span; undefined before the first count. */
export async function readEndingsGlance(
  institution: string,
  { db }: Pick<Needs, 'db'>,
): Promise<EndingsGlance | undefined> {
  // A count may be replaced between its two reads.
  const counted = await inTransaction(db, async (tx) => await readEndings(institution, tx), {
    isolation: 'repeatable read',
  });
  if (counted === undefined) return undefined;
  const { counts, span, countedAt } = counted;
  const days = { first: span.first, last: addDays(span.first, DAYS_SHOWN - 1) };
  return { countedAt, days: barsOf(counts, days, 1), weeks: barsOf(counts, span, 7) };
}

/** Which of the certificates of some days are listed, and after which one the page begins. */
export type EndingsWanted = {
  readonly span: DaySpan;
  readonly standings: readonly EndingStanding[];
  readonly reach?: Reach;
  readonly after?: NonNullable<EndingsAsked['after']>;
};

/** Certificates of a page of the list. */
export const ENDINGS_A_PAGE = 100;

/** A page of a list; `more` where another follows. */
export type EndingsListed = {
  readonly certificates: readonly EndingCertificate[];
  readonly more: boolean;
};

/** A page of the list behind a bar, as the certificates stand now. */
export async function listEndingsOf(
  institution: string,
  wanted: EndingsWanted,
  { db }: Pick<Needs, 'db'>,
): Promise<EndingsListed> {
  const found = await listEndings({ institution, ...wanted, limit: ENDINGS_A_PAGE + 1 }, db);
  return { certificates: found.slice(0, ENDINGS_A_PAGE), more: found.length > ENDINGS_A_PAGE };
}

/** What tomorrow (Tokyo) brings to whom, if nobody acts. */
export type Tomorrow = {
  readonly day: DaySpan['first'];
  /** Their certificates end, and no successor is proved. */
  readonly ends: readonly EndingCertificate[];
  /** Their codes for acquiring a certificate end unused. */
  readonly offers: readonly EndingOffer[];
};

const TOMORROW_AT_MOST = 500;

/** Whose certificates and codes end tomorrow. */
export async function readTomorrow(institution: string, needs: Needs): Promise<Tomorrow> {
  const day = addDays(tokyoDayOf(needs.clock.now()), 1);
  const asked = { institution, span: { first: day, last: day }, limit: TOMORROW_AT_MOST };
  const [ends, offers] = await Promise.all([
    listEndings({ ...asked, standings: ['not-started', 'started', 'suspended'] }, needs.db),
    listEndingOffers(asked, needs.db),
  ]);
  return { day, ends, offers };
}
