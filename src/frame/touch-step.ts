// What a form needs whose sending is confirmed by a touch of the passkey: the field for what the touch gives,
// and what is said where there was none. Nothing of it where the connection itself proves who is there.
import { type Html, html } from '../http/html.ts';
import type { AuthenticatedUser } from '../operations/resume-session.ts';
import { inLanguage } from '../words/language.ts';
import { PASSKEY_LOGIN } from '../words/passkey.ts';
import { TOUCH } from '../words/touch.ts';
import type { Frame } from './document.ts';
import { FRESH_FIELD } from './form-token.ts';
import { inPhrases } from './in-phrases.ts';

/** Whether a session's changes need a touch. */
export type TouchNeed = 'touch' | 'none';

/** A touch goes with a change where the connection does not itself prove who is there. */
export function touchNeedOf({ session }: Pick<AuthenticatedUser, 'session'>): TouchNeed {
  return session.proof === 'signed-challenge' ? 'touch' : 'none';
}

/** The field that the script fills after the touch, in the form. */
export function touchField(need: TouchNeed): Html | null {
  return need === 'none' ? null : html`<input type="hidden" name="${FRESH_FIELD}" value="">`;
}

/** What the device will ask, said beside the button. */
export function touchNote(need: TouchNeed, frame: Frame): Html | null {
  if (need === 'none') return null;
  return html`<p class="quiet">${inPhrases(inLanguage(frame.language)(TOUCH.asked))}</p>`;
}

/** Said above the form: that it needs script, and what a touch failed of. */
export function touchFailures(need: TouchNeed, frame: Frame): Html | null {
  if (need === 'none') return null;
  const say = inLanguage(frame.language);
  return html`<noscript><div class="panel warn"><p>${inPhrases(say(TOUCH.needsScript))}</p></div></noscript>
<div class="panel bad" id="touch-failed" role="alert" hidden>
<p id="touch-unsupported" hidden>${inPhrases(say(PASSKEY_LOGIN.unsupported))}</p>
<p id="touch-cancelled" hidden>${inPhrases(say(TOUCH.cancelled))}</p>
<p id="touch-connection" hidden>${inPhrases(say(TOUCH.connection))}</p>
<p>${inPhrases(say(TOUCH.nothingChanged))}</p></div>`;
}
