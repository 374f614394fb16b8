// A headless Chromium that opens pages from memory under the portal's own CSP, and judges them with axe-core.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { styleSource } from '../../src/frame/style.ts';
import type { Html } from '../../src/http/html.ts';
import { noteConsole } from '../browsers/complaints.ts';
import { LOCALE } from '../browsers/persons-environment.ts';

const CHROMIUM = '/usr/bin/chromium';
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const ADDRESS = 'https://page.test/';

export const hasChromium: boolean = existsSync(CHROMIUM);

/** Starts the browser; the caller closes it. */
export async function openBrowser(): Promise<Browser> {
  return await chromium.launch({
    executablePath: CHROMIUM,
    args: FLAGS,
    env: { ...process.env, ...LOCALE },
  });
}

/** Shows a page as served: with the CSP, and noting every other request and every complaint. */
export async function showPage(page: Page, shown: Html): Promise<readonly string[]> {
  const complaints: string[] = [];
  page.removeAllListeners();
  page.on('console', (message) => noteConsole(message, complaints));
  await page.unrouteAll();
  await page.route('**/*', async (route) => {
    if (route.request().url() !== ADDRESS) {
      complaints.push(`request: ${route.request().url()}`);
      await route.abort();
      return;
    }
    await route.fulfill({
      contentType: 'text/html; charset=utf-8',
      headers: { 'content-security-policy': policy() },
      body: shown.markup,
    });
  });
  await page.goto(ADDRESS);
  return complaints;
}

/** Runs axe-core's WCAG 2.2 AA and best-practice rules; one line a violation. */
export async function violations(page: Page): Promise<readonly string[]> {
  const source = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
  await page.evaluate(source);
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const results = await page.evaluate<AxeResults>(
    `axe.run(document, { runOnly: ${JSON.stringify(tags)} })`,
  );
  return results.violations.map(
    ({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.html).join(' ')})`,
  );
}

function policy(): string {
  return [
    "default-src 'none'",
    `style-src ${styleSource()}`,
    'img-src data:',
    'form-action https:',
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}
