// Files of users through two of the staff: sent, looked through, asked for, approved, done; and what is not done.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import pg from 'pg';
import { DEFAULT_POLICY } from '../../src/banking/policy.ts';
import { deleteOldImports } from '../../src/operations/delete-old-imports.ts';
import { planImport } from '../../src/operations/plan-import.ts';
import { openContract } from '../../src/operations/register-person.ts';
import { sendPlanned } from '../../src/operations/send-import.ts';
import { workOnImports } from '../../src/operations/work-on-imports.ts';
import { connectionTo } from '../../src/store/database-address.ts';
import { makeCustomer } from './customers.ts';
import { BEYOND_CP932, contractId, fileOf, goodLines, lineOf } from './import-files.ts';
import { type AtConsole, approve, look, orderAt, send, sendFile, staffAt } from './staff.ts';
import { codeOf } from './test-bank.ts';
import { openTestKoshin, TEST_CONTRACT, type TestKoshin } from './test-koshin.ts';

const CP932_FILE = Buffer.concat([
  Buffer.from('contract ID,contract name,user ID,name,role\r\n00000090001,A,a1,'),
  Buffer.from('fbfcfab187408160', 'hex'), // 髙﨑①～
  Buffer.from(',administrator\r\n'),
]);

let koshin: TestKoshin;
let operator: AtConsole;
let approver: AtConsole;
let from = 0;

suite('files of users', { concurrency: false }, () => {
  before(async () => {
    koshin = await openTestKoshin({ withStaff: true });
    operator = await staffAt(koshin, 'tanto01', { role: 'operator', scope: 'all' });
    approver = await staffAt(koshin, 'shonin01', { role: 'approver', scope: 'all' });
  });
  after(async () => {
    await koshin[Symbol.asyncDispose]();
  });

  test('a file is done once another has approved it, each user with an entry of their own', async () => {
    const file = fileOf(goodLines(3, 4, next(3)));
    const { page, order } = await asked(file);
    assert.match((await look(operator, page)).text, /12名/);
    assert.equal(await peopleOf(from, 3), 0);
    assert.equal((await approve(operator, order)).status, 403);
    assert.ok((await approve(approver, order)).status < 400);
    assert.equal(await peopleOf(from, 3), 0, 'the approval itself registers nobody');
    await work();
    assert.equal(await peopleOf(from, 3), 12);
    assert.match((await look(operator, page)).text, /登録済み.*12名/);
    const entries = await entriesOf(from, 3);
    assert.deepEqual(countsOf(entries), { 'contract-opened': 3, 'person-registered': 12 });
    assert.ok(entries.every(({ detail }) => detail['by'] === 'staff:shonin01'));
    assert.ok(entries.every(({ detail }) => order.endsWith(String(detail['order']))));
  });

  test('people come as they stand in the file, in each encoding', async () => {
    const { order } = await asked(CP932_FILE);
    await approve(approver, order);
    await work();
    const person = await koshin.house.db
      .selectFrom('person')
      .select(['name', 'role', 'pin_hash'])
      .where('contract', '=', '00000090001')
      .executeTakeFirstOrThrow();
    assert.deepEqual(person, { name: '髙﨑①～', role: 'administrator', pin_hash: null });
  });

  test('a file with a fault is not asked for, and its report is a line for each', async () => {
    const lines = goodLines(1, 2, next(1));
    const { location: page } = await sendFile(
      operator,
      fileOf([...lines, lineOf({ role: '=1+1' })]),
    );
    await work();
    assert.match((await look(operator, page)).text, /登録するものがありません/);
    assert.equal((await send(operator, `${page}/request`, { reason: '試し' })).status, 400);
    const { body, headers } = await look(operator, `${page}/report.csv`);
    assert.match(String(headers['content-type']), /^text\/csv/);
    const [, fault, ...rest] = body.trimEnd().split('\r\n');
    assert.match(fault ?? '', /^"4","区分",.*,"'=1\+1",.*"role-unknown"$/);
    assert.deepEqual(rest, []);
  });

  test('by contract, a faulty one is left out and the others are done', async () => {
    const lines = goodLines(3, 2, next(3));
    const faulty = lineOf({ contract: contractId(from + 1), user: 'x!' });
    const { page, order } = await asked(fileOf([...lines, faulty]), 'contract');
    await approve(approver, order);
    await work();
    assert.deepEqual(await contractsOf(from, 3), [contractId(from), contractId(from + 2)]);
    const { result } = await kept(page);
    assert.deepEqual(result, { contracts: 2, users: 4, leftOut: 1 });
  });

  for (const unit of ['file', 'contract'] as const) {
    test(`what no longer fits is not done, though it was approved: by ${unit}`, async () => {
      const { page, order } = await asked(fileOf(goodLines(2, 2, next(2))), unit);
      await openContract(
        { institution: '1394', contract: contractId(from), name: '別の会社' },
        needs(),
      );
      await approve(approver, order);
      await work();
      const { state, result } = await kept(page);
      if (unit === 'file') {
        assert.equal(state, 'failed');
        assert.equal(await peopleOf(from, 2), 0);
        assert.match((await look(operator, page)).text, /何も登録しませんでした.*別の内容で登録/);
      } else {
        assert.deepEqual(result, { contracts: 1, users: 2, leftOut: 1 });
        assert.equal(await peopleOf(from, 2), 2);
      }
    });
  }

  test('the same file again registers nobody, and is told to have nothing to do', async () => {
    const file = fileOf(goodLines(2, 2, next(2)));
    const { order } = await asked(file);
    await approve(approver, order);
    await work();
    const { location: page } = await sendFile(operator, file);
    await work();
    const { found } = await kept(page);
    assert.deepEqual([found?.users, found?.unchanged, found?.faults], [0, 4, 0]);
  });

  test('the administrators of a contract that was there are told of each new user', async () => {
    await makeCustomer('kanri01', koshin, { role: 'administrator' });
    const on = { contract: TEST_CONTRACT, contractName: '', contractKana: '' };
    const { order } = await asked(
      fileOf([lineOf({ ...on, user: 'shin01' }), lineOf({ ...on, user: 'shin02' })]),
    );
    await approve(approver, order);
    await work();
    const told = await koshin.house.db
      .selectFrom('notice')
      .select(['user_id', 'told'])
      .where('kind', '=', 'told')
      .where('contract', '=', TEST_CONTRACT)
      .execute();
    const ofNew = told.filter(({ told: one }) => one?.user.startsWith('shin'));
    assert.deepEqual(
      ofNew.map(({ user_id: to, told: one }) => `${to} ${one?.user} ${one?.byBank}`).toSorted(),
      ['kanri01 shin01 true', 'kanri01 shin02 true'],
    );
  });

  test('octets that were changed after the approval are not done', async () => {
    const { page, order } = await asked(fileOf(goodLines(1, 2, next(1))));
    await approve(approver, order);
    const changed = fileOf(goodLines(1, 3, from));
    await asOwner('update import_part set octets = $1 where import = $2', [changed, idOf(page)]);
    await work();
    assert.equal((await kept(page)).state, 'failed');
    assert.equal(await peopleOf(from, 1), 0);
  });

  test('a command on the server asks in the name of a staff member, who cannot approve it', async () => {
    const octets = fileOf(goodLines(1, 2, next(1)));
    const asking = {
      institution: '1394',
      encoding: 'auto',
      unit: 'file',
      policy: DEFAULT_POLICY,
    } as const;
    const onProgress = async () => {};
    const plan = await planImport(octets, asking, { db: koshin.house.db, onProgress });
    const file = { ...asking, fileName: '/tmp/利用者.csv', octets, plan };
    const from_ = (onServer: string) => ({
      requester: { onServer },
      reason: '試し',
      reference: null,
    });
    for (const nobody of ['kansa09', 'nobody01']) {
      assert.equal(await codeOf(sendPlanned(file, from_(nobody), needs())), 'not-in-role');
    }
    const { institution, id } = await sendPlanned(file, from_('shonin01'), needs());
    const order = `/console/orders/${institution}/${id}`;
    assert.match((await look(operator, order)).text, /サーバーのコマンド/);
    assert.equal((await approve(approver, order)).status, 403);
    const other = await staffAt(koshin, 'shonin02', { role: 'approver', scope: ['1394'] });
    assert.ok((await approve(other, order)).status < 400);
    await work();
    assert.equal(await peopleOf(from, 1), 2);
  });

  test('users that are written out can be sent in again, as they are or at another bank', async () => {
    const lines = [
      ...goodLines(2, 4, next(2)),
      lineOf({ contract: contractId(from + 2), name: "'＠ホーム 太郎" }),
    ];
    const { order } = await asked(fileOf(lines));
    await approve(approver, order);
    await work();
    for (const encoding of ['utf-8', 'cp932']) {
      const reader = encoding === 'utf-8' ? 'spreadsheet' : 'program';
      const id = contractId(from);
      const { octets } = await exported({ encoding, reader, contract: id });
      const written = reader === 'program' ? `"${id}"` : `"=""${id}"""`;
      assert.ok(Buffer.from(octets).includes(written), 'its zeros stay');
      const plan = await planOf(octets, '1394');
      assert.deepEqual(plan.faults, []);
      assert.equal(plan.encoding, encoding);
      assert.deepEqual([plan.counts.users, plan.counts.unchanged], [0, 4]);
      const elsewhere = await planOf(octets, '1395');
      assert.deepEqual([elsewhere.counts.users, elsewhere.counts.newContracts], [4, 1]);
    }
    const { octets } = await exported({ encoding: 'cp932', contract: contractId(from + 2) });
    assert.deepEqual((await planOf(octets, '1394')).counts.unchanged, 1);
  });

  test('what CP932 does not have is named, and nothing is written', async () => {
    const { order } = await asked(
      fileOf([lineOf({ contract: contractId(next(1)), name: BEYOND_CP932 })]),
    );
    await approve(approver, order);
    await work();
    const refused = await exported({ encoding: 'cp932', contract: contractId(from) });
    assert.equal(refused.status, 400);
    assert.match(refused.text, /aoba01 𠮷/);
    const { octets, status } = await exported({ encoding: 'utf-8', contract: contractId(from) });
    assert.equal(status, 200);
    assert.equal((await planOf(octets, '1394')).counts.unchanged, 1);
  });

  test('a file whose request came to nothing is asked for again, and one that waits is not', async () => {
    const { page, order } = await asked(fileOf(goodLines(1, 2, next(1))));
    const twice = await send(operator, `${page}/request`, { reason: '試し' });
    assert.equal(twice.status, 400);
    await send(approver, `${order}/reject`, { why: '書面の番号がありません' });
    assert.match((await look(operator, page)).text, /却下.*登録を申請する/);
    const again = orderAt(await send(operator, `${page}/request`, { reason: '申込書 第12号' }));
    assert.notEqual(again, order);
    assert.equal((await approve(approver, order)).status, 409);
    await approve(approver, again);
    await work();
    assert.equal(await peopleOf(from, 1), 2);
  });

  test('what files said is deleted after thirty days; what was done stays', async () => {
    const { order } = await asked(fileOf(goodLines(1, 2, next(1))));
    const waits = await asked(fileOf(goodLines(1, 2, next(1))));
    await approve(approver, order);
    await work();
    await approve(approver, waits.order);
    const inDays = (days: number) => {
      const at = new Date(koshin.clock.now().getTime() + days * 24 * 60 * 60 * 1000);
      return { db: koshin.house.db, clock: { now: () => at } };
    };
    assert.equal(await deleteOldImports(inDays(29)), 0);
    assert.ok((await deleteOldImports(inDays(31))) > 0);
    const left = await koshin.house.db
      .selectFrom('import_part')
      .select('import')
      .distinct()
      .execute();
    assert.deepEqual(
      left.map((one) => one.import),
      [idOf(waits.page)],
      'what is approved is still to be done',
    );
    await work();
    assert.equal((await kept(waits.page)).state, 'done');
  });

  test('no form without its token sends a file, nor does a stranger’s body come to be read', async () => {
    const sent = await sendFile(operator, fileOf(goodLines(1, 1, next(1))), { 'form-token': 'x' });
    assert.equal(sent.status, 403);
    const stranger = { ...operator, visitor: operator.visitor };
    const data = new FormData();
    data.set('file', new Blob(['x']), 'x.csv');
    stranger.visitor.cookies.clear();
    const answer = await stranger.visitor.upload(`${operator.origin}/console/imports`, data);
    assert.ok(answer.status >= 400);
  });
});

async function exported(form: Readonly<Record<string, string>>) {
  return await send(operator, '/console/export', { institution: '1394', ...form });
}

async function planOf(octets: Uint8Array, institution: string) {
  const asking = { institution, encoding: 'auto', unit: 'file', policy: DEFAULT_POLICY } as const;
  return await planImport(octets, asking, { db: koshin.house.db, onProgress: async () => {} });
}

function next(count: number): number {
  from = from === 0 ? 40_000 : from + 10;
  assert.ok(count <= 10);
  return from;
}

function needs() {
  return { db: koshin.house.db, clock: koshin.clock };
}

async function work(): Promise<void> {
  await workOnImports(needs());
}

/** A file that was sent, looked through and asked for. */
async function asked(file: Uint8Array, unit = 'file') {
  const { location: page, text } = await sendFile(operator, file, { unit });
  assert.notEqual(page, '', text);
  await work();
  const answer = await send(operator, `${page}/request`, { reason: '試し' });
  assert.equal(answer.status, 303, answer.text);
  return { page, order: orderAt(answer) };
}

function idOf(page: string): string {
  return page.split('/').at(-1) ?? '';
}

async function kept(page: string) {
  return await koshin.house.db
    .selectFrom('user_import')
    .select(['state', 'result', 'found'])
    .where('import', '=', idOf(page))
    .executeTakeFirstOrThrow();
}

function idsFrom(first: number, count: number): readonly string[] {
  return Array.from({ length: count }, (_, place) => contractId(first + place));
}

async function contractsOf(first: number, count: number): Promise<readonly string[]> {
  const rows = await koshin.house.db
    .selectFrom('contract')
    .select('contract')
    .where('contract', 'in', idsFrom(first, count))
    .orderBy('contract')
    .execute();
  return rows.map(({ contract }) => contract);
}

async function peopleOf(first: number, count: number): Promise<number> {
  const rows = await koshin.house.db
    .selectFrom('person')
    .innerJoin('slot', (join) =>
      join
        .onRef('slot.institution', '=', 'person.institution')
        .onRef('slot.contract', '=', 'person.contract')
        .onRef('slot.user_id', '=', 'person.user_id'),
    )
    .select('person.user_id')
    .where('person.contract', 'in', idsFrom(first, count))
    .execute();
  return rows.length;
}

async function entriesOf(first: number, count: number) {
  return await koshin.house.db
    .selectFrom('audit_entry')
    .select(['event', 'detail'])
    .where('contract', 'in', idsFrom(first, count))
    .execute();
}

function countsOf(
  entries: readonly { readonly event: string }[],
): Readonly<Record<string, number>> {
  const byEvent = Map.groupBy(entries, ({ event }) => event);
  return Object.fromEntries([...byEvent].map(([event, of]) => [event, of.length]));
}

async function asOwner(statement: string, values: readonly unknown[]): Promise<void> {
  const owner = new pg.Client(connectionTo(koshin.owner));
  await owner.connect();
  try {
    await owner.query(statement, [...values]);
  } finally {
    await owner.end();
  }
}
