// The journey with the key in the device, in a stock Chromium whose PC holds passkeys: from the file to the
// device, login, and from the notice to completion in three actions of the person.

import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { Page } from 'playwright-core';
import { DEVICE_HELP } from '../../src/words/device-help.ts';
import { SIGNED_IN } from '../../src/words/frame.ts';
import { LOGGED_OFF, METHODS, PIN, TOP } from '../../src/words/login.ts';
import { NOTICES, RENEWAL_NOTICE } from '../../src/words/notices.ts';
import { DEVICE, PASSKEY_LOGIN } from '../../src/words/passkey.ts';
import { REFUSALS } from '../../src/words/refusals.ts';
import { COMPLETED, FAILED, PROOF, RENEWAL } from '../../src/words/renewal.ts';
import { selectAutomatically, unlessPolicies } from '../browsers/automatic-choice.ts';
import { BrowserHome } from '../browsers/browser-home.ts';
import { type Chromium, openChromium, unlessChromium } from '../browsers/chromium.ts';
import { press } from '../browsers/press.ts';
import { addVirtualDevice, type VirtualDevice } from '../browsers/virtual-authenticator.ts';
import { unlessInstalled } from '../interop/programs.ts';
import { makeCustomer } from '../system/customers.ts';
import { setPolicy } from '../system/device-client.ts';
import { TEST_PIN } from '../system/test-bank.ts';
import { openTestKoshin, type TestKoshin } from '../system/test-koshin.ts';

const MOST_LOOKS = 200;
const DAY_MS = 24 * 60 * 60 * 1000;
const skip = unlessInstalled('pk12util') || unlessChromium || unlessPolicies;

let koshin: TestKoshin;
let policies: AsyncDisposable;
/** The browser of one person, through the whole suite. */
let home: BrowserHome;
let browser: Chromium;
let page: Page;
let device: VirtualDevice;

suite('a passkey in Chromium', { skip, concurrency: false }, () => {
  before(async () => {
    const now = new Date();
    koshin = await openTestKoshin({
      now: new Date(now.getTime() - 345 * DAY_MS),
      otherNames: 'of-its-own',
    });
    const { shows } = await makeCustomer('suzuki01', koshin);
    koshin.clock.set(now);
    const { membersDomain, issuingName } = koshin.mihon;
    policies = await selectAutomatically(`[*.]${membersDomain}:${koshin.port}`, issuingName);
    home = await BrowserHome.open(koshin.serverAuthorityFile);
    await home.import('suzuki01', shows);
    browser = await openChromium(home);
    ({ page } = browser);
  });
  after(async () => {
    await browser[Symbol.asyncDispose]();
    await home[Symbol.asyncDispose]();
    await policies[Symbol.asyncDispose]();
    await koshin[Symbol.asyncDispose]();
  });

  test('from the file to the device: nothing is saved, imported or picked', async () => {
    device = await addVirtualDevice(page);
    await page.goto(publicUrl('/login'));
    await givePin();
    await heading(NOTICES.important.ja);
    await follow(RENEWAL_NOTICE.title.ja);
    await follow(RENEWAL_NOTICE.link.ja);
    await heading(RENEWAL.title.ja);
    const choice = page.getByRole('radio', { name: DEVICE.onDevice.ja });
    await choice.and(page.locator(':checked')).waitFor();
    await pressButton(RENEWAL.renew.ja);
    await heading(COMPLETED.title.ja);
    assert.equal(new URL(page.url()).hostname, koshin.mihon.membersDomain);
    assert.equal((await device.held()).length, 1);
    assert.match((await page.textContent('.certificate-name')) ?? '', /suzuki01/);
    await follow(COMPLETED.close.ja);
    await heading(NOTICES.important.ja);
    assert.match((await page.textContent('.account')) ?? '', /この端末/);
    await logOff();
    assert.deepEqual(complaints(), []);
  });

  test('login by passkey and PIN, from the top page to log off', async () => {
    await page.goto(publicUrl('/'));
    await follow(TOP.logIn.ja);
    await heading(METHODS.title.ja);
    await follow(PASSKEY_LOGIN.method.ja);
    await page.getByRole('heading', { name: PASSKEY_LOGIN.forWhom.ja }).waitFor();
    await pressButton(PASSKEY_LOGIN.method.ja);
    await heading(PIN.title.ja);
    assert.match((await page.textContent('main')) ?? '', /suzuki01/);
    await givePin();
    await heading(NOTICES.important.ja);
    await logOff();
    assert.deepEqual(complaints(), []);
  });

  test('what the device asks is shown in drawings, one press from the login', async () => {
    await page.goto(loginUrl());
    await follow(DEVICE_HELP.link.ja);
    await heading(DEVICE_HELP.title.ja);
    assert.equal(new URL(page.url()).host, `${koshin.mihon.publicHost}:${koshin.port}`);
    assert.equal(await page.locator('[role=img]').count(), 5);
    assert.deepEqual(complaints(), []);
  });

  test('a page of another domain gets no signature of the passkey, whatever it asks for', async () => {
    await pageOfAThief(async (thief) => {
      await addVirtualDevice(thief);
      const ask = async (rpId: string) =>
        await thief.evaluate<string>(`navigator.credentials
          .get({ publicKey: { challenge: new Uint8Array(54), rpId: '${rpId}', timeout: 1000,
            userVerification: 'required' } })
          .then(() => 'signed', ({ name }) => name)`);
      assert.equal(await ask(koshin.mihon.passkeyDomain), 'SecurityError');
      assert.equal(await ask('mihon-bank.localhost'), 'NotAllowedError');
    });
  });

  test('who is not recognised by the device gets no further, and is told so', async () => {
    await device.recogniseUser(false);
    await page.goto(loginUrl());
    await pressButton(PASSKEY_LOGIN.method.ja);
    await page.getByRole('alert').getByText(PASSKEY_LOGIN.cancelled.ja).waitFor();
    await device.recogniseUser(true);
    await pressButton(PASSKEY_LOGIN.method.ja);
    await heading(PIN.title.ja);
  });

  test('without JavaScript the login page still leads on by file or card', async () => {
    await using other = await BrowserHome.open(koshin.serverAuthorityFile);
    await using plain = await openChromium(other, { javaScriptEnabled: false });
    await plain.page.goto(loginUrl());
    await plain.page.locator('noscript .panel').waitFor();
    assert.ok(await plain.page.locator('#passkey-button').isHidden());
    await plain.page.getByRole('link', { name: METHODS.method.ja }).click();
    await plain.page.getByRole('heading', { name: REFUSALS['no-certificate'].title.ja }).waitFor();
  });

  test('from the device back to a file, and from there to the device again', async () => {
    // At the machine's own time: browsers judge by it which certificates they offer.
    await setPolicy(koshin, { renewalWindowDays: 400 });
    await page.context().clearCookies();
    await logInByPasskey();
    await heading(NOTICES.important.ja);
    await page.goto(`${loginUrl()}renewal`);
    await page.getByRole('radio', { name: DEVICE.inFile.ja }).check();
    // Longer than five minutes after the login: the page asks for one touch more.
    koshin.clock.set(new Date(koshin.clock.now().getTime() + 6 * 60_000));
    await pressButton(RENEWAL.renew.ja);
    const link = page.locator('#download-standard');
    const [saved] = await Promise.all([page.waitForEvent('download'), link.click()]);
    const password = (await page.textContent('#file-password')) ?? '';
    await home.importFile(await saved.path(), password);
    await pressButton(PROOF.button.ja);
    await heading(COMPLETED.title.ja);
    assert.match(new URL(page.url()).hostname, /^m-[0-9]{4}\./);
    await whenHeld(0);
    await follow(COMPLETED.close.ja);
    assert.match((await page.textContent('.account')) ?? '', /ファイルまたはカード/);
    await page.goto(new URL('/renewal', page.url()).href);
    await page.getByRole('radio', { name: DEVICE.onDevice.ja }).check();
    await pressButton(RENEWAL.renew.ja);
    await heading(COMPLETED.title.ja);
    await whenHeld(1);
    await setPolicy(koshin, {});
    assert.deepEqual(complaints(), []);
  });

  test('from the notice to completion: one press and two touches', async () => {
    koshin.clock.set(new Date(koshin.clock.now().getTime() + 380 * DAY_MS));
    await page.context().clearCookies();
    const touches = await countTouches();
    await logInByPasskey();
    await heading(NOTICES.important.ja);
    await follow(RENEWAL_NOTICE.title.ja);
    await heading(RENEWAL_NOTICE.title.ja);
    const atNotice = touches.count;
    await pressButton(RENEWAL.renew.ja);
    await heading(COMPLETED.title.ja);
    const actions = 1 + touches.count - atNotice;
    console.log(`# from notice to completion: ${actions} actions`);
    assert.equal(actions, 3);
    // The page told the browser that the old one is done with, and the device has let it go.
    await whenHeld(1);
    assert.deepEqual(complaints(), []);
  });

  test('whatever stops the proof, the page says only what is known of it', async () => {
    await setPolicy(koshin, { renewalWindowDays: 400 });
    const failure = page.locator('#device-failed');
    const proof = '**/renewal/device/proof';
    await page.route(proof, async (route) => await route.abort());
    await page.goto(`${loginUrl()}renewal`);
    await pressButton(RENEWAL.renew.ja);
    await failure.getByText(DEVICE.proofLost.ja).waitFor();
    assert.ok(await failure.getByText(FAILED.safe.ja).isHidden());
    await page.unroute(proof);
    // Spoilt on its way, so that the bank refuses it.
    await page.route(proof, async (route) => {
      const fields = new URLSearchParams(route.request().postData() ?? '');
      fields.set('signature', 'AAAA');
      await route.continue({ postData: fields.toString() });
    });
    await follow(FAILED.reopen.ja);
    await pressButton(PROOF.button.ja);
    await failure.getByText(DEVICE.proofRefused.ja).waitFor();
    assert.ok(await failure.getByText(FAILED.refused.ja).isHidden());
    assert.ok(await failure.getByText(FAILED.safe.ja).isHidden());
    await page.unroute(proof);
    await follow(FAILED.reopen.ja);
    await pressButton(PROOF.button.ja);
    await heading(COMPLETED.title.ja);
    await setPolicy(koshin, {});
  });
});

/** Waits until the device holds this many passkeys. */
async function whenHeld(count: number): Promise<void> {
  for (let look = 1; look <= MOST_LOOKS; look += 1) {
    if ((await device.held()).length === count) return;
    await page.evaluate('new Promise(requestAnimationFrame)');
  }
  assert.fail(`the device never held ${count} passkeys`);
}

/** A page of somebody else, in the same browser: a phishing site between the person and the bank. */
async function pageOfAThief(work: (thief: Page) => Promise<void>): Promise<void> {
  const thief = await browser.context.newPage();
  await thief.route('https://login.mihon-bank.localhost/**', async (route) => {
    await route.fulfill({ contentType: 'text/html', body: '<p>利用者ログイン' });
  });
  await thief.goto('https://login.mihon-bank.localhost/');
  await work(thief);
  await thief.close();
}

/** Counts how often a page of this browser asks the device. */
async function countTouches(): Promise<{ count: number }> {
  const touches = { count: 0 };
  await page.exposeFunction('touched', () => {
    touches.count += 1;
  });
  await page.addInitScript(`
    for (const name of ['get', 'create']) {
      const ask = navigator.credentials[name].bind(navigator.credentials);
      navigator.credentials[name] = async (options) => { await touched(); return await ask(options); };
    }`);
  return touches;
}

async function logInByPasskey(): Promise<void> {
  await page.goto(loginUrl());
  await pressButton(PASSKEY_LOGIN.method.ja);
  await heading(PIN.title.ja);
  await givePin();
}

function loginUrl(): string {
  return `https://${koshin.mihon.membersDomain}:${koshin.port}/`;
}

async function heading(title: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
}

async function follow(link: string): Promise<void> {
  await page.getByRole('link', { name: link, exact: true }).first().click();
}

async function pressButton(button: string): Promise<void> {
  await press(page, button);
}

async function givePin(): Promise<void> {
  await page.getByLabel(PIN.field.ja).fill(TEST_PIN);
  await pressButton(PIN.logIn.ja);
}

async function logOff(): Promise<void> {
  await pressButton(SIGNED_IN.logOff.ja);
  await heading(LOGGED_OFF.title.ja);
}

/** What the browser complained of; scripts and what they ask are no complaint. */
function complaints(): readonly string[] {
  return browser.complaints.filter((one) => !one.startsWith('request: '));
}

function publicUrl(path: string): string {
  return `https://${koshin.mihon.publicHost}:${koshin.port}${path}`;
}
