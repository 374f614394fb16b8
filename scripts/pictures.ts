// Renders every page with sample values and photographs it, for judging the design; not part of the product.
// Usage: node scripts/pictures.ts --out DIR [--small] [NAME…]; --small for pictures that are kept, without HTML
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import type { Language } from '../src/words/language.ts';
import { openBrowser, showPage, violations } from '../test/pages/page-browser.ts';
import type { SamplePage } from '../test/pages/sample-page.ts';
import { SAMPLE_PAGES } from '../test/pages/sample-pages.ts';
import { makeSmall } from './make-small.ts';

const SIZES = [
  { width: 360, height: 800 },
  { width: 1440, height: 900 },
];

const { values, positionals } = parseArgs({
  options: { out: { type: 'string' }, small: { type: 'boolean', default: false } },
  allowPositionals: true,
});
if (values.out === undefined) throw new Error('--out DIR is missing');
await photograph(values.out, positionals);

async function photograph(folder: string, names: readonly string[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    const wanted = SAMPLE_PAGES.filter(({ name }) => names.length === 0 || names.includes(name));
    for (const sample of wanted) {
      await photographIn('ja', sample, page, folder);
      await photographIn('en', sample, page, folder);
    }
  } finally {
    await browser.close();
  }
}

async function photographIn(
  language: Language,
  { name, render, act }: SamplePage,
  page: Page,
  folder: string,
): Promise<void> {
  const shown = render(language);
  if (!values.small) await writeFile(join(folder, `${name}.${language}.html`), shown.markup);
  for (const size of SIZES) {
    await page.setViewportSize(size);
    const complaints = await showPage(page, shown);
    if (act !== undefined) await page.evaluate(act);
    const file = `${name}.${language}.${size.width}.png`;
    await page.screenshot({ path: join(folder, file), fullPage: true });
    if (values.small) await makeSmall(join(folder, file));
    for (const line of [...complaints, ...(await violations(page))])
      console.log(`${file}: ${line}`);
  }
}
