// The import guide for the system at hand, with the other systems one click away.

import type { Frame } from '../frame/document.ts';
import { inPhrases } from '../frame/in-phrases.ts';
import { type Html, html } from '../http/html.ts';
import { IMPORT_GUIDES, SYSTEMS, type System } from '../words/import-guides.ts';
import { inLanguage } from '../words/language.ts';
import { DELIVERY } from '../words/renewal.ts';

/** Builds the guide; heading levels fit below an h3. */
export function importGuide(system: System, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const others = SYSTEMS.filter((other) => other !== system);
  return html`<p class="guide-title">${inPhrases(say(IMPORT_GUIDES[system].title))}</p>${steps(system, frame)}
<div class="folds"><p class="quiet small">${inPhrases(say(DELIVERY.otherSystems))}</p>
${others.map((other) => html`<details><summary>${say(IMPORT_GUIDES[other].title)}</summary>${steps(other, frame)}</details>`)}</div>`;
}

function steps(system: System, frame: Frame): Html {
  const texts = inLanguage(frame.language)(IMPORT_GUIDES[system].steps);
  return html`<ol class="plain-steps">${texts.map((text) => html`<li>${inPhrases(text)}</li>`)}</ol>`;
}
