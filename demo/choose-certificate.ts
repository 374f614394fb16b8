// How the person answers the browser's certificate picker and the key store's prompt, by keyboard.
// Without a screen the browser's policy has answered already: it takes the later-ending certificate.
import { pickerOpen, pickRow } from '../test/browsers/picker.ts';
import { waitUntil } from '../test/browsers/screen.ts';
import { act, type Journey, photograph, STORE_PASSWORD } from './journey.ts';

/** Title of Chromium's own prompt for the password of a key store. */
const STORE_PROMPT = 'Unlock Security Device';

/** Chooses the row; what follows is the key store's prompt, not a page. */
export async function chooseLockedRow(row: number, on: Journey): Promise<void> {
  const { screen } = on;
  if (screen === undefined) return;
  await pickerOpen(screen);
  const downs = Array.from({ length: row }, () => 'Down');
  await act('the certificate', on, async () => await screen.press(...downs));
  await act('OK', on, async () => await screen.press('Return'));
}

/** Answers the key store's prompt. */
export async function unlockStore(picture: string, on: Journey): Promise<void> {
  const { screen, notes } = on;
  if (screen === undefined) return;
  await waitUntil(
    'the key store asks for its password',
    async () => (await screen.countWindows(STORE_PROMPT)) > 0,
  );
  notes.storePrompts += 1;
  await act('the password of the key store', on, async () => await screen.type(STORE_PASSWORD));
  await photograph(picture, on);
  await act('Unlock', on, async () => await screen.press('Return'));
}

/** Chooses the row and waits for the page that follows; the key store asks nothing any more. */
export async function chooseRow(row: number, on: Journey): Promise<void> {
  const { screen, page, notes } = on;
  if (screen === undefined) return;
  if (row > 0) notes.actions.push('the certificate');
  await act('OK', on, async () => await pickRow(row, screen, page));
}
