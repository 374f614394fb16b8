// From the paper to the renewal in real Chromiums: two of the bank's staff open a contract, its administrator acquires
// and registers a user, who acquires, logs in and renews; an auditor sees the whole story on one page.

import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { Page } from 'playwright-core';
import { queueCertificateMails, queueDueReminders } from '../../src/operations/queue-mails.ts';
import { AUDIT_EVENTS } from '../../src/words/audit-events.ts';
import { COMPANY, REGISTER } from '../../src/words/company.ts';
import { NOTICES } from '../../src/words/notices.ts';
import { RENEWAL } from '../../src/words/renewal.ts';
import { CONSOLE, ORDER_NAMES, ORDERS } from '../../src/words/staff.ts';
import { selectAutomatically, unlessPolicies } from '../browsers/automatic-choice.ts';
import {
  acquire,
  logInAt,
  openWindow,
  staffWindow,
  type Window,
} from '../browsers/console-windows.ts';
import { press } from '../browsers/press.ts';
import {
  confirmNew,
  delivered,
  heading,
  openRenewal,
  saveAndImport,
} from '../browsers/renewing-person.ts';
import { unlessInstalled } from '../interop/programs.ts';
import { sendAll } from '../system/mail-sending.ts';
import { openMailServer } from '../system/mail-server.ts';
import { decoded } from '../system/read-mail.ts';
import { sequenceOnce } from '../system/sequence-once.ts';
import { quietLog } from '../system/test-database.ts';
import { openTestKoshin, type TestKoshin } from '../system/test-koshin.ts';

const skip = unlessPolicies || unlessInstalled('pk12util') || unlessInstalled('openssl');
const CONTRACT = '00055544433';
const OWN_PIN = 'sakura2027';
const ACQUIRING = { contract: CONTRACT, ownPin: OWN_PIN } as const;
const MAIL = 'hanako02@mail.example';
const DAY_MS = 24 * 60 * 60 * 1000;
/** What is acquired then can be renewed today: browsers go by the machine's clock. */
const THEN = new Date(Date.now() - 345 * DAY_MS);

let koshin: TestKoshin;
let policies: AsyncDisposable;

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

  test('two open a contract; its people acquire, log in, are mailed and renew; an auditor sees it all', async () => {
    const administrator = await openContract();
    await using chief = await openWindow(koshin);
    await acquire(chief, origin(), { ...ACQUIRING, user: 'aoba01', ...administrator });
    const user = await registerUser(chief.page);
    await using person = await openWindow(koshin);
    await acquire(person, origin(), { ...ACQUIRING, user: 'hanako02', ...user });
    koshin.clock.set(new Date());
    await mailed('電子証明書の有効期限が近づいています');
    await renew(person);
    await mailed('電子証明書の更新が完了しました');
    await auditorSees();
  });
});

/** One asks, another approves: what is to be handed over. */
async function openContract(): Promise<Sheets> {
  await using asking = await staffWindow(koshin, {
    user: 'tanto01',
    role: 'operator',
    since: THEN,
  });
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

  await using deciding = await staffWindow(koshin, {
    user: 'shonin01',
    role: 'approver',
    since: THEN,
  });
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
  await page.getByLabel(REGISTER.mail.ja).fill(MAIL);
  await press(page, REGISTER.button.ja);
  await heading(page, REGISTER.done.ja);
  return await sheetsOn(page);
}

/** What mails by itself goes on once, and the user has got this one. */
async function mailed(subject: string): Promise<void> {
  await using server = await openMailServer();
  const needs = { db: koshin.house.db, clock: koshin.clock, log: quietLog };
  await queueDueReminders(needs);
  await sequenceOnce(koshin);
  await queueCertificateMails(needs);
  await sendAll(koshin, server.place);
  const own = server.received.filter(({ to }) => to === MAIL).map((mail) => decoded(mail).subject);
  assert.ok(
    own.some((one) => one.includes(subject)),
    own.join('\n'),
  );
}

/** Nearly a year later. */
async function renew(there: Window): Promise<void> {
  const { page } = there;
  await logInAt(page, origin(), OWN_PIN);
  await heading(page, NOTICES.important.ja);
  await openRenewal(page);
  await press(page, RENEWAL.renew.ja);
  await delivered(page);
  await saveAndImport(page, there);
  await confirmNew(page);
}

async function auditorSees(): Promise<void> {
  await using window = await staffWindow(koshin, { user: 'kansa01', role: 'auditor', since: THEN });
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
    'mail-sent',
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

function origin(): string {
  return `https://${koshin.mihon.publicHost}:${koshin.port}`;
}
