// What takes two of the bank's staff: asked by one, decided by another, done exactly as it was seen. Through the real
// routes: nobody approves their own, not by direct request, in two windows, or after a change of role.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { expireOrders } from '../../src/operations/expire-orders.ts';
import { policyAt } from '../../src/store/institutions.ts';
import { findPerson } from '../../src/store/persons.ts';
import { makeCustomer } from '../system/customers.ts';
import { assertOnRecord, assertRefusedWith, entriesOfContract } from '../system/on-record.ts';
import {
  type AtConsole,
  appoint,
  approve,
  arriveAt,
  contractForm,
  formOn,
  look,
  orderAt,
  send,
  staffAt,
  sumOn,
} from '../system/staff.ts';
import { openTestKoshin, TEST_CONTRACT, type TestKoshin } from '../system/test-koshin.ts';
import type { Answer } from '../system/visitor.ts';

let koshin: TestKoshin;
let operator: AtConsole;
let approver: AtConsole;
let other: AtConsole;
let last = 10;

suite('requests and approvals', { concurrency: false }, () => {
  before(async () => {
    koshin = await openTestKoshin({ withStaff: true });
    operator = await staffAt(koshin, 'tanto01', { role: 'operator', scope: ['1394'] });
    approver = await staffAt(koshin, 'shonin01', { role: 'approver', scope: 'all' });
    other = await staffAt(koshin, 'shonin02', { role: 'approver', scope: 'all' });
  });
  after(async () => {
    await koshin[Symbol.asyncDispose]();
  });

  test('a contract is opened with its first administrator, as both have seen it', async () => {
    const { contract, order } = await askForContract(operator);
    const page = await look(approver, order);
    assert.match(page.text, /株式会社あおば工業/);
    assert.match(page.text, /アオバ タロウ/);
    const seen = sumOn(page);
    assert.equal(seen, sumOn(await look(operator, order)));
    assert.equal(await contractCount(contract), 0);
    const done = await send(approver, `${order}/approve`, { payload: seen });
    assert.equal(done.status, 200);
    assert.match(done.body, /id="acquisition-code"/);
    assert.match(done.body, /id="first-pin"/);
    const person = await findPerson({ institution: '1394', contract, user: 'aoba01' }, db());
    assert.equal(person?.role, 'administrator');
    assert.equal(person.contractName, '株式会社あおば工業');
    const entries = await entriesOfContract(contract, koshin);
    assert.deepEqual(
      entries.map(({ event, detail }) => [event, detail['by']]),
      [
        ['order-requested', 'staff:tanto01'],
        ['order-approved', 'staff:shonin01'],
        ['contract-opened', 'staff:shonin01'],
        ['person-registered', 'staff:shonin01'],
        ['acquisition-offered', 'staff:shonin01'],
      ],
    );
    const again = await approve(other, order);
    assert.equal(again.status, 409);
  });

  test('who asked decides nothing: by direct request, in two windows, after a change of role', async () => {
    const { contract, order } = await askForContract(approver);
    const page = await look(approver, order);
    assert.doesNotMatch(page.body, /\/approve"/);
    const payload = sumOn(page);
    await refused(await send(approver, `${order}/approve`, { payload }), 'own-order');
    await refused(await send(approver, `${order}/reject`, { why: 'なし' }), 'own-order');
    const second = await arriveAt(koshin, 'shonin01', approver.holding);
    await refused(await send(second, `${order}/approve`, { payload }), 'own-order');
    for (const role of ['operator', 'auditor', 'ca-officer'] as const) {
      await appoint(koshin, 'shonin01', { role, scope: 'all' });
      await refused(await send(second, `${order}/approve`, { payload }), 'not-in-role');
    }
    await appoint(koshin, 'shonin01', { role: 'approver', scope: 'all' });
    await refused(await send(second, `${order}/approve`, { payload }), 'own-order');
    assert.equal(await contractCount(contract), 0);
    assert.equal((await approve(other, order)).status, 200);
    assert.equal(await contractCount(contract), 1);
  });

  test('who becomes approver after asking as an operator does not decide it', async () => {
    const rising = await staffAt(koshin, 'tanto02', { role: 'operator', scope: 'all' });
    const { order } = await askForContract(rising);
    await appoint(koshin, 'tanto02', { role: 'approver', scope: 'all' });
    await refused(await approve(rising, order), 'own-order');
  });

  test('the database refuses an approval by who asked, whatever the program does', async () => {
    const { order } = await askForContract(operator);
    const id = order.split('/').at(-1) ?? '';
    for (const state of ['done', 'rejected'] as const) {
      await assert.rejects(
        db()
          .updateTable('approval_request')
          .set({ state, decided_by: 'tanto01', decided_at: new Date(), decision_reason: 'x' })
          .where('request', '=', id)
          .execute(),
        { constraint: 'nobody_decides_their_own' },
      );
    }
    await assert.rejects(
      db()
        .updateTable('approval_request')
        .set({ payload: '{}' } as never)
        .where('request', '=', id)
        .execute(),
      { code: '42501' },
    );
  });

  test('another content than the one that was seen is not approved', async () => {
    const first = await askForContract(operator);
    const second = await askForContract(operator);
    const payload = sumOn(await look(approver, second.order));
    await refused(await send(approver, `${first.order}/approve`, { payload }), 'order-changed');
    await refused(await send(approver, `${first.order}/approve`, {}), 'order-changed');
    assert.equal(await contractCount(first.contract), 0);
  });

  test('a rejection has a reason, which who asked reads; the order is over then', async () => {
    const { contract, order } = await askForContract(operator);
    await refused(await send(approver, `${order}/reject`, { why: ' ' }), 'invalid-input');
    const rejected = await send(approver, `${order}/reject`, { why: '印鑑が違います' });
    assert.equal(rejected.location, `${order}?done=rejected`);
    assert.match((await look(operator, order)).text, /印鑑が違います/);
    await refused(await approve(other, order), 'order-over');
    assert.equal(await contractCount(contract), 0);
  });

  test('who asked takes it back, and nobody else', async () => {
    const { order } = await askForContract(operator);
    await refused(await send(approver, `${order}/withdraw`, {}), 'not-in-role');
    assert.equal((await send(operator, `${order}/withdraw`, {})).status, 303);
    await refused(await approve(approver, order), 'order-over');
  });

  test('what nobody decides in seven days has expired, and is put on record once', async () => {
    const { contract, order } = await askForContract(operator);
    const asked = koshin.clock.now();
    const payload = sumOn(await look(approver, order));
    koshin.clock.set(new Date(asked.getTime() + 7 * 24 * 60 * 60 * 1000));
    const late = await arriveAt(koshin, 'shonin01', approver.holding);
    await refused(await send(late, `${order}/approve`, { payload }), 'order-over');
    const needs = { db: db(), clock: koshin.clock };
    assert.ok((await expireOrders(needs)) >= 1);
    assert.equal(await expireOrders(needs), 0);
    const events = (await entriesOfContract(contract, koshin)).map(({ event }) => event);
    assert.deepEqual(events, ['order-requested', 'order-expired']);
    await freshWindows();
  });

  test('of two who approve at once, one does it', async () => {
    const { contract, order } = await askForContract(operator);
    const answers = await Promise.all([approve(approver, order), approve(other, order)]);
    assert.deepEqual(
      answers.map(({ status }) => status).toSorted((a, b) => a - b),
      [200, 409],
    );
    assert.equal(await contractCount(contract), 1);
  });

  test('of two requests for one contract ID the second can no longer be done, and goes on waiting', async () => {
    const first = await askForContract(operator);
    last -= 1;
    const second = await askForContract(operator);
    assert.equal(second.contract, first.contract);
    assert.equal((await approve(approver, first.order)).status, 200);
    await refused(await approve(approver, second.order), 'order-over');
    assert.equal(await contractCount(first.contract), 1);
    assert.equal((await send(operator, `${second.order}/withdraw`, {})).status, 303);
    const again = await send(
      operator,
      '/console/orders/new/open-contract',
      contractForm(first.contract),
    );
    assert.equal(again.status, 400);
  });

  test('a change of policy holds from its approval on, and from no other version', async () => {
    const policyForm = async () =>
      formOn(await look(operator, '/console/orders/new/change-policy?institution=1394'));
    const changed = { ...(await policyForm()), pinErrorLimit: '4', reason: '決裁 7' };
    const order = orderAt(await send(operator, '/console/orders/new/change-policy', changed));
    const rival = { ...(await policyForm()), graceDays: '60', reason: '決裁 8' };
    const later = orderAt(await send(operator, '/console/orders/new/change-policy', rival));
    assert.match((await look(approver, order)).text, /暗証番号の誤りの上限 \(回\) 6 4/);
    assert.equal((await approve(approver, order)).status, 303);
    const policy = await policyAt('1394', koshin.clock.now(), db());
    assert.equal(policy.pinErrorLimit, 4);
    await refused(await approve(approver, later), 'order-over');
    const tooMuch = { ...(await policyForm()), pinErrorLimit: '99', reason: '決裁 9' };
    const answer = await send(operator, '/console/orders/new/change-policy', tooMuch);
    assert.equal(answer.status, 400);
    assert.match(answer.body, /value="99"/);
  });

  test('a notice is shown once it is approved, and to whom it says', async () => {
    const reader = await makeCustomer('yomu01', koshin);
    const form = {
      institution: '1394',
      contract: TEST_CONTRACT,
      user: '',
      important: 'yes',
      title: '計画停止のお知らせ',
      body: '2月1日は、ご利用いただけません。\r\n<b>太字</b>',
      until: '2027-02-01',
      reason: '稟議 3',
    };
    const order = orderAt(await send(operator, '/console/orders/new/publish-notice', form));
    assert.equal((await approve(approver, order)).status, 303);
    const rows = await db()
      .selectFrom('notice')
      .selectAll()
      .where('title', '=', form.title)
      .execute();
    assert.deepEqual(
      rows.map(({ contract, important, until_at }) => [
        contract,
        important,
        until_at?.toISOString(),
      ]),
      [[TEST_CONTRACT, true, '2027-02-01T14:59:59.000Z']],
    );
    assert.equal(reader.certificate.identity.contract, TEST_CONTRACT);
    const wrong = { ...form, until: '2027-02-30' };
    assert.equal((await send(operator, '/console/orders/new/publish-notice', wrong)).status, 400);
  });

  test('what the form refuses is on record under the number it shows', async () => {
    const answer = await send(operator, '/console/orders/new/open-contract', contractForm('12'));
    assert.equal(answer.status, 400);
    await assertOnRecord(answer, 'invalid-input', koshin);
    assert.match(answer.body, /value="aoba01"/);
  });
});

async function askForContract(staff: AtConsole) {
  last += 1;
  const contract = `000999000${last}`;
  const sent = await send(staff, '/console/orders/new/open-contract', contractForm(contract));
  assert.equal(sent.status, 303, sent.text);
  return { contract, order: orderAt(sent) };
}

/** Sessions end when the clock is set far on: everybody comes again. */
async function freshWindows(): Promise<void> {
  operator = await arriveAt(koshin, 'tanto01', operator.holding);
  approver = await arriveAt(koshin, 'shonin01', approver.holding);
  other = await arriveAt(koshin, 'shonin02', other.holding);
}

async function refused(answer: Answer, code: string): Promise<void> {
  await assertRefusedWith(answer, code, koshin);
}

function db() {
  return koshin.house.db;
}

async function contractCount(contract: string): Promise<number> {
  const rows = await db()
    .selectFrom('contract')
    .select('contract')
    .where('contract', '=', contract)
    .execute();
  return rows.length;
}
