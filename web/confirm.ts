// 確認: asks this host for a token and a fresh host, and sends the form there, so that the browser asks
// for a certificate again. Without script the server shows one page more.
import { textOf } from './ask.ts';
import { change } from './change.ts';
import { element } from './elements.ts';

/** Makes 確認 one press: the form is sent to where the answer says. */
export function confirmInOnePress(): void {
  const form = element('proof-form', HTMLFormElement);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send(form);
  });
}

async function send(form: HTMLFormElement): Promise<void> {
  const button = element('proof-button', HTMLButtonElement);
  button.disabled = true;
  try {
    const { action, token } = await askFor(form);
    element('proof-token', HTMLInputElement).value = token;
    form.action = action;
  } catch {
    // The server's own page then says what is the matter, or goes on without script.
  }
  button.disabled = false;
  form.submit();
}

async function askFor(form: HTMLFormElement): Promise<{ action: string; token: string }> {
  const fields: Record<string, string> = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string') fields[name] = value;
  }
  const answer = await change(form.action, fields['form-token'] ?? '', fields);
  if (answer.kind !== 'said') throw new TypeError('refused');
  return { action: textOf(answer.said, 'action'), token: textOf(answer.said, 'token') };
}
