// The page of login methods on the public host: the one button, and what the browser will ask.
import { type Html, html } from '../../http/html.ts';
import { CERTIFICATE } from '../../words/frame.ts';
import { inLanguage } from '../../words/language.ts';
import { METHOD_STEPS, METHODS } from '../../words/login.ts';
import { document, type Frame } from '../document.ts';
import { PUBLIC_PATHS } from '../paths.ts';

/** Builds the page with 電子証明書方式 利用者ログイン. */
export function loginMethodsPage(frame: Frame): Html {
  const say = inLanguage(frame.language);
  const title = say(METHODS.title);
  const main = html`<div class="wrap stack wide">
<div class="stack"><h1>${title}</h1>
<div class="actions"><a class="button" href="${PUBLIC_PATHS.login}">${say(METHODS.method)}</a></div></div>
<div class="columns">
<section><h2>${say(METHODS.steps)}</h2>
<ol class="steps">${say(METHOD_STEPS).map((step) => html`<li>${step}</li>`)}</ol></section>
<aside class="panel soft"><h2>${say(METHODS.notAskedTitle)}</h2><p>${say(METHODS.notAsked)}</p>
<p><a class="textlink" href="${PUBLIC_PATHS.help}">${say(METHODS.help)}</a></p></aside>
</div>
${nameAnatomy(frame)}
</div>`;
  return document({ title, main }, frame);
}

/** Explains the parts of a certificate's name with an invented example. */
export function nameAnatomy(frame: Frame): Html {
  const say = inLanguage(frame.language);
  const parts = [
    ['00012345678', CERTIFICATE.contractId],
    ['suzuki01', CERTIFICATE.userId],
    [frame.institution.code, CERTIFICATE.institutionCode],
    ['2027-12', CERTIFICATE.endMonth],
  ] as const;
  return html`<section class="panel"><h2>${say(METHODS.nameTitle)}</h2>
<dl class="anatomy">${parts.map(([value, label]) => html`<div><dt>${say(label)}</dt><dd>${value}</dd></div>`)}</dl>
<p>${say(METHODS.nameNote)}</p></section>`;
}
