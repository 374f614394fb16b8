// The whole renewal in a stock Firefox on a screen, from login to the next login: key made in the page,
// file saved and imported into the running browser, its own certificate picker answered by keyboard.
import assert from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import type { Page } from 'puppeteer-core';
import { SIGNED_IN } from '../../src/words/frame.ts';
import { LOGGED_OFF, METHODS, PIN, TOP } from '../../src/words/login.ts';
import { NOTICES, RENEWAL_NOTICE } from '../../src/words/notices.ts';
import { REFUSAL_ACTIONS } from '../../src/words/refusal-words.ts';
import { REFUSALS } from '../../src/words/refusals.ts';
import { COMPLETED, DELIVERY, PROOF, RENEWAL } from '../../src/words/renewal.ts';
import { BrowserHome } from '../browsers/browser-home.ts';
import {
  type Firefox,
  heading,
  openFirefox,
  press,
  textOf,
  unlessFirefox,
} from '../browsers/firefox.ts';
import { pickFirefoxRow } from '../browsers/picker.ts';
import { openScreen, type Screen, unlessScreen, waitUntil } from '../browsers/screen.ts';
import { unlessInstalled } from '../interop/programs.ts';
import { openssl } from '../openssl.ts';
import { type Holding, makeCustomer } from '../system/customers.ts';
import { TEST_PIN } from '../system/test-bank.ts';
import { openTestKoshin, type TestKoshin } from '../system/test-koshin.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const skip = unlessFirefox || unlessScreen || unlessInstalled('pk12util');

/** Rows of the picker, in the order of the imports. */
const OLD = 0;
const NEW = 1;

let koshin: TestKoshin;
let own: Holding;

suite('the renewal in Firefox', { skip }, () => {
  before(async () => {
    // Browsers go by the machine's clock: what they hide as expired has expired.
    const now = new Date();
    koshin = await openTestKoshin({ now: new Date(now.getTime() - 500 * DAY_MS) });
    koshin.clock.set(new Date(now.getTime() - 345 * DAY_MS));
    own = await makeCustomer('suzuki01', koshin);
    koshin.clock.set(now);
  });
  after(async () => await koshin[Symbol.asyncDispose]());

  test('from login to login: the new certificate is imported while Firefox runs, proved, and in use', async () => {
    await using home = await BrowserHome.open(koshin.serverAuthorityFile, { browser: 'firefox' });
    await home.import('the first certificate', own.shows);
    await using screen = await openScreen();
    await using firefox = await openFirefox(home, { certificates: 'asks', display: screen });
    const { page } = firefox;
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => dialogs.push(dialog.type()));

    await page.goto(`https://${koshin.mihon.publicHost}:${koshin.port}/`);
    await press(TOP.logIn.ja, page);
    await heading(METHODS.title.ja, page);
    await pressAndPick(METHODS.method.ja, OLD, { page, screen });
    await givePin(page);
    await goToRenewal(page);
    await press(RENEWAL.renew.ja, page);
    await page.locator('#renewal-delivery').setVisibility('visible').wait();
    const { file, password } = await saveFile(firefox);
    checkFile(await readFile(file), password);
    await home.importFile(file, password);
    assert.deepEqual(await states(), ['current', 'issued']);

    await pressAndPick(PROOF.button.ja, NEW, { page, screen });
    await heading(COMPLETED.title.ja, page);
    assert.deepEqual(await states(), ['superseded', 'current']);
    await press(COMPLETED.close.ja, page);
    await heading(NOTICES.important.ja, page);
    await press(SIGNED_IN.logOff.ja, page);
    await heading(LOGGED_OFF.title.ja, page);

    await press(LOGGED_OFF.again.ja, page);
    await heading(METHODS.title.ja, page);
    await pressAndPick(METHODS.method.ja, OLD, { page, screen });
    await heading(REFUSALS.superseded.title.ja, page);
    await pressAndPick(REFUSAL_ACTIONS['choose-another'].ja, NEW, { page, screen });
    await givePin(page);
    await heading(NOTICES.important.ja, page);
    assert.deepEqual(dialogs, []);
  });
});

async function pressAndPick(
  label: string,
  row: number,
  { page, screen }: { readonly page: Page; readonly screen: Screen },
): Promise<void> {
  await Promise.all([press(label, page), pickFirefoxRow(row, screen)]);
}

async function givePin(page: Page): Promise<void> {
  await heading(PIN.title.ja, page);
  await page.locator('input[name=pin]').fill(TEST_PIN);
  await press(PIN.logIn.ja, page);
}

/** From the notices by the one that asks for the renewal to its page. */
async function goToRenewal(page: Page): Promise<void> {
  await heading(NOTICES.important.ja, page);
  await press(RENEWAL_NOTICE.title.ja, page);
  await heading(RENEWAL_NOTICE.title.ja, page);
  await press(RENEWAL_NOTICE.link.ja, page);
  await heading(RENEWAL.title.ja, page);
}

/** Saves the file as the page offers it to Firefox, and reads its password off the page. */
async function saveFile({ page, downloads }: Firefox): Promise<{ file: string; password: string }> {
  assert.match(await textOf('#renewal-delivery', page), /新しいRSA鍵\(3072ビット\)を作成しました/);
  assert.ok(!(await textOf('body', page)).includes(COMPLETED.title.ja));
  const name = await textOf('#file-name', page);
  const password = await textOf('#file-password', page);
  await press(DELIVERY.download.ja, page);
  const file = join(downloads, name);
  // Firefox holds the place with an empty file and writes beside it until all is there.
  await waitUntil(`${name} is saved`, async () => existsSync(file) && (await stat(file)).size > 0);
  return { file, password };
}

/** openssl opens it: a new key, as long as the page said. */
function checkFile(file: Uint8Array, password: string): void {
  const pem = openssl(['pkcs12', '-noenc', '-passin', `pass:${password}`], file);
  const key = createPrivateKey(pem);
  assert.equal(key.asymmetricKeyDetails?.modulusLength, 3072);
  const certificate = new X509Certificate(pem.slice(pem.indexOf('-----BEGIN CERTIFICATE')));
  assert.ok(certificate.checkPrivateKey(key));
  assert.ok(!new X509Certificate(own.der).checkPrivateKey(key));
}

async function states(): Promise<readonly string[]> {
  const rows = await koshin.house.db
    .selectFrom('certificate')
    .select('state')
    .where('institution', '=', koshin.mihon.code)
    .where('user_id', '=', own.certificate.identity.user)
    .orderBy('issued_at')
    .execute();
  return rows.map(({ state }) => state);
}
