// The clock of the machine is wrong: set while the system runs, or before it starts. Nothing is served by it,
// nothing is issued, the log raises the alarm, and when it is right again everything goes on.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { checkClockAtStart } from '../../src/operations/check-clock-at-start.ts';
import { CheckedClock } from '../../src/operations/checked-clock.ts';
import { REFUSALS } from '../../src/words/refusals.ts';
import { enter, type Holding, loggedIn, makeCustomer, visitorOf } from '../system/customers.ts';
import { freePort } from '../system/free-port.ts';
import { headerFaults } from '../system/header-faults.ts';
import { statesOf } from '../system/records.ts';
import { assertNoInternals } from '../system/refusals.ts';
import { codeOf, type InSession, newKey, renew } from '../system/renewal-client.ts';
import { settableClock } from '../system/test-bank.ts';
import { openTestKoshin, type TestKoshin, urlOf } from '../system/test-koshin.ts';

// First certificates end on 2028-01-05; the renewal window opens on 2027-12-06.
const ISSUED = '2027-01-05T03:00:00Z';
const IN_WINDOW = '2027-12-20T03:00:00Z';
const BEFORE_WINDOW = '2027-12-01T03:00:00Z';
const MAIN = fileURLToPath(import.meta.resolve('../../src/main.ts'));
const HOUR_MS = 60 * 60 * 1000;
const YEAR_MS = 365 * 24 * HOUR_MS;

const from = (moment: string, milliseconds: number) =>
  new Date(new Date(moment).getTime() + milliseconds);

let koshin: TestKoshin;
let users = 0;
const alarms: string[] = [];

/** The machine of the tests stands still at a moment, whatever its clock is set to. */
const machine = settableClock(ISSUED);

function checked(clock: ReturnType<typeof settableClock>): ReturnType<typeof settableClock> {
  const counter = () => machine.now().getTime();
  const log = {
    info: () => {},
    warn: () => {},
    error: (_: object, line: string) => alarms.push(line),
  };
  const own = new CheckedClock(clock, { awake: counter, inAll: counter }, log);
  return { now: () => own.now(), set: clock.set };
}

/** Time passes, and the clock shows it. */
function passTo(moment: string): void {
  machine.set(moment);
  koshin.clock.set(moment);
}

async function customerAt(moment: string): Promise<{ own: Holding; session: InSession }> {
  passTo(ISSUED);
  users += 1;
  const own = await makeCustomer(`timely${users}`, koshin);
  passTo(moment);
  return { own, session: await loggedIn(koshin, own) };
}

async function send({ visitor, origin }: InSession, token: string) {
  const fields = { accept: 'application/json', 'form-token': token };
  const form = { request: newKey().request, unproven: 'keep' };
  return await visitor.post(`${origin}/renewal`, form, fields);
}

suite('a wrong clock', { concurrency: false }, () => {
  before(async () => {
    koshin = await openTestKoshin({ now: ISSUED, clockOf: checked });
  });
  after(async () => {
    await koshin[Symbol.asyncDispose]();
  });

  for (const { name, at, setBy } of [
    { name: 'back an hour', at: IN_WINDOW, setBy: -HOUR_MS },
    { name: 'forward a year', at: IN_WINDOW, setBy: YEAR_MS },
    { name: 'forward into the renewal window', at: BEFORE_WINDOW, setBy: 10 * 24 * HOUR_MS },
    { name: 'back before the certificate’s beginning', at: IN_WINDOW, setBy: -YEAR_MS },
  ]) {
    test(`set ${name} while it runs: nothing is opened or issued, and it goes on when it is right`, async () => {
      const { own, session } = await customerAt(at);
      const { visitor, origin } = session;
      const token = (await visitor.get(`${origin}/notices`)).formToken ?? '';
      const entries = await entriesInAll();
      alarms.length = 0;
      koshin.clock.set(from(at, setBy));
      const refused = await send(session, token);
      assert.deepEqual([refused.status, codeOf(refused)], [503, 'unavailable']);
      for (const path of ['/notices', '/renewal']) {
        const page = await visitor.get(`${origin}${path}`);
        assert.deepEqual([page.status, page.heading], [503, REFUSALS.unavailable.title.ja]);
        assert.equal(page.headers['retry-after'], '5');
        assert.deepEqual(headerFaults(page.headers), []);
        assertNoInternals(page);
      }
      const { publicHost } = koshin.mihon;
      const login = await visitorOf(koshin, own.shows).get(
        `https://${publicHost}:${koshin.port}/login`,
      );
      assert.equal(login.status, 503);
      assert.equal(alarms.length, 1);
      assert.deepEqual(await statesOf(own, koshin), ['current']);
      assert.equal(await entriesInAll(), entries);
      koshin.clock.set(at);
      assert.equal((await visitor.get(`${origin}/notices`)).status, 200);
      const later = await renew(session, newKey());
      assert.equal(later.answer.status, at === IN_WINDOW ? 200 : 409);
    });
  }

  test('a certificate before its time opens nothing', async () => {
    const { own } = await customerAt(IN_WINDOW);
    passTo('2027-01-05T01:00:00Z');
    const page = await enter(visitorOf(koshin, own.shows), koshin.mihon, koshin);
    assert.equal(page.heading, REFUSALS['not-yet-valid'].title.ja);
  });

  for (const { name, setBy, starts } of [
    { name: 'right', setBy: 0, starts: true },
    { name: 'a minute behind the records', setBy: -60_000, starts: true },
    { name: 'an hour behind the records', setBy: -HOUR_MS, starts: false },
    { name: 'two months after the last record', setBy: YEAR_MS / 6, starts: true },
    { name: 'a year after the last record', setBy: YEAR_MS, starts: false },
  ]) {
    test(`a clock ${name} at the start: ${starts ? 'it is served' : 'it is not served, and says why'}`, async () => {
      await customerAt(IN_WINDOW);
      const { at: last } = await koshin.house.db
        .selectFrom('audit_entry')
        .select((of) => of.fn.max('at').as('at'))
        .executeTakeFirstOrThrow();
      const clock = settableClock(new Date(last.getTime() + setBy));
      const check = checkClockAtStart({ db: koshin.house.db, clock });
      if (starts) await check;
      else await assert.rejects(check, /^Error: the clock of this machine says .*--clock-is-right/);
    });
  }

  test('the program itself does not serve records that lie in its future', async () => {
    const { house, folder } = koshin;
    const { promise, resolve } = Promise.withResolvers<{ code: unknown; said: string }>();
    const env = {
      ...process.env,
      KOSHIN_DATA: folder,
      KOSHIN_SECRET_FILE: join(folder, 'secret'),
      KOSHIN_PROCESSES: '1',
      KOSHIN_PORT: String(await freePort()),
      KOSHIN_DATABASE_URL: urlOf(house.database),
    };
    execFile(process.execPath, [MAIN, 'serve'], { env }, (error, _out, said) =>
      resolve({ code: error?.code, said }),
    );
    const { code, said } = await promise;
    assert.equal(code, 1);
    assert.match(
      said,
      /^koshin: the clock of this machine says .*--clock-is-right where it is\n$/m,
    );
  });
});

async function entriesInAll(): Promise<number> {
  return (await koshin.house.db.selectFrom('audit_entry').select('entry').execute()).length;
}
