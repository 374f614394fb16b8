// Mails in the tables of the console: what each says, and what became of it.
import type { Frame } from '../frame/document.ts';
import { type Html, html } from '../http/html.ts';
import type { PastMail } from '../operations/read-mails.ts';
import { inLanguage } from '../words/language.ts';
import { MAIL_ANSWERS, MAIL_KINDS, MAIL_STATES } from '../words/mail-desk.ts';
import { TOLD_TITLES } from '../words/told.ts';

/** What it says, in short. */
export function mailName({ facts }: Pick<PastMail, 'facts'>, frame: Frame): string {
  const say = inLanguage(frame.language);
  return say(facts.kind === 'told' ? TOLD_TITLES[facts.told.event] : MAIL_KINDS[facts.kind]);
}

/** What became of it, and why. */
export function mailResult({ state, answer }: PastMail, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const why = answer === null ? undefined : MAIL_ANSWERS[answer];
  return html`<div class="result"><b>${say(MAIL_STATES[state])}</b>${why && html`<br><span class="small">${say(why)}</span>`}</div>`;
}
