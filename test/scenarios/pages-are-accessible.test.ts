// Every page, in both languages, narrow and wide, in a real browser under the CSP it is served with:
// no violation of WCAG 2.2 AA, no request besides the document, nothing wider than the window.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { html } from '../../src/http/html.ts';
import { hasChromium, openBrowser, showPage, violations } from '../pages/page-browser.ts';
import { SAMPLE_PAGES } from '../pages/sample-pages.ts';

// The last one is also judged by axe-core.
const WIDTHS = [1440, 360];

const skip = hasChromium ? false : 'Chromium is not installed';
let browser: Browser | undefined;
let page: Page;

before(async () => {
  if (skip) return;
  browser = await openBrowser();
  page = await browser.newPage();
});
after(async () => {
  await browser?.close();
});

test('what is wrong with a page is found', { skip }, async () => {
  const complaints = await showPage(
    page,
    html`<!doctype html><html><style>p { color: #ccc }</style><img src="/x.png"><p>text</p></html>`,
  );
  assert.ok(complaints.length > 0);
  assert.ok((await violations(page)).some((line) => line.startsWith('image-alt')));
});

test('every page of portal and console has a sample view', () => {
  const samples = globSync('test/pages/*.ts')
    .map((file) => readFileSync(file, 'utf8'))
    .join('');
  const pages = globSync(['src/portal/pages/*-page.ts', 'src/console/pages/*-page.ts']);
  assert.ok(pages.length > 10);
  assert.deepEqual(
    pages.filter((page) => !samples.includes(page)),
    [],
  );
});

for (const { name, render, act } of SAMPLE_PAGES) {
  for (const language of ['ja', 'en'] as const) {
    test(`${name} in ${language} is accessible and needs no second request`, { skip }, async () => {
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 800 });
        assert.deepEqual(await showPage(page, render(language)), []);
        if (act !== undefined) await page.evaluate(act);
        assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width);
        assert.deepEqual(await smallTargets(page), []);
        assert.deepEqual(await brokenWays(page), []);
      }
      assert.deepEqual(await violations(page), []);
    });
  }
}

/** What leads away from a logged-in user's page is in words of one line, however narrow the page. */
async function brokenWays(shown: Page): Promise<readonly string[]> {
  return await shown.evaluate<string[]>(`
    [...document.querySelectorAll('.ways a, .ways button')]
      .filter((element) => {
        const range = document.createRange();
        range.selectNodeContents(element);
        return new Set([...range.getClientRects()].map(({ top }) => top)).size > 1;
      })
      .map((element) => element.outerHTML)`);
}

/** Links and buttons outside running text that are lower than a finger needs. */
async function smallTargets(shown: Page): Promise<readonly string[]> {
  return await shown.evaluate<string[]>(`
    [...document.querySelectorAll('a, button, input, summary')]
      .filter((element) => element.checkVisibility() && !element.closest('.skip, .prose'))
      .map((element) => (element.type === 'radio' ? element.closest('label') : element))
      .filter((element) => element.getBoundingClientRect().height < 44)
      .map((element) => element.outerHTML)`);
}
