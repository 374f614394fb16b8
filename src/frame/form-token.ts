// The token that ties a form to the session it was shown in.
import { type Html, html } from '../http/html.ts';

/** Name of the hidden field that carries the token. */
export const FORM_TOKEN_FIELD = 'form-token';

/** Name of the field in which a page's script sends what it has since the last touch. */
export const FRESH_FIELD = 'fresh';

/** The hidden field with the token. */
export function formToken(token: string): Html {
  return html`<input type="hidden" name="${FORM_TOKEN_FIELD}" value="${token}">`;
}
