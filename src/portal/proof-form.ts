// The form of 確認: a POST that ends on a fresh members' host, its token in the body and never in an address.

import type { Frame } from '../frame/document.ts';
import { formToken } from '../frame/form-token.ts';
import { type Html, html } from '../http/html.ts';
import { inLanguage, type Text } from '../words/language.ts';
import { PROOF } from '../words/renewal.ts';

/** Name of the hidden field that carries the proof token. */
export const PROOF_TOKEN_FIELD = 'proof-token';

/** Where 確認 is sent: to this host, which leads on to a fresh one, or to a fresh one at once. */
export type ProofForm = {
  readonly action: string;
  readonly token: string;
  /** Ties the form to its session; absent where there is none. */
  readonly formToken?: string;
};

/** The form with its one button. */
export function proofForm(form: ProofForm, frame: Frame, label: Text = PROOF.button): Html {
  return html`<form method="post" action="${form.action}" id="proof-form">
<input type="hidden" name="${PROOF_TOKEN_FIELD}" id="proof-token" value="${form.token}">${form.formToken === undefined ? null : formToken(form.formToken)}
<button class="button" id="proof-button">${inLanguage(frame.language)(label)}</button></form>`;
}
