// 確認: asks this host for a token and a fresh host, and sends the form there, so that the browser asks
// for a certificate again. Without script the server shows one page more.
import { element } from './elements.ts';

const TIMEOUT_MS = 30_000;

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
    const { action, token } = await ask(form);
    element('proof-token', HTMLInputElement).value = token;
    form.action = action;
  } catch {
    // The server's own page then says what is the matter, or goes on without script.
  }
  button.disabled = false;
  form.submit();
}

async function ask(form: HTMLFormElement): Promise<{ action: string; token: string }> {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string') body.set(name, value);
  }
  const answer = await fetch(form.action, {
    method: 'POST',
    body,
    headers: { accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const said: unknown = await answer.json();
  if (!answer.ok || typeof said !== 'object' || said === null) throw new TypeError('refused');
  const action: unknown = Reflect.get(said, 'action');
  const token: unknown = Reflect.get(said, 'token');
  if (typeof action !== 'string' || typeof token !== 'string') throw new TypeError('no address');
  return { action, token };
}
