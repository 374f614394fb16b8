// What two of the bank's staff do for a company's administrator, who may have nobody else, and with anybody's role.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { openContract } from '../../src/operations/register-person.ts';
import { findCertificate } from '../../src/store/certificates.ts';
import { inTransaction } from '../../src/store/database.ts';
import { findPerson, insertSlot } from '../../src/store/persons.ts';
import { approveAtOnce } from '../system/approve-at-once.ts';
import { loggedIn, makeCustomer } from '../system/customers.ts';
import { assertRefusedWith, entriesOfContract } from '../system/on-record.ts';
import {
  type AtConsole,
  approve,
  look,
  orderAt,
  send,
  staffAt,
  unescaped,
} from '../system/staff.ts';
import { openTestKoshin, TEST_CONTRACT, type TestKoshin } from '../system/test-koshin.ts';
import type { Answer } from '../system/visitor.ts';

let koshin: TestKoshin;
let operator: AtConsole;
let approver: AtConsole;
let other: AtConsole;

suite('what the bank does for administrators', { concurrency: false }, () => {
  before(async () => {
    koshin = await openTestKoshin({ withStaff: true });
    operator = await staffAt(koshin, 'tanto01', { role: 'operator', scope: ['1394'] });
    approver = await staffAt(koshin, 'shonin01', { role: 'approver', scope: 'all' });
    other = await staffAt(koshin, 'shonin02', { role: 'approver', scope: 'all' });
  });
  after(async () => {
    await koshin[Symbol.asyncDispose]();
  });

  test('a sole administrator’s certificate is reissued and revoked against a paper', async () => {
    const sole = await makeCustomer('kanri01', koshin, { role: 'administrator' });
    const known = { institution: '1394', contract: TEST_CONTRACT, user: 'kanri01', slot: '1' };
    const paper = { reason: '再発行届', reference: '届-77' };
    const reissue = { ...known, ...paper, action: 'reissue', reissue: 'theft' };
    const order = orderAt(await send(operator, NEW_ADMINISTRATOR, reissue));
    const done = await approve(approver, order);
    assert.equal(done.status, 200);
    assert.match(done.body, /id="acquisition-code"/);
    assert.equal((await findCertificate('1394', sole.certificate.sha256, db()))?.state, 'revoked');
    const stop = { ...known, ...paper, action: 'stop' };
    assert.equal(
      (await approve(approver, orderAt(await send(operator, NEW_ADMINISTRATOR, stop)))).status,
      303,
    );
    const person = await findPerson(sole.certificate.identity, db());
    assert.equal(person?.isStopped, true);
  });

  test('a user who is no administrator is the administrator’s, not the bank’s', async () => {
    await makeCustomer('ippan01', koshin);
    const form = { institution: '1394', contract: TEST_CONTRACT, user: 'ippan01', slot: '1' };
    const asked = { ...form, action: 'revoke', reason: 'x' };
    assert.equal((await send(operator, NEW_ADMINISTRATOR, asked)).status, 400);
  });

  test('a sole administrator gets a second one, against a paper and by nobody of the company', async () => {
    const sole = await makeCustomer('kanri06', koshin, { role: 'administrator' });
    const second = await makeCustomer('ippan06', koshin);
    const known = { institution: '1394', contract: TEST_CONTRACT, user: 'ippan06', slot: '1' };
    const appoint = { ...known, action: 'appoint', reason: '管理者届', reference: '届-79' };
    const theirs = await loggedIn(koshin, sole);
    await refused(await byCompany(theirs, 'ippan06', 'appoint'), 'not-for-member');
    const before = await loggedIn(koshin, second);
    assert.equal((await before.visitor.get(`${before.origin}/company`)).status, 403);

    const person = `/console/institutions/1394/contracts/${TEST_CONTRACT}/users/ippan06`;
    assert.match((await look(operator, person)).text, /管理者にする/);
    const order = orderAt(await send(operator, NEW_ADMINISTRATOR, appoint));
    const again = orderAt(await send(operator, NEW_ADMINISTRATOR, appoint));
    const page = (await look(approver, order)).text;
    assert.match(page, /管理者にする/);
    assert.match(page, /名前 鈴木 太郎/);
    assert.match(page, /区分 利用者/);
    assert.equal((await approve(approver, order)).status, 303);
    await refused(await approve(approver, again), 'not-for-member');

    assert.equal((await before.visitor.get(`${before.origin}/company`)).status, 200);
    const told = await theirs.visitor.get(`${theirs.origin}/notices`);
    assert.match(told.text, /利用者が管理者になりました/);
    const last = (await entriesOfContract(TEST_CONTRACT, koshin)).at(-1);
    const done = [last?.event, last?.detail['by']];
    assert.deepEqual(done, ['administrator-appointed', 'staff:shonin01']);
    // Now the bank helps them as any administrator, and the others as before.
    const reissue = { ...known, action: 'reissue', reissue: 'lost', reason: 'x' };
    assert.equal((await send(operator, NEW_ADMINISTRATOR, reissue)).status, 303);
  });

  test('an order, which holds no mail address, changes none', async () => {
    await makeCustomer('kanri05', koshin, { role: 'administrator' });
    const form = { institution: '1394', contract: TEST_CONTRACT, user: 'kanri05', slot: '1' };
    const paper = { reason: '変更届', reference: '届-78', mail: 'new@mail.example' };
    const asked = await send(operator, NEW_ADMINISTRATOR, {
      ...form,
      ...paper,
      action: 'change-mail',
    });
    assert.equal(asked.status, 400);
    const page = await send(operator, NEW_ADMINISTRATOR, { ...form, ...paper, action: 'suspend' });
    assert.equal(page.status, 303);
  });

  test('one of two administrators becomes a user, from the next click on', async () => {
    const contract = await newContract();
    const leaving = await makeCustomer('kanri01', koshin, { contract, role: 'administrator' });
    const asked = { contract, user: 'kanri01', action: 'dismiss' };
    const alone = await look(operator, personPath(contract, 'kanri01'));
    assert.match(alone.text, /再発行する/);
    assert.doesNotMatch(alone.text, /管理者から外す/);
    assert.equal((await ask(asked)).status, 400);

    const staying = await makeCustomer('kanri02', koshin, { contract, role: 'administrator' });
    const theirs = await loggedIn(koshin, leaving);
    assert.equal((await theirs.visitor.get(`${theirs.origin}/company`)).status, 200);
    const atDesk = await loggedIn(koshin, staying);
    await refused(await byCompany(atDesk, 'kanri01', 'dismiss'), 'not-for-member');
    assert.match((await look(operator, personPath(contract, 'kanri01'))).text, /管理者から外す/);
    assert.equal((await approve(approver, orderAt(await ask(asked)))).status, 303);

    assert.equal((await theirs.visitor.get(`${theirs.origin}/company`)).status, 403);
    assert.equal((await theirs.visitor.get(`${theirs.origin}/notices`)).status, 200);
    for (const { visitor, origin } of [theirs, atDesk]) {
      const { text } = await visitor.get(`${origin}/notices`);
      assert.match(text, /管理者が利用者になりました/);
    }
    const done = (await entriesOfContract(contract, koshin)).flatMap(({ event, detail }) =>
      event === 'administrator-dismissed' ? [detail['by']] : [],
    );
    assert.deepEqual(done, ['staff:shonin01']);
    assert.equal((await ask({ ...asked, user: 'kanri02' })).status, 400);
  });

  test('of two approvals that would leave a company without one, the second is refused', async () => {
    const contract = await newContract();
    const users = ['kanri01', 'kanri02'];
    for (const user of users) await makeCustomer(user, koshin, { contract, role: 'administrator' });
    const orders: string[] = [];
    for (const user of users)
      orders.push(orderAt(await ask({ contract, user, action: 'dismiss' })));
    const by = [approver, other] as const;
    const approvals = by.map((staff, i) => ({ by: staff, order: orders[i] ?? '' }));
    const answers = await approveAtOnce(contract, approvals, koshin);
    const [late] = answers.filter(({ status }) => status !== 303);
    assert.ok(late !== undefined && answers.length === 2);
    await refused(late, 'not-for-member');
    const left = await Promise.all(
      users.map(async (user) => await findPerson({ institution: '1394', contract, user }, db())),
    );
    assert.equal(left.filter((one) => one?.role === 'administrator').length, 1);
  });

  test('of who has two places, what concerns the person is offered once', async () => {
    const contract = await newContract();
    const { certificate } = await makeCustomer('kanri01', koshin, {
      contract,
      role: 'administrator',
    });
    const { identity } = certificate;
    await inTransaction(db(), async (tx) => {
      await insertSlot({ identity, slot: 2 }, tx);
    });
    const { body } = await look(operator, personPath(contract, 'kanri01'));
    const offered = [...unescaped(body).matchAll(/slot=(\d)&action=([a-z-]+)/g)].map(
      ([, slot, action]) => `${slot} ${action}`,
    );
    assert.deepEqual(offered, [
      '1 reset-pin',
      '1 stop',
      '1 reissue',
      '1 suspend',
      '1 revoke',
      '2 offer',
    ]);
  });
});

const NEW_ADMINISTRATOR = '/console/orders/new/change-administrator';
let contracts = 0;

async function newContract(): Promise<string> {
  contracts += 1;
  const contract = `0007780000${contracts}`;
  const needs = { ...koshin.house, clock: koshin.clock };
  await openContract({ institution: '1394', contract, name: '株式会社やくわり' }, needs);
  return contract;
}

async function ask(of: {
  readonly contract: string;
  readonly user: string;
  readonly action: string;
}) {
  const form = { institution: '1394', slot: '1', reason: '管理者届', ...of };
  return await send(operator, NEW_ADMINISTRATOR, form);
}

function personPath(contract: string, user: string): string {
  return `/console/institutions/1394/contracts/${contract}/users/${user}`;
}

/** The move of a company's administrator, by direct request. */
async function byCompany(
  { visitor, origin }: Awaited<ReturnType<typeof loggedIn>>,
  user: string,
  action: string,
): Promise<Answer> {
  const { formToken = '' } = await visitor.get(`${origin}/notices`);
  const form = { 'form-token': formToken, slot: '1', once: 'x' };
  return await visitor.post(`${origin}/company/users/${user}/${action}`, form);
}

async function refused(answer: Answer, code: string): Promise<void> {
  await assertRefusedWith(answer, code, koshin);
}

function db() {
  return koshin.house.db;
}
