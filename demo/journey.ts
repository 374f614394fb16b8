// What the steps of the demo share: the bank, a person's PC with its browser, and the notes taken on
// the way. Not the steps themselves.
import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import type { KeyHome } from '../src/banking/user-certificate.ts';
import { selectAutomatically, unlessPolicies } from '../test/browsers/automatic-choice.ts';
import { BrowserHome } from '../test/browsers/browser-home.ts';
import { openChromium } from '../test/browsers/chromium.ts';
import { openScreen, type Screen, unlessScreen } from '../test/browsers/screen.ts';
import type { HeldPasskey } from '../test/browsers/virtual-authenticator.ts';
import { openSampleBank, type SampleBank } from './sample-bank.ts';
import { openTouchedDevice, type TouchedDevice } from './touched-device.ts';

/** Password of the person's key store, which its own prompt asks for. */
export const STORE_PASSWORD = 'kagibako2468';

/** The person of the journey; a colleague has a certificate in the same PC. */
export const TRAVELLER = { contract: '00012345678', user: 'suzuki01', colleague: 'tanaka02' };

/** A person at a PC on the way through the steps. */
export type Journey = {
  readonly bank: SampleBank;
  readonly home: BrowserHome;
  /** Undefined where there is no Xvfb: then the browser is headless, and a policy picks certificates. */
  readonly screen: Screen | undefined;
  readonly page: Page;
  /** The passkeys of the PC; undefined where the key is in a file. */
  readonly device: TouchedDevice | undefined;
  readonly notes: Notes;
  readonly folder: string;
};

/** What is counted and remembered. */
export type Notes = {
  /** What the person did in the present step. */
  actions: string[];
  /** What the person did since the notice was open. */
  sinceNotice: string[];
  /** What was found in the present step, for the line that is printed of it. */
  found: string;
  /** Dialogs and windows that pages opened, in the words of each. */
  readonly dialogs: string[];
  /** The browser's own bar, as it looks while no page asks for a permission. */
  toolbar: Buffer;
  /** What the console and the content policy complained of. */
  readonly complaints: readonly string[];
  /** Pictures of pages that hold the sentence of ⑪. */
  readonly completedOn: string[];
  /** How often the key store asked for its password. */
  storePrompts: number;
  /** SHA-256 of the certificate that was current at the start, hexadecimal. */
  oldCertificate: string;
  /** The passkey that was in use at the start, as a device holds it. */
  oldPasskey: HeldPasskey | undefined;
  /** The saved file and its password. */
  file: { readonly path: string; readonly password: string } | undefined;
};

const run = promisify(execFile);
/** The sentence of ⑪. */
export const COMPLETED = '電子証明書のインストールが完了しました';

const COLOURS = 64;
/** Resolves once what was laid out has been drawn, and colours that change have changed. */
const DRAWN = `new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
  .then(() => Promise.allSettled(document.getAnimations()
    .filter((one) => one instanceof CSSTransition).map(({ finished }) => finished)))`;

/** Starts bank, screen and browser, and a device where the key is to be; pictures go into the folder. */
export async function openJourney(
  folder: string,
  keyHome: KeyHome,
): Promise<AsyncDisposable & { journey: Journey }> {
  await using opened = new AsyncDisposableStack();
  await mkdir(folder, { recursive: true });
  const screen = unlessScreen === false ? opened.use(await openScreen()) : undefined;
  const bank = opened.use(await openSampleBank());
  if (screen === undefined) opened.use(await letPolicyChoose(bank));
  const home = opened.use(
    await BrowserHome.open(bank.serverAuthorityFile, screen && { keysPassword: STORE_PASSWORD }),
  );
  const { contract, user, colleague } = TRAVELLER;
  const people = screen === undefined ? [user] : [user, colleague];
  for (const one of people) await home.import(one, await bank.identityOf(`${contract}-${one}`));
  const browser = opened.use(await openChromium(home, screen && { display: screen }));
  const notes: Notes = {
    actions: [],
    sinceNotice: [],
    found: '',
    dialogs: [],
    toolbar: Buffer.alloc(0),
    complaints: browser.complaints,
    completedOn: [],
    storePrompts: 0,
    oldCertificate: '',
    oldPasskey: undefined,
    file: undefined,
  };
  browser.context.on('dialog', (dialog) => {
    notes.dialogs.push(`${dialog.type()}: ${dialog.message()}`);
    void dialog.accept();
  });
  browser.context.on('page', (page) => notes.dialogs.push(`window: ${page.url()}`));
  const { page } = browser;
  const device = keyHome === 'device' ? await openTouchedDevice(page) : undefined;
  const kept = opened.move();
  return {
    journey: { bank, home, screen, page, device, notes, folder },
    [Symbol.asyncDispose]: async () => await kept.disposeAsync(),
  };
}

async function letPolicyChoose({ mihon, port }: SampleBank): Promise<AsyncDisposable> {
  if (unlessPolicies !== false) throw new Error(`no screen, and ${unlessPolicies}`);
  return await selectAutomatically(`[*.]${mihon.membersDomain}:${port}`, mihon.issuingName);
}

/** Address of a path on the bank's public host. */
export function publicAddress(path: string, { bank }: Journey): string {
  return `https://${bank.mihon.publicHost}:${bank.port}${path}`;
}

/** Notes that the person does something, and does it. */
export async function act<T>(what: string, { notes }: Journey, work: () => Promise<T>): Promise<T> {
  notes.actions.push(what);
  notes.sinceNotice.push(what);
  return await work();
}

/** Waits for the page with this heading. */
export async function heading(title: string, on: Journey): Promise<void> {
  const wanted = on.page.getByRole('heading', { level: 1, name: title, exact: true });
  await expected(`the page ${title}`, on, async () => await wanted.waitFor());
}

/** Adds to a failure what was expected, and which page was there in its place. */
export async function expected<T>(what: string, { page }: Journey, work: () => Promise<T>) {
  try {
    return await work();
  } catch (cause) {
    // A page behind a dialog of the browser answers nothing: that is waited for shortly.
    const shown = await page
      .locator('h1')
      .textContent({ timeout: 2000 })
      .catch(() => page.url());
    throw new Error(`expected ${what}; there was: ${shown}`, { cause });
  }
}

/** Presses a link and waits for the heading of its page. */
export async function follow(link: string, title: string, on: Journey): Promise<void> {
  const { page } = on;
  const wanted = page.getByRole('link', { name: link, exact: true }).first();
  await act(link, on, async () => {
    await expected(`the link ${link}`, on, async () => await wanted.click());
  });
  await heading(title, on);
}

/** Presses a button. */
export async function press(button: string, on: Journey): Promise<void> {
  const { page } = on;
  const wanted = page.getByRole('button', { name: button, exact: true });
  await act(button, on, async () => {
    await expected(
      `the button ${button}`,
      on,
      async () => await wanted.click({ noWaitAfter: true }),
    );
  });
}

/** Photographs what the person sees: the whole screen, or the page where there is none. */
export async function photograph(name: string, { screen, page, folder }: Journey): Promise<void> {
  const file = join(folder, `${name}.png`);
  if (screen === undefined) await page.screenshot({ path: file });
  else await screen.photograph(file);
  await makeSmall(file);
}

/** The same once the page has been drawn; not while a dialog of the browser holds it. */
export async function photographPage(name: string, on: Journey): Promise<void> {
  const { page, notes } = on;
  await page.evaluate(DRAWN);
  // Shown or hidden: what the page holds may be shown by its script. Its markup has marks between phrases.
  const text = (await page.locator('html').textContent()) ?? '';
  if (text.includes(COMPLETED)) notes.completedOn.push(name);
  await photograph(name, on);
}

/** Photographs the page from top to bottom. */
export async function photographWhole(name: string, { page, folder }: Journey): Promise<void> {
  const file = join(folder, `${name}.png`);
  await page.screenshot({ path: file, fullPage: true });
  await makeSmall(file);
}

async function makeSmall(file: string): Promise<void> {
  const options = ['-strip', '-dither', 'None', '-colors', String(COLOURS)];
  await run('convert', [file, ...options, '-define', 'png:compression-level=9', `PNG8:${file}`]);
}
