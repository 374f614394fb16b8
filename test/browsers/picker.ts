// A browser's certificate picker on a screen: whether it is open, and how a person answers it.
// Chromium's and Firefox's lie over the dimmed page alike. No test itself.
import type { Page } from 'playwright-core';
import { type Screen, waitUntil } from './screen.ts';

/** A place of the page, right of everything a page of ours shows, that an open picker dims. */
const MARGIN = { fromRight: 60, fromBottom: 200 };

const WHITE = Buffer.alloc(3, 0xff);
/** Below the tabs, where something always turns while a page loads. */
const BELOW_TABS = 40;
/** The name of the chosen row appears beside it in full after a while. */
const STILL_LOOKS = 8;

/** Waits until the picker is open and moves no more; what is then on the screen. */
export async function pickerStill(screen: Screen): Promise<Buffer> {
  await pickerOpen(screen);
  let earlier = await belowTabs(screen);
  let equalLooks = 0;
  await waitUntil('the certificate picker is still', async () => {
    const seen = await belowTabs(screen);
    equalLooks = earlier.equals(seen) ? equalLooks + 1 : 0;
    earlier = seen;
    return equalLooks === STILL_LOOKS;
  });
  return earlier;
}

/** Waits until the picker is open. */
export async function pickerOpen(screen: Screen): Promise<void> {
  await waitUntil('the certificate picker is open', async () => await isDimmed(screen));
}

/** Goes down some rows, presses OK, and waits for the page that follows. */
export async function pickRow(row: number, screen: Screen, page: Page): Promise<void> {
  await pickerOpen(screen);
  const arrived = page.waitForEvent('domcontentloaded');
  if (row > 0) await screen.press(...Array.from({ length: row }, () => 'Down'));
  await screen.press('Return');
  await arrived;
  await pickerClosed(screen);
}

/** Goes down some rows of Firefox's picker, which hears keys only once it is drawn, and presses OK. */
export async function pickFirefoxRow(row: number, screen: Screen): Promise<void> {
  let before = await pickerStill(screen);
  for (let below = 0; below < row; below += 1) {
    await screen.press('Down');
    await waitUntil('another certificate is chosen', async () => {
      return !before.equals(await belowTabs(screen));
    });
    before = await pickerStill(screen);
  }
  await screen.press('Return');
  await pickerClosed(screen);
}

async function pickerClosed(screen: Screen): Promise<void> {
  await waitUntil('the certificate picker is closed', async () => !(await isDimmed(screen)));
}

async function belowTabs({ width, height, pixels }: Screen): Promise<Buffer> {
  return await pixels(0, BELOW_TABS, width, height - BELOW_TABS);
}

async function isDimmed(screen: Screen): Promise<boolean> {
  const { fromRight, fromBottom } = MARGIN;
  const pixel = await screen.pixels(screen.width - fromRight, screen.height - fromBottom, 1, 1);
  return !pixel.equals(WHITE);
}
