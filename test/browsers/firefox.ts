// Debian's Firefox ESR as a person has it: a fresh profile, a home of its own. Driven over WebDriver
// BiDi, which Playwright does not speak to a stock Firefox. No test itself.
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, launch, type Page } from 'puppeteer-core';
import type { BrowserHome } from './browser-home.ts';
import { personsEnvironment } from './persons-environment.ts';
import type { Screen } from './screen.ts';

const PROGRAM = '/usr/bin/firefox-esr';
const PATIENCE_MILLISECONDS = 60_000;

const PREFERENCES = {
  // Nothing but our pages: no first-run page, no updates, no measuring.
  'browser.aboutwelcome.enabled': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'datareporting.policy.dataSubmissionEnabled': false,
  'app.update.disabledForTesting': true,
  'browser.translations.automaticallyPopup': false,
  // A file is saved where the test looks for it, and no list of downloads lies over the page.
  'browser.download.folderList': 2,
  'browser.download.useDownloadDir': true,
  'browser.download.alwaysOpenPanel': false,
};

/** For `skip` of a test: false where Firefox is here, else the reason. */
export const unlessFirefox: string | false = existsSync(PROGRAM)
  ? false
  : 'firefox-esr is not installed';

/** Who answers which certificate to show: a person, or Firefox with the first that was imported. */
export type FirefoxChoice = {
  readonly certificates: 'asks' | 'takes-the-first';
  /** The display to be seen on; headless without one. */
  readonly display?: Screen;
};

/** A browser with one window. */
export type Firefox = AsyncDisposable & {
  readonly page: Page;
  /** Where it saves files. */
  readonly downloads: string;
};

/** Starts the browser of a home that was opened for Firefox. */
export async function openFirefox(
  home: BrowserHome,
  { certificates, display }: FirefoxChoice,
): Promise<Firefox> {
  const downloads = join(home.folder, 'downloads');
  await mkdir(downloads, { recursive: true });
  const browser = await launch({
    browser: 'firefox',
    protocol: 'webDriverBiDi',
    executablePath: PROGRAM,
    headless: display === undefined,
    userDataDir: home.storeFolder,
    defaultViewport: null,
    args: display === undefined ? [] : [`--width=${display.width}`, `--height=${display.height}`],
    env: personsEnvironment(home, display),
    extraPrefsFirefox: {
      ...PREFERENCES,
      'browser.download.dir': downloads,
      'security.default_personal_cert':
        certificates === 'asks' ? 'Ask Every Time' : 'Select Automatically',
    },
  });
  return {
    page: await firstPage(browser),
    downloads,
    [Symbol.asyncDispose]: async () => await browser.close(),
  };
}

async function firstPage(browser: Browser): Promise<Page> {
  const [page = await browser.newPage()] = await browser.pages();
  page.setDefaultTimeout(PATIENCE_MILLISECONDS);
  page.setDefaultNavigationTimeout(PATIENCE_MILLISECONDS);
  return page;
}

/** Presses the link or button that reads exactly so. */
export async function press(label: string, page: Page): Promise<void> {
  await page
    .locator(`::-p-xpath(//*[self::a or self::button][normalize-space()="${label}"])`)
    .click();
}

/** Waits for the page with this heading. */
export async function heading(title: string, page: Page): Promise<void> {
  await page.locator(`::-p-xpath(//h1[normalize-space()="${title}"])`).wait();
}

/** The text of the first element of a CSS selector. */
export async function textOf(selector: string, page: Page): Promise<string> {
  const text: unknown = await page.evaluate(
    `document.querySelector(${JSON.stringify(selector)})?.textContent`,
  );
  if (typeof text !== 'string') throw new Error(`the page has no ${selector}`);
  return text;
}
