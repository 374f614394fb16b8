// Help on the public host with what a device asks: a drawing of it for each kind of device, what to do there,
// and what to do when something else appears.

import { document, type Frame } from '../../frame/document.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { PUBLIC_PATHS } from '../../frame/paths.ts';
import { type Html, html } from '../../http/html.ts';
import {
  DEVICE_HELP,
  DEVICE_KINDS,
  DEVICE_TROUBLES,
  type DeviceHelpTopic,
} from '../../words/device-help.ts';
import { HELP } from '../../words/help.ts';
import { inLanguage } from '../../words/language.ts';
import { type DrawingName, drawing } from '../device-drawings.ts';

/** The topics in their order, each with the drawing it has. */
const TOPICS: readonly { readonly topic: DeviceHelpTopic; readonly drawn: DrawingName | null }[] = [
  { topic: DEVICE_KINDS.windows, drawn: 'windows' },
  { topic: DEVICE_KINDS.mac, drawn: 'mac' },
  { topic: DEVICE_KINDS.key, drawn: 'key' },
  { topic: DEVICE_TROUBLES.cancelled, drawn: null },
  { topic: DEVICE_TROUBLES.none, drawn: 'none' },
  { topic: DEVICE_TROUBLES.qr, drawn: 'qr' },
];

/** Builds the page; other pages link to its topics by their anchors. */
export function deviceHelpPage(frame: Frame): Html {
  const say = inLanguage(frame.language);
  const title = say(DEVICE_HELP.title);
  const main = html`<div class="wrap stack wide"><div class="prose"><h1>${inPhrases(title)}</h1>
<p class="lead">${inPhrases(say(DEVICE_HELP.lead))}</p></div>
<div class="columns">
<div class="stack wide"><div class="stack"><p>${inPhrases(say(DEVICE_HELP.site))}<br><b class="mono">${frame.passkeyDomain}</b></p>
<p class="quiet">${inPhrases(say(DEVICE_HELP.drawn))}</p></div>
${TOPICS.map(({ topic, drawn }) => section(topic, drawn, frame))}
<div class="actions"><a class="button" href="${PUBLIC_PATHS.methods}">${say(HELP.logIn)}</a>
<a class="textlink" href="${PUBLIC_PATHS.help}">${say(HELP.title)}</a></div></div>
<nav class="contents" aria-labelledby="contents"><h2 id="contents">${inPhrases(say(DEVICE_HELP.contents))}</h2>
<ul>${TOPICS.map(({ topic }) => html`<li><a class="textlink" href="#${topic.anchor}"><span>${inPhrases(say(topic.title))}</span></a></li>`)}</ul></nav>
</div></div>`;
  return document({ title, main }, frame);
}

function section(topic: DeviceHelpTopic, drawn: DrawingName | null, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const { anchor, title, steps, paragraphs } = topic;
  const picture =
    drawn === null || topic.drawing === undefined
      ? null
      : drawing(drawn, say(topic.drawing), frame);
  const list =
    steps &&
    html`<ol class="steps">${say(steps).map((step) => html`<li>${inPhrases(step)}</li>`)}</ol>`;
  return html`<section class="topic" id="${anchor}"><h2>${inPhrases(say(title))}</h2>
${picture}${list}${say(paragraphs).map((text) => html`<p>${inPhrases(text)}</p>`)}</section>`;
}
