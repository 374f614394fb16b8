// The import guide for the system at hand, with the other systems one click away.

import { type Frame, onPublicHost } from '../frame/document.ts';
import { inPhrases } from '../frame/in-phrases.ts';
import { PUBLIC_PATHS } from '../frame/paths.ts';
import { type Html, html } from '../http/html.ts';
import { IMPORT_GUIDES, SYSTEMS, type System } from '../words/import-guides.ts';
import { IMPORT_HELP } from '../words/import-help.ts';
import { inLanguage } from '../words/language.ts';
import { DELIVERY } from '../words/renewal.ts';

/** Builds the guide; heading levels fit below an h3. */
export function importGuide(system: System, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const others = SYSTEMS.filter((other) => other !== system);
  return html`<p class="guide-title">${inPhrases(say(IMPORT_GUIDES[system].title))}</p>${steps(system, frame)}${withDrawings(system, frame)}
<div class="folds"><p class="quiet small">${inPhrases(say(DELIVERY.otherSystems))}</p>
${others.map((other) => html`<details><summary>${say(IMPORT_GUIDES[other].title)}</summary>${steps(other, frame)}${withDrawings(other, frame)}</details>`)}</div>`;
}

/** In a tab of its own: the page with the file and its password stays open. */
function withDrawings(system: System, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const href = `${onPublicHost(frame, PUBLIC_PATHS.importHelp)}#${system}`;
  return html`<p><a class="textlink" href="${href}" target="_blank" rel="noopener">${say(IMPORT_HELP.link)} ${say(IMPORT_HELP.newTab)}</a></p>`;
}

function steps(system: System, frame: Frame): Html {
  const texts = inLanguage(frame.language)(IMPORT_GUIDES[system].steps);
  return html`<ol class="plain-steps">${texts.map((text) => html`<li>${inPhrases(text)}</li>`)}</ol>`;
}
