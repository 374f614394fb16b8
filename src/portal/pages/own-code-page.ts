// Asking for a code by mail after the end of a certificate, and what is answered: the same to everybody. Public.
import { document, type Frame } from '../../frame/document.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { PUBLIC_PATHS } from '../../frame/paths.ts';
import { type Html, html } from '../../http/html.ts';
import { ACQUIRE } from '../../words/acquisition.ts';
import { inLanguage } from '../../words/language.ts';
import { TOP } from '../../words/login.ts';
import { NOT_ARRIVED, OWN_CODE, OWN_CODE_FOLLOWS, OWN_CODE_LEAD } from '../../words/own-code.ts';
import { acquireFields, type EnteredIds } from './acquire-fields.ts';

/** Builds the page; `graceDays` is null where the institution mails no codes to who asks. */
export function ownCodePage({ graceDays }: { readonly graceDays: number | null }, frame: Frame) {
  const say = inLanguage(frame.language);
  const title = say(OWN_CODE.title);
  const main =
    graceDays === null
      ? html`<div class="wrap stack wide"><h1>${inPhrases(title)}</h1>
<p class="lead">${inPhrases(say(OWN_CODE.notOffered))}</p><p>${inPhrases(say(ACQUIRE.noCodeBody))}</p></div>`
      : html`<div class="wrap stack wide">
<div class="stack"><h1>${inPhrases(title)}</h1><p>${inPhrases(say(OWN_CODE_LEAD)(graceDays))}</p></div>
<div class="columns">
<form class="stack wide" method="post" action="${PUBLIC_PATHS.acquireCode}" autocomplete="off">
<p class="quiet">${inPhrases(say(OWN_CODE.ids))}</p>
${acquireFields(['contract', 'user'], { contract: '', user: '' }, frame)}
<div class="actions"><button class="button">${say(OWN_CODE.button)}</button></div>
</form>
<div class="stack wide"><section class="panel soft"><h2>${inPhrases(say(OWN_CODE.needs))}</h2><p>${inPhrases(say(OWN_CODE.needsPin))}</p></section>
${notArrived(frame)}</div>
</div></div>`;
  return document({ title, main }, frame);
}

/** Builds the answer: the same whoever was entered, with the form in which the code is used once it has come. */
export function ownCodeAskedPage(
  { graceDays, entered }: { readonly graceDays: number; readonly entered: EnteredIds },
  frame: Frame,
) {
  const say = inLanguage(frame.language);
  const title = say(OWN_CODE.accepted);
  const fields = acquireFields(['contract', 'user', 'pin', 'code'], entered, frame);
  const main = html`<div class="wrap stack wide">
<div class="stack"><h1>${inPhrases(title)}</h1><p class="lead">${inPhrases(say(OWN_CODE_FOLLOWS)(graceDays))}</p>
<p class="quiet">${inPhrases(say(OWN_CODE.acceptedSame))}</p></div>
<div class="columns">
<form class="stack wide" method="post" action="${PUBLIC_PATHS.acquire}" autocomplete="off">
<h2>${inPhrases(say(OWN_CODE.goOn))}</h2>
${fields}
<div class="actions"><button class="button">${say(ACQUIRE.next)}</button></div>
</form>
<div class="stack wide">${notArrived(frame)}</div>
</div></div>`;
  return document({ title, main }, frame);
}

function notArrived(frame: Frame): Html {
  const say = inLanguage(frame.language);
  return html`<section class="panel soft"><h2>${inPhrases(say(OWN_CODE.notArrived))}</h2>
<ul class="dots">${say(NOT_ARRIVED).map((text) => html`<li>${inPhrases(text)}</li>`)}</ul>
<p><a class="textlink" href="${PUBLIC_PATHS.help}">${say(TOP.allHelp)}</a></p></section>`;
}
