// A notice of the bank from its wording to its end: previewed, asked for, approved, shown from its day on, read by
// some, and taken down at once.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { latestEntries } from '../../src/store/audit-log.ts';
import { listPublishedNotices } from '../../src/store/published-notices.ts';
import { loggedIn, makeCustomer } from '../system/customers.ts';
import { type AtConsole, look, orderAt, send, staffAt, sumOn } from '../system/staff.ts';
import { openTestKoshin, TEST_CONTRACT, type TestKoshin } from '../system/test-koshin.ts';
import type { Visitor } from '../system/visitor.ts';

type Reader = { readonly visitor: Visitor; readonly origin: string };

const NEW = '/console/orders/new/publish-notice';
const TEXT = {
  institution: '1394',
  important: 'yes',
  title: '計画停止のお知らせ',
  body: '**2月1日**は、<b>停止</b>します。\n\n- ログイン\n- 更新',
  reason: '保守のため',
};

let koshin: TestKoshin;
let operator: AtConsole;
let approver: AtConsole;
let holding: Awaited<ReturnType<typeof makeCustomer>>;
let reader: Reader;

suite('a notice of the bank', { concurrency: false }, () => {
  before(async () => {
    koshin = await openTestKoshin({ withStaff: true });
    operator = await staffAt(koshin, 'tanto01', { role: 'operator', scope: ['1394'] });
    approver = await staffAt(koshin, 'shonin01', { role: 'approver', scope: 'all' });
    await makeCustomer('other01', koshin);
    holding = await makeCustomer('yomu01', koshin);
    reader = await loggedIn(koshin, holding);
  });
  after(async () => {
    await koshin[Symbol.asyncDispose]();
  });

  test('is looked at before it is asked for, with what is missing left out', async () => {
    const { reason: _reason, ...entered } = TEXT;
    const seen = await send(operator, `${NEW}/preview`, entered);
    assert.equal(seen.status, 200);
    assert.match(seen.body, /<strong>2月1日<\/strong>/);
    assert.match(seen.body, /&#60;b&#62;停止/);
    assert.match(seen.body, /value="計画停止のお知らせ"/);
    assert.equal((await shown()).length, 0);
    assert.doesNotMatch((await look(operator, '/console/orders')).text, /計画停止/);
  });

  test('is shown from its first day on and not before', async () => {
    await publish({ ...TEXT, from: tokyoDay(1), until: tokyoDay(3) });
    assert.doesNotMatch((await noticesOf(reader)).text, /計画停止/);
    koshin.clock.set(new Date(koshin.clock.now().getTime() + DAY_MS));
    await comeBack();
    const list = await noticesOf(reader);
    assert.match(list.text, /計画停止/);
  });

  test('is on record as read when it is opened, once', async () => {
    const [notice] = await shown();
    const path = `/console/notices/1394/${notice?.id}`;
    assert.match((await look(operator, path)).text, /まだ、だれも読んでいません/);
    for (const _time of [1, 2]) {
      const page = await reader.visitor.get(`${reader.origin}/notices/${notice?.id}`);
      assert.match(page.body, /<ul class="dots"><li>ログイン/);
    }
    const page = await look(operator, path);
    assert.match(page.text, /yomu01/);
    assert.doesNotMatch(page.text, /other01/);
    const csv = await look(operator, `${path}/readers.csv`);
    assert.match(csv.body, new RegExp(`"${TEST_CONTRACT}","yomu01"`));
    const person = { institution: '1394', contract: TEST_CONTRACT, user: 'yomu01' };
    const asked = {
      person,
      events: ['notice-read'],
      refusedFor: ['not-found'],
      atMost: 9,
    } as const;
    const entries = await latestEntries(asked, koshin.house.db);
    assert.deepEqual(
      entries.map(({ event, detail }) => [event, detail['title']]),
      [['notice-read', TEXT.title]],
    );
  });

  test('is taken down by an approver, and gone with the next page', async () => {
    const [notice] = await shown();
    const path = `/console/notices/1394/${notice?.id}`;
    assert.doesNotMatch((await look(operator, path)).body, /\/end"/);
    const ended = await send(approver, `${path}/end`, {});
    assert.equal(ended.status, 303);
    assert.match((await look(approver, `${path}?done=ended`)).text, /掲載を終えました/);
    assert.doesNotMatch((await noticesOf(reader)).text, /計画停止/);
    assert.equal((await send(approver, `${path}/end`, {})).status, 303);
  });

  for (const { name, form } of [
    { name: 'its last day before its first', form: { from: '2099-02-02', until: '2099-02-01' } },
    { name: 'a last day that is over', form: { until: '2020-02-01' } },
    { name: 'a day that there is not', form: { from: '2099-02-30' } },
  ]) {
    test(`is not asked for with ${name}`, async () => {
      const answer = await send(operator, NEW, { ...TEXT, ...form });
      assert.equal(answer.status, 400);
      assert.notEqual(answer.inquiry, undefined);
    });
  }

  test('of another institution is nobody’s who does not work for it', async () => {
    const elsewhere = await staffAt(koshin, 'tanto02', { role: 'approver', scope: ['1395'] });
    const [notice] = await shown();
    const path = `/console/notices/1394/${notice?.id}`;
    for (const asked of [path, `${path}/readers.csv`]) {
      assert.equal((await look(elsewhere, asked)).status, 403, asked);
    }
    assert.equal((await send(elsewhere, `${path}/end`, {})).status, 403);
  });
});

const DAY_MS = 24 * 60 * 60 * 1000;

async function publish(form: Readonly<Record<string, string>>): Promise<void> {
  const order = orderAt(await send(operator, NEW, form));
  const seen = await look(approver, order);
  assert.match(seen.body, /<strong>2月1日<\/strong>/);
  const done = await send(approver, `${order}/approve`, { payload: sumOn(seen) });
  assert.equal(done.status, 303);
}

async function shown() {
  const all = await listPublishedNotices({ institution: '1394', atMost: 9 }, koshin.house.db);
  return all.filter(({ title }) => title === TEXT.title);
}

async function noticesOf({ visitor, origin }: Reader) {
  return await visitor.get(`${origin}/notices`);
}

/** Sessions do not last a day. */
async function comeBack(): Promise<void> {
  operator = await staffAt(koshin, 'tanto03', { role: 'operator', scope: ['1394'] });
  approver = await staffAt(koshin, 'shonin03', { role: 'approver', scope: 'all' });
  reader = await loggedIn(koshin, holding);
}

function tokyoDay(days: number): string {
  const inTokyo = koshin.clock.now().getTime() + (9 + 24 * days) * 60 * 60 * 1000;
  return new Date(inTokyo).toISOString().slice(0, 10);
}
