// The login host's page: both ways in, and what the device will ask before it asks.

import { document, type Frame, onPublicHost } from '../../frame/document.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { type PageScript, scriptElement } from '../../frame/page-script.ts';
import { LOGIN_PATHS, PUBLIC_PATHS } from '../../frame/paths.ts';
import { type Html, html } from '../../http/html.ts';
import { DEVICE_HELP } from '../../words/device-help.ts';
import { inLanguage } from '../../words/language.ts';
import { METHODS } from '../../words/login.ts';
import { PASSKEY_LOGIN, PASSKEY_STEPS } from '../../words/passkey.ts';

export type LoginView = { readonly script: PageScript | null };

/** Builds the page with パスキー方式 and 電子証明書方式 利用者ログイン. */
export function loginPage(view: LoginView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const title = say(PASSKEY_LOGIN.title);
  const main = html`<div class="wrap stack wide">
<h1>${inPhrases(title)}</h1>
<div class="columns">
<section class="stack wide"><div class="stack"><h2>${inPhrases(say(PASSKEY_LOGIN.forWhom))}</h2>
<noscript><div class="panel warn"><p>${inPhrases(say(PASSKEY_LOGIN.needsScript))}</p></div></noscript>
<div class="panel bad" id="login-failed" role="alert" hidden>
<p id="failed-unsupported" hidden>${inPhrases(say(PASSKEY_LOGIN.unsupported))}</p>
<p id="failed-cancelled" hidden>${inPhrases(say(PASSKEY_LOGIN.cancelled))}</p>
<p id="failed-connection" hidden>${inPhrases(say(PASSKEY_LOGIN.connection))}</p>
<p><a class="textlink" href="${onPublicHost(frame, PUBLIC_PATHS.deviceHelp)}#cancelled">${say(DEVICE_HELP.inTrouble)}</a></p></div>
${passkeyForm(say(PASSKEY_LOGIN.method))}</div>
<div><h2>${inPhrases(say(METHODS.steps))}</h2>
<ol class="steps">${say(PASSKEY_STEPS).map((step) => html`<li>${inPhrases(step)}</li>`)}</ol>
<p><a class="textlink" href="${onPublicHost(frame, PUBLIC_PATHS.deviceHelp)}">${say(DEVICE_HELP.link)}</a></p></div></section>
<aside class="panel soft stack"><h2>${inPhrases(say(PASSKEY_LOGIN.fileForWhom))}</h2>
<p><a class="button second" href="${onPublicHost(frame, PUBLIC_PATHS.login)}">${say(METHODS.method)}</a></p>
<p><a class="textlink" href="${onPublicHost(frame, PUBLIC_PATHS.help)}">${say(METHODS.help)}</a></p></aside>
</div></div>`;
  const script = view.script && scriptElement(view.script);
  return document({ title, main, script }, frame);
}

/** Filled in and sent by the script; without it the button can do nothing, and is not shown. */
function passkeyForm(label: string): Html {
  const fields = [
    'credential-id',
    'client-data',
    'authenticator-data',
    'signature',
    'user-handle',
  ].map((name) => html`<input type="hidden" name="${name}" value="">`);
  return html`<form id="passkey-form" method="post" action="${LOGIN_PATHS.passkey}" data-challenge="${LOGIN_PATHS.challenge}" hidden>${fields}
<button class="button" id="passkey-button">${label}</button></form>`;
}
