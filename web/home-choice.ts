// Where the person wants the new key to live, as the page's form offers it.
import { isDeviceReady } from './passkey.ts';

/** What stands chosen in a form. */
export function homeChosen(form: HTMLFormElement): unknown {
  return new FormData(form).get('home');
}

/** Where this PC can hold the key, that stands chosen: nothing to save, import or pick. */
export async function chooseDeviceFirst(): Promise<void> {
  const choice = document.querySelector('input[name=home][value=device]');
  if (choice instanceof HTMLInputElement && (await isDeviceReady())) choice.checked = true;
}
