// The institution's top page on the public host: one way in, and help for those who cannot get in.

import { document, type Frame } from '../../frame/document.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { PUBLIC_PATHS } from '../../frame/paths.ts';
import { type Html, html } from '../../http/html.ts';
import { CERTIFICATE_CHECK } from '../../words/certificate-check.ts';
import { inLanguage } from '../../words/language.ts';
import { TOP } from '../../words/login.ts';
import { notArrivedHint } from '../not-arrived-hint.ts';

/** Builds the top page; expiry leads the help, because browsers hide expired certificates silently. */
export function topPage(frame: Frame, hasNotArrived = false): Html {
  const say = inLanguage(frame.language);
  const help = [
    ['#expired', TOP.expired],
    ['#which', TOP.which],
    ['#not-asked', TOP.notAsked],
    ['#pin', TOP.forgotPin],
  ] as const;
  const main = html`<div class="hero"><div class="wrap">
<h1>${inPhrases(frame.institution.name)}</h1>
<p class="lead">${inPhrases(say(TOP.lead))}</p>
<a class="button" href="${PUBLIC_PATHS.methods}">${say(TOP.logIn)}</a>
<p class="second-way"><a class="textlink" href="${PUBLIC_PATHS.acquire}">${say(TOP.acquire)}</a> <span class="quiet small">${inPhrases(say(TOP.acquireWhy))}</span></p>
</div></div>
<div class="wrap columns">
<section><h2>${inPhrases(say(TOP.troubles))}</h2>${hasNotArrived ? notArrivedHint(frame) : null}
<ul class="links">${help.map(([anchor, text]) => html`<li><a href="${PUBLIC_PATHS.help}${anchor}">${say(text)}</a></li>`)}
<li><a href="${PUBLIC_PATHS.check}">${say(CERTIFICATE_CHECK.link)}</a></li></ul>
</section>
<aside class="panel soft"><h2>${inPhrases(say(TOP.caution))}</h2><p>${inPhrases(say(TOP.cautionBody))}</p></aside>
</div>`;
  return document({ title: frame.institution.name, isTop: true, main }, frame);
}
