// Debian's Chromium as a person has it: a fresh profile, a home of its own, and a note of everything
// it asked for and complained of. No test itself.
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import type { BrowserHome } from './browser-home.ts';
import { noteConsole } from './complaints.ts';
import { personsEnvironment } from './persons-environment.ts';

const PROGRAM = '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** What an English browser offers to translate, to save or to open would lie over page and picker. */
const PREFERENCES = {
  translate: { enabled: false },
  credentials_enable_service: false,
  download_bubble: { partial_view_enabled: false },
};

/** For `skip` of a test: false where Chromium is here, else the reason. */
export const unlessChromium: string | false = existsSync(PROGRAM)
  ? false
  : 'chromium is not installed';

/** How the browser is started: headless, or on a display of this size. */
export type ChromiumChoice = Pick<BrowserContextOptions, 'javaScriptEnabled' | 'viewport'> & {
  readonly display?: { readonly name: string; readonly width: number; readonly height: number };
};

/** A browser with one window. */
export type Chromium = AsyncDisposable & {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Requests besides documents, messages of the console and of refused content. */
  readonly complaints: readonly string[];
};

/** Starts the browser of a home. */
export async function openChromium(
  home: BrowserHome,
  { display, ...options }: ChromiumChoice = {},
): Promise<Chromium> {
  const context = await chromium.launchPersistentContext(await profileOf(home), {
    ...options,
    executablePath: PROGRAM,
    headless: display === undefined,
    args: display === undefined ? FLAGS : [...FLAGS, ...windowFlags(display)],
    ...(display !== undefined && { viewport: null }),
    env: personsEnvironment(home, display),
  });
  const complaints: string[] = [];
  context.on('request', (request) => {
    if (request.resourceType() !== 'document') complaints.push(`request: ${request.url()}`);
  });
  context.on('requestfailed', (request) => {
    const { errorText = '' } = request.failure() ?? {};
    if (errorText !== 'net::ERR_ABORTED') complaints.push(`${errorText}: ${request.url()}`);
  });
  context.on('console', (message) => {
    // Of a page that tells of a refusal; anything else that failed was no document.
    if (message.text().startsWith('Failed to load resource: the server responded')) return;
    noteConsole(message, complaints);
  });
  context.on('weberror', (fault) => complaints.push(`script: ${fault.error().message}`));
  const [page = await context.newPage()] = context.pages();
  page.setDefaultTimeout(20_000);
  return {
    context,
    page,
    complaints,
    [Symbol.asyncDispose]: async () => await context.close(),
  };
}

async function profileOf({ folder }: BrowserHome): Promise<string> {
  const profile = join(folder, 'profile');
  const preferences = join(profile, 'Default/Preferences');
  if (!existsSync(preferences)) {
    await mkdir(join(profile, 'Default'), { recursive: true });
    await writeFile(preferences, JSON.stringify(PREFERENCES));
  }
  return profile;
}

function windowFlags({ width, height }: NonNullable<ChromiumChoice['display']>): string[] {
  // The bar about `--no-sandbox` is no part of what a person sees.
  return ['--test-type', '--window-position=0,0', `--window-size=${width},${height}`];
}
