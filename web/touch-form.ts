// A form that is sent only after a touch of the passkey, where the page says that it needs one: the secret that
// the touch gives goes with it. The form itself is sent as without script, so that the server's page answers.
import { isTouchRecent, keptFresh, touch } from './change.ts';
import { formTokenOf } from './device-renewal.ts';
import { hide, show } from './elements.ts';
import { isCancelled, knowsPasskeys } from './passkey.ts';

/** Asks for a touch before the form is sent; does nothing where the page asks for none. */
export function touchBeforeSending(form: HTMLFormElement): void {
  const fresh = form.elements.namedItem('fresh');
  if (!(fresh instanceof HTMLInputElement)) return;
  form.addEventListener('submit', (event) => {
    // A button that leads elsewhere only looks at what was entered.
    if (event.submitter?.hasAttribute('formaction') === true) return;
    event.preventDefault();
    void send(form, fresh);
  });
}

async function send(form: HTMLFormElement, fresh: HTMLInputElement): Promise<void> {
  hide('touch-failed', 'touch-unsupported', 'touch-cancelled', 'touch-connection');
  const button = form.querySelector('button');
  if (button !== null) button.disabled = true;
  const failure = await touched(formTokenOf(form));
  if (button !== null) button.disabled = false;
  if (failure !== undefined) {
    show(`touch-${failure}`);
    show('touch-failed');
    return;
  }
  fresh.value = keptFresh();
  form.submit();
}

async function touched(
  formToken: string,
): Promise<'unsupported' | 'cancelled' | 'connection' | undefined> {
  if (isTouchRecent()) return undefined;
  if (!knowsPasskeys()) return 'unsupported';
  try {
    const refused = await touch(formToken);
    // What the bank refused, it says on the page that answers the form.
    return refused?.kind === 'lost' ? 'connection' : undefined;
  } catch (fault) {
    return isCancelled(fault) ? 'cancelled' : 'unsupported';
  }
}
