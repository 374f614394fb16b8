// 電子証明書の取得, first page: who acquires, by IDs, PIN and one-time code. Public; it tells strangers nothing.

import { document, type Frame } from '../../frame/document.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { PUBLIC_PATHS } from '../../frame/paths.ts';
import { refusedForm } from '../../frame/refused-form.ts';
import { type Html, html } from '../../http/html.ts';
import { ACQUIRE, ACQUIRE_FLOW } from '../../words/acquisition.ts';
import { FRAME } from '../../words/frame.ts';
import { inLanguage } from '../../words/language.ts';
import { TOP } from '../../words/login.ts';
import { OWN_CODE } from '../../words/own-code.ts';
import { REFUSALS } from '../../words/refusals.ts';
import { acquireFields, type EnteredIds } from './acquire-fields.ts';

export type AcquireView = {
  readonly entered: EnteredIds;
  /** The number under which the last attempt was refused. */
  readonly inquiryNumber: string | null;
};

/** Builds the page, with or without the error of the last attempt. */
export function acquirePage(view: AcquireView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const title = say(ACQUIRE.title);
  const hasFailed = view.inquiryNumber !== null;
  const main = html`<div class="wrap stack wide">
<div class="stack"><h1>${inPhrases(title)}</h1><p>${inPhrases(say(ACQUIRE.lead))}</p></div>
${view.inquiryNumber === null ? null : errorSummary(view.inquiryNumber, frame)}
<div class="columns">
<form class="stack wide" method="post" action="${PUBLIC_PATHS.acquire}" autocomplete="off">
${acquireFields(['contract', 'user', 'pin', 'code'], view.entered, frame)}
<div class="actions"><button class="button">${say(ACQUIRE.next)}</button></div>
</form>
<div class="stack wide"><section class="panel soft"><h2>${inPhrases(say(ACQUIRE.flow))}</h2>
<ol class="steps">${say(ACQUIRE_FLOW).map((step) => html`<li>${inPhrases(step)}</li>`)}</ol></section>
<section class="panel soft"><h2>${inPhrases(say(ACQUIRE.noCode))}</h2><p>${inPhrases(say(ACQUIRE.noCodeBody))}</p>
<p><a class="textlink" href="${PUBLIC_PATHS.acquireCode}">${say(OWN_CODE.link)}</a></p>
<p><a class="textlink" href="${PUBLIC_PATHS.help}">${say(TOP.allHelp)}</a></p></section></div>
</div></div>`;
  return document(
    { title: hasFailed ? `${say(FRAME.errorInTitle)}: ${title}` : title, main },
    frame,
  );
}

function errorSummary(inquiryNumber: string, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const { reason, steps } = REFUSALS['acquisition-refused'];
  const reasons = [...say(reason), ...say(steps)].map((text) => inPhrases(text));
  return refusedForm({ title: say(ACQUIRE.errorTitle), reasons, inquiryNumber }, frame);
}
