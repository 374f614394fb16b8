// The page of login methods on the public host: the one button, and what the browser will ask.

import { document, type Frame } from '../../frame/document.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { PUBLIC_PATHS } from '../../frame/paths.ts';
import { type Html, html } from '../../http/html.ts';
import { inLanguage } from '../../words/language.ts';
import { METHOD_STEPS, METHODS } from '../../words/login.ts';
import { PASSKEY_LOGIN } from '../../words/passkey.ts';
import { nameAnatomy } from '../name-anatomy.ts';
import { notArrivedHint } from '../not-arrived-hint.ts';

/** Builds the page with 電子証明書方式 利用者ログイン. */
export function loginMethodsPage(frame: Frame, hasNotArrived = false): Html {
  const say = inLanguage(frame.language);
  const title = say(METHODS.title);
  const main = html`<div class="wrap stack wide">
<h1>${inPhrases(title)}</h1>
<div class="stack"><div class="actions"><a class="button" href="${PUBLIC_PATHS.login}">${say(METHODS.method)}</a>
<a class="button second" href="${frame.passkeyAddress}">${say(PASSKEY_LOGIN.method)}</a></div>
<p>${inPhrases(say(METHODS.which))}</p></div>
${hasNotArrived ? notArrivedHint(frame) : null}
<div class="columns">
<section class="stack wide"><div><h2>${inPhrases(say(METHODS.fileSteps))}</h2>
<ol class="steps">${say(METHOD_STEPS).map((step) => html`<li>${inPhrases(step)}</li>`)}</ol></div>
${nameAnatomy(frame)}</section>
<aside class="panel soft"><h2>${inPhrases(say(METHODS.notAskedTitle))}</h2><p>${inPhrases(say(METHODS.notAsked))}</p>
<p><a class="textlink" href="${PUBLIC_PATHS.help}">${say(METHODS.help)}</a></p></aside>
</div>
</div>`;
  return document({ title, main }, frame);
}
