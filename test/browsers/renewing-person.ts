// A person with one certificate that is to be renewed, at a headless Chromium: their steps on the pages,
// and what the database says of them. The managed policy answers the picker. No test itself.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { METHODS, PIN } from '../../src/words/login.ts';
import { NOTICES, RENEWAL_NOTICE } from '../../src/words/notices.ts';
import { COMPLETED, DELIVERY, PROOF, RENEWAL } from '../../src/words/renewal.ts';
import { openssl } from '../openssl.ts';
import { type Holding, makeCustomer } from '../system/customers.ts';
import { TEST_PIN } from '../system/test-bank.ts';
import type { TestKoshin } from '../system/test-koshin.ts';
import type { ClientIdentity } from '../system/visitor.ts';
import { BrowserHome } from './browser-home.ts';
import { openChromium } from './chromium.ts';
import { press } from './press.ts';

/** The person, their browser, and what they have. */
export type RenewingPerson = AsyncDisposable & {
  readonly koshin: TestKoshin;
  readonly home: BrowserHome;
  readonly context: BrowserContext;
  readonly page: Page;
  readonly own: Holding;
};

const ISSUED_DAYS_AGO = 345;
const DAY_MS = 24 * 60 * 60 * 1000;
let people = 0;

/** A new customer whose certificate ends in twenty days, logged in and before 重要なお知らせ. */
export async function openRenewingPerson(koshin: TestKoshin): Promise<RenewingPerson> {
  await using opened = new AsyncDisposableStack();
  const now = koshin.clock.now();
  people += 1;
  koshin.clock.set(new Date(now.getTime() - ISSUED_DAYS_AGO * DAY_MS));
  const own = await makeCustomer(`renewing${people}`, koshin);
  koshin.clock.set(now);
  const home = opened.use(await BrowserHome.open(koshin.serverAuthorityFile));
  await home.import('own', own.shows);
  const { context, page } = opened.use(await openChromium(home));
  await logIn(page, koshin);
  const kept = opened.move();
  const dispose = async () => await kept.disposeAsync();
  return { koshin, home, context, page, own, [Symbol.asyncDispose]: dispose };
}

/** Waits for the page with this heading. */
export async function heading(page: Page, title: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
}

/** Follows the notice to the renewal page. */
export async function openRenewal(page: Page): Promise<void> {
  await page.getByRole('link', { name: RENEWAL_NOTICE.title.ja, exact: true }).click();
  await heading(page, RENEWAL_NOTICE.title.ja);
  await page.getByRole('link', { name: RENEWAL_NOTICE.link.ja, exact: true }).click();
  await heading(page, RENEWAL.title.ja);
}

/** Waits until the new certificate is ready to be saved. */
export async function delivered(page: Page): Promise<void> {
  await page.locator('#renewal-delivery').filter({ visible: true }).waitFor();
}

/** Saves the file, by a click unless otherwise, and imports it; what it holds. */
export async function saveAndImport(
  page: Page,
  { home }: Pick<RenewingPerson, 'home'>,
  save = async () =>
    await page.getByRole('link', { name: DELIVERY.download.ja, exact: true }).click(),
): Promise<ClientIdentity> {
  const [download] = await Promise.all([page.waitForEvent('download'), save()]);
  const folder = await mkdtemp(join(tmpdir(), 'koshin-saved-'));
  try {
    const file = join(folder, 'saved.p12');
    await download.saveAs(file);
    const password = (await page.locator('#file-password').textContent()) ?? '';
    await home.importFile(file, password);
    const octets = await readFile(file);
    const opened = ['pkcs12', '-noenc', '-passin', `pass:${password}`];
    return {
      cert: openssl([...opened, '-clcerts', '-nokeys'], octets),
      key: openssl([...opened, '-nocerts'], octets),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Presses 確認; the browser shows the new certificate at the fresh host. */
export async function confirmNew(page: Page): Promise<void> {
  await press(page, PROOF.button.ja);
  await heading(page, COMPLETED.title.ja);
}

/** The states of the person's certificates in the database, oldest first. */
export async function statesOf({ koshin, own }: RenewingPerson): Promise<readonly string[]> {
  const rows = await koshin.house.db
    .selectFrom('certificate')
    .select('state')
    .where('institution', '=', own.certificate.identity.institution)
    .where('user_id', '=', own.certificate.identity.user)
    .orderBy('issued_at')
    .orderBy('ended_at')
    .execute();
  return rows.map(({ state }) => state);
}

/** How many of the person's certificates the audit log says were issued. */
export async function issuedOf({ koshin, own }: RenewingPerson): Promise<number> {
  const rows = await koshin.house.db
    .selectFrom('audit_entry')
    .select('entry')
    .where('user_id', '=', own.certificate.identity.user)
    .where('event', '=', 'certificate-issued')
    .execute();
  return rows.length;
}

/** From the public page to 重要なお知らせ, by certificate and PIN. */
export async function logIn(page: Page, { mihon, port }: TestKoshin): Promise<void> {
  await page.goto(`https://${mihon.publicHost}:${port}/user-login`);
  await page.getByRole('link', { name: METHODS.method.ja, exact: true }).click();
  await heading(page, PIN.title.ja);
  await page.getByLabel(PIN.field.ja).fill(TEST_PIN);
  await page.getByRole('button', { name: PIN.logIn.ja }).click();
  await heading(page, NOTICES.important.ja);
}
