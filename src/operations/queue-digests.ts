// Queues the daily digests: each morning an administrator is mailed what became so in their contract since the
// last one, and nothing where nothing did. Done again without harm; days that were missed are in the next.
import type { DigestLine, DigestList, MailFacts } from '../banking/mail.ts';
import { hourOfTokyoDay, tokyoDayFromHour } from '../banking/tokyo-calendar.ts';
import type { Clock } from '../clock.ts';
import { type Db, inTransaction, type Tx } from '../store/database.ts';
import {
  administratorsOf,
  type DigestRow,
  listDigestRows,
  noteDigested,
} from '../store/digests.ts';
import { listInstitutions } from '../store/institutions.ts';
import { queueMails } from '../store/mails.ts';

type Needs = { readonly db: Db; readonly clock: Clock };

const DAY_MS = 24 * 60 * 60 * 1000;
/** In Tokyo: an hour after the reminders, of which it tells. */
const DIGESTED_AT_HOUR = 9;
/** More than that nobody reads in a mail; the rest is counted. */
const LINES_OF_A_LIST = 50;

/** Queues the digests that are due, one institution after the other; returns for how many contracts. */
export async function queueDueDigests({ db, clock }: Needs): Promise<number> {
  let queued = 0;
  for (const { code } of await listInstitutions(db)) {
    const now = clock.now();
    queued += await inTransaction(db, async (tx) => await queueDigestsOf(code, now, tx));
  }
  return queued;
}

async function queueDigestsOf(institution: string, now: Date, tx: Tx): Promise<number> {
  const until = hourOfTokyoDay(tokyoDayFromHour(DIGESTED_AT_HOUR, now), DIGESTED_AT_HOUR);
  const before = await noteDigested(institution, until, tx);
  const after = before ?? new Date(until.getTime() - DAY_MS);
  if (after >= until) return 0;
  const rows = await listDigestRows({ institution, after, until }, tx);
  const byContract = Map.groupBy(rows, ({ contract }) => contract);
  const administrators = await administratorsOf(institution, [...byContract.keys()], tx);
  for (const [contract, of] of byContract) {
    // Who is alone in it has been told already.
    const to = administrators.filter(
      (one) => one.contract === contract && of.some(({ user }) => user !== one.user),
    );
    const about = `digest:${until.toISOString()}`;
    await queueMails({ to, about, facts: factsOf(of), at: now }, tx);
  }
  return byContract.size;
}

function factsOf(rows: readonly DigestRow[]): MailFacts {
  const of = (wanted: DigestList) => {
    const all = rows.filter(({ list }) => list === wanted);
    const lines = all.slice(0, LINES_OF_A_LIST).map(({ name, user, at }): DigestLine => {
      return { name, user, at };
    });
    return { lines, more: all.length - lines.length };
  };
  return { kind: 'digest', ending: of('ending'), bounced: of('bounced'), locked: of('locked') };
}
