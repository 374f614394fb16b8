// A person without a mouse: goes on by Tab until the wanted thing has the focus, which must be seen all the way.
// No test itself.
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';

const MOST_STOPS = 20;
/** Evaluated in the page: 'seen' where the focused element is in the window and has an outline. */
const FOCUS_SEEN = `(() => {
  const { top, bottom } = document.activeElement.getBoundingClientRect();
  const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
  const isOutlined = outlineStyle !== 'none' && outlineWidth !== '0px';
  const isInside = bottom > 0 && top < innerHeight;
  return isOutlined && isInside ? 'seen' : document.activeElement.outerHTML;
})()`;

/** Tabs until the element of this name has the focus, and checks that each stop can be seen. */
export async function tabTo(page: Page, name: string): Promise<void> {
  const wanted = page
    .getByRole('link', { name })
    .or(page.getByRole('button', { name }))
    .or(page.getByLabel(name))
    .first();
  for (let stop = 1; stop <= MOST_STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    const seen = await page.evaluate<string>(FOCUS_SEEN);
    assert.equal(seen, 'seen', `${seen} has the focus and cannot be seen`);
    if (await wanted.evaluate((element) => element.matches(':focus'))) return;
  }
  assert.fail(`${name} is not reached in ${MOST_STOPS} steps`);
}

/** Tabs to it and presses Enter. */
export async function pressOn(page: Page, name: string): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press('Enter');
}
