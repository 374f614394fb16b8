// Makes the guides of an order: a system of its own with the institution's names and policy, people in it, and
// a browser that goes through everything that the guides tell.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Policy } from '../src/banking/policy.ts';
import type { Language, Text } from '../src/words/language.ts';
import { selectAutomatically } from '../test/browsers/automatic-choice.ts';
import { makeCustomer } from '../test/system/customers.ts';
import { openTestKoshin, type TestKoshin } from '../test/system/test-koshin.ts';
import { acquire, type Sheets, takeFile } from './acquisition.ts';
import { help, register } from './administrator.ts';
import type { Booklet, Chapter } from './booklet.ts';
import { layOut } from './layout.ts';
import type { GuideOrder } from './order.ts';
import { logIn, prove, renew, saveFile } from './renewal.ts';
import { Traveller } from './traveller.ts';
import { type ByPolicy, FACTS, TITLES, TROUBLES } from './words.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const CHROMIUM = '/usr/bin/chromium';
const OWN_PIN = 'Sakura2027';
/** Of a window that is open, so many days are left. */
const DAYS_LEFT = 5;

type Around = { readonly koshin: TestKoshin; readonly language: Language };

/** Makes them; the files that were written. */
export async function makeGuides(
  order: GuideOrder,
  folder: string,
  say: (line: string) => void,
): Promise<readonly string[]> {
  const { institution, policy, language } = order;
  if (!policy.keyHomes.includes('file')) {
    throw new Error('the policy keeps keys in devices alone: of that way there are no guides yet');
  }
  // Browsers judge certificates by the machine's clock: what is shown must be valid by that.
  const longAgo = new Date(Date.now() - (policy.validityDays + 60) * DAY_MS);
  const { code, name, nameEnglish, contact } = institution;
  const named = { code, name, nameEnglish, contact };
  await using koshin = await openTestKoshin({ now: longAgo, policy, institution: named });
  koshin.clock.set(new Date());
  const { membersDomain, issuingName } = koshin.mihon;
  await using _ = await selectAutomatically(`[*.]${membersDomain}:${koshin.port}`, issuingName);
  const around = { koshin, language };
  say('the administrator registers a user');
  const { chapters, sheets } = await administratorGuide(around);
  say('the user gets a certificate');
  const acquisition = await acquisitionGuide(around, sheets);
  say('a user renews');
  const renewal = await renewalGuide(around, policy.validityDays);
  const booklets = [
    bookletOf('renewal', renewal, order),
    bookletOf('acquisition', acquisition, order),
    bookletOf('administrator', chapters, order),
  ];
  await mkdir(folder, { recursive: true });
  return await write(booklets, { order, folder, say });
}

async function administratorGuide(
  around: Around,
): Promise<{ readonly chapters: Chapter[]; readonly sheets: Sheets }> {
  const kanri = await makeCustomer('kanri01', around.koshin, {
    role: 'administrator',
    name: '佐藤 恵',
  });
  await makeCustomer('kanri02', around.koshin, { role: 'administrator', name: '高橋 翔' });
  await makeCustomer('tanaka01', around.koshin, { name: '田中 美咲' });
  await using by = await Traveller.open(around, kanri.shows);
  const entry = await logIn(by);
  const registered = await register(by, { user: 'yamada01', name: '山田 花子' });
  const helped = await help(by, 'tanaka01');
  return { chapters: [entry, registered.chapter, helped], sheets: registered.sheets };
}

async function acquisitionGuide(around: Around, sheets: Sheets): Promise<Chapter[]> {
  await using by = await Traveller.open(around);
  const typed = await acquire(by, sheets, OWN_PIN);
  return [typed, await takeFile(by)];
}

async function renewalGuide(around: Around, validityDays: number): Promise<Chapter[]> {
  const { clock } = around.koshin;
  const now = clock.now();
  clock.set(new Date(now.getTime() - (validityDays - DAYS_LEFT) * DAY_MS));
  const suzuki = await makeCustomer('suzuki01', around.koshin);
  clock.set(now);
  await using by = await Traveller.open(around, suzuki.shows);
  return [await logIn(by), await renew(by), await saveFile(by), await prove(by)];
}

type Kind = keyof typeof TITLES;

const HOLDS = {
  renewal: ['window', 'validity', 'after', 'home'],
  acquisition: ['deadline', 'pin', 'after', 'home'],
  administrator: ['users', 'deadline', 'pin', 'after'],
} as const satisfies Record<Kind, readonly (keyof typeof FACTS)[]>;

const HELPS = {
  renewal: ['notAsked', 'wrong', 'lost', 'locked', 'newPc', 'fraud'],
  acquisition: ['wrong', 'locked', 'fraud'],
  administrator: ['sole', 'newPc', 'fraud'],
} as const satisfies Record<Kind, readonly (keyof typeof TROUBLES)[]>;

function bookletOf(kind: Kind, chapters: Chapter[], { policy }: GuideOrder): Booklet {
  return {
    file: kind,
    title: TITLES[kind],
    chapters,
    facts: HOLDS[kind].map((fact) => {
      const { name, says } = FACTS[fact];
      return [name, under(policy, says)];
    }),
    troubles: HELPS[kind].map((trouble) => {
      const { what, answer } = TROUBLES[trouble];
      return [what, under(policy, answer)];
    }),
  };
}

/** A text as it is under this policy. */
function under(policy: Policy, text: Text | ByPolicy): Text {
  const said = (one: string | ((policy: Policy) => string)) =>
    typeof one === 'function' ? one(policy) : one;
  return { ja: said(text.ja), en: said(text.en) };
}

async function write(
  booklets: readonly Booklet[],
  to: {
    readonly order: GuideOrder;
    readonly folder: string;
    readonly say: (line: string) => void;
  },
): Promise<readonly string[]> {
  const { order, folder, say } = to;
  const written: string[] = [];
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  try {
    for (const booklet of booklets) {
      const { markup } = layOut(booklet, order, new Date());
      const place = join(folder, `${order.institution.code}-${booklet.file}-${order.language}`);
      await writeFile(`${place}.html`, markup);
      const page = await browser.newPage();
      await page.setContent(markup);
      await page.pdf({
        path: `${place}.pdf`,
        preferCSSPageSize: true,
        printBackground: true,
        tagged: true,
        displayHeaderFooter: true,
        headerTemplate: '<span></span>',
        footerTemplate: FOOTER,
      });
      await page.close();
      written.push(`${place}.html`, `${place}.pdf`);
      say(`${place}.pdf`);
    }
  } finally {
    await browser.close();
  }
  return written;
}

const FOOTER =
  '<div style="width:100%;text-align:center;font-size:9px;color:#4d4d4d">' +
  '<span class="pageNumber"></span> / <span class="totalPages"></span></div>';
