// What Chromium shows left of the address: there, and nowhere in a page, it says that a page asks for a
// permission. Empty where there is no screen: a headless browser answers such questions by itself.
import { setTimeout as delay } from 'node:timers/promises';
import { waitUntil } from '../test/browsers/screen.ts';
import type { Journey } from './journey.ts';

const CHIP = { x: 121, y: 46, width: 160, height: 34 };

/** The colours of that place, once they change no more. */
export async function permissionsAsked({ screen }: Journey): Promise<Buffer> {
  if (screen === undefined) return Buffer.alloc(0);
  const { x, y, width, height } = CHIP;
  let seen = await screen.pixels(x, y, width, height);
  await waitUntil('the address bar is still', async () => {
    const before = seen;
    await delay(300);
    seen = await screen.pixels(x, y, width, height);
    return before.equals(seen);
  });
  return seen;
}
