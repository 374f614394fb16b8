// The field in which a person types their PIN, with the error of the last attempt, on every page that asks
// for it; and the summary of errors above a form. Nothing typed is shown again.

import type { Frame } from '../frame/document.ts';
import { inPhrases } from '../frame/in-phrases.ts';
import { refusedForm } from '../frame/refused-form.ts';
import { type Html, html } from '../http/html.ts';
import { inLanguage, type Language, type Text } from '../words/language.ts';
import { ATTEMPTS_LEFT, PIN, WRONG_PIN } from '../words/login.ts';

// More attempts than this are not counted aloud.
const COUNTED_ALOUD = 3;

/** Name and id of the field that carries the PIN. */
export const PIN_FIELD = 'pin';

/** Why a PIN was not taken. */
export type PinError =
  | { readonly kind: 'wrong-pin'; readonly attemptsLeft: number }
  | { readonly kind: 'invalid-input' };

/** Tells a password manager apart the users of a shared PC; without a name it is not sent. */
export function userNameField(userName: string): Html {
  return html`<input type="text" autocomplete="username" value="${userName}" readonly hidden>`;
}

/** The field of the PIN as it is now; the hint tells its form. */
export function pinField(
  shown: {
    readonly label: Text;
    readonly hint: Text | null;
    readonly error: readonly Html[] | null;
    /** The page is there for this field, which is typed in at once. */
    readonly isFirst?: true;
  },
  frame: Frame,
): Html {
  const say = inLanguage(frame.language);
  const { hint, error } = shown;
  const described = [error && 'pin-error', hint && 'pin-hint']
    .filter((id) => id !== null)
    .join(' ');
  const focus = shown.isFirst ? html` autofocus` : null;
  const invalid = error ? html` aria-invalid="true"` : null;
  const describedBy = described === '' ? null : html` aria-describedby="${described}"`;
  return html`<div class="field"><label for="${PIN_FIELD}">${inPhrases(say(shown.label))}</label>
${hint && html`<p class="quiet small" id="pin-hint">${inPhrases(say(hint))}</p>`}
${error && html`<p class="field-error" id="pin-error">${error}</p>`}
<input id="${PIN_FIELD}" name="${PIN_FIELD}" type="password" autocomplete="current-password"${focus} required maxlength="64"${invalid}${describedBy}></div>`;
}

/** A field that was not taken, and why. */
export type FieldError = { readonly id: string; readonly sentences: readonly Html[] };

/** What was not taken, each with a link to its field, and the inquiry number. */
export function errorSummary(
  errors: {
    readonly title: string;
    readonly fields: readonly FieldError[];
    readonly inquiryNumber: string;
  },
  frame: Frame,
): Html {
  const { title, fields, inquiryNumber } = errors;
  const reasons = fields.map(({ id, sentences }) => html`<a href="#${id}">${sentences}</a>`);
  return refusedForm({ title, reasons, inquiryNumber }, frame);
}

/** What is said of a PIN that was not taken. */
export function pinErrorSentences(error: PinError, language: Language): readonly Html[] {
  const say = inLanguage(language);
  if (error.kind === 'invalid-input') return [sentence(say(PIN.invalid))];
  const wrong = say(WRONG_PIN).map(sentence);
  if (error.attemptsLeft > COUNTED_ALOUD) return wrong;
  return [...wrong, sentence(say(ATTEMPTS_LEFT)(error.attemptsLeft))];
}

/** A sentence that stays together where a line ends. */
export function sentence(text: string): Html {
  return html`<span class="sentence">${inPhrases(text)}</span> `;
}
