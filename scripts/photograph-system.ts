// Starts Koshin with its sample, goes through the pages in Chromium as a person does, and
// photographs each for the docs; not run by the tests. Root only: it sets a browser policy.
// Usage: node scripts/photograph-system.ts [--out docs/pictures]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { sampleInstitution } from '../src/sample/institution.ts';
import { SAMPLE_PEOPLE, SAMPLE_PIN } from '../src/sample/people.ts';
import { SIGNED_IN } from '../src/words/frame.ts';
import { inLanguage, type Language } from '../src/words/language.ts';
import { LOGGED_OFF, METHODS, PIN, TOP } from '../src/words/login.ts';
import { NOTICES, RENEWAL_NOTICE } from '../src/words/notices.ts';
import { REFUSALS, type RefusalKind } from '../src/words/refusals.ts';
import { selectAutomatically } from '../test/browsers/automatic-choice.ts';
import { BrowserHome } from '../test/browsers/browser-home.ts';
import { openChromium } from '../test/browsers/chromium.ts';
import { pickerStill } from '../test/browsers/picker.ts';
import { openScreen } from '../test/browsers/screen.ts';
import { freePort } from '../test/system/free-port.ts';
import { makeSmall } from './make-small.ts';
import { ROOT } from './run-program.ts';

const LANGUAGES = ['ja', 'en'] as const;
const WIDTHS = [360, 1440];
/** Resolves once what was laid out has been drawn. */
const DRAWN = 'new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))';
const READY = /^Browsers trust/;

type Sample = AsyncDisposable & { readonly folder: string; readonly port: number };
/** A page in one language, and the folder of its pictures. */
type Tour = { readonly page: Page; readonly language: Language; readonly sample: Sample };

const { values } = parseArgs({ options: { out: { type: 'string', default: 'docs/pictures' } } });
const { out } = values;
const { membersDomain, publicHost } = sampleInstitution(0);

await mkdir(out, { recursive: true });
await photographAll();

async function photographAll(): Promise<void> {
  await using sample = await startSample();
  await photographPicker(sample);
  const hosts = `[*.]${membersDomain}:${sample.port}`;
  await using _ = await selectAutomatically(hosts, 'みほん信用金庫 利用者認証局');
  for (const language of LANGUAGES) {
    await tour(['suzuki01'], { language, sample }, photographLogin);
    await tour(['tanaka02'], { language, sample }, photographLock);
    await tour(
      [],
      { language, sample },
      async (on) => await photographRefusal('no-certificate', on),
    );
    for (const [user, kind] of [
      ['ito04', 'superseded'],
      ['watanabe05', 'revoked'],
      ['kobayashi06', 'suspended'],
    ] as const) {
      await tour([user], { language, sample }, async (on) => await photographRefusal(kind, on));
    }
  }
}

async function photographLogin(on: Tour): Promise<void> {
  const { page, language } = on;
  const say = inLanguage(language);
  await photograph('top', on);
  await choose(say(TOP.logIn), say(METHODS.title), page);
  await photograph('login-methods', on);
  await choose(say(METHODS.method), say(PIN.title), page);
  await photograph('pin', on);
  await givePin('wrong123', on);
  await page.getByRole('alert').waitFor();
  await photograph('pin-wrong', on);
  await givePin(SAMPLE_PIN, on);
  await heading(say(NOTICES.important), page);
  await photograph('notices', on);
  await choose(say(RENEWAL_NOTICE.title), say(RENEWAL_NOTICE.title), page);
  await photograph('notice', on);
  await page.getByRole('button', { name: say(SIGNED_IN.logOff) }).click();
  await heading(say(LOGGED_OFF.title), page);
  await photograph('logged-off', on);
  await page.goBack();
  await heading(say(REFUSALS['session-ended'].title), page);
  await photograph('session-ended', on);
  await page.goto(addressOf('/help', on));
  await photograph('help', on);
  await page.goto(addressOf('/not-there', on));
  await photograph('not-found', on);
}

async function photographLock(on: Tour): Promise<void> {
  const { page, language } = on;
  const locked = inLanguage(language)(REFUSALS['pin-locked'].title);
  await page.goto(addressOf('/login', on));
  while ((await page.textContent('h1')) !== locked) {
    await Promise.all([page.waitForNavigation(), givePin('wrong123', on)]);
  }
  await photograph('pin-locked', on);
}

async function photographRefusal(kind: RefusalKind, on: Tour): Promise<void> {
  await on.page.goto(addressOf('/login', on));
  await heading(inLanguage(on.language)(REFUSALS[kind].title), on.page);
  await photograph(kind, on);
}

/** The picker as it comes without a policy, in the browser's own language. */
async function photographPicker(sample: Sample): Promise<void> {
  await using home = await homeOf(['suzuki01', 'ito04', 'ito04-new'], sample);
  await using screen = await openScreen();
  await using browser = await openChromium(home, { display: screen });
  const { page } = browser;
  await page.goto(addressOf('/user-login', { language: 'ja', sample }));
  await page.getByRole('link', { name: METHODS.method.ja }).click({ noWaitAfter: true });
  await pickerStill(screen);
  const file = join(out, 'picker.png');
  await screen.photograph(file);
  await makeSmall(file);
}

async function tour(
  users: readonly string[],
  { language, sample }: Omit<Tour, 'page'>,
  go: (on: Tour) => Promise<void>,
): Promise<void> {
  await using home = await homeOf(users, sample);
  await using browser = await openChromium(home);
  const { page } = browser;
  await page.goto(addressOf('/', { language, sample }));
  await go({ page, language, sample });
  for (const complaint of browser.complaints) console.log(`${users.join()}: ${complaint}`);
}

async function photograph(name: string, { page, language }: Tour): Promise<void> {
  for (const width of WIDTHS) {
    const file = join(out, `${name}.${language}.${width}.png`);
    await page.setViewportSize({ width, height: width < 768 ? 800 : 900 });
    // The whole page as one window: a picture put together of parts has seams.
    const height = await page.evaluate<number>('document.documentElement.scrollHeight');
    await page.setViewportSize({ width, height });
    await page.evaluate(DRAWN);
    await page.screenshot({ path: file });
    await makeSmall(file);
    console.log(file);
  }
}

function addressOf(path: string, { language, sample }: Omit<Tour, 'page'>): string {
  return `https://${publicHost}:${sample.port}${path}?lang=${language}`;
}

async function choose(link: string, title: string, page: Page): Promise<void> {
  await page.getByRole('link', { name: link, exact: true }).first().click();
  await heading(title, page);
}

async function heading(title: string, page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
}

async function givePin(pin: string, { page, language }: Tour): Promise<void> {
  const say = inLanguage(language);
  await page.getByLabel(say(PIN.field), { exact: true }).fill(pin);
  await page.getByRole('button', { name: say(PIN.logIn) }).click();
}

/** A home with the sample certificates of these users. */
async function homeOf(users: readonly string[], { folder }: Sample): Promise<BrowserHome> {
  const home = await BrowserHome.open(join(folder, 'tls/server-ca.pem'));
  for (const name of users) {
    const person = SAMPLE_PEOPLE.find(({ user }) => name.startsWith(user));
    const pem = await readFile(join(folder, `sample/${person?.contract}-${name}.pem`), 'utf8');
    await home.import(name, { cert: pem, key: '' });
  }
  return home;
}

/** Koshin as `npm start` starts it, on a free port and with data of its own. */
async function startSample(): Promise<Sample> {
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'koshin-pictures-'));
  opened.defer(() => rm(folder, { recursive: true }));
  const port = await freePort();
  const server = spawn(process.execPath, [`${ROOT}src/main.ts`, 'serve', '--sample'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, KOSHIN_DATA: folder, KOSHIN_PORT: String(port) },
  });
  // As root the database lies outside the data folder; the log says where.
  let cluster: string | undefined;
  createInterface(server.stderr).on('line', (line) => {
    cluster ??= /"cluster":"([^"]+)"/.exec(line)?.[1];
  });
  opened.defer(async () => {
    const ended = once(server, 'close');
    server.kill();
    await ended;
    if (cluster !== undefined) await rm(dirname(cluster), { recursive: true, force: true });
  });
  for await (const line of createInterface(server.stdout)) if (READY.test(line)) break;
  const kept = opened.move();
  return { folder, port, [Symbol.asyncDispose]: async () => await kept.disposeAsync() };
}
