// Help on the public host: how a certificate's file is imported on each system, with a drawing of what appears, and what
// to do when something else does.
import { document, type Frame } from '../../frame/document.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { PUBLIC_PATHS } from '../../frame/paths.ts';
import { type Html, html } from '../../http/html.ts';
import { HELP } from '../../words/help.ts';
import { IMPORT_GUIDES, SYSTEMS, type System } from '../../words/import-guides.ts';
import { IMPORT_HELP, IMPORT_TROUBLES, type ImportTrouble } from '../../words/import-help.ts';
import { inLanguage, type Text } from '../../words/language.ts';
import { importDrawing } from '../import-drawings.ts';

/** Builds the page; guides link to its sections by the system's name. */
export function importHelpPage(frame: Frame): Html {
  const say = inLanguage(frame.language);
  const title = say(IMPORT_HELP.title);
  const main = html`<div class="wrap stack wide"><div class="prose"><h1>${inPhrases(title)}</h1>
<p class="lead">${inPhrases(say(IMPORT_HELP.lead))}</p></div>
<div class="columns">
<div class="stack wide"><div class="stack"><p>${inPhrases(say(IMPORT_HELP.password))}</p>
<p class="quiet">${inPhrases(say(IMPORT_HELP.drawn))}</p></div>
${SYSTEMS.map((system) => systemSection(system, frame))}
${IMPORT_TROUBLES.map((trouble) => troubleSection(trouble, frame))}
<div class="actions"><a class="button" href="${PUBLIC_PATHS.methods}">${say(HELP.logIn)}</a>
<a class="textlink" href="${PUBLIC_PATHS.help}">${say(HELP.title)}</a></div></div>
<nav class="contents" aria-labelledby="contents"><h2 id="contents">${inPhrases(say(IMPORT_HELP.contents))}</h2>
<ul>${SYSTEMS.map((system) => entry(system, IMPORT_GUIDES[system].title, frame))}${IMPORT_TROUBLES.map(({ anchor, title: of }) => entry(anchor, of, frame))}</ul></nav>
</div></div>`;
  return document({ title, main }, frame);
}

function entry(anchor: string, title: Text, frame: Frame): Html {
  const say = inLanguage(frame.language);
  return html`<li><a class="textlink" href="#${anchor}"><span>${inPhrases(say(title))}</span></a></li>`;
}

function systemSection(system: System, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const { title, steps } = IMPORT_GUIDES[system];
  return html`<section class="topic" id="${system}"><h2>${inPhrases(say(title))}</h2>
${importDrawing(system, frame)}
<ol class="steps">${say(steps).map((step) => html`<li>${inPhrases(step)}</li>`)}</ol>
<p>${inPhrases(say(IMPORT_HELP.after))}</p></section>`;
}

function troubleSection({ anchor, title, paragraphs }: ImportTrouble, frame: Frame): Html {
  const say = inLanguage(frame.language);
  return html`<section class="topic" id="${anchor}"><h2>${inPhrases(say(title))}</h2>
${say(paragraphs).map((text) => html`<p>${inPhrases(text)}</p>`)}</section>`;
}
