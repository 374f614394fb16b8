// Acquiring a certificate in a real Chromium, from what an administrator hands over to the first login: with a file,
// with a passkey, after the end of the old one, and by a reissue. The managed policy answers the picker.

import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { Page } from 'playwright-core';
import { PUBLIC_PATHS } from '../../src/frame/paths.ts';
import type { Administrator } from '../../src/operations/administrator.ts';
import { offerAcquisition, reissueCertificate } from '../../src/operations/offer-acquisition.ts';
import { registerMember } from '../../src/operations/register-member.ts';
import { ACQUIRE } from '../../src/words/acquisition.ts';
import { COMPANY_REFUSALS } from '../../src/words/company-refusals.ts';
import { PIN, TOP } from '../../src/words/login.ts';
import { NOTICES } from '../../src/words/notices.ts';
import { DEVICE, PASSKEY_LOGIN } from '../../src/words/passkey.ts';
import { selectAutomatically, unlessPolicies } from '../browsers/automatic-choice.ts';
import { BrowserHome } from '../browsers/browser-home.ts';
import { type Chromium, openChromium } from '../browsers/chromium.ts';
import { press } from '../browsers/press.ts';
import { delivered, heading, saveAndImport } from '../browsers/renewing-person.ts';
import { addVirtualDevice } from '../browsers/virtual-authenticator.ts';
import { unlessInstalled } from '../interop/programs.ts';
import { administratorAt, companyNeeds } from '../system/company-people.ts';
import { makeCustomer } from '../system/customers.ts';
import { TEST_PIN } from '../system/test-bank.ts';
import { openTestKoshin, TEST_CONTRACT, type TestKoshin } from '../system/test-koshin.ts';

const skip = unlessPolicies || unlessInstalled('pk12util') || unlessInstalled('openssl');
const OWN_PIN = 'sakura2027';
const DAY_MS = 24 * 60 * 60 * 1000;
const YEAR_AND_MORE_MS = 380 * DAY_MS;

let koshin: TestKoshin;
let policies: AsyncDisposable;
let by: Administrator;

type Visit = AsyncDisposable & Pick<Chromium, 'page'> & { readonly home: BrowserHome };

suite('acquiring in the browser', { skip, concurrency: false }, () => {
  before(async () => {
    // Browsers go by the machine's clock.
    koshin = await openTestKoshin({ now: new Date(Date.now() - 500 * DAY_MS) });
    koshin.clock.set(new Date());
    const { membersDomain, issuingName } = koshin.mihon;
    policies = await selectAutomatically(`[*.]${membersDomain}:${koshin.port}`, issuingName);
    by = await administratorAt(koshin, 'kanri01');
  });
  after(async () => {
    await policies[Symbol.asyncDispose]();
    await koshin[Symbol.asyncDispose]();
  });

  test('a new user: two sheets, one page, the file, one login', async () => {
    await using visit = await openVisit();
    const { page } = visit;
    const given = await registerMember({ by, user: 'new01', name: '鈴木 太郎' }, needs());
    await enter(page, { user: 'new01', ...given });
    await choosePin(page);
    await press(page, ACQUIRE.get.ja);
    await delivered(page);
    await saveAndImport(page, visit);
    await page.getByRole('link', { name: ACQUIRE.confirmButton.ja, exact: true }).click();
    await logInHere(page, OWN_PIN);
    assert.deepEqual(await statesOf('new01'), ['current']);
  });

  test('a new user with a passkey: nothing to save, one touch, one login', async () => {
    await using visit = await openVisit();
    const { page } = visit;
    await addVirtualDevice(page);
    const given = await registerMember({ by, user: 'new02', name: '田中 美咲' }, needs());
    await enter(page, { user: 'new02', ...given });
    await choosePin(page);
    const sent = new Map<string, readonly string[]>();
    page.on('request', (request) => {
      const fields = new URLSearchParams(request.postData() ?? '');
      sent.set(new URL(request.url()).pathname, [...fields.keys()]);
    });
    await page.getByLabel(DEVICE.onDevice.ja).check();
    await press(page, ACQUIRE.get.ja);
    await page.locator('#device-done').filter({ visible: true }).waitFor();
    await page.getByRole('link', { name: ACQUIRE.confirmButton.ja, exact: true }).last().click();
    await press(page, PASSKEY_LOGIN.method.ja);
    // The new PIN goes with the one request that needs it, and once.
    assert.deepEqual(sent.get(PUBLIC_PATHS.acquireDeviceWanted), ['ticket']);
    const counted = sent.get(PUBLIC_PATHS.acquireDevice) ?? [];
    assert.deepEqual(
      counted.filter((name) => name.startsWith('new-pin')),
      ['new-pin'],
    );
    await logInHere(page, OWN_PIN);
    assert.deepEqual(await statesOf('new02'), ['current']);
  });

  test('a code that ended while the page was open: its refusal is told, and not that the code serves again', async () => {
    await using visit = await openVisit();
    const { page } = visit;
    const given = await registerMember({ by, user: 'new04', name: '渡辺 翔' }, needs());
    await enter(page, { user: 'new04', ...given });
    await choosePin(page);
    await offerAcquisition({ by, user: 'new04', slot: 1 }, needs());
    await press(page, ACQUIRE.get.ja);
    await page.locator('#renewal-failed').filter({ visible: true }).waitFor();
    await page.getByText(COMPANY_REFUSALS['acquisition-ended'].title.ja).waitFor();
    assert.equal(await page.getByText(ACQUIRE.failedSafe.ja).filter({ visible: true }).count(), 0);
    assert.deepEqual(await statesOf('new04'), []);
  });

  test('two PINs that differ are told at the field, and nothing is sent', async () => {
    await using visit = await openVisit();
    const { page } = visit;
    const given = await registerMember({ by, user: 'new03', name: '佐藤 健' }, needs());
    await enter(page, { user: 'new03', ...given });
    await page.getByLabel(ACQUIRE.ownPin.ja, { exact: true }).fill(OWN_PIN);
    await page.getByLabel(ACQUIRE.again.ja, { exact: true }).fill('other2027');
    await press(page, ACQUIRE.get.ja);
    await page.getByText(ACQUIRE.notAlike.ja).waitFor();
    assert.deepEqual(await statesOf('new03'), []);
  });

  test('expired, in grace: the browser offers none, and the same page gives a new one', async () => {
    await using visit = await openVisit();
    const { page, home } = visit;
    const old = await inThePast(async () => await makeCustomer('late01', koshin));
    await home.import('old', old.shows);
    await page.goto(`https://${koshin.mihon.publicHost}:${koshin.port}/login`);
    await page.getByText('期限').first().waitFor();
    const offer = await offerAcquisition({ by, user: 'late01', slot: 1 }, needs());
    await enter(page, { user: 'late01', pin: TEST_PIN, code: offer.code });
    await press(page, ACQUIRE.get.ja);
    await delivered(page);
    await saveAndImport(page, visit);
    await page.getByRole('link', { name: ACQUIRE.confirmButton.ja, exact: true }).click();
    await logInHere(page, TEST_PIN);
    assert.deepEqual(await statesOf('late01'), ['current', 'superseded']);
  });

  test('a new PC: reissued with frozen rights; the tab is closed before saving, and the code serves again', async () => {
    await using visit = await openVisit();
    const { page } = visit;
    await makeCustomer('pc01', koshin);
    const asked = { by, user: 'pc01', slot: 1, reason: 'new-pc' } as const;
    const { code } = await reissueCertificate(asked, needs());
    await enter(page, { user: 'pc01', pin: TEST_PIN, code });
    await press(page, ACQUIRE.get.ja);
    await delivered(page);
    page.on('dialog', (dialog) => void dialog.accept());
    await page.goto(`https://${koshin.mihon.publicHost}:${koshin.port}/`);
    await enter(page, { user: 'pc01', pin: TEST_PIN, code });
    await page.getByText(ACQUIRE.replaces.ja).waitFor();
    await press(page, ACQUIRE.get.ja);
    await delivered(page);
    await saveAndImport(page, visit);
    await page.getByRole('link', { name: ACQUIRE.confirmButton.ja, exact: true }).click();
    await logInHere(page, TEST_PIN);
    assert.deepEqual(await statesOf('pc01'), ['current', 'replaced', 'revoked']);
  });
});

function needs() {
  const { house, clock } = koshin;
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  return companyNeeds({ ...house, clock }, log);
}

async function openVisit(): Promise<Visit> {
  await using opened = new AsyncDisposableStack();
  const home = opened.use(await BrowserHome.open(koshin.serverAuthorityFile));
  const { page } = opened.use(await openChromium(home));
  const kept = opened.move();
  return { page, home, [Symbol.asyncDispose]: async () => await kept.disposeAsync() };
}

/** From the top page to the page that makes the key. */
async function enter(
  page: Page,
  { user, pin, code }: { readonly user: string; readonly pin: string; readonly code: string },
): Promise<void> {
  await page.goto(`https://${koshin.mihon.publicHost}:${koshin.port}/`);
  await page.getByRole('link', { name: TOP.acquire.ja, exact: true }).click();
  await heading(page, ACQUIRE.title.ja);
  await page.locator('#contract').fill(TEST_CONTRACT);
  await page.locator('#user').fill(user);
  await page.locator('#pin').fill(pin);
  await page.locator('#code').fill(code.toLowerCase());
  await press(page, ACQUIRE.next.ja);
  await page.getByRole('button', { name: ACQUIRE.get.ja, exact: true }).waitFor();
}

async function choosePin(page: Page): Promise<void> {
  await page.getByLabel(ACQUIRE.ownPin.ja, { exact: true }).fill(OWN_PIN);
  await page.getByLabel(ACQUIRE.again.ja, { exact: true }).fill(OWN_PIN);
}

async function logInHere(page: Page, pin: string): Promise<void> {
  await heading(page, PIN.title.ja);
  await page.getByLabel(PIN.field.ja).fill(pin);
  await page.getByRole('button', { name: PIN.logIn.ja }).click();
  await heading(page, NOTICES.important.ja);
}

async function inThePast<T>(work: () => Promise<T>): Promise<T> {
  koshin.clock.set(new Date(Date.now() - YEAR_AND_MORE_MS));
  const done = await work();
  koshin.clock.set(new Date());
  return done;
}

async function statesOf(user: string): Promise<readonly string[]> {
  const rows = await koshin.house.db
    .selectFrom('certificate')
    .select('state')
    .where('institution', '=', koshin.mihon.code)
    .where('user_id', '=', user)
    .execute();
  return rows.map(({ state }) => state).toSorted();
}
