// A company leaves: asked for by one of the staff and approved by another, nothing of it opens anything any more.
// Whatever its people do at that very moment.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { DEFAULT_POLICY } from '../../src/banking/policy.ts';
import { planImport } from '../../src/operations/plan-import.ts';
import { openContract } from '../../src/operations/register-person.ts';
import { lockContract } from '../../src/store/contracts.ts';
import { inTransaction } from '../../src/store/database.ts';
import { listCertificates, listMembers } from '../../src/store/members.ts';
import { approveAtOnce } from '../system/approve-at-once.ts';
import { type Holding, loggedIn, makeCustomer, renewOf } from '../system/customers.ts';
import { fileOf, lineOf } from '../system/import-files.ts';
import { entriesOfContract } from '../system/on-record.ts';
import { type AtConsole, approve, look, orderAt, send, staffAt } from '../system/staff.ts';
import { openTestKoshin, type TestKoshin } from '../system/test-koshin.ts';
import { whenWaiting } from '../system/when-waiting.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const COMPANIES = 6;
const NEW = '/console/orders/new/close-contract';

type Company = {
  readonly contract: string;
  readonly kanri: Holding;
  readonly user: Holding;
  readonly renewing: Holding;
};

let koshin: TestKoshin;
let operator: AtConsole;
let approver: AtConsole;
let last = 0;
/** Made so early that they may renew. */
const companies: Company[] = [];

suite('a contract is closed', { concurrency: false }, () => {
  before(async () => {
    koshin = await openTestKoshin({ withStaff: true });
    for (let i = 0; i < COMPANIES; i++) companies.push(await makeCompany());
    // Their renewal windows are open now.
    koshin.clock.set(new Date(koshin.clock.now().getTime() + 345 * DAY_MS));
    operator = await staffAt(koshin, 'tanto01', { role: 'operator', scope: ['1394'] });
    approver = await staffAt(koshin, 'shonin01', { role: 'approver', scope: 'all' });
  });
  after(async () => {
    await koshin[Symbol.asyncDispose]();
  });

  test('all of its people are stopped, and all that they hold is revoked', async () => {
    const { contract, kanri, renewing } = nextCompany();
    await renewOf(renewing, koshin);
    const other = await makeCustomer('tanin01', koshin);
    const { visitor, origin } = await loggedIn(koshin, kanri);
    const registered = await register({ visitor, origin }, 'matsu01');
    assert.equal(registered.status, 200);
    const code = /id="acquisition-code"[^>]*>([^<]+)</.exec(registered.body)?.[1] ?? '';
    assert.notEqual(code, '');

    const page = await look(operator, `/console/institutions/1394/contracts/${contract}`);
    assert.match(page.text, /ご契約の終了を申請する/);
    const form = await look(operator, `${NEW}?institution=1394&contract=${contract}`);
    assert.match(form.text, /停止していない利用者 4名/);
    assert.match(form.text, /失効させる電子証明書 4枚/);
    const order = await ask(contract);
    assert.match((await look(approver, order)).text, /失効させる電子証明書 4枚/);
    assert.equal((await approve(approver, order)).status, 303);

    await nothingIsLeft(contract);
    assert.deepEqual(await mailed(contract), ['kanri01']);
    const entries = await entriesOfContract(contract, koshin);
    assert.deepEqual(entries.at(-1), {
      event: 'contract-closed',
      detail: { by: 'staff:shonin01', order: order.split('/').at(-1), users: 4, revoked: 4 },
    });
    assert.deepEqual(
      entries
        .slice(-10, -1)
        .map(({ event }) => event)
        .toSorted(),
      [
        'acquisition-ended',
        ...Array.from({ length: 4 }, () => 'certificate-revoked'),
        ...Array.from({ length: 4 }, () => 'user-stopped'),
      ],
    );
    // Neither the session that was open nor the certificate opens anything; another contract's people go on.
    assert.equal((await visitor.get(`${origin}/company`)).status, 403);
    await assert.rejects(loggedIn(koshin, kanri));
    await loggedIn(koshin, other);
    const again = await send(operator, NEW, { institution: '1394', contract, reason: 'x' });
    assert.equal(again.status, 400);
  });

  test('of two who approve at once one does it, and nothing is done twice', async () => {
    const contract = await newContract();
    await makeCustomer('kanri01', koshin, { contract, role: 'administrator' });
    const orders = [await ask(contract), await ask(contract)];
    const other = await staffAt(koshin, 'shonin02', { role: 'approver', scope: 'all' });
    const by = [approver, other] as const;
    const approvals = by.map((staff, i) => ({ by: staff, order: orders[i] ?? '' }));
    const answers = await approveAtOnce(contract, approvals, koshin);
    assert.deepEqual(
      answers.map(({ status }) => status).toSorted((a, b) => a - b),
      [303, 409],
      answers.map(({ text }) => text).join(' | '),
    );
    const closed = (await entriesOfContract(contract, koshin)).filter(
      ({ event }) => event === 'contract-closed',
    );
    assert.equal(closed.length, 1);
  });

  test('who is registered while it is closed is not there afterwards', async () => {
    const contract = await newContract();
    const kanri = await makeCustomer('kanri01', koshin, { contract, role: 'administrator' });
    const at = await loggedIn(koshin, kanri);
    const order = await ask(contract);
    const { db } = koshin.house;
    const { asked } = await inTransaction(db, async (tx) => {
      await lockContract({ institution: '1394', contract }, tx);
      const closed = approve(approver, order);
      await whenWaiting(1, db);
      const registered = register(at, 'saigo01');
      // It hashes a PIN first; then it waits behind the closing.
      await whenWaiting(2, db);
      return { asked: [closed, registered] };
    });
    const [closed, registered] = await Promise.all(asked);
    assert.equal(closed?.status, 303);
    assert.equal(registered?.status, 403);
    await nothingIsLeft(contract);
  });

  test('whatever its people do at that moment, nothing outlives it', async () => {
    for (let round = 0; round < 5; round++) {
      const { contract, kanri, user, renewing } = nextCompany();
      const at = await loggedIn(koshin, kanri);
      const order = await ask(contract);
      const [done] = await Promise.all([
        approve(approver, order),
        register(at, 'saigo01'),
        suspend(at, 'user01'),
        loggedIn(koshin, user).catch(() => undefined),
        renewOf(renewing, koshin).catch(() => undefined),
      ]);
      assert.equal(done.status, 303, done.text);
      await nothingIsLeft(contract);
    }
  });

  test('who asks has a scope that holds it, and who decides is another', async () => {
    const contract = await newContract();
    await makeCustomer('kanri01', koshin, { contract, role: 'administrator' });
    const elsewhere = await staffAt(koshin, 'tanto09', { role: 'operator', scope: ['1395'] });
    const form = { institution: '1394', contract, reason: 'x' };
    assert.equal((await send(elsewhere, NEW, form)).status, 403);
    const own = orderAt(await send(approver, NEW, form));
    assert.equal((await approve(approver, own)).status, 403);
    const [member] = await listMembers({ institution: '1394', contract }, koshin.house.db);
    assert.equal(member?.person.isStopped, false);
    const missing = `${NEW}?institution=1394&contract=00099999999`;
    assert.equal((await look(operator, missing)).status, 404);
  });

  test('a company that comes back begins with an administrator who is let go on', async () => {
    const contract = await newContract();
    await makeCustomer('kanri01', koshin, { contract, role: 'administrator' });
    assert.equal((await approve(approver, await ask(contract))).status, 303);
    const path = `/console/institutions/1394/contracts/${contract}`;
    const closed = await look(operator, path);
    assert.match(closed.text, /ご契約は終了しています/);
    assert.doesNotMatch(closed.body, /close-contract\?/);
    const line = { contract, contractName: '', contractKana: '', user: 'atode01', role: '利用者' };
    const file = fileOf([lineOf(line)]);
    assert.deepEqual(await faultsOf(file), ['contract-closed']);
    const known = { institution: '1394', contract, user: 'kanri01', slot: '1', reason: '再開届' };
    for (const action of ['resume', 'offer']) {
      const asking = '/console/orders/new/change-administrator';
      const order = orderAt(await send(operator, asking, { ...known, action }));
      assert.ok((await approve(approver, order)).status < 400, action);
    }
    const [member] = await listMembers({ institution: '1394', contract }, koshin.house.db);
    assert.equal(member?.person.isStopped, false);
    const events = (await entriesOfContract(contract, koshin)).map(({ event }) => event);
    assert.equal(events.filter((event) => event === 'contract-reopened').length, 1);
    assert.doesNotMatch((await look(operator, path)).text, /ご契約は終了しています/);
    assert.deepEqual(await faultsOf(file), []);
  });
});

/** Who is told of it by mail. */
async function mailed(contract: string) {
  const rows = await koshin.house.db
    .selectFrom('mail')
    .select(['user_id', 'facts'])
    .where('contract', '=', contract)
    .execute();
  return rows.flatMap(({ user_id, facts }) =>
    facts.kind === 'told' && facts.told.event === 'contract-closed' ? [user_id] : [],
  );
}

/** What is wrong with a file of users. */
async function faultsOf(file: Uint8Array) {
  const asked = { institution: '1394', encoding: 'auto', unit: 'file' } as const;
  const { faults } = await planImport(
    file,
    { ...asked, policy: DEFAULT_POLICY },
    { db: koshin.house.db, onProgress: async () => {} },
  );
  return faults.map(({ kind }) => kind);
}

/** A company with an administrator and two users. */
async function makeCompany(): Promise<Company> {
  const contract = await newContract();
  return {
    contract,
    kanri: await makeCustomer('kanri01', koshin, {
      contract,
      role: 'administrator',
      mail: 'kanri01@mail.example',
    }),
    user: await makeCustomer('user01', koshin, { contract }),
    renewing: await makeCustomer('koushin01', koshin, { contract }),
  };
}

function nextCompany(): Company {
  const company = companies.pop();
  if (company === undefined) throw new Error('more companies are closed than were made');
  return company;
}

async function newContract(): Promise<string> {
  last += 1;
  const contract = `0007770000${last}`.slice(-11);
  const needs = { ...koshin.house, clock: koshin.clock };
  await openContract({ institution: '1394', contract, name: '株式会社おわり' }, needs);
  return contract;
}

async function ask(contract: string): Promise<string> {
  const sent = await send(operator, NEW, { institution: '1394', contract, reason: '解約届' });
  assert.equal(sent.status, 303, sent.text);
  return orderAt(sent);
}

type At = Pick<Awaited<ReturnType<typeof loggedIn>>, 'visitor' | 'origin'>;

async function register({ visitor, origin }: At, user: string) {
  const { formToken = '' } = await visitor.get(`${origin}/notices`);
  const form = { 'form-token': formToken, user, name: '最後 花子', once: user, way: 'screen' };
  return await visitor.post(`${origin}/company/register`, form);
}

async function suspend({ visitor, origin }: At, user: string) {
  const { formToken = '' } = await visitor.get(`${origin}/notices`);
  const form = { 'form-token': formToken, slot: '1', once: 'x' };
  return await visitor.post(`${origin}/company/users/${user}/suspend`, form);
}

/** Nobody can log in, no certificate is any good, no code waits and no session is open. */
async function nothingIsLeft(contract: string): Promise<void> {
  const { db } = koshin.house;
  const key = { institution: '1394', contract };
  const open = (await listMembers(key, db)).filter(({ person }) => !person.isStopped);
  assert.deepEqual(
    open.map(({ person }) => person.identity.user),
    [],
  );
  const held = (await listCertificates(key, db)).filter(({ endedAt }) => endedAt === null);
  assert.deepEqual(
    held.map(({ commonName }) => commonName),
    [],
  );
  for (const table of ['acquisition', 'session'] as const) {
    const rows = await db
      .selectFrom(table)
      .select('user_id')
      .where('contract', '=', contract)
      .where('ended_at', 'is', null)
      .execute();
    assert.deepEqual(rows, [], table);
  }
}
