// Pressing a button of a page whose script makes a key: not before the script is there. Who is quicker gets the
// server's page for browsers without script, and presses again.
import type { Page } from 'playwright-core';

/** Presses the button of this name once the page's scripts have run. */
export async function press(page: Page, name: string): Promise<void> {
  const button = page.getByRole('button', { name, exact: true }).filter({ visible: true });
  // The page with this button, and not the one before it.
  await button.waitFor();
  await page.waitForLoadState('domcontentloaded');
  await button.click();
}
