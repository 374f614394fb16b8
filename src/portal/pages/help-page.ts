// Help on the public host for those who cannot log in; reachable without any certificate.

import { document, type Frame } from '../../frame/document.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { PUBLIC_PATHS } from '../../frame/paths.ts';
import { type Html, html } from '../../http/html.ts';
import { CERTIFICATE_CHECK } from '../../words/certificate-check.ts';
import { DEVICE_HELP } from '../../words/device-help.ts';
import { HELP, HELP_TOPICS } from '../../words/help.ts';
import { IMPORT_HELP } from '../../words/import-help.ts';
import { inLanguage, type Text } from '../../words/language.ts';
import { OWN_CODE } from '../../words/own-code.ts';
import { nameAnatomy } from '../name-anatomy.ts';

/** Builds the help page; other pages link to its topics by their anchors. */
export function helpPage(frame: Frame): Html {
  const say = inLanguage(frame.language);
  const title = say(HELP.title);
  const topics = HELP_TOPICS.map(
    ({ anchor, title: heading, paragraphs }) =>
      html`<section class="topic" id="${anchor}"><h2>${inPhrases(say(heading))}</h2>
${say(paragraphs).map((text) => html`<p>${inPhrases(text)}</p>`)}
${anchor === 'which' ? nameAnatomy(frame) : null}${linkOf(anchor, frame)}</section>`,
  );
  const main = html`<div class="wrap stack wide"><h1>${inPhrases(title)}</h1>
<div class="columns">
<div class="stack wide">${topics}
<section class="topic" id="check"><h2>${inPhrases(say(CERTIFICATE_CHECK.title))}</h2><p>${inPhrases(say(CERTIFICATE_CHECK.about))}</p>
<p><a class="textlink" href="${PUBLIC_PATHS.check}">${say(CERTIFICATE_CHECK.link)}</a></p></section>
<div class="actions"><a class="button" href="${PUBLIC_PATHS.methods}">${say(HELP.logIn)}</a></div></div>
<nav class="contents" aria-labelledby="contents"><h2 id="contents">${inPhrases(say(HELP.contents))}</h2>
<ul>${HELP_TOPICS.map((topic) => html`<li><a class="textlink" href="#${topic.anchor}"><span>${inPhrases(say(topic.title))}</span></a></li>`)}
<li><a class="textlink" href="#check"><span>${inPhrases(say(CERTIFICATE_CHECK.title))}</span></a></li></ul></nav>
</div></div>`;
  return document({ title, main }, frame);
}

const LINKS: Readonly<Partial<Record<string, { readonly href: string; readonly label: Text }>>> = {
  passkey: { href: PUBLIC_PATHS.deviceHelp, label: DEVICE_HELP.link },
  expired: { href: PUBLIC_PATHS.acquireCode, label: OWN_CODE.title },
  'not-imported': { href: PUBLIC_PATHS.importHelp, label: IMPORT_HELP.link },
  'other-pc': { href: `${PUBLIC_PATHS.importHelp}#not-listed`, label: IMPORT_HELP.link },
};

/** The link that belongs to a topic. */
function linkOf(anchor: string, frame: Frame): Html | null {
  const link = LINKS[anchor];
  if (link === undefined) return null;
  return html`<p><a class="textlink" href="${link.href}">${inLanguage(frame.language)(link.label)}</a></p>`;
}
