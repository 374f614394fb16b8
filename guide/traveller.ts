// Somebody at a browser whose pages are photographed, and of each picture it is known what is to be framed in red. Whatever is
// not on its page ends the run with its name: so no guide shows what is no longer there.
import type { Locator, Page } from 'playwright-core';
import type { Language, Text } from '../src/words/language.ts';
import { BrowserHome } from '../test/browsers/browser-home.ts';
import { openChromium } from '../test/browsers/chromium.ts';
import { saveAndImport } from '../test/browsers/renewing-person.ts';
import type { TestKoshin } from '../test/system/test-koshin.ts';
import type { ClientIdentity } from '../test/system/visitor.ts';
import type { Box, Picture } from './booklet.ts';

const VIEWPORT = { width: 960, height: 800 };
const BELOW = 100;
const TALLEST = 720;

/** A person, their browser and what is seen of it. */
export class Traveller implements AsyncDisposable {
  readonly page: Page;
  readonly home: BrowserHome;
  readonly #language: Language;
  readonly #koshin: TestKoshin;
  readonly #opened: AsyncDisposableStack;

  private constructor(
    there: { readonly page: Page; readonly home: BrowserHome },
    around: { readonly koshin: TestKoshin; readonly language: Language },
    opened: AsyncDisposableStack,
  ) {
    this.page = there.page;
    this.home = there.home;
    this.#koshin = around.koshin;
    this.#language = around.language;
    this.#opened = opened;
  }

  /** Opens a browser that holds this, or nothing. */
  static async open(
    around: { readonly koshin: TestKoshin; readonly language: Language },
    shows?: ClientIdentity,
  ): Promise<Traveller> {
    await using opening = new AsyncDisposableStack();
    const home = opening.use(await BrowserHome.open(around.koshin.serverAuthorityFile));
    if (shows !== undefined) await home.import('own', shows);
    const { page } = opening.use(await openChromium(home, { viewport: VIEWPORT }));
    const traveller = new Traveller({ page, home }, around, opening.move());
    return traveller;
  }

  /** What a text says in the guide's language. */
  say(text: Text): string {
    return text[this.#language];
  }

  /** Goes to a path of the public host. */
  async goTo(path: string): Promise<void> {
    const { mihon, port } = this.#koshin;
    const separator = path.includes('?') ? '&' : '?';
    const query = this.#language === 'ja' ? '' : `${separator}lang=${this.#language}`;
    await this.page.goto(`https://${mihon.publicHost}:${port}${path}${query}`);
  }

  /** The heading of the page that is waited for. */
  async arrive(title: Text): Promise<void> {
    const heading = this.page.getByRole('heading', {
      level: 1,
      name: this.say(title),
      exact: true,
    });
    await found(`the page ${this.say(title)}`, async () => await heading.waitFor());
  }

  link(text: Text): Locator {
    return this.page.getByRole('link', { name: this.say(text), exact: true }).first();
  }

  button(text: Text): Locator {
    return this.page.getByRole('button', { name: this.say(text), exact: true }).first();
  }

  field(text: Text): Locator {
    return this.page.getByLabel(this.say(text), { exact: true }).first();
  }

  /** Photographs the page down to what is to be framed, and a little further. */
  async photograph(...framed: readonly Locator[]): Promise<Picture> {
    for (const one of framed) await found(String(one), async () => await one.waitFor());
    const [whole, ...boxes] = await Promise.all([
      this.#boxOf(this.page.locator('main')),
      ...framed.map(async (one) => await this.#boxOf(one)),
    ]);
    const ends = boxes.map(({ y, height }) => y + height + BELOW);
    const end = whole.y + whole.height;
    const bottom = Math.ceil(Math.min(end, boxes.length === 0 ? TALLEST : Math.max(...ends)));
    const top = Math.max(0, bottom - TALLEST);
    const { width } = VIEWPORT;
    const height = bottom - top;
    const png = await this.page.screenshot({
      fullPage: true,
      clip: { x: 0, y: top, width, height },
    });
    const marks = boxes.map((box) => ({ ...box, y: box.y - top }));
    return { png, width, height, marks };
  }

  /** Photographs what is marked and presses it. */
  async press(what: Locator): Promise<Picture> {
    const picture = await this.photograph(what);
    await what.click();
    return picture;
  }

  /** Saves the file that the page offers and imports it, by whatever way. */
  async saveAndImport(save: Locator): Promise<void> {
    await saveAndImport(this.page, { home: this.home }, async () => await save.click());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#opened.disposeAsync();
  }

  /** Where an element lies on the whole page. */
  async #boxOf(element: Locator): Promise<Box> {
    const scrolled = await this.page.evaluate<number>('scrollY');
    const box = await element.boundingBox();
    if (box === null) throw new Error('the guide frames what cannot be seen');
    return { ...box, y: box.y + scrolled };
  }
}

async function found(what: string, look: () => Promise<unknown>): Promise<void> {
  try {
    await look();
  } catch (cause) {
    throw new Error(`the guide expects ${what}, and it is not there`, { cause });
  }
}
