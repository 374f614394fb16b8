// Sends what changes something. A session that a passkey opened needs a touch within five minutes: this page
// sends the secret of the last one along, and asks for another where it has none or it is too old.
import { type Answer, ask, textOf } from './ask.ts';
import { type Fields, sign, wantedIn } from './passkey.ts';

// Of this tab and host alone; never sent by itself, as a cookie would be.
const KEPT_AS = 'koshin-fresh';
const KEPT_AT = 'koshin-fresh-at';
// A little less than the five minutes for which the server takes it.
const SERVES_MS = 4 * 60_000;

/** Keeps the secret of a touch in this tab. */
export function keepFresh(secret: string): void {
  sessionStorage.setItem(KEPT_AS, secret);
  sessionStorage.setItem(KEPT_AT, String(sinceEpoch()));
}

/** Whether the last touch in this tab serves for what changes something now. */
export function isTouchRecent(): boolean {
  return sinceEpoch() - Number(sessionStorage.getItem(KEPT_AT) ?? 0) < SERVES_MS;
}

/** Sends fields with the secret and a page's form token. Throws what the device says of a touch. */
export async function change(action: string, formToken: string, fields: Fields): Promise<Answer> {
  const answer = await send(action, formToken, fields);
  if (answer.kind !== 'refused' || answer.code !== 'touch-needed') return answer;
  const refused = await touch(formToken);
  return refused ?? (await send(action, formToken, fields));
}

async function send(action: string, formToken: string, fields: Fields): Promise<Answer> {
  return await ask(action, new URLSearchParams({ ...fields, fresh: keptFresh() }), formToken);
}

/** The secret of the last touch in this tab; empty where there was none. */
export function keptFresh(): string {
  return sessionStorage.getItem(KEPT_AS) ?? '';
}

/** One touch; returns what stands against it, if anything. Throws what the device says of it. */
export async function touch(formToken: string): Promise<Answer | undefined> {
  const asked = await ask('/touch/wanted', new URLSearchParams(), formToken);
  if (asked.kind !== 'said') return asked;
  const signed = await sign(wantedIn(asked.said));
  const answer = await ask('/touch', new URLSearchParams(signed), formToken);
  if (answer.kind !== 'said') return answer;
  keepFresh(textOf(answer.said, 'fresh'));
  return undefined;
}

/** Milliseconds by a clock that one page after the other shares. */
function sinceEpoch(): number {
  return performance.timeOrigin + performance.now();
}
