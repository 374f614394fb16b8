// The fields of a new PIN, and its rules, which a script ticks off as they are kept.
import { PIN_RULES } from '../banking/pin-rules.ts';
import type { Frame } from '../frame/document.ts';
import { inPhrases } from '../frame/in-phrases.ts';
import { type Html, html } from '../http/html.ts';
import { inLanguage } from '../words/language.ts';
import { PIN_CHANGE, PIN_RULE_WORDS } from '../words/pin-change.ts';

/** Names and ids of the fields. */
export const NEW_PIN_FIELD = 'new-pin';
export const REPEATED_PIN_FIELD = 'new-pin-again';

/** One of the two fields. */
export function newPinField(field: {
  readonly id: string;
  readonly label: string;
  readonly error: readonly Html[] | null;
  readonly after: Html | null;
}): Html {
  const { id, label, error, after } = field;
  const described = [error && `${id}-error`, after && 'pin-rules'].filter((one) => one !== null);
  const invalid = error ? html` aria-invalid="true"` : null;
  const describedBy =
    described.length === 0 ? null : html` aria-describedby="${described.join(' ')}"`;
  return html`<div class="field"><label for="${id}">${inPhrases(label)}</label>
${error && html`<p class="field-error" id="${id}-error">${error}</p>`}
<input id="${id}" name="${id}" type="password" autocomplete="new-password" required maxlength="64"${invalid}${describedBy}>
${after}</div>`;
}

/** Without the script they are a list to read. */
export function pinRules(
  { contractId, userId }: { readonly contractId: string; readonly userId: string },
  frame: Frame,
): Html {
  const say = inLanguage(frame.language);
  return html`<div id="pin-rules" data-contract="${contractId}" data-user="${userId}"><p class="quiet small">${inPhrases(say(PIN_CHANGE.rules))}</p>
<ul class="rules">${PIN_RULES.map((rule) => html`<li data-rule="${rule}">${inPhrases(say(PIN_RULE_WORDS[rule]))}<span class="hidden-text" hidden> (${say(PIN_CHANGE.kept)})</span></li>`)}</ul></div>`;
}
