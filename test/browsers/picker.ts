// Chromium's certificate picker on a screen: whether it is open, and how a person answers it.
// No test itself.
import type { Page } from 'playwright-core';
import { type Screen, waitUntil } from './screen.ts';

/** A place of the page, right of everything a page of ours shows, that an open picker dims. */
const MARGIN = { fromRight: 60, fromBottom: 200 };

/** A place of the picker, beside its title. */
const BESIDE_TITLE = { fromMiddle: 150, fromTop: 75 };
const WHITE = '255,255,255';

/** Waits until the picker is open and fully drawn. */
export async function pickerOpen(screen: Screen): Promise<void> {
  const { fromMiddle, fromTop } = BESIDE_TITLE;
  const isDrawn = async () => {
    if (!(await isDimmed(screen))) return false;
    return (await screen.colourAt(screen.width / 2 + fromMiddle, fromTop)) === WHITE;
  };
  await waitUntil('the certificate picker is open', isDrawn);
}

/** Goes down some rows, presses OK, and waits for the page that follows. */
export async function pickRow(row: number, screen: Screen, page: Page): Promise<void> {
  await pickerOpen(screen);
  const arrived = page.waitForEvent('domcontentloaded');
  if (row > 0) await screen.press(...Array.from({ length: row }, () => 'Down'));
  await screen.press('Return');
  await arrived;
  await waitUntil('the certificate picker is closed', async () => !(await isDimmed(screen)));
}

async function isDimmed(screen: Screen): Promise<boolean> {
  const { fromRight, fromBottom } = MARGIN;
  const colour = await screen.colourAt(screen.width - fromRight, screen.height - fromBottom);
  return colour !== WHITE;
}
