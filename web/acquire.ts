// The script of the page on which a certificate is acquired: makes the key and the files, or has the device make
// the key. The page's ticket goes with every request, and the person's own PIN with the one that counts alone.
import { type Answer, ask } from './ask.ts';
import { certifyInFile } from './certify-in-file.ts';
import { element, hide, show, write } from './elements.ts';
import { chooseDeviceFirst, homeChosen } from './home-choice.ts';
import { type Fields, isCancelled, knowsPasskeys, make } from './passkey.ts';
import { tickPinRules } from './pin-rules.ts';
import { sendRequest } from './send-request.ts';

const form = element('renewal-form', HTMLFormElement);
const keepsRules = document.getElementById('pin-rules') === null ? undefined : tickPinRules();
let isBusy = false;

form.addEventListener('submit', (event) => {
  event.preventDefault();
  if (!mayChoosePin()) return;
  void (homeChosen(form) === 'device' ? acquireOnDevice() : acquireInFile());
});
void chooseDeviceFirst();
element('retry', HTMLButtonElement).addEventListener('click', () => void acquireInFile());

async function acquireInFile(): Promise<void> {
  await certifyInFile(async ({ request }) => await sendRequest(request, post));
}

async function post(fields: Fields): Promise<Answer> {
  return await ask(form.action, bodyOf(fields, COUNTS));
}

/** What names who it is, and what only the request for the certificate needs. */
const NAMES = ['ticket'];
const COUNTS = [...NAMES, 'unproven', 'new-pin'];

function bodyOf(fields: Fields, wanted: readonly string[]): URLSearchParams {
  const body = new URLSearchParams(fields);
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string' && wanted.includes(name)) body.append(name, value);
  }
  return body;
}

/** A PIN by its rules, twice alike; a page for who has one of their own asks for none. */
function mayChoosePin(): boolean {
  if (keepsRules === undefined) return true;
  const [wanted, again] = [
    element('new-pin', HTMLInputElement),
    element('new-pin-again', HTMLInputElement),
  ];
  const isKept = keepsRules();
  const isAlike = wanted.value === again.value;
  element('rules-error', HTMLElement).hidden = isKept;
  element('again-error', HTMLElement).hidden = isAlike;
  if (!isKept) wanted.focus();
  else if (!isAlike) again.focus();
  return isKept && isAlike;
}

/** One touch makes the key; it is proved by the first login. */
async function acquireOnDevice(): Promise<void> {
  if (isBusy) return;
  isBusy = true;
  hide('renewal-start', 'device-failed');
  show('device-progress');
  element('device-title', HTMLElement).focus();
  try {
    if (!knowsPasskeys()) throw new TypeError('no passkeys here');
    const wanted = await ask(form.dataset['wanted'] ?? '', bodyOf({}, NAMES));
    const answer = wanted.kind === 'said' ? await certified(wanted.said) : wanted;
    if (answer.kind === 'said') done();
    else failed(answer.kind === 'refused' ? 'refused' : 'connection', answer);
  } catch (fault) {
    failed(isCancelled(fault) ? 'cancelled' : 'unsupported');
  }
  isBusy = false;
}

async function certified(wanted: unknown): Promise<Answer> {
  step('device-key', 'busy');
  const made = await make(wanted);
  step('device-key', 'done');
  step('device-issue', 'busy');
  return await ask(form.dataset['device'] ?? '', bodyOf(made, COUNTS));
}

function done(): void {
  hide('device-progress');
  show('device-done');
  element('device-done-title', HTMLElement).focus();
}

function failed(
  failure: 'refused' | 'connection' | 'cancelled' | 'unsupported',
  answer?: Exclude<Answer, { readonly kind: 'said' }>,
): void {
  hide('device-progress');
  show(`device-failed-${failure}`);
  // What the bank refused may have been the code itself: its reason tells.
  element('device-failed-safe', HTMLElement).hidden = failure === 'refused';
  if (answer?.said !== undefined) {
    write('device-reason', answer.said.reason);
    write('device-inquiry-number', answer.said.inquiry);
    show('device-reason');
    show('device-inquiry');
  }
  show('device-failed');
  element('device-reopen', HTMLElement).focus();
}

function step(id: string, state: 'busy' | 'done'): void {
  element(id, HTMLElement).dataset['state'] = state;
}
