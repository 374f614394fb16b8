// From the paper to the renewal in real Chromiums: two of the bank's staff open a contract, its administrator acquires
// and registers a user, who acquires, logs in and renews; an auditor sees the whole story on one page.

import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { Page } from 'playwright-core';
import { STAFF_CONTRACT, type StaffRole } from '../../src/banking/staff.ts';
import { appointStaff } from '../../src/operations/appoint-staff.ts';
import { ACQUIRE } from '../../src/words/acquisition.ts';
import { AUDIT_EVENTS } from '../../src/words/audit-events.ts';
import { COMPANY, REGISTER } from '../../src/words/company.ts';
import { METHODS, PIN, TOP } from '../../src/words/login.ts';
import { NOTICES } from '../../src/words/notices.ts';
import { RENEWAL } from '../../src/words/renewal.ts';
import { CONSOLE, ORDER_NAMES, ORDERS } from '../../src/words/staff.ts';
import { selectAutomatically, unlessPolicies } from '../browsers/automatic-choice.ts';
import { BrowserHome } from '../browsers/browser-home.ts';
import { type Chromium, openChromium } from '../browsers/chromium.ts';
import { press } from '../browsers/press.ts';
import {
  confirmNew,
  delivered,
  heading,
  openRenewal,
  saveAndImport,
} from '../browsers/renewing-person.ts';
import { unlessInstalled } from '../interop/programs.ts';
import { makeCustomer } from '../system/customers.ts';
import { TEST_PIN } from '../system/test-bank.ts';
import { openTestKoshin, type TestKoshin } from '../system/test-koshin.ts';

const skip = unlessPolicies || unlessInstalled('pk12util') || unlessInstalled('openssl');
const CONTRACT = '00055544433';
const OWN_PIN = 'sakura2027';
const DAY_MS = 24 * 60 * 60 * 1000;
/** What is acquired then can be renewed today: browsers go by the machine's clock. */
const THEN = new Date(Date.now() - 345 * DAY_MS);

let koshin: TestKoshin;
let policies: AsyncDisposable;

type Window = AsyncDisposable & Pick<Chromium, 'page'> & { readonly home: BrowserHome };
type Sheets = { readonly pin: string; readonly code: string };

suite('the console in the browser', { skip, concurrency: false }, () => {
  before(async () => {
    koshin = await openTestKoshin({ now: THEN, withStaff: true });
    const { mihon, staffHouse, port } = koshin;
    assert.ok(staffHouse);
    const staff = [`[*.]${staffHouse.membersDomain}:${port}`, staffHouse.issuingName] as const;
    policies = await selectAutomatically(`[*.]${mihon.membersDomain}:${port}`, mihon.issuingName, [
      staff,
    ]);
  });
  after(async () => {
    await policies[Symbol.asyncDispose]();
    await koshin[Symbol.asyncDispose]();
  });

  test('two open a contract; its people acquire, log in and renew; an auditor sees it all', async () => {
    const administrator = await openContract();
    await using chief = await openWindow();
    await acquire(chief, { user: 'aoba01', ...administrator });
    const user = await registerUser(chief.page);
    await using person = await openWindow();
    await acquire(person, { user: 'hanako02', ...user });
    await renew(person);
    await auditorSees();
  });
});

/** One asks, another approves: what is to be handed over. */
async function openContract(): Promise<Sheets> {
  await using asking = await staffWindow('tanto01', 'operator');
  const { page } = asking;
  await page.getByRole('link', { name: CONSOLE.newOrder.ja, exact: true }).click();
  await page.getByRole('link', { name: ORDER_NAMES['open-contract'].ja, exact: true }).click();
  await heading(page, ORDER_NAMES['open-contract'].ja);
  await page.locator('#contract').fill(CONTRACT);
  await page.locator('#name').fill('株式会社あおば工業');
  await page.locator('#kana').fill('ｱｵﾊﾞｺｳｷﾞｮｳ');
  await page.locator('#user').fill('aoba01');
  await page.locator('#user-name').fill('青葉 太郎');
  await page.locator('#user-kana').fill('あおば たろう');
  await page.locator('#reason').fill('申込書 第12号');
  await press(page, ORDERS.send.ja);
  await page.getByText(ORDERS.sent.ja).waitFor();
  assert.equal(await page.getByRole('button', { name: ORDERS.approve.ja }).count(), 0);
  const asked = await page.locator('.sum').textContent();

  await using deciding = await staffWindow('shonin01', 'approver');
  const other = deciding.page;
  await other.getByRole('link', { name: ORDER_NAMES['open-contract'].ja, exact: true }).click();
  await other.getByText('アオバコウギョウ').waitFor();
  assert.equal(await other.locator('.sum').textContent(), asked);
  await press(other, ORDERS.approve.ja);
  await heading(other, ORDERS.done.ja);
  return await sheetsOn(other);
}

/** The administrator registers a user on the company's own pages. */
async function registerUser(page: Page): Promise<Sheets> {
  await page.getByRole('link', { name: COMPANY.title.ja, exact: true }).click();
  await page.getByRole('link', { name: COMPANY.register.ja, exact: true }).click();
  await page.getByLabel(REGISTER.userId.ja, { exact: true }).fill('hanako02');
  await page.getByLabel(REGISTER.name.ja, { exact: true }).fill('山田 花子');
  await press(page, REGISTER.button.ja);
  await heading(page, REGISTER.done.ja);
  return await sheetsOn(page);
}

async function acquire(
  there: Window,
  { user, pin, code }: Sheets & { readonly user: string },
): Promise<void> {
  const { page } = there;
  await page.goto(`https://${koshin.mihon.publicHost}:${koshin.port}/`);
  await page.getByRole('link', { name: TOP.acquire.ja, exact: true }).click();
  await heading(page, ACQUIRE.title.ja);
  await page.locator('#contract').fill(CONTRACT);
  await page.locator('#user').fill(user);
  await page.locator('#pin').fill(pin);
  await page.locator('#code').fill(code);
  await press(page, ACQUIRE.next.ja);
  await page.getByLabel(ACQUIRE.ownPin.ja, { exact: true }).fill(OWN_PIN);
  await page.getByLabel(ACQUIRE.again.ja, { exact: true }).fill(OWN_PIN);
  await press(page, ACQUIRE.get.ja);
  await delivered(page);
  await saveAndImport(page, there);
  await page.getByRole('link', { name: ACQUIRE.confirmButton.ja, exact: true }).click();
  await givePin(page, OWN_PIN);
  await heading(page, NOTICES.important.ja);
}

/** Nearly a year later. */
async function renew(there: Window): Promise<void> {
  const { page } = there;
  koshin.clock.set(new Date());
  await logInAt(page, koshin.mihon.publicHost, OWN_PIN);
  await heading(page, NOTICES.important.ja);
  await openRenewal(page);
  await press(page, RENEWAL.renew.ja);
  await delivered(page);
  await saveAndImport(page, there);
  await confirmNew(page);
}

async function auditorSees(): Promise<void> {
  await using window = await staffWindow('kansa01', 'auditor');
  const { page } = window;
  assert.equal(await page.getByRole('link', { name: CONSOLE.newOrder.ja, exact: true }).count(), 0);
  await page.locator('#q').fill('ｱｵﾊﾞ');
  await press(page, CONSOLE.searchButton.ja);
  await page.getByRole('link', { name: CONTRACT, exact: true }).first().click();
  await heading(page, '株式会社あおば工業');
  await toldOn(page, ['order-requested', 'order-approved', 'contract-opened', 'person-registered']);
  await page.getByRole('link', { name: '山田 花子', exact: true }).click();
  await heading(page, '山田 花子');
  await toldOn(page, [
    'person-registered',
    'acquisition-offered',
    'certificate-issued',
    'pin-chosen',
    'certificate-proved',
    'logged-in',
    'certificate-superseded',
  ]);
  await page.goto(new URL('/console/orders', page.url()).href);
  await page.getByRole('link', { name: ORDER_NAMES['open-contract'].ja, exact: true }).click();
  await heading(page, ORDER_NAMES['open-contract'].ja);
  const buttons = await page.getByRole('button').allTextContents();
  assert.deepEqual(buttons, ['ログオフ']);
}

async function toldOn(page: Page, events: readonly (keyof typeof AUDIT_EVENTS)[]): Promise<void> {
  const text = ((await page.locator('main').textContent()) ?? '').replaceAll(/\s+/g, '');
  for (const event of events) {
    assert.ok(text.includes(AUDIT_EVENTS[event].ja.replaceAll(/\s+/g, '')), event);
  }
}

async function sheetsOn(page: Page): Promise<Sheets> {
  return {
    pin: (await page.locator('#first-pin').textContent()) ?? '',
    code: (await page.locator('#acquisition-code').textContent()) ?? '',
  };
}

/** A staff member at their own PC, logged in: the console's home. */
async function staffWindow(user: string, role: StaffRole): Promise<Window> {
  const { staffHouse, house, clock } = koshin;
  assert.ok(staffHouse);
  const now = clock.now();
  clock.set(THEN);
  const holding = await makeCustomer(user, koshin, { bank: staffHouse, contract: STAFF_CONTRACT });
  await appointStaff({ user, role, scope: 'all' }, { db: house.db, clock });
  clock.set(now);
  const window = await openWindow();
  await window.home.import('own', holding.shows);
  await logInAt(window.page, staffHouse.publicHost, TEST_PIN);
  await heading(window.page, CONSOLE.product.ja);
  return window;
}

async function logInAt(page: Page, publicHost: string, pin: string): Promise<void> {
  await page.goto(`https://${publicHost}:${koshin.port}/user-login`);
  await page.getByRole('link', { name: METHODS.method.ja, exact: true }).click();
  await givePin(page, pin);
}

async function givePin(page: Page, pin: string): Promise<void> {
  await heading(page, PIN.title.ja);
  await page.getByLabel(PIN.field.ja).fill(pin);
  await page.getByRole('button', { name: PIN.logIn.ja }).click();
}

async function openWindow(): Promise<Window> {
  await using opened = new AsyncDisposableStack();
  const home = opened.use(await BrowserHome.open(koshin.serverAuthorityFile));
  const { page } = opened.use(await openChromium(home));
  const kept = opened.move();
  return { page, home, [Symbol.asyncDispose]: async () => await kept.disposeAsync() };
}
