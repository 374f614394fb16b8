// The script of the renewal page: on 更新 it makes the key, gets a certificate for it and makes the files; or has
// the device make the key.

import type { Answer } from './ask.ts';
import { certifyInFile } from './certify-in-file.ts';
import { change } from './change.ts';
import { confirmInOnePress } from './confirm.ts';
import { formTokenOf, renewOnDevice } from './device-renewal.ts';
import { element } from './elements.ts';
import { chooseDeviceFirst, homeChosen } from './home-choice.ts';
import type { Fields } from './passkey.ts';
import { sendRequest } from './send-request.ts';

const form = element('renewal-form', HTMLFormElement);
let isBusy = false;

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void (homeChosen(form) === 'device' ? renewInDevice() : renew());
});
void chooseDeviceFirst();
confirmInOnePress();
element('retry', HTMLButtonElement).addEventListener('click', () => void renew());

async function renewInDevice(): Promise<void> {
  if (isBusy) return;
  isBusy = true;
  await renewOnDevice(formTokenOf(form), unproven());
  isBusy = false;
}

async function renew(): Promise<void> {
  const post = async (fields: Fields): Promise<Answer> => {
    return await change(form.action, formTokenOf(form), { ...fields, unproven: unproven() });
  };
  await certifyInFile(async ({ request }) => await sendRequest(request, post));
}

function unproven(): 'keep' | 'replace' {
  return element('renew', HTMLButtonElement).value === 'again' ? 'replace' : 'keep';
}
