// A user marries, or was misspelt: an administrator of the company enters the new name, or two of the bank's staff do.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { findNames } from '../../src/store/persons.ts';
import { approveAtOnce } from '../system/approve-at-once.ts';
import { loggedIn, makeCustomer } from '../system/customers.ts';
import { assertOnRecord, assertRefusedWith } from '../system/on-record.ts';
import { type AtConsole, approve, formOn, look, orderAt, send, staffAt } from '../system/staff.ts';
import { openTestKoshin, TEST_CONTRACT, type TestKoshin } from '../system/test-koshin.ts';
import type { Answer } from '../system/visitor.ts';

const NEW = '/console/orders/new/change-person';
const PAPER = { reason: '変更届', reference: '届-120' };

type There = Awaited<ReturnType<typeof loggedIn>>;

let koshin: TestKoshin;
let operator: AtConsole;
let approver: AtConsole;
let administrator: There;

suite('another name of a user', { concurrency: false }, () => {
  before(async () => {
    koshin = await openTestKoshin({ withStaff: true });
    operator = await staffAt(koshin, 'tanto01', { role: 'operator', scope: ['1394'] });
    approver = await staffAt(koshin, 'shonin01', { role: 'approver', scope: 'all' });
    const kanri = await makeCustomer('kanri01', koshin, { role: 'administrator', name: '森 一' });
    administrator = await loggedIn(koshin, kanri);
  });
  after(async () => {
    await koshin[Symbol.asyncDispose]();
  });

  test('an administrator enters it, and the user is told and goes on as before', async () => {
    const holding = await makeCustomer('kekkon01', koshin, { name: '佐藤 花' });
    const theirs = await loggedIn(koshin, holding);
    assert.match((await byCompany('kekkon01')).text, /名前を変更する/);
    const typed = { name: '　鈴木　花 ', kana: 'すずき はな' };
    assert.equal((await enter('kekkon01', typed)).status, 303);
    assert.deepEqual(await namesOf('kekkon01'), { name: '鈴木　花', kana: 'スズキ ハナ' });
    const { text } = await theirs.visitor.get(`${theirs.origin}/notices`);
    assert.match(text, /利用者の名前が変更されました/);
    assert.match(text, /鈴木 花 様/);
    const [entry, ...others] = await renamings('kekkon01');
    assert.deepEqual(others, []);
    assert.deepEqual(entry, {
      by: 'kanri01',
      nameBefore: '佐藤 花',
      name: '鈴木　花',
      kanaBefore: null,
      kana: 'スズキ ハナ',
    });
    // Sent again, it changes nothing, and nobody is told twice.
    assert.equal((await enter('kekkon01', typed)).status, 303);
    assert.equal((await renamings('kekkon01')).length, 1);
  });

  for (const { what, typed } of [
    { what: 'no name', typed: { name: ' ', kana: '' } },
    { what: 'a name with a mark of direction', typed: { name: '鈴木\u202E花', kana: '' } },
    { what: 'a name that is a link', typed: { name: 'https://evil.example', kana: '' } },
    { what: 'a reading in kanji', typed: { name: '鈴木 花', kana: '鈴木' } },
    { what: 'a name of 201 characters', typed: { name: '花'.repeat(201), kana: '' } },
  ]) {
    test(`${what} is refused at the form, with what was typed`, async () => {
      await makeCustomer('machigai01', koshin, { name: '高橋 実' }).catch(() => undefined);
      const answer = await enter('machigai01', typed);
      assert.equal(answer.status, 400);
      await assertOnRecord(answer, 'invalid-input', koshin);
      const shown = formOn(answer)['kana'];
      assert.equal(shown ?? '', typed.kana);
      assert.deepEqual(await namesOf('machigai01'), { name: '高橋 実', kana: null });
    });
  }

  test('nobody enters their own, nor one of another contract', async () => {
    const own = await enter('kanri01', { name: '偽 名', kana: '' });
    await assertRefusedWith(own, 'not-permitted', koshin);
    const none = await enter('nobody01', { name: '偽 名', kana: '' });
    await assertRefusedWith(none, 'not-permitted', koshin);
    assert.equal((await namesOf('kanri01'))?.name, '森 一');
  });

  test('a sole administrator’s is changed by two of the staff, as both have seen it', async () => {
    const person = `/console/institutions/1394/contracts/${TEST_CONTRACT}/users/kanri01`;
    assert.match((await look(operator, person)).body, /change-person\?/);
    const order = await ask({ name: '林 一', kana: 'はやし はじめ' });
    const page = await look(approver, order);
    assert.match(page.text, /名前 森 一 林 一/);
    assert.match(page.text, /カナ \(なし\) ハヤシ ハジメ/);
    assert.equal((await approve(approver, order)).status, 303);
    assert.deepEqual(await namesOf('kanri01'), { name: '林 一', kana: 'ハヤシ ハジメ' });
    const [entry] = await renamings('kanri01');
    assert.deepEqual([entry?.['by'], entry?.['name']], ['staff:shonin01', '林 一']);
    assert.equal(entry?.['order'], order.split('/').at(-1));
    const { visitor, origin } = administrator;
    assert.match((await visitor.get(`${origin}/notices`)).text, /林 一/);
  });

  test('what was changed meanwhile is changed by nobody who has not seen it', async () => {
    const stale = await filled();
    const first = await ask({ name: '林 二' });
    const second = await ask({ name: '林 三' });
    const other = await staffAt(koshin, 'shonin02', { role: 'approver', scope: 'all' });
    const approvals = [
      { by: approver, order: first },
      { by: other, order: second },
    ];
    const answers = await approveAtOnce(TEST_CONTRACT, approvals, koshin);
    const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b);
    assert.deepEqual(statuses, [303, 409]);
    // The form keeps what was typed, and says where to go on.
    const answer = await send(operator, NEW, { ...stale, ...PAPER, name: '林 四' });
    assert.equal(answer.status, 409);
    await assertOnRecord(answer, 'order-over', koshin);
    assert.equal(formOn(answer)['name'], '林 四');
    assert.match(answer.text, /登録内容が変わりました/);
    const again = await send(operator, NEW, { ...(await filled()), ...PAPER });
    assert.equal(again.status, 400);
  });
});

async function enter(user: string, typed: Readonly<Record<string, string>>): Promise<Answer> {
  const { visitor, origin } = administrator;
  const { formToken = '' } = await visitor.get(`${origin}/notices`);
  const form = { 'form-token': formToken, slot: '1', once: 'x', ...typed };
  return await visitor.post(`${origin}/company/users/${user}/change-name`, form);
}

async function byCompany(user: string): Promise<Answer> {
  const { visitor, origin } = administrator;
  return await visitor.get(`${origin}/company/users/${user}`);
}

async function filled() {
  const path = `${NEW}?institution=1394&contract=${TEST_CONTRACT}&user=kanri01`;
  return formOn(await look(operator, path));
}

/** Asks for a change of the administrator's name; the address of the order. */
async function ask(changed: Readonly<Record<string, string>>): Promise<string> {
  const sent = await send(operator, NEW, { ...(await filled()), ...PAPER, ...changed });
  assert.equal(sent.status, 303, sent.text);
  return orderAt(sent);
}

async function namesOf(user: string) {
  const identity = { institution: '1394', contract: TEST_CONTRACT, user };
  return await findNames(identity, koshin.house.db);
}

/** What is on record of each change of a user's name. */
async function renamings(user: string) {
  const rows = await koshin.house.db
    .selectFrom('audit_entry')
    .select('detail')
    .where('user_id', '=', user)
    .where('event', '=', 'person-renamed')
    .orderBy('entry')
    .execute();
  return rows.map(({ detail }) => detail);
}
