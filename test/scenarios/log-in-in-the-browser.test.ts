// Login in a stock Chromium: once on a screen with the real certificate picker, answered by keyboard,
// else headless with the policy that answers it.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { Page } from 'playwright-core';
import { SIGNED_IN } from '../../src/words/frame.ts';
import { LOGGED_OFF, METHODS, NOT_ARRIVED, PIN, TOP, WRONG_PIN } from '../../src/words/login.ts';
import { NOTICES, RENEWAL_NOTICE } from '../../src/words/notices.ts';
import { REFUSAL_ACTIONS } from '../../src/words/refusal-words.ts';
import { REFUSALS } from '../../src/words/refusals.ts';
import { selectAutomatically, unlessPolicies } from '../browsers/automatic-choice.ts';
import { BrowserHome } from '../browsers/browser-home.ts';
import { openChromium, unlessChromium } from '../browsers/chromium.ts';
import { tabTo } from '../browsers/keyboard.ts';
import { pickRow } from '../browsers/picker.ts';
import { openScreen, type Screen, unlessScreen } from '../browsers/screen.ts';
import { unlessInstalled } from '../interop/programs.ts';
import { CertificateMaker } from '../make-certificates.ts';
import { type Holding, makeCustomer } from '../system/customers.ts';
import { TEST_PIN } from '../system/test-bank.ts';
import { openTestKoshin, type TestKoshin } from '../system/test-koshin.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const PEOPLE = [
  { user: 'suzuki01', name: '鈴木 太郎', issuedDaysAgo: 345 },
  { user: 'tanaka02', name: '田中 美咲', issuedDaysAgo: 305 },
  { user: 'sato03', name: '佐藤 健', issuedDaysAgo: 375 },
] as const;
type User = (typeof PEOPLE)[number]['user'];

const unlessStore = unlessInstalled('pk12util') || unlessInstalled('openssl') || unlessChromium;

let koshin: TestKoshin;
const holdings = new Map<User, Holding>();

suite('login in the browser', { skip: unlessStore }, () => {
  // Browsers go by the machine's clock: what they hide as expired has expired.
  const now = new Date();
  const daysAgo = (days: number): Date => new Date(now.getTime() - days * DAY_MS);

  before(async () => {
    koshin = await openTestKoshin({ now: daysAgo(500), otherNames: 'of-its-own' });
    for (const { user, name, issuedDaysAgo } of PEOPLE) {
      koshin.clock.set(daysAgo(issuedDaysAgo));
      holdings.set(user, await makeCustomer(user, koshin, { name }));
    }
    koshin.clock.set(now);
  });
  after(async () => await koshin[Symbol.asyncDispose]());

  test('the real picker lists this institution’s certificates only; after log off it asks again', {
    skip: unlessScreen,
  }, async () => {
    await using home = await fullHome();
    await using screen = await openScreen();
    await using browser = await openChromium(home, { display: screen });
    const { page } = browser;
    await page.goto(publicUrl('/'));
    await choose(page, TOP.logIn.ja, METHODS.title.ja);
    await startLogin(page);
    const rows = await whoArrivesByRow(3, screen, page);
    // The third Down finds no third row.
    assert.deepEqual(new Set(rows), new Set(['suzuki01', 'tanaka02']));
    assert.equal(rows[1], rows[2]);

    await again(page);
    await pickRow(rows.indexOf('suzuki01'), screen, page);
    await givePin(page);
    await heading(page, NOTICES.important.ja);
    assert.ok((await page.textContent('.account'))?.includes('鈴木 太郎'));
    await choose(page, RENEWAL_NOTICE.title.ja, RENEWAL_NOTICE.title.ja);
    await logOff(page);

    await choose(page, LOGGED_OFF.again.ja, METHODS.title.ja);
    await startLogin(page);
    await pickRow(rows.indexOf('tanaka02'), screen, page);
    await givePin(page);
    await heading(page, NOTICES.important.ja);
    assert.ok((await page.textContent('.account'))?.includes('田中 美咲'));
    await logOff(page);

    // And the first one again: two people take turns at one PC, and nothing is ever closed.
    await choose(page, LOGGED_OFF.again.ja, METHODS.title.ja);
    await startLogin(page);
    await pickRow(rows.indexOf('suzuki01'), screen, page);
    await givePin(page);
    await heading(page, NOTICES.important.ja);
    assert.ok((await page.textContent('.account'))?.includes('鈴木 太郎'));
    await logOff(page);
    assert.deepEqual(browser.complaints, []);
  });

  suite('with the policy that answers for the person', { skip: unlessPolicies }, () => {
    let policies: AsyncDisposable;
    before(async () => {
      const { membersDomain, issuingName } = koshin.mihon;
      policies = await selectAutomatically(`[*.]${membersDomain}:${koshin.port}`, issuingName);
    });
    after(async () => await policies[Symbol.asyncDispose]());

    test('what a page must not load would be noticed', async () => {
      await using home = await BrowserHome.open(koshin.serverAuthorityFile);
      await using browser = await openChromium(home);
      const { page } = browser;
      await page.goto(publicUrl('/'));
      const complained = page.waitForEvent('console');
      await page.evaluate(
        "document.body.append(Object.assign(new Image(), { src: '//x.example' }))",
      );
      await complained;
      assert.match(browser.complaints.join(), /Content Security Policy/);
    });

    for (const javaScriptEnabled of [true, false]) {
      const how = javaScriptEnabled ? 'with' : 'without';
      test(`login, a notice and log off ${how} JavaScript cost documents only`, async () => {
        await using home = await homeOf('suzuki01');
        await using browser = await openChromium(home, { javaScriptEnabled });
        const { page } = browser;
        await page.goto(publicUrl('/'));
        await choose(page, TOP.logIn.ja, METHODS.title.ja);
        await choose(page, METHODS.method.ja, PIN.title.ja);
        await givePin(page, 'wrong123');
        await page.getByRole('alert').getByText(String(WRONG_PIN.ja[0])).waitFor();
        await givePin(page);
        await heading(page, NOTICES.important.ja);
        await choose(page, RENEWAL_NOTICE.title.ja, RENEWAL_NOTICE.title.ja);
        await choose(page, NOTICES.back.ja, NOTICES.important.ja);
        await logOff(page);
        assert.deepEqual(browser.complaints, []);
      });
    }

    test('the way back after log off shows nothing of the account', async () => {
      await using home = await homeOf('suzuki01');
      await using browser = await openChromium(home);
      const { page } = browser;
      await page.goto(publicUrl('/login'));
      await givePin(page);
      await heading(page, NOTICES.important.ja);
      await logOff(page);
      await page.goBack();
      await heading(page, REFUSALS['session-ended'].title.ja);
      assert.equal(await page.locator('.account').count(), 0);
      await choose(page, REFUSAL_ACTIONS['log-in-again'].ja, PIN.title.ja);
    });

    test('who comes back without having arrived is asked whether no page opened, until they log off', async () => {
      await using home = await homeOf('suzuki01');
      await using browser = await openChromium(home);
      const { page } = browser;
      const hint = page.getByText(NOT_ARRIVED.help.ja);
      await page.goto(publicUrl('/user-login'));
      assert.equal(await hint.count(), 0);
      await choose(page, METHODS.method.ja, PIN.title.ja);
      for (const path of ['/', '/user-login']) {
        await page.goto(publicUrl(path));
        assert.equal(await hint.count(), 1);
      }
      await choose(page, METHODS.method.ja, PIN.title.ja);
      await page.getByLabel(PIN.field.ja).fill(TEST_PIN);
      await page.getByRole('button', { name: PIN.logIn.ja }).click();
      await heading(page, NOTICES.important.ja);
      await logOff(page);
      await page.goto(publicUrl('/'));
      assert.equal(await hint.count(), 0);
      assert.deepEqual(browser.complaints, []);
    });

    test('a language once chosen stays from the top page to the page after log off', async () => {
      await using home = await homeOf('suzuki01');
      await using browser = await openChromium(home);
      const { page } = browser;
      await page.goto(publicUrl('/'));
      await page.getByRole('link', { name: 'English' }).click();
      await choose(page, TOP.logIn.en, METHODS.title.en);
      await choose(page, METHODS.method.en, PIN.title.en);
      await choose(page, '日本語', PIN.title.ja);
      await choose(page, 'English', PIN.title.en);
      await page.getByLabel(PIN.field.en).fill(TEST_PIN);
      await page.getByRole('button', { name: PIN.logIn.en }).click();
      await heading(page, NOTICES.important.en);
      await page.getByRole('link', { name: '日本語' }).click();
      await heading(page, NOTICES.important.ja);
      await page.getByRole('link', { name: 'English' }).click();
      await page.getByRole('button', { name: SIGNED_IN.logOff.en }).click();
      await heading(page, LOGGED_OFF.title.en);
      assert.equal(await page.getAttribute('html', 'lang'), 'en');
      assert.deepEqual(browser.complaints, []);
    });

    test('who has no certificate is told why that can be, and is asked again by the link', async () => {
      await using home = await BrowserHome.open(koshin.serverAuthorityFile);
      await using browser = await openChromium(home);
      const { page } = browser;
      await page.goto(publicUrl('/login'));
      await heading(page, REFUSALS['no-certificate'].title.ja);
      const first = new URL(page.url()).host;
      await choose(page, REFUSAL_ACTIONS['log-in-again'].ja, REFUSALS['no-certificate'].title.ja);
      assert.notEqual(new URL(page.url()).host, first);
      assert.deepEqual(browser.complaints, []);
    });

    test('an expired certificate is never shown by the browser: its holder is told so first', async () => {
      await using home = await homeOf('sato03');
      await using browser = await openChromium(home);
      const { page } = browser;
      await page.goto(publicUrl('/login'));
      await heading(page, REFUSALS['no-certificate'].title.ja);
      const cause = await page.locator('ol.steps h3').first().textContent();
      assert.match(cause ?? '', /有効期限/);
    });

    test('a certificate that was imported meanwhile is found without closing the browser', async () => {
      await using home = await BrowserHome.open(koshin.serverAuthorityFile);
      await using browser = await openChromium(home);
      const { page } = browser;
      await page.goto(publicUrl('/login'));
      await heading(page, REFUSALS['no-certificate'].title.ja);
      await home.import('suzuki01', holdingOf('suzuki01').shows);
      await choose(page, REFUSAL_ACTIONS['log-in-again'].ja, PIN.title.ja);
    });

    test('everything can be done by keyboard alone, and the focus is always seen', async () => {
      await using home = await homeOf('suzuki01');
      await using browser = await openChromium(home);
      const { page } = browser;
      await page.goto(publicUrl('/'));
      await tabTo(page, TOP.logIn.ja);
      await page.keyboard.press('Enter');
      await heading(page, METHODS.title.ja);
      await tabTo(page, METHODS.method.ja);
      await page.keyboard.press('Enter');
      await heading(page, PIN.title.ja);
      // One action less: the page's only field has the focus when it opens.
      await page.getByLabel(PIN.field.ja).and(page.locator(':focus')).waitFor();
      await page.keyboard.type(TEST_PIN);
      await page.keyboard.press('Enter');
      await heading(page, NOTICES.important.ja);
      await tabTo(page, RENEWAL_NOTICE.title.ja);
      await page.keyboard.press('Enter');
      await heading(page, RENEWAL_NOTICE.title.ja);
      await tabTo(page, SIGNED_IN.logOff.ja);
      await page.keyboard.press('Enter');
      await heading(page, LOGGED_OFF.title.ja);
    });
  });
});

/** A home with the certificates of two users, an expired one, another bank's and a self-made one. */
async function fullHome(): Promise<BrowserHome> {
  const home = await BrowserHome.open(koshin.serverAuthorityFile);
  for (const [user, { shows }] of holdings) await home.import(user, shows);
  const { betsu } = koshin;
  await home.import('elsewhere', (await makeCustomer('suzuki01', koshin, { bank: betsu })).shows);
  await using maker = await CertificateMaker.open();
  const selfMade = await maker.client('00012345678 suzuki01 1394', await maker.authority('self'));
  await home.import('self-made', { cert: selfMade.certificatePem, key: selfMade.privateKeyPem });
  return home;
}

/** A home with the certificate of one user. */
async function homeOf(user: User): Promise<BrowserHome> {
  const home = await BrowserHome.open(koshin.serverAuthorityFile);
  await home.import(user, holdingOf(user).shows);
  return home;
}

function holdingOf(user: User): Holding {
  const holding = holdings.get(user);
  if (holding === undefined) throw new Error(`${user} has no certificate`);
  return holding;
}

/** Follows a link and waits for the heading of its page. */
async function choose(page: Page, link: string, title: string): Promise<void> {
  await page.getByRole('link', { name: link, exact: true }).first().click();
  await heading(page, title);
}

async function heading(page: Page, title: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
}

/** Presses 電子証明書方式 利用者ログイン; the picker stands between this and the next page. */
async function startLogin(page: Page): Promise<void> {
  await page.getByRole('link', { name: METHODS.method.ja }).click({ noWaitAfter: true });
}

async function again(page: Page): Promise<void> {
  await page.getByRole('link', { name: PIN.chooseAnother.ja }).click({ noWaitAfter: true });
}

/** Picks row after row, each at a fresh host; the user ID on each PIN page. */
async function whoArrivesByRow(count: number, screen: Screen, page: Page): Promise<string[]> {
  const users: string[] = [];
  for (let row = 0; row < count; row += 1) {
    if (row > 0) await again(page);
    await pickRow(row, screen, page);
    await heading(page, PIN.title.ja);
    users.push((await page.locator('dd.strong').last().textContent()) ?? '');
  }
  return users;
}

async function givePin(page: Page, pin = TEST_PIN): Promise<void> {
  await page.getByLabel(PIN.field.ja).fill(pin);
  await page.getByRole('button', { name: PIN.logIn.ja }).click();
}

async function logOff(page: Page): Promise<void> {
  await page.getByRole('button', { name: SIGNED_IN.logOff.ja }).click();
  await heading(page, LOGGED_OFF.title.ja);
}

function publicUrl(path: string): string {
  return `https://${koshin.mihon.publicHost}:${koshin.port}${path}`;
}
