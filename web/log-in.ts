// The script of the login page: asks the device to sign, and sends what it signed by the page's form.
import { ask } from './ask.ts';
import { element, hide, show } from './elements.ts';
import { isCancelled, knowsPasskeys, sign, wantedIn } from './passkey.ts';

const form = element('passkey-form', HTMLFormElement);
const button = element('passkey-button', HTMLButtonElement);

form.hidden = false;
form.addEventListener('submit', (event) => {
  event.preventDefault();
  void logIn();
});
// Back from the next page: what was signed before serves no second time, and the button works again.
addEventListener('pageshow', () => {
  button.disabled = false;
});

async function logIn(): Promise<void> {
  button.disabled = true;
  hide('login-failed', 'failed-unsupported', 'failed-cancelled', 'failed-connection');
  const failure = await signAndSend();
  if (failure === undefined) return;
  button.disabled = false;
  show(`failed-${failure}`);
  show('login-failed');
}

async function signAndSend(): Promise<'unsupported' | 'cancelled' | 'connection' | undefined> {
  if (!knowsPasskeys()) return 'unsupported';
  const answer = await ask(form.dataset['challenge'] ?? '', new URLSearchParams());
  if (answer.kind !== 'said') return 'connection';
  try {
    const signed = await sign(wantedIn(answer.said));
    for (const [name, value] of Object.entries(signed)) field(name).value = value;
  } catch (fault) {
    return isCancelled(fault) ? 'cancelled' : 'unsupported';
  }
  form.submit();
  return undefined;
}

function field(name: string): HTMLInputElement {
  const found = form.elements.namedItem(name);
  if (!(found instanceof HTMLInputElement)) throw new Error(`the form has no ${name}`);
  return found;
}
