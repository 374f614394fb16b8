// Letters to users who came by a file: asked for by one, approved by another, each given one print file, once; and
// by the two letters of one person a certificate can be acquired.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { strFromU8, unzipSync } from 'fflate';
import { CsvReader } from '../../src/csv/csv-reader.ts';
import { beginAcquisition } from '../../src/operations/begin-acquisition.ts';
import { workOnImports } from '../../src/operations/work-on-imports.ts';
import { approvedImport } from './approved-import.ts';
import { contractId, fileOf, goodLines, lineOf } from './import-files.ts';
import { type AtConsole, approve, formOn, look, orderAt, send, staffAt } from './staff.ts';
import { openTestKoshin, type TestKoshin } from './test-koshin.ts';
import type { Answer } from './visitor.ts';

const USERS = 24;
const HARD = '𠮷田 髙﨑①～';

let koshin: TestKoshin;
let asks: AtConsole;
let approves: AtConsole;
let batch = '';
let codes: readonly Readonly<Record<string, string>>[] = [];
let pins: readonly Readonly<Record<string, string>>[] = [];

suite('letters', { concurrency: false }, () => {
  before(async () => {
    koshin = await openTestKoshin({ withStaff: true });
    asks = await staffAt(koshin, 'tanto01', { role: 'approver', scope: 'all' });
    approves = await staffAt(koshin, 'shonin01', { role: 'approver', scope: 'all' });
    const lines = [
      ...goodLines(6, 4),
      lineOf({
        contract: contractId(1),
        contractName: '株式会社ためし1',
        user: 'user99',
        name: HARD,
        mail: '',
      }),
    ];
    await approvedImport(fileOf(lines), 'file', needs());
    await workOnImports(needs());
  });
  after(async () => {
    await koshin[Symbol.asyncDispose]();
  });

  test('who approves them sees whose address was changed lately', async () => {
    const contract = contractId(2);
    const known = `institution=1394&contract=${contract}`;
    const path = '/console/orders/new/change-contract';
    const form = { ...formOn(await look(asks, `${path}?${known}`)), reason: '移転届' };
    const unseen = orderAt(await send(asks, path, { ...form, kana: 'タメシ' }));
    assert.ok((await approve(approves, unseen)).status < 400);
    const order = orderAt(await askFor('2', contract));
    assert.doesNotMatch((await look(approves, order)).text, /住所が変わったご契約先/);
    assert.equal((await send(asks, `${order}/withdraw`, {})).status, 303);

    const seen = { ...formOn(await look(asks, `${path}?${known}`)), reason: '移転届' };
    const moving = orderAt(await send(asks, path, { ...seen, address: '北海道札幌市9-9' }));
    assert.ok((await approve(approves, moving)).status < 400);
    const letters = orderAt(await askFor('2', contract));
    const page = await look(approves, letters);
    assert.match(page.text, /30日以内に、名前または住所が変わったご契約先があります/);
    assert.ok(page.body.includes(`/contracts/${contract}"`), page.body);
    assert.equal((await send(asks, `${letters}/withdraw`, {})).status, 303);
  });

  test('they are asked for, to those who were written none yet', async () => {
    const order = orderAt(await askFor(String(USERS)));
    batch = /href="(\/console\/letters\/[^"]+)"/.exec((await look(asks, order)).body)?.[1] ?? '';
    assert.match((await look(approves, order)).text, /24名/);
    const again = orderAt(await askFor('1000'));
    assert.match(
      (await look(asks, again)).text,
      /1名/,
      'those of the first are not written to twice',
    );
    assert.equal((await askFor('1000')).status, 400, 'nobody is left');
    assert.equal((await take(asks, 'pins')).status, 403, 'it is not approved yet');
    assert.ok((await approve(approves, order)).status < 400);
  });

  test('who approved is given the codes, once, and not the IDs', async () => {
    for (const [staff, kind] of [
      [asks, 'codes'],
      [approves, 'pins'],
    ] as const) {
      assert.equal((await take(staff, kind)).status, 403);
    }
    const answer = await take(approves, 'codes');
    assert.equal(answer.status, 200);
    assert.match(String(answer.headers['content-disposition']), /letters-codes-.*\.zip/);
    codes = listIn(answer);
    assert.equal(codes.length, USERS);
    assert.equal(pagesIn(answer), USERS);
    assert.equal((await take(approves, 'codes')).status, 403);
  });

  test('who asked is given the IDs with the first PINs, once', async () => {
    const answer = await take(asks, 'pins');
    assert.equal(answer.status, 200);
    pins = listIn(answer);
    assert.deepEqual(
      pins.map((one) => one['通知書番号']),
      codes.map((one) => one['通知書番号']),
    );
    assert.equal((await take(asks, 'pins')).status, 403);
    assert.match((await look(asks, batch)).text, /shonin01 .*tanto01/);
  });

  test('neither file says what is the other’s, and none of it is kept', async () => {
    const secrets = [
      ...codes.map((one) => one['取得コード'] ?? ''),
      ...pins.map((one) => one['初回暗証番号'] ?? ''),
    ];
    assert.equal(new Set(secrets).size, 2 * USERS);
    assert.ok(codes.every((one) => !('利用者ID' in one) && !('初回暗証番号' in one)));
    assert.ok(pins.every((one) => !('取得コード' in one)));
    const rows = await koshin.house.db
      .selectFrom('audit_entry')
      .select(['event', 'detail'])
      .execute();
    const entries = JSON.stringify(rows);
    for (const secret of secrets) {
      assert.ok(!entries.includes(secret) && !entries.includes(secret.replace('-', '')));
    }
    const printed = rows.filter(({ event }) => event === 'letters-printed');
    assert.deepEqual(
      printed.map(({ detail }) => [detail['letters'], detail['count'], detail['by']]),
      [
        ['codes', USERS, 'staff:shonin01'],
        ['pins', USERS, 'staff:tanto01'],
      ],
    );
  });

  test('by the two letters of one person a certificate can be acquired', async () => {
    const [code] = codes;
    const [id] = pins;
    const entered = {
      institution: '1394',
      contract: id?.['利用者番号(ご契約先ID)'] ?? '',
      user: id?.['利用者ID'] ?? '',
      pin: id?.['初回暗証番号'] ?? '',
      code: code?.['取得コード'] ?? '',
      inquiry: '7K3M9QPA',
    };
    const codeKey = koshin.house.secrets('acquisition-codes');
    const begun = await beginAcquisition(entered, { ...needs(), pins: koshin.house.pins, codeKey });
    assert.equal(begun.person.identity.user, entered.user);
    assert.ok(begun.person.hasInitialPin);
    const others = { ...entered, code: codes[1]?.['取得コード'] ?? '' };
    await assert.rejects(
      beginAcquisition(others, { ...needs(), pins: koshin.house.pins, codeKey }),
      {
        code: 'acquisition-refused',
      },
    );
  });

  test('names that few fonts have are drawn, and addresses stand in the list', async () => {
    const row = pins.find((one) => one['利用者ID'] === 'user99');
    assert.equal(row?.['氏名'], HARD);
    assert.equal(row['郵便番号'], '1000001');
    assert.equal(row['住所'], '東京都千代田区千代田1番1号');
  });
});

function needs() {
  return { db: koshin.house.db, clock: koshin.clock };
}

async function askFor(atMost: string, contract = ''): Promise<Answer> {
  const form = { institution: '1394', contract, 'at-most': atMost, reason: '試し' };
  return await send(asks, '/console/letters', form);
}

async function take(staff: AtConsole, kind: 'codes' | 'pins'): Promise<Answer> {
  return await send(staff, `${batch}/${kind}`, {});
}

function filesIn({ octets }: Answer): Readonly<Record<string, Uint8Array>> {
  return unzipSync(octets);
}

function fileIn(answer: Answer, ending: string): Uint8Array {
  const name = Object.keys(filesIn(answer)).find((one) => one.endsWith(ending)) ?? '';
  return filesIn(answer)[name] ?? assert.fail(`no ${ending}`);
}

function listIn(answer: Answer): readonly Readonly<Record<string, string>>[] {
  const reader = new CsvReader();
  const text = strFromU8(fileIn(answer, '.csv')).replace('\uFEFF', '');
  const [head, ...rows] = [...reader.feed(text), ...reader.end()].map(({ fields }) => fields);
  return rows.map((row) => Object.fromEntries(row.map((field, at) => [head?.[at] ?? '', field])));
}

function pagesIn(answer: Answer): number {
  const pdf = Buffer.from(fileIn(answer, '.pdf')).toString('latin1');
  assert.match(pdf, /^%PDF-/);
  return Number(/\/Type \/Pages\s+\/Count (\d+)/.exec(pdf)?.[1] ?? '0');
}
