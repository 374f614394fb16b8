// For who chose a certificate and saw no page: the browser could not use its key, and said nothing.

import type { Frame } from '../frame/document.ts';
import { inPhrases } from '../frame/in-phrases.ts';
import { PUBLIC_PATHS } from '../frame/paths.ts';
import { type Html, html } from '../http/html.ts';
import { inLanguage } from '../words/language.ts';
import { NOT_ARRIVED } from '../words/login.ts';

/** Builds the hint with its link to the help. */
export function notArrivedHint(frame: Frame): Html {
  const say = inLanguage(frame.language);
  return html`<div class="panel info slim after-heading"><p>${inPhrases(say(NOT_ARRIVED.question))}</p>
<p><a class="textlink" href="${PUBLIC_PATHS.help}#no-page">${say(NOT_ARRIVED.help)}</a></p></div>`;
}
