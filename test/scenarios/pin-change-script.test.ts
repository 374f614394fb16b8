// The script of 利用者暗証番号の変更 in a real browser, under the content policy it is served with: each rule is
// ticked off while a PIN is typed, and the form goes as without script.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { bundleBrowserScripts } from '../../src/frame/browser-bundle.ts';
import { STYLE } from '../../src/frame/style.ts';
import { contentPolicy, styleHash } from '../../src/http/security-headers.ts';
import { pinChangePage } from '../../src/portal/pages/pin-change-page.ts';
import { PIN_CHANGE } from '../../src/words/pin-change.ts';
import { noteConsole } from '../browsers/complaints.ts';
import { hasChromium, openBrowser } from '../pages/page-browser.ts';
import { sampleAccount, sampleFrame } from '../pages/sample-frame.ts';

const ORIGIN = 'https://page.test';
const SITE = {
  kind: 'members',
  institution: '1394',
  origin: ORIGIN,
  host: 'page.test',
  authority: 'page.test',
} as const;

const skip = hasChromium ? false : 'Chromium is not installed';
let browser: Browser;
let page: Page;
const complaints: string[] = [];
const posts: URLSearchParams[] = [];

before(async () => {
  if (skip) return;
  const { pinChange: script } = await bundleBrowserScripts();
  const view = {
    account: sampleAccount('ja'),
    contractId: '00012345678',
    userId: 'suzuki01',
    formToken: 'form-token-of-the-test',
    touch: 'none',
    script: { src: script.path, integrity: script.integrity },
    error: null,
  } as const;
  const policy = { styleSources: [styleHash(STYLE.markup)], hstsSeconds: 0 };
  browser = await openBrowser();
  page = await browser.newPage();
  page.on('console', (message) => noteConsole(message, complaints));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.route('**/*', async (route) => {
    const request = route.request();
    if (request.url() === ORIGIN + script.path) {
      const headers = { 'access-control-allow-origin': ORIGIN };
      return await route.fulfill({ contentType: 'text/javascript', headers, body: script.source });
    }
    if (request.method() === 'POST') posts.push(new URLSearchParams(request.postData() ?? ''));
    return await route.fulfill({
      contentType: 'text/html; charset=utf-8',
      headers: { 'content-security-policy': contentPolicy(policy, SITE, 'with-script') },
      body: pinChangePage(view, sampleFrame('ja')).markup,
    });
  });
  await page.goto(`${ORIGIN}/my-page/pin`);
});
after(async () => {
  if (!skip) await browser.close();
});

for (const { typed, kept } of [
  { typed: '', kept: [] },
  { typed: 'kabe', kept: ['unlike-ids', 'not-simple'] },
  { typed: 'suzuki01', kept: ['form', 'mixed', 'not-simple'] },
  { typed: 'abc123', kept: ['form', 'mixed', 'unlike-ids'] },
  { typed: 'Kabe72mori', kept: ['form', 'mixed', 'unlike-ids', 'not-simple'] },
]) {
  test(`"${typed}" ticks off ${kept.join(', ') || 'nothing'}`, { skip }, async () => {
    await page.getByLabel(PIN_CHANGE.wanted.ja, { exact: true }).fill(typed);
    const ticked = await page.evaluate<string[]>(
      "[...document.querySelectorAll('#pin-rules .kept')].map((line) => line.dataset.rule)",
    );
    assert.deepEqual(ticked, kept);
    const said = await page.locator('#pin-rules li span:visible').count();
    assert.equal(said, kept.length);
    assert.deepEqual(complaints, []);
  });
}

test('the form is sent with what was typed, and no field of a touch', { skip }, async () => {
  await page.getByLabel(PIN_CHANGE.current.ja, { exact: true }).fill('mihon1234');
  await page.getByLabel(PIN_CHANGE.repeated.ja, { exact: true }).fill('Kabe72mori');
  await Promise.all([
    page.waitForNavigation(),
    page.getByRole('button', { name: PIN_CHANGE.change.ja }).click(),
  ]);
  assert.deepEqual(
    posts.map((form) => [...form.keys()]),
    [['form-token', 'pin', 'new-pin', 'new-pin-again']],
  );
  assert.deepEqual(complaints, []);
});
