// Said after a user has suspended or revoked their own certificate: that it is done, and exactly what to do
// next. On the public host, since the certificate opens nothing any more.

import { document, type Frame } from '../../frame/document.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { PUBLIC_PATHS } from '../../frame/paths.ts';
import { type Html, html } from '../../http/html.ts';
import type { OwnWithdrawal } from '../../operations/withdraw-own-certificate.ts';
import { inLanguage } from '../../words/language.ts';
import { WITHDRAWN, WITHDRAWN_DESK, WITHDRAWN_STEPS } from '../../words/pc-change.ts';
import { REFUSAL_ACTIONS, REFUSAL_FRAME } from '../../words/refusal-words.ts';

/** Builds the page of what was done. */
export function withdrawnPage(kind: OwnWithdrawal['kind'], frame: Frame): Html {
  const say = inLanguage(frame.language);
  const { title: titles, lead } = WITHDRAWN[kind];
  const title = say(titles);
  const main = html`<div class="wrap stack wide"><div class="stack"><h1>${inPhrases(title)}</h1><p class="lead">${inPhrases(say(lead))}</p></div>
<section class="narrow"><h2>${inPhrases(say(REFUSAL_FRAME.next))}</h2>
<ol class="steps">${say(WITHDRAWN_STEPS[kind]).map((step) => html`<li>${inPhrases(step)}</li>`)}</ol></section>
<p class="narrow">${inPhrases(say(WITHDRAWN_DESK))}</p>
<div class="actions"><a class="button second" href="${PUBLIC_PATHS.top}">${say(REFUSAL_ACTIONS['top-page'])}</a></div></div>`;
  return document({ title, main }, frame);
}
