// Plain forms in a session that a passkey opened: what changes something needs a touch, whose secret goes with the
// form. In a session that its connection proves there is nothing to add.
import { freshFor } from './change.ts';
import { element } from './elements.ts';

for (const form of document.querySelectorAll('form[data-touch]')) {
  if (form instanceof HTMLFormElement)
    form.addEventListener('submit', (event) => onSubmit(form, event));
}

function onSubmit(form: HTMLFormElement, event: SubmitEvent): void {
  event.preventDefault();
  const { submitter } = event;
  void send(form, submitter instanceof HTMLButtonElement ? submitter : undefined);
}

async function send(form: HTMLFormElement, button: HTMLButtonElement | undefined): Promise<void> {
  if (button !== undefined) button.disabled = true;
  try {
    const token = new FormData(form).get('form-token');
    const fresh = document.createElement('input');
    fresh.type = 'hidden';
    fresh.name = 'fresh';
    fresh.value = await freshFor(typeof token === 'string' ? token : '');
    form.append(fresh);
    form.submit();
  } catch {
    element('touch-failed', HTMLElement).hidden = false;
    if (button !== undefined) button.disabled = false;
  }
}
