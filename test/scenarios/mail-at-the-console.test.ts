// Mail as the bank's staff see it: how it stands, what did not arrive, whom a mail went to, and a test mail to oneself.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { sql } from 'kysely';
import { queueDueReminders } from '../../src/operations/queue-mails.ts';
import { loggedIn, makeCustomer } from '../system/customers.ts';
import { sendAll } from '../system/mail-sending.ts';
import { openMailServer } from '../system/mail-server.ts';
import { type AtConsole, arriveAt, look, send, staffAt } from '../system/staff.ts';
import { quietLog } from '../system/test-database.ts';
import { openTestKoshin, TEST_CONTRACT, type TestKoshin } from '../system/test-koshin.ts';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
const MAILS = '/console/mails?institution=1394';
const PERSON = `/console/institutions/1394/contracts/${TEST_CONTRACT}/users/todokanai`;

let koshin: TestKoshin;
let operator: AtConsole;

suite('mail at the console', { concurrency: false }, () => {
  before(async () => {
    koshin = await openTestKoshin({ withStaff: true });
    const holding = await makeCustomer('todokanai', koshin, { mail: 'todokanai@mail.example' });
    await passTo(holding.certificate.notAfter.getTime() - 29.5 * DAY_MS);
    operator = await staffAt(koshin, 'tanto01', { role: 'operator', scope: ['1394'] });
  });
  after(async () => {
    await koshin[Symbol.asyncDispose]();
  });

  test('without trouble it says so, with every text as it is sent', async () => {
    const { text, body } = await look(operator, MAILS);
    assert.match(text, /届かなかったメールはありません/);
    assert.doesNotMatch(text, /1時間以上送信できていない/);
    assert.match(text, /【みほん信用金庫】電子証明書の有効期限が近づいています/);
    assert.match(text, /【みほん信用金庫】電子証明書の取得コード/);
    assert.match(body, /Your certificate ends on/);
  });

  test('what waits is counted, and is an alarm after an hour, on the first page too', async () => {
    await queueDueReminders({ db: koshin.house.db, clock: koshin.clock, log: quietLog });
    assert.match((await look(operator, MAILS)).text, /送信を待っているメール\s*1通/);
    assert.doesNotMatch((await look(operator, '/console')).text, /1時間以上送信できていない/);
    await passTime(2 * HOUR_MS);
    for (const path of [MAILS, '/console']) {
      assert.match((await look(operator, path)).text, /1時間以上送信できていない/);
    }
  });

  test('of more mails than are counted the oldest is known', async () => {
    await makeCustomer('hoka01', koshin);
    const more = sql`
      insert into mail (institution, mail, kind, contract, user_id, about, facts, queued_at, due_at, state)
      select institution, gen_random_uuid(), 'test', contract, user_id, 'one of many ' || number,
        '{"kind": "test"}', ${koshin.clock.now()}, ${new Date('2000-01-01')}, 'queued'
      from person, generate_series(1, 10001) number where user_id = 'hoka01'`;
    const { db } = koshin.house;
    await more.execute(db);
    // Behind all of them, wherever rows are looked for from the beginning.
    await sql`update mail set due_at = due_at where about not like 'one of many %'`.execute(db);
    const { text } = await look(operator, MAILS);
    assert.match(text, /10,000通より多い/);
    assert.match(text, /1時間以上送信できていない/);
    await sql`update mail set state = 'dropped', ended_at = queued_at where about like 'one of many %'`.execute(
      db,
    );
  });

  test('what came back is listed, and on the page of the person, with the address', async () => {
    await using server = await openMailServer({ refuses: () => [550, '5.1.1 nobody'] });
    await sendAll(koshin, server.place);
    const list = await look(operator, MAILS);
    assert.match(list.text, /todokanai/);
    assert.match(list.text, /アドレスに届きませんでした/);
    const person = await look(operator, PERSON);
    assert.match(person.text, /todokanai@mail\.example\s*届きませんでした/);
    assert.match(person.text, /期限前の案内\s*アドレスに届きませんでした/);
  });

  test('a day without reminders is an alarm', async () => {
    await passTime(27 * HOUR_MS);
    for (const path of [MAILS, '/console']) {
      assert.match((await look(operator, path)).text, /期限の案内の準備が1日以上止まっています/);
    }
  });

  test('a test mail comes to the staff member, five an hour at most', async () => {
    await using server = await openMailServer();
    const form = { institution: '1394', address: 'tanto01@mail.example' };
    for (const _time of [1, 2, 3, 4, 5]) {
      const sent = await send(operator, '/console/mails/test', form);
      assert.equal(sent.status, 303);
    }
    assert.equal((await send(operator, '/console/mails/test', form)).status, 429);
    await queueOthers('tanto01');
    assert.equal((await send(operator, '/console/mails/test', form)).status, 429);
    await sendAll(koshin, server.place);
    assert.deepEqual(
      server.received.map(({ to }) => to),
      Array.from({ length: 5 }, () => 'tanto01@mail.example'),
    );
    assert.match((await look(operator, MAILS)).body, /value="tanto01@mail\.example"/);
    const wrong = await send(operator, '/console/mails/test', { ...form, address: 'tanto01' });
    assert.equal(wrong.status, 400);
  });

  test('the audit log has the address of a test mail as entered where it was another', async () => {
    const tester = await staffAt(koshin, 'tanto02', { role: 'operator', scope: ['1394'] });
    for (const name of ['one', 'one', 'two']) {
      const form = { institution: '1394', address: `${name}@mail.example` };
      assert.equal((await send(tester, '/console/mails/test', form)).status, 303);
    }
    const entries = await koshin.house.db
      .selectFrom('audit_entry')
      .select('event')
      .where('user_id', '=', 'tanto02')
      .where('event', 'in', ['mail-address-set', 'mail-tested'])
      .orderBy('entry')
      .execute();
    assert.deepEqual(
      entries.map(({ event }) => event),
      ['mail-address-set', 'mail-tested', 'mail-tested', 'mail-address-set', 'mail-tested'],
    );
  });

  test('an auditor reads and sends none, and nobody looks into another institution', async () => {
    const auditor = await staffAt(koshin, 'kansa01', { role: 'auditor', scope: ['1394'] });
    const page = await look(auditor, MAILS);
    assert.equal(page.status, 200);
    assert.doesNotMatch(page.text, /テストメールを送信/);
    const form = { institution: '1394', address: 'kansa01@mail.example' };
    assert.equal((await send(auditor, '/console/mails/test', form)).status, 403);
    assert.equal((await look(operator, '/console/mails?institution=1395')).status, 403);
    const customer = await makeCustomer('kyaku01', koshin);
    const { visitor, origin } = await loggedIn(koshin, customer);
    assert.equal((await visitor.get(origin + MAILS)).status, 404);
  });
});

/** Mails of another kind that were queued later, and are ended. */
async function queueOthers(user: string): Promise<void> {
  const now = koshin.clock.now();
  await sql`
    insert into mail (institution, mail, kind, contract, user_id, about, facts, queued_at, due_at, state, ended_at)
    select institution, gen_random_uuid(), 'issued', contract, user_id, 'later ' || number,
      '{"kind": "issued"}', ${new Date(now.getTime() + 1)}, ${now}, 'dropped', ${now}
    from person, generate_series(1, 20) number where user_id = ${user}`.execute(koshin.house.db);
}

/** Sets the clock, and comes back with a session of then. */
async function passTo(ms: number): Promise<void> {
  koshin.clock.set(new Date(ms));
  if (operator !== undefined) operator = await arriveAt(koshin, operator.user, operator.holding);
}

async function passTime(ms: number): Promise<void> {
  await passTo(koshin.clock.now().getTime() + ms);
}
