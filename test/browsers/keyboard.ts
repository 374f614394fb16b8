// A person without a mouse: goes on by Tab until the wanted thing has the focus, which must be seen all the way.
// No test itself.
import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';

const MOST_STOPS = 20;
/** Evaluated in the page: 'seen' where the focused element is in the window and has an outline. */
const FOCUS_SEEN = `(() => {
  const { top, bottom } = document.activeElement.getBoundingClientRect();
  const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
  const isOutlined = outlineStyle !== 'none' && outlineWidth !== '0px';
  const isInside = bottom > 0 && top < innerHeight;
  return isOutlined && isInside ? 'seen' : document.activeElement.outerHTML;
})()`;

/** Tabs until the element has the focus, a link, button or field where a name is given; each stop must be seen. */
export async function tabTo(page: Page, to: string | Locator): Promise<void> {
  const wanted = typeof to === 'string' ? named(page, to) : to;
  for (let stop = 1; stop <= MOST_STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    const seen = await page.evaluate<string>(FOCUS_SEEN);
    assert.equal(seen, 'seen', `${seen} has the focus and cannot be seen`);
    if (await wanted.evaluate((element) => element.matches(':focus'))) return;
  }
  assert.fail(`${String(to)} is not reached in ${MOST_STOPS} steps`);
}

/** Tabs to it and presses Enter. */
export async function pressOn(page: Page, to: string | Locator): Promise<void> {
  await tabTo(page, to);
  await page.keyboard.press('Enter');
}

function named(page: Page, name: string): Locator {
  return page
    .getByRole('link', { name })
    .or(page.getByRole('button', { name }))
    .or(page.getByLabel(name))
    .first();
}
