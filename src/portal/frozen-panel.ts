// Says to a person whose rights are frozen after a reissue why, what they can do meanwhile, and who gives them back.
import type { Frame } from '../frame/document.ts';
import { inPhrases } from '../frame/in-phrases.ts';
import { type Html, html } from '../http/html.ts';
import { inLanguage } from '../words/language.ts';
import { FROZEN } from '../words/notices.ts';

/** Builds the panel. */
export function frozenPanel(frame: Frame): Html {
  const say = inLanguage(frame.language);
  return html`<section class="panel warn narrow" id="rights-frozen"><h2>${inPhrases(say(FROZEN.title))}</h2>
<p>${inPhrases(say(FROZEN.why))}</p><p>${inPhrases(say(FROZEN.meanwhile))}</p><p>${inPhrases(say(FROZEN.who))}</p></section>`;
}
