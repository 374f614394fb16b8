// A company moves or is called otherwise: asked for by one of the staff, seen with what it changes and approved by
// another, told to its administrators; from then on letters go to the new address.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { factsOf } from '../../src/banking/contract-facts.ts';
import { workOnImports } from '../../src/operations/work-on-imports.ts';
import { findContract } from '../../src/store/contracts.ts';
import { approvedImport } from '../system/approved-import.ts';
import { loggedIn, makeCustomer } from '../system/customers.ts';
import { fileOf, lineOf } from '../system/import-files.ts';
import {
  type AtConsole,
  approve,
  formOn,
  look,
  orderAt,
  send,
  staffAt,
  unescaped,
} from '../system/staff.ts';
import { openTestKoshin, TEST_CONTRACT, type TestKoshin } from '../system/test-koshin.ts';

const NEW = '/console/orders/new/change-contract';
const FORM = `${NEW}?institution=1394&contract=${TEST_CONTRACT}`;
const CONTRACT = `/console/institutions/1394/contracts/${TEST_CONTRACT}`;
const PAPER = { reason: '変更届', reference: '届-101' };

let koshin: TestKoshin;
let operator: AtConsole;
let approver: AtConsole;

suite('a change of a contract', { concurrency: false }, () => {
  before(async () => {
    koshin = await openTestKoshin({ withStaff: true });
    operator = await staffAt(koshin, 'tanto01', { role: 'operator', scope: ['1394'] });
    approver = await staffAt(koshin, 'shonin01', { role: 'approver', scope: 'all' });
  });
  after(async () => {
    await koshin[Symbol.asyncDispose]();
  });

  test('it is asked for where what is on record is seen, and done as both have seen it', async () => {
    const kanri = await makeCustomer('kanri01', koshin, {
      role: 'administrator',
      mail: 'kanri01@mail.example',
    });
    await makeCustomer('ippan01', koshin, { mail: 'ippan01@mail.example' });
    const contract = await look(operator, CONTRACT);
    assert.ok(unescaped(contract.body).includes(`href="${FORM}"`), contract.body);
    const { name: before = '' } = formOn(await look(operator, FORM));
    const order = await ask({
      name: '株式会社あたらし商会',
      kana: 'あたらししょうかい',
      'postal-code': '〒５３０－０００１',
      address: '大阪府大阪市北区梅田2-2-2 さくらタワー12階',
    });
    const page = await look(approver, order);
    assert.ok(page.text.includes(`名前 ${before} 株式会社あたらし商会`), page.text);
    assert.match(page.text, /郵便番号 \(なし\) 530-0001/);
    assert.equal((await approve(approver, order)).status, 303);

    assert.deepEqual(await recorded(), {
      name: '株式会社あたらし商会',
      kana: 'アタラシショウカイ',
      postalCode: '5300001',
      address: '大阪府大阪市北区梅田2-2-2 さくらタワー12階',
    });
    const shown = (await look(operator, CONTRACT)).text;
    assert.match(shown, /さくらタワー12階/);
    assert.match(shown, /ご契約先の登録内容を変更しました/);
    const entries = await entriesOf();
    assert.deepEqual(
      entries.slice(-3).map(({ event, detail }) => [event, detail['by'], detail['address']]),
      [
        ['order-requested', 'staff:tanto01', undefined],
        ['order-approved', 'staff:shonin01', undefined],
        ['contract-changed', 'staff:shonin01', '大阪府大阪市北区梅田2-2-2 さくらタワー12階'],
      ],
    );
    const { visitor, origin } = await loggedIn(koshin, kanri);
    const told = await visitor.get(`${origin}/notices`);
    assert.match(told.text, /株式会社あたらし商会/);
    assert.match(told.text, /ご契約先の登録内容が変更されました/);
    assert.deepEqual(await mailedOfIt(), ['kanri01']);
  });

  test('what was changed meanwhile is changed by nobody who has not seen it', async () => {
    const stale = formOn(await look(operator, FORM));
    const first = await ask({ address: '大阪府大阪市北区梅田3-3-3' });
    const second = await ask({ address: '大阪府大阪市北区梅田4-4-4' });
    assert.equal((await approve(approver, first)).status, 303);
    assert.equal((await approve(approver, second)).status, 409);
    assert.equal((await send(operator, NEW, { ...stale, ...PAPER, kana: 'カブ' })).status, 409);
    assert.equal((await recorded())?.address, '大阪府大阪市北区梅田3-3-3');
    // It goes on waiting, so that who asked reads why, and takes it back.
    assert.equal((await send(operator, `${second}/withdraw`, {})).status, 303);
  });

  test('of two changes approved at once one is done', async () => {
    const orders = [await ask({ name: '株式会社いち' }), await ask({ name: '株式会社に' })];
    const answers = await Promise.all(orders.map(async (one) => await approve(approver, one)));
    const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b);
    assert.deepEqual(statuses, [303, 409]);
    const done = ['株式会社いち', '株式会社に'][answers.findIndex(({ status }) => status === 303)];
    assert.equal((await recorded())?.name, done);
  });

  for (const { what, changed } of [
    { what: 'nothing', changed: {} },
    { what: 'a name that is missing', changed: { name: ' ' } },
    { what: 'a postal code of six digits', changed: { 'postal-code': '530-001' } },
    { what: 'a postal code without an address', changed: { address: '' } },
    { what: 'an address with a mark of direction', changed: { address: '東京\u202E都' } },
    { what: 'a reading in kanji', changed: { kana: '大阪' } },
  ]) {
    test(`${what} is refused at the form, with what was typed`, async () => {
      const before = await recorded();
      const form = { ...formOn(await look(operator, FORM)), ...PAPER, ...changed };
      const answer = await send(operator, NEW, form);
      assert.equal(answer.status, 400);
      assert.notEqual(answer.inquiry ?? '', '');
      assert.match(answer.text, /変更届/);
      assert.deepEqual(await recorded(), before);
    });
  }

  test('a dash is an address like any other, and not the same as none', async () => {
    await approve(approver, await ask({ 'postal-code': '', address: '' }));
    const order = await ask({ address: '–' });
    assert.match((await look(approver, order)).text, /住所 \(なし\) – /);
    assert.equal((await approve(approver, order)).status, 303);
    const { detail } = (await entriesOf()).at(-1) ?? {};
    assert.deepEqual([detail?.['addressBefore'], detail?.['address']], [null, '–']);
  });

  test('of the staff house itself nothing is offered that cannot be asked for', async () => {
    const house = '/console/institutions/0000/contracts/00000000000';
    const { body } = await look(approver, house);
    assert.match(body, /tanto01/);
    assert.doesNotMatch(body, /-contract\?/);
    const person = await look(approver, `${house}/users/tanto01`);
    assert.match(person.body, /tanto01/);
    assert.doesNotMatch(person.body, /change-administrator/);
  });

  test('an address is taken out with its postal code', async () => {
    const order = await ask({ 'postal-code': '', address: '' });
    assert.equal((await approve(approver, order)).status, 303);
    const { postalCode, address } = (await recorded()) ?? {};
    assert.deepEqual({ postalCode, address }, { postalCode: null, address: null });
  });

  test('an address that a file of users adds is on record and told as well', async () => {
    const { house, clock } = koshin;
    const of = { contract: TEST_CONTRACT, contractName: '', contractKana: '' };
    const line = lineOf({ ...of, user: 'shin01', role: '利用者', address: '福岡県福岡市1-1' });
    await approvedImport(fileOf([line]), 'file', { ...house, clock });
    const before = (await toldOfIt()).length;
    await workOnImports({ ...house, clock });
    assert.equal((await recorded())?.address, '福岡県福岡市1-1');
    const entries = (await entriesOf()).filter(({ event }) => event === 'contract-changed');
    const { detail } = entries.at(-1) ?? {};
    assert.deepEqual(
      [detail?.['by'], detail?.['postalCode'], detail?.['address']],
      ['staff:shonin01', '1000001', '福岡県福岡市1-1'],
    );
    const told = await toldOfIt();
    assert.deepEqual(told.slice(before), [{ user_id: 'kanri01', important: true }]);
  });

  test('no address holds a NUL, which the database would not take', async () => {
    for (const path of [
      '/console/institutions/1394/contracts/%00',
      '/console/orders/new/change-policy?institution=1394%00',
      `${FORM}%00`,
    ]) {
      assert.equal((await look(operator, path)).status, 404, path);
    }
  });

  test('no contract is changed that is not there, or not theirs', async () => {
    const other = FORM.replace(TEST_CONTRACT, '00099999999');
    assert.equal((await look(operator, other)).status, 404);
    const elsewhere = await staffAt(koshin, 'tanto09', { role: 'operator', scope: ['1395'] });
    const form = { ...formOn(await look(operator, FORM)), ...PAPER, name: '株式会社よそ' };
    assert.equal((await look(elsewhere, FORM)).status, 403);
    assert.equal((await send(elsewhere, NEW, form)).status, 403);
    const auditor = await staffAt(koshin, 'kansa01', { role: 'auditor', scope: 'all' });
    const seen = await look(auditor, CONTRACT);
    assert.equal(seen.status, 200);
    assert.doesNotMatch(seen.body, /change-contract/);
    assert.equal((await send(auditor, NEW, form)).status, 403);
  });
});

/** Asks for a change, as the page is filled and with these instead; the address of the order. */
async function ask(changed: Readonly<Record<string, string>>): Promise<string> {
  const sent = await send(operator, NEW, {
    ...formOn(await look(operator, FORM)),
    ...PAPER,
    ...changed,
  });
  assert.equal(sent.status, 303, sent.text);
  return orderAt(sent);
}

async function recorded() {
  const key = { institution: '1394', contract: TEST_CONTRACT };
  const found = await findContract(key, koshin.house.db);
  return found && factsOf(found);
}

async function entriesOf() {
  return await koshin.house.db
    .selectFrom('audit_entry')
    .select(['event', 'detail'])
    .where('contract', '=', TEST_CONTRACT)
    .where('user_id', 'is', null)
    .orderBy('entry')
    .execute();
}

/** To whom a notice of a change was shown. */
async function toldOfIt() {
  const rows = await koshin.house.db
    .selectFrom('notice')
    .select(['user_id', 'important', 'told'])
    .where('kind', '=', 'told')
    .orderBy('published_at')
    .execute();
  return rows
    .filter(({ told }) => told?.event === 'contract-changed')
    .map(({ user_id, important }) => ({ user_id, important }));
}

/** To whom mails of the change were queued. */
async function mailedOfIt(): Promise<readonly string[]> {
  const rows = await koshin.house.db.selectFrom('mail').select(['user_id', 'facts']).execute();
  return rows
    .filter(({ facts }) => facts.kind === 'told' && facts.told.event === 'contract-changed')
    .map(({ user_id }) => user_id);
}
