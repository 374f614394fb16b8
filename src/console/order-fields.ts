// The fields of the forms by which staff ask for something.

import type { Form } from '../http/form-body.ts';
import { type Html, html } from '../http/html.ts';

/** A line of text. */
export function lineField(
  field: {
    readonly name: string;
    readonly label: string;
    readonly hint?: string;
    readonly isOptional?: true;
    /** What is typed in is longer than a word or two. */
    readonly isLong?: true;
    readonly most?: number;
  },
  entered: Form,
): Html {
  const { name, label, hint, isOptional, isLong, most = 200 } = field;
  const value = entered[name] ?? '';
  const noted = hintOf(name, hint);
  // Attributes are no values of markup that nests: the two forms are written out.
  const input = isOptional
    ? html`<input id="${name}" name="${name}" value="${value}" maxlength="${most}" spellcheck="false">`
    : html`<input id="${name}" name="${name}" value="${value}" maxlength="${most}" spellcheck="false" required>`;
  const look = isLong ? 'field long' : 'field';
  return html`<div class="${look}"><label for="${name}">${label}</label>${noted}${input}</div>`;
}

/** Several lines of text. */
export function textField(
  field: {
    readonly name: string;
    readonly label: string;
    readonly hint?: string;
    readonly rows: number;
  },
  entered: Form,
): Html {
  const { name, label, hint, rows } = field;
  return html`<div class="field"><label for="${name}">${label}</label>${hintOf(name, hint)}
<textarea id="${name}" name="${name}" rows="${rows}" required maxlength="4000">
${entered[name] ?? ''}</textarea></div>`;
}

/** One of several values. */
export function choiceField(
  field: {
    readonly name: string;
    readonly label: string;
    readonly choices: readonly (readonly [string, string])[];
  },
  entered: Form,
): Html {
  const { name, label, choices } = field;
  const options = choices.map(([value, text]) =>
    entered[name] === value
      ? html`<option value="${value}" selected>${text}</option>`
      : html`<option value="${value}">${text}</option>`,
  );
  return html`<div class="field"><label for="${name}">${label}</label><select id="${name}" name="${name}">${options}</select></div>`;
}

function hintOf(name: string, hint: string | undefined): Html | null {
  return hint === undefined ? null : html`<p class="quiet small" id="${name}-hint">${hint}</p>`;
}

/** A value that goes with the form unseen. */
export function hiddenField(name: string, value: string): Html {
  return html`<input type="hidden" name="${name}" value="${value}">`;
}
