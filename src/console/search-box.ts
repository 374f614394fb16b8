// The one box by which everything is found.
import type { Frame } from '../frame/document.ts';
import { inPhrases } from '../frame/in-phrases.ts';
import { type Html, html } from '../http/html.ts';
import { inLanguage } from '../words/language.ts';
import { CONSOLE } from '../words/staff.ts';
import { CONSOLE_PATHS } from './paths.ts';

/** Name of its field. */
export const SEARCH_FIELD = 'q';

/** The box, with what was typed last. */
export function searchBox(typed: string, frame: Frame): Html {
  const say = inLanguage(frame.language);
  return html`<form class="search" method="get" action="${CONSOLE_PATHS.search}" role="search" autocomplete="off">
<div class="field"><label for="q">${say(CONSOLE.search)}</label><p class="quiet small" id="q-hint">${inPhrases(say(CONSOLE.searchLabel))}</p>
<input id="q" name="${SEARCH_FIELD}" type="search" value="${typed}" maxlength="200" spellcheck="false" autocapitalize="none" aria-describedby="q-hint"></div>
<button class="button slim">${say(CONSOLE.searchButton)}</button></form>`;
}
