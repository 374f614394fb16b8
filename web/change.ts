// Sends what changes something. A session that a passkey opened needs a touch within five minutes: this page
// sends the secret of the last one along, and asks for another where it has none or it is too old.
import { type Answer, ask, textOf } from './ask.ts';
import { sign, wantedIn } from './passkey.ts';

// Of this tab and host alone; never sent by itself, as a cookie would be.
const KEPT_AS = 'koshin-fresh';

/** Keeps the secret of a touch in this tab. */
export function keepFresh(secret: string): void {
  sessionStorage.setItem(KEPT_AS, secret);
}

/** Sends fields with the secret; `form-token` is among them. Throws what the device says of a touch. */
export async function change(
  action: string,
  fields: Readonly<Record<string, string>>,
): Promise<Answer> {
  const answer = await send(action, fields);
  if (answer.kind !== 'refused' || answer.code !== 'touch-needed') return answer;
  const refused = await touch(fields['form-token'] ?? '');
  return refused ?? (await send(action, fields));
}

async function send(action: string, fields: Readonly<Record<string, string>>): Promise<Answer> {
  const fresh = sessionStorage.getItem(KEPT_AS) ?? '';
  return await ask(action, new URLSearchParams({ ...fields, fresh }));
}

/** One touch; returns what stands against it, if anything. */
async function touch(formToken: string): Promise<Answer | undefined> {
  const asked = await ask('/touch/wanted', new URLSearchParams({ 'form-token': formToken }));
  if (asked.kind !== 'said') return asked;
  const signed = await sign(wantedIn(asked.said));
  const answer = await ask('/touch', new URLSearchParams({ ...signed, 'form-token': formToken }));
  if (answer.kind !== 'said') return answer;
  keepFresh(textOf(answer.said, 'fresh'));
  return undefined;
}
