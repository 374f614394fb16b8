// Chromium's certificate picker on a screen: whether it is open, and how a person answers it.
// No test itself.
import type { Page } from 'playwright-core';
import { type Screen, waitUntil } from './screen.ts';

/** A place of the page, right of everything a page of ours shows, that an open picker dims. */
const MARGIN = { fromRight: 60, fromBottom: 200 };

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
  await waitUntil('the certificate picker is closed', async () => !(await isDimmed(screen)));
}

async function isDimmed(screen: Screen): Promise<boolean> {
  const { fromRight, fromBottom } = MARGIN;
  const colour = await screen.colourAt(screen.width - fromRight, screen.height - fromBottom);
  return colour !== '255,255,255';
}
