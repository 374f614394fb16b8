// Holds what arrived at the mail server and how each row ended against what was to be mailed. A second copy is
// forgiven only where the sender was killed or cut off between the server's taking and our commit.
import { sql } from 'kysely';
import type { Db } from '../../src/store/database.ts';
import { decoded } from '../../test/system/read-mail.ts';
import {
  type Expectations,
  type Expected,
  type MailKind,
  mayArrive,
  reminderKey,
  toldKey,
} from './expected.ts';
import type { PostOffice, Said, Taken } from './post-office.ts';
import type { Member } from './town.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const GIVEN_UP_MS = { 'put-off': 5 * DAY_MS, 'us-refused': 30 * DAY_MS };

/** What the subject of each kind says; that of a deed is another for each. */
const SUBJECTS: Readonly<Record<MailKind, string | undefined>> = {
  ending: 'Your certificate ends soon',
  ended: 'Your certificate has ended',
  told: undefined,
  issued: 'A certificate was issued',
  proved: 'A certificate was renewed',
  replaced: 'A new certificate was fetched again',
};

/** A mail as the system recorded it. */
type Row = {
  readonly mail: string;
  readonly kind: MailKind;
  readonly user: string;
  readonly certificate: string | null;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly state: 'queued' | 'sending' | 'sent' | 'failed' | 'bounced' | 'dropped';
  readonly answer: string | null;
  readonly sentTo: string | null;
  readonly endedAt: Date | null;
};

/** Why a mail that was to be did not end as sent. */
export type Ending = 'sent' | 'bounced' | 'failed' | 'untrue' | 'no-address';

/** The judge of one run. */
export class Judge {
  /** What must not be, each with its reason. */
  readonly wrong: string[] = [];
  readonly lost: string[] = [];
  readonly doubled: string[] = [];
  /** Mails that arrived, of those that were to be. */
  readonly arrived = new Set<string>();
  readonly endings: Record<Ending, number> = {
    sent: 0,
    bounced: 0,
    failed: 0,
    untrue: 0,
    'no-address': 0,
  };
  readonly secondCopies = { 'after a kill': 0, 'after a lost answer': 0 };
  readonly #expectations: Expectations;
  readonly #office: PostOffice;
  readonly #db: Db;
  /** The key of what was expected, to the one row that it has. */
  readonly #rows = new Map<string, string>();
  readonly #copies = new Map<string, Taken[]>();
  /** What was taken and may come again, and why. */
  readonly #forgiven = new Map<Taken, keyof Judge['secondCopies']>();
  #seen = 0;
  #stepsSinceKill = Number.POSITIVE_INFINITY;

  constructor(expectations: Expectations, office: PostOffice, db: Db) {
    this.#expectations = expectations;
    this.#office = office;
    this.#db = db;
  }

  /**
   * The sender was killed: what the server takes about now and is not recorded as sent may come again. Not before the
   * next hour, since it is taken for fifteen minutes.
   */
  killed(): void {
    this.#stepsSinceKill = 0;
  }

  /** After the round of a step: everything that arrived or ended in it. */
  async step(now: Date): Promise<void> {
    const taken = this.#office.taken.slice(this.#seen);
    this.#seen = this.#office.taken.length;
    const ended = await this.#endedAt(now);
    const rows = await this.#rowsOf(taken.map(idOf));
    for (const one of taken) {
      const row = rows.get(idOf(one));
      // What a dead sender has sent may also reach the server's program in the hour after.
      if (this.#stepsSinceKill < 2 && row?.state !== 'sent') {
        this.#forgiven.set(one, 'after a kill');
      }
      this.#judgeTaken(one, row, now);
    }
    this.#stepsSinceKill += 1;
    // Whose address is refused now has none for what else ends now.
    for (const row of ended.filter(({ state }) => state === 'bounced')) this.#judgeEnded(row, now);
    for (const row of ended.filter(({ state }) => state !== 'bounced')) this.#judgeEnded(row, now);
  }

  /** At the end: nothing that was to be mailed is missing. */
  async finish(): Promise<void> {
    for (const { key, since } of this.#expectations.all.values()) {
      if (!this.#rows.has(key)) this.lost.push(`${key}, since ${since.toISOString()}`);
    }
    const { rows } = await sql<{ count: number }>`
      select count(*)::integer as count from mail where ended_at is not null`.execute(this.#db);
    const count = rows[0]?.count;
    if (count !== this.#rows.size)
      this.wrong.push(`${count} rows ended, ${this.#rows.size} judged`);
  }

  #judgeTaken(taken: Taken, row: Row | undefined, now: Date): void {
    const expected = row && this.#expectedOf(row);
    const what = `${taken.messageId} to ${taken.to} at ${taken.at.toISOString()}`;
    if (row === undefined || expected === undefined) {
      this.wrong.push(`${what}: arrived and was not to be (${row ? describe(row) : 'no row'})`);
      return;
    }
    this.arrived.add(expected.key);
    if (!mayArrive(expected, now)) this.wrong.push(`${what}: ${expected.key} is not true any more`);
    if (taken.to !== expected.to.address)
      this.wrong.push(`${what}: not the address of ${expected.to.id}`);
    const subject = SUBJECTS[expected.kind];
    if (subject !== undefined && !decoded(taken).subject.includes(subject)) {
      this.wrong.push(`${what}: another subject than that of ${expected.kind}`);
    }
    if (taken.isCut) this.#forgiven.set(taken, 'after a lost answer');
    const before = this.#copies.get(expected.key) ?? [];
    const last = before.at(-1);
    if (last !== undefined) this.#judgeCopy(taken, last, what);
    this.#copies.set(expected.key, [...before, taken]);
  }

  #judgeCopy(taken: Taken, last: Taken, what: string): void {
    const reason = this.#forgiven.get(last);
    if (reason === undefined)
      this.doubled.push(`${what}: taken already at ${last.at.toISOString()}`);
    else if (last.messageId !== taken.messageId) this.doubled.push(`${what}: as ${last.messageId}`);
    else this.secondCopies[reason] += 1;
  }

  #judgeEnded(row: Row, now: Date): void {
    const expected = this.#expectedOf(row);
    if (expected === undefined) {
      this.wrong.push(`queued and not to be: ${describe(row)}`);
      return;
    }
    const other = this.#rows.get(expected.key);
    if (other !== undefined) this.doubled.push(`${expected.key}: ${other} and ${row.mail}`);
    this.#rows.set(expected.key, row.mail);
    const ending = row.state === 'dropped' ? (row.answer as Ending) : (row.state as Ending);
    this.endings[ending] += 1;
    const fault = this.#faultOf(row, expected, now);
    if (fault !== undefined) this.wrong.push(`${expected.key}: ${row.state}, and ${fault}`);
  }

  /** Why a row should not have ended as it did. */
  #faultOf(row: Row, expected: Expected, now: Date): string | undefined {
    const { answer, sentTo } = row;
    const { to } = expected;
    const isNow = (said: Said) => this.#office.whenSaid(sentTo ?? '', said).includes(now.getTime());
    switch (row.state) {
      case 'sent':
        return this.#faultOfSent(row, expected);
      case 'bounced': {
        to.hasBounced = true;
        const isRight = sentTo === to.address && isNow('address-refused');
        return isRight ? undefined : 'the address was not refused';
      }
      case 'failed': {
        const isRight =
          answer === 'refused' ? isNow('refused') : this.#wasTriedForLong(row, expected, now);
        return isRight ? undefined : `the server did not say what would be ${answer}`;
      }
      case 'dropped': {
        const isRight = answer === 'no-address' ? !isReachable(to) : !mayArrive(expected, now);
        return isRight ? undefined : `it was not ${answer}`;
      }
      case 'queued':
      case 'sending':
        return 'it has not ended';
    }
  }

  #faultOfSent({ sentTo }: Row, { key }: Expected): string | undefined {
    const last = this.#copies.get(key)?.at(-1);
    if (last === undefined || last.isCut) return 'no answer said that it was taken';
    return last.to === sentTo ? undefined : 'it went to another address';
  }

  #wasTriedForLong({ answer, sentTo }: Row, { since }: Expected, now: Date): boolean {
    if (answer !== 'put-off' && answer !== 'us-refused') return false;
    const said = this.#office.whenSaid(sentTo ?? '', 'put-off', 'us-refused');
    const limit = now.getTime() - GIVEN_UP_MS[answer];
    const first = said.find((at) => at >= since.getTime());
    return said.includes(now.getTime()) && first !== undefined && first < limit;
  }

  #expectedOf({ kind, user, certificate, facts }: Row): Expected | undefined {
    const about = {
      ending: () => reminderKey('ending', Number(facts['days']), certificate ?? ''),
      ended: () => reminderKey('ended', Number(facts['days']), certificate ?? ''),
      told: () => {
        const told = facts['told'] as { readonly event: string; readonly user: string };
        return toldKey(told.event, told.user, new Date(String(facts['at'])));
      },
      issued: () => `issued ${certificate}`,
      proved: () => `proved ${certificate}`,
      replaced: () => `replaced ${certificate}`,
    }[kind]();
    return this.#expectations.all.get(`${user} ${about}`);
  }

  async #endedAt(now: Date): Promise<readonly Row[]> {
    return (await this.#select().where('ended_at', '=', now).execute()).map(rowOf);
  }

  async #rowsOf(ids: readonly string[]): Promise<ReadonlyMap<string, Row>> {
    if (ids.length === 0) return new Map();
    const rows = await this.#select().where('mail', 'in', ids).execute();
    return new Map(rows.map((row) => [row.mail, rowOf(row)]));
  }

  #select() {
    return this.#db
      .selectFrom('mail')
      .select([
        'mail',
        'kind',
        'user_id',
        'certificate',
        'facts',
        'state',
        'answer',
        'sent_to',
        'ended_at',
      ]);
  }
}

function rowOf(row: {
  readonly mail: string;
  readonly kind: string;
  readonly user_id: string;
  readonly certificate: Uint8Array | null;
  readonly facts: unknown;
  readonly state: Row['state'];
  readonly answer: string | null;
  readonly sent_to: string | null;
  readonly ended_at: Date | null;
}): Row {
  if (!(row.kind in SUBJECTS)) throw new Error(`the year knows no mail ${row.kind}`);
  return {
    mail: row.mail,
    kind: row.kind as MailKind,
    user: row.user_id,
    certificate: row.certificate && Buffer.from(row.certificate).toString('hex'),
    facts: row.facts as Row['facts'],
    state: row.state,
    answer: row.answer,
    sentTo: row.sent_to,
    endedAt: row.ended_at,
  };
}

function isReachable({ address, hasBounced }: Member): boolean {
  return address !== null && !hasBounced;
}

function describe({ mail, user, kind, certificate, facts }: Row): string {
  return `${mail} ${user} ${kind} ${certificate ?? ''} ${JSON.stringify(facts)}`;
}

/** The row's ID is the left half of the Message-ID. */
function idOf({ messageId }: Taken): string {
  return messageId.replace(/@.*/, '');
}
