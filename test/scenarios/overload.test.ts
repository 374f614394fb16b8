// More than the system can do, because the database stands still for a moment: what is admitted is done, the rest
// is told to come back, nothing is lost and nothing done that was refused, and then everything goes on.
// Without bars of time: those are in `npm run overload`.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import pg from 'pg';
import { connectionTo } from '../../src/store/database-address.ts';
import { REFUSALS } from '../../src/words/refusals.ts';
import { seededRandom } from '../fuzz/random.ts';
import {
  enter,
  type Holding,
  loggedIn,
  makeCustomer,
  submitPin,
  visitorOf,
} from '../system/customers.ts';
import { headerFaults } from '../system/header-faults.ts';
import { eventsOf, statesOf } from '../system/records.ts';
import { assertNoInternals } from '../system/refusals.ts';
import { codeOf, type InSession, type NewKey, newKey } from '../system/renewal-client.ts';
import { TEST_PIN } from '../system/test-bank.ts';
import { openTestKoshin, type TestKoshin } from '../system/test-koshin.ts';
import { type Answer, Visitor } from '../system/visitor.ts';

// First certificates end on 2028-01-05; the renewal window opens on 2027-12-06.
const ISSUED = '2027-01-05T03:00:00Z';
const IN_WINDOW = '2027-12-20T03:00:00Z';
const PEOPLE = 8;
const READS_OF_EACH = 24;
const LOGINS = 400;
// Elsewhere the other loopback addresses have to be set up first.
const SECOND_ADDRESS = process.platform === 'linux' ? '127.0.0.2' : '127.0.0.1';
const SEED = Number(process.env['KOSHIN_OVERLOAD_SEED'] ?? 1);

type Renewing = {
  readonly own: Holding;
  readonly session: InSession;
  readonly token: string;
  readonly key: NewKey;
};

let koshin: TestKoshin;
let people: Renewing[];

async function renewing(user: string): Promise<Renewing> {
  koshin.clock.set(ISSUED);
  const own = await makeCustomer(user, koshin);
  koshin.clock.set(IN_WINDOW);
  const session = await loggedIn(koshin, own);
  const page = await session.visitor.get(`${session.origin}/notices`);
  return { own, session, token: page.formToken ?? '', key: newKey() };
}

async function renew({ session, token, key }: Renewing): Promise<Answer> {
  const form = { request: key.request, unproven: 'keep' };
  const fields = { accept: 'application/json', 'form-token': token };
  return await session.visitor.post(`${session.origin}/renewal`, form, fields);
}

/** The database answers nobody from now on, until it is let go. */
async function holdDatabase(): Promise<() => Promise<void>> {
  const client = new pg.Client(connectionTo(koshin.owner));
  await client.connect();
  await client.query('begin');
  await client.query('lock table session, certificate in access exclusive mode');
  return async () => {
    await client.query('rollback');
    await client.end();
  };
}

/** What a request comes to; a connection that is not taken under way of too many is closed. */
async function statusOf(answer: Promise<Answer>): Promise<number | 'closed'> {
  try {
    return (await answer).status;
  } catch (error) {
    const isClosed = error instanceof Error && 'code' in error && error.code === 'ECONNRESET';
    if (isClosed) return 'closed';
    throw error;
  }
}

function visitorFrom(localAddress: string, { shows }: Holding): Visitor {
  return new Visitor(koshin, shows, { localAddress });
}

function shuffled<T>(items: readonly T[]): T[] {
  const random = seededRandom(SEED);
  return items
    .map((item) => ({ item, at: random(2 ** 32) }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ item }) => item);
}

suite('overload', { concurrency: false }, () => {
  before(async () => {
    koshin = await openTestKoshin();
    people = [];
    for (let i = 1; i <= PEOPLE; i += 1) people.push(await renewing(`crowd${i}`));
  });
  after(async () => {
    await koshin[Symbol.asyncDispose]();
  });

  test(`what is admitted is done, the rest gets 503 and Retry-After, and then it goes on (seed ${SEED})`, async () => {
    const letGo = await holdDatabase();
    const { promise: firstRefused, resolve } = Promise.withResolvers<void>();
    const noteRefusal = (answer: Answer) => {
      if (answer.status === 503) resolve();
      return answer;
    };
    const renewals = new Map<Renewing, Promise<Answer>>();
    const reads: Promise<Answer>[] = [];
    const deeds = people.flatMap((person) => {
      const { visitor, origin } = person.session;
      const read = () => reads.push(visitor.get(`${origin}/notices`).then(noteRefusal));
      const write = () => renewals.set(person, renew(person).then(noteRefusal));
      return [write, ...Array.from({ length: READS_OF_EACH }, () => read)];
    });
    for (const begin of shuffled(deeds)) begin();
    await firstRefused;
    await letGo();
    const answers = [...(await Promise.all(reads)), ...(await Promise.all(renewals.values()))];
    const statuses = new Set(answers.map(({ status }) => status));
    assert.deepEqual(statuses, new Set([200, 503]));
    for (const answer of answers.filter(({ status }) => status === 503)) {
      assert.equal(answer.headers['retry-after'], '5');
      assert.deepEqual(headerFaults(answer.headers), []);
      if (answer.heading !== '') assert.equal(answer.heading, REFUSALS.overloaded.title.ja);
      else assert.equal(codeOf(answer), 'overloaded');
      assertNoInternals(answer);
    }
    for (const [{ own }, answer] of renewals) {
      const isDone = (await answer).status === 200;
      assert.deepEqual(await statesOf(own, koshin), isDone ? ['current', 'issued'] : ['current']);
      const issued = (await eventsOf(own, koshin)).filter((one) => one === 'certificate-issued');
      assert.equal(issued.length, isDone ? 2 : 1);
    }
    for (const person of people) {
      assert.equal((await renew(person)).status, 200);
      assert.deepEqual(await statesOf(person.own, koshin), ['current', 'issued']);
    }
  });

  test('four hundred logins at once: some are refused, the others done, and who is logged in goes on', async () => {
    const [one] = people;
    assert.ok(one);
    const { visitor, origin } = one.session;
    const waiting = people.map(({ own }) => visitorOf(koshin, own.shows));
    const pages = await Promise.all(
      waiting.map(async (each) => await enter(each, koshin.mihon, koshin)),
    );
    const outcomes: (number | 'closed')[] = [];
    const logIn = async (at: number) => {
      const [{ own } = assert.fail(), page = assert.fail()] = [
        people[at % PEOPLE],
        pages[at % PEOPLE],
      ];
      // No address may hold so many connections: half of them come from another.
      const visitor = visitorFrom(at % 2 === 0 ? '127.0.0.1' : SECOND_ADDRESS, own);
      outcomes.push(await statusOf(submitPin(visitor, page, TEST_PIN)));
    };
    const logins = Array.from({ length: LOGINS }, async (_, at) => await logIn(at));
    const goesOn = async () => await statusOf(visitor.get(`${origin}/notices`));
    while ((await goesOn()) !== 200);
    await Promise.all(logins);
    const done = outcomes.filter((outcome) => outcome === 303).length;
    assert.ok(done > 0 && done < LOGINS, `${done} logins`);
    assert.deepEqual(
      outcomes.filter((outcome) => ![303, 503, 'closed'].includes(outcome)),
      [],
    );
    const counts = await koshin.house.db
      .selectFrom('person')
      .select(['pin_errors', 'pin_locked_at'])
      .execute();
    for (const count of counts) assert.deepEqual(count, { pin_errors: 0, pin_locked_at: null });
    await loggedIn(koshin, one.own);
  });

  test('guesses at a PIN over many connections are told six times in all, however they come', async () => {
    const { own } = await renewing('guessed');
    const guessers = Array.from({ length: 12 }, () => visitorOf(koshin, own.shows));
    const pages = await Promise.all(
      guessers.map(async (each) => await enter(each, koshin.mihon, koshin)),
    );
    const guess = async (each: (typeof guessers)[number], at: number) => {
      const page = pages[at];
      assert.ok(page);
      return await submitPin(each, page, `wrong${100 + at}`);
    };
    const told: string[] = [];
    while (!(await eventsOf(own, koshin)).includes('pin-locked')) {
      const answers = await Promise.all(guessers.map(guess));
      told.push(...answers.map(({ heading }) => heading));
    }
    const events = await eventsOf(own, koshin);
    assert.equal(events.filter((one) => one === 'pin-wrong').length, 6);
    assert.equal(events.filter((one) => one === 'pin-locked').length, 1);
    assert.ok(told.includes(REFUSALS['pin-locked'].title.ja));
    const page = await enter(visitorOf(koshin, own.shows), koshin.mihon, koshin);
    const right = await submitPin(visitorOf(koshin, own.shows), page, TEST_PIN);
    assert.equal(right.heading, REFUSALS['pin-locked'].title.ja);
  });
});
