// From a spreadsheet's file to a login in real Chromiums: one of the staff sends it and asks, another approves, both
// take their letters, and one of those who came by it acquires a certificate with the two letters.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { strFromU8, unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { encodeCp932 } from '../../src/csv/cp932.ts';
import { CsvReader } from '../../src/csv/csv-reader.ts';
import { workOnImportsByItself } from '../../src/start/by-itself.ts';
import { IMPORT_STATES, IMPORTS } from '../../src/words/imports.ts';
import { LETTERS } from '../../src/words/letters.ts';
import { CONSOLE, ORDER_NAMES, ORDERS } from '../../src/words/staff.ts';
import { selectAutomatically, unlessPolicies } from '../browsers/automatic-choice.ts';
import { acquire, openWindow, staffWindow, type Window } from '../browsers/console-windows.ts';
import { press } from '../browsers/press.ts';
import { heading } from '../browsers/renewing-person.ts';
import { unlessInstalled } from '../interop/programs.ts';
import { contractId, fileOf, goodLines } from '../system/import-files.ts';
import { quietLog } from '../system/test-database.ts';
import { openTestKoshin, type TestKoshin } from '../system/test-koshin.ts';

const skip = unlessPolicies || unlessInstalled('pk12util') || unlessInstalled('openssl');
const USERS = 5_000;
const CONTRACTS = 250;
const NOW = new Date();

let koshin: TestKoshin;
let policies: AsyncDisposable;
let working: AsyncDisposable;
let asking: Window;
let deciding: Window;

type Letters = readonly Readonly<Record<string, string>>[];

suite('a file of users in the browser', { skip, concurrency: false }, () => {
  before(async () => {
    koshin = await openTestKoshin({ now: NOW, withStaff: true });
    const { mihon, staffHouse, port } = koshin;
    assert.ok(staffHouse);
    const staff = [`[*.]${staffHouse.membersDomain}:${port}`, staffHouse.issuingName] as const;
    policies = await selectAutomatically(`[*.]${mihon.membersDomain}:${port}`, mihon.issuingName, [
      staff,
    ]);
    working = workOnImportsByItself(koshin.house, { clock: koshin.clock, log: quietLog });
    asking = await staffWindow(koshin, { user: 'tanto01', role: 'operator', since: NOW });
    deciding = await staffWindow(koshin, { user: 'shonin01', role: 'approver', since: NOW });
  });
  after(async () => {
    await deciding[Symbol.asyncDispose]();
    await asking[Symbol.asyncDispose]();
    await working[Symbol.asyncDispose]();
    await policies[Symbol.asyncDispose]();
    await koshin[Symbol.asyncDispose]();
  });

  test('one sends it and asks, another approves, and it is done', async () => {
    const { page } = asking;
    const file = join(koshin.folder, '利用者.csv');
    const text = Buffer.from(fileOf(goodLines(CONTRACTS, USERS / CONTRACTS))).toString();
    await writeFile(file, encodeCp932(text) ?? assert.fail('not of CP932'));
    await page.getByRole('link', { name: IMPORTS.title.ja, exact: true }).click();
    await page.locator('#file').setInputFiles(file);
    await press(page, IMPORTS.sendButton.ja);
    await becomes(page, IMPORT_STATES.checked.ja);
    await page.getByText('Shift_JIS (CP932)').waitFor();
    await page.getByText('5,000名').waitFor();
    await page.locator('#reason').fill('申込書 第12号');
    await press(page, IMPORTS.ask.ja);
    await page.getByText(ORDERS.sent.ja).waitFor();
    const asked = await page.locator('.mono.sum').last().textContent();

    const other = deciding.page;
    await openOrder(other, ORDER_NAMES['import-users'].ja);
    assert.equal(await other.locator('.mono.sum').last().textContent(), asked);
    await press(other, ORDERS.approve.ja);
    await other.getByText(ORDERS.done.ja).waitFor();
    await other.getByRole('link', { name: '利用者.csv', exact: true }).click();
    await becomes(other, IMPORT_STATES.done.ja);
    await other.getByText(IMPORTS.result.ja).waitFor();
  });

  test('each takes their letters, and with the two of one person a certificate is acquired', async () => {
    const { page } = asking;
    await page.getByRole('link', { name: LETTERS.letters.ja, exact: true }).click();
    await heading(page, LETTERS.title.ja);
    await page.locator('#contract').fill(contractId(1));
    await page.locator('#reason').fill('申込書 第12号');
    await press(page, LETTERS.ask.ja);
    await page.getByText(ORDERS.sent.ja).waitFor();
    const other = deciding.page;
    await openOrder(other, ORDER_NAMES['print-letters'].ja);
    await press(other, ORDERS.approve.ja);
    await other.getByText(ORDERS.done.ja).waitFor();
    const [code] = await taken(other, LETTERS.takeCodes.ja);
    const [id] = await taken(page, LETTERS.takePins.ja);
    await using person = await openWindow(koshin);
    await acquire(person, `https://${koshin.mihon.publicHost}:${koshin.port}`, {
      contract: id?.['利用者番号(ご契約先ID)'] ?? '',
      user: id?.['利用者ID'] ?? '',
      pin: id?.['初回暗証番号'] ?? '',
      code: code?.['取得コード'] ?? '',
      ownPin: 'sakura2027',
    });
  });
});

/** The page is asked for again until it says so, as a person does. */
async function becomes(page: Page, state: string): Promise<void> {
  const mark = page.locator('.mark');
  for (;;) {
    await mark.waitFor();
    if ((await mark.textContent()) === state) return;
    await page.reload();
  }
}

async function openOrder(page: Page, name: string): Promise<void> {
  await page.goto(new URL('/console/orders', page.url()).href);
  await heading(page, CONSOLE.orders.ja);
  await page.getByRole('link', { name, exact: true }).first().click();
  await heading(page, name);
}

/** The list of a print file, by its columns. */
async function taken(page: Page, button: string): Promise<Letters> {
  await page.getByRole('link', { name: LETTERS.show.ja, exact: true }).click();
  await heading(page, LETTERS.title.ja);
  const downloading = page.waitForEvent('download');
  await press(page, button);
  const files = unzipSync(await readFile(await (await downloading).path()));
  const name = Object.keys(files).find((one) => one.endsWith('.csv')) ?? '';
  const text = strFromU8(files[name] ?? assert.fail('no list')).replace('\uFEFF', '');
  const reader = new CsvReader();
  const [head, ...rows] = [...reader.feed(text), ...reader.end()].map(({ fields }) => fields);
  return rows.map((row) => Object.fromEntries(row.map((field, at) => [head?.[at] ?? '', field])));
}
