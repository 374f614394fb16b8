// The form of 確認: a POST to a fresh members' host, its token in the body and never in an address.
import { type Html, html } from '../http/html.ts';
import { inLanguage, type Text } from '../words/language.ts';
import { PROOF } from '../words/renewal.ts';
import type { Frame } from './document.ts';

/** Name of the hidden field that carries the proof token. */
export const PROOF_TOKEN_FIELD = 'proof-token';

export type ProofForm = {
  /** Absolute address on a fresh members' host of the same institution. */
  readonly action: string;
  readonly token: string;
};

/** The form with its one button; empty values are filled in by the page's script. */
export function proofForm(form: ProofForm, frame: Frame, label: Text = PROOF.button): Html {
  return html`<form method="post" action="${form.action}" id="proof-form">
<input type="hidden" name="${PROOF_TOKEN_FIELD}" id="proof-token" value="${form.token}">
<button class="button" id="proof-button">${inLanguage(frame.language)(label)}</button></form>`;
}
