// Windows of the bank's staff and of customers, each a browser of its own, and the steps that several tests go. No
// test itself.
import type { Page } from 'playwright-core';
import { STAFF_CONTRACT, type StaffRole } from '../../src/banking/staff.ts';
import { appointStaff } from '../../src/operations/appoint-staff.ts';
import { ACQUIRE } from '../../src/words/acquisition.ts';
import { METHODS, PIN, TOP } from '../../src/words/login.ts';
import { NOTICES } from '../../src/words/notices.ts';
import { CONSOLE } from '../../src/words/staff.ts';
import { makeCustomer } from '../system/customers.ts';
import { TEST_PIN } from '../system/test-bank.ts';
import type { TestKoshin } from '../system/test-koshin.ts';
import { BrowserHome } from './browser-home.ts';
import { type Chromium, openChromium } from './chromium.ts';
import { press } from './press.ts';
import { delivered, heading, saveAndImport } from './renewing-person.ts';

/** A browser with a store of its own. */
export type Window = AsyncDisposable & Pick<Chromium, 'page'> & { readonly home: BrowserHome };

/** By what somebody acquires a certificate. */
export type Acquiring = {
  readonly contract: string;
  readonly user: string;
  readonly pin: string;
  readonly code: string;
  /** The PIN that they choose. */
  readonly ownPin: string;
};

/** Opens a browser that trusts the system's servers. */
export async function openWindow(koshin: TestKoshin): Promise<Window> {
  await using opened = new AsyncDisposableStack();
  const home = opened.use(await BrowserHome.open(koshin.serverAuthorityFile));
  const { page } = opened.use(await openChromium(home));
  const kept = opened.move();
  return { page, home, [Symbol.asyncDispose]: async () => await kept.disposeAsync() };
}

/** A staff member at their own PC, logged in: the console's home. Their certificate was issued at `since`. */
export async function staffWindow(
  koshin: TestKoshin,
  { user, role, since }: { readonly user: string; readonly role: StaffRole; readonly since: Date },
): Promise<Window> {
  const { staffHouse, house, clock } = koshin;
  if (staffHouse === undefined) throw new Error('this system has no staff house');
  const now = clock.now();
  clock.set(since);
  const holding = await makeCustomer(user, koshin, { bank: staffHouse, contract: STAFF_CONTRACT });
  await appointStaff({ user, role, scope: 'all' }, { db: house.db, clock });
  clock.set(now);
  const window = await openWindow(koshin);
  await window.home.import('own', holding.shows);
  await logInAt(window.page, `https://${staffHouse.publicHost}:${koshin.port}`, TEST_PIN);
  await heading(window.page, CONSOLE.product.ja);
  return window;
}

/** Logs in at the public host of this origin. */
export async function logInAt(page: Page, origin: string, pin: string): Promise<void> {
  await page.goto(`${origin}/user-login`);
  await page.getByRole('link', { name: METHODS.method.ja, exact: true }).click();
  await givePin(page, pin);
}

/** Acquires a certificate in a file with what two sheets or letters say, imports it and logs in. */
export async function acquire(
  there: Window,
  origin: string,
  { contract, user, pin, code, ownPin }: Acquiring,
): Promise<void> {
  const { page } = there;
  await page.goto(`${origin}/`);
  await page.getByRole('link', { name: TOP.acquire.ja, exact: true }).click();
  await heading(page, ACQUIRE.title.ja);
  await page.locator('#contract').fill(contract);
  await page.locator('#user').fill(user);
  await page.locator('#pin').fill(pin);
  await page.locator('#code').fill(code);
  await press(page, ACQUIRE.next.ja);
  await page.getByLabel(ACQUIRE.ownPin.ja, { exact: true }).fill(ownPin);
  await page.getByLabel(ACQUIRE.again.ja, { exact: true }).fill(ownPin);
  await press(page, ACQUIRE.get.ja);
  await delivered(page);
  await saveAndImport(page, there);
  await page.getByRole('link', { name: ACQUIRE.confirmButton.ja, exact: true }).click();
  await givePin(page, ownPin);
  await heading(page, NOTICES.important.ja);
}

async function givePin(page: Page, pin: string): Promise<void> {
  await heading(page, PIN.title.ja);
  await page.getByLabel(PIN.field.ja).fill(pin);
  await page.getByRole('button', { name: PIN.logIn.ja }).click();
}
