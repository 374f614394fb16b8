// The PIN page on a members' host: whose certificate was chosen, and the PIN.
// It says only what the certificate itself says; nothing of the user is known to be true yet.

import { endOf, homeFact, type ShownCertificate } from '../../frame/certificate-name.ts';
import { document, type Frame, onPublicHost } from '../../frame/document.ts';
import { formToken } from '../../frame/form-token.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { MEMBER_PATHS, PUBLIC_PATHS } from '../../frame/paths.ts';
import { type Html, html } from '../../http/html.ts';
import { CERTIFICATE, FRAME } from '../../words/frame.ts';
import { inLanguage } from '../../words/language.ts';
import { PIN, TOP } from '../../words/login.ts';
import {
  errorSummary,
  PIN_FIELD,
  type PinError,
  pinErrorSentences,
  pinField,
  userNameField,
} from '../pin-field.ts';

/** Name of the hidden field that carries sealed evidence. */
export const SEAL_FIELD = 'seal';

export type PinView = {
  readonly certificate: ShownCertificate & { readonly contractId: string; readonly userId: string };
  /** The certificate has not been proved yet: this login does it. */
  readonly isUnproven: boolean;
  readonly formToken: string;
  /** What a passkey signed, sealed for this form; null where the connection shows the certificate. */
  readonly seal: string | null;
  readonly error: (PinError & { readonly inquiryNumber: string }) | null;
};

/** Builds the PIN page, with or without the error of the last attempt. */
export function pinPage(view: PinView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const title = say(PIN.title);
  const error = view.error && pinErrorSentences(view.error, frame.language);
  const user = `${view.certificate.contractId} ${view.certificate.userId}`;
  const main = html`<div class="wrap stack wide">
<h1>${inPhrases(title)}</h1>
${view.error && errorSummary({ title: say(PIN.errorTitle), fields: [{ id: PIN_FIELD, sentences: error ?? [] }], inquiryNumber: view.error.inquiryNumber }, frame)}
<div class="columns">
<form class="stack wide" method="post" action="${MEMBER_PATHS.pin}">${formToken(view.formToken)}${view.seal === null ? null : html`<input type="hidden" name="${SEAL_FIELD}" value="${view.seal}">`}
${chosenCertificate(view, frame)}
${userNameField(user)}${pinField({ label: PIN.field, hint: PIN.hint, error, isFirst: true }, frame)}
<div class="actions"><button class="button">${say(PIN.logIn)}</button></div>
</form>
<aside class="panel soft"><h2>${inPhrases(say(TOP.troubles))}</h2>
<p><a class="textlink" href="${onPublicHost(frame, PUBLIC_PATHS.help)}#pin">${say(PIN.forgot)}</a></p>
<p><a class="textlink" href="${onPublicHost(frame, PUBLIC_PATHS.help)}">${say(TOP.allHelp)}</a></p></aside>
</div></div>`;
  return document({ title: error ? `${say(FRAME.errorInTitle)}: ${title}` : title, main }, frame);
}

function chosenCertificate({ certificate, isUnproven }: PinView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  return html`<section class="panel"><h2>${inPhrases(say(PIN.shown))}</h2>
<dl class="facts across">
<div><dt>${say(CERTIFICATE.contractId)}</dt><dd class="strong mono">${certificate.contractId}</dd></div>
<div><dt>${say(CERTIFICATE.userId)}</dt><dd class="strong mono">${certificate.userId}</dd></div>
</dl>
<dl class="facts">
<div><dt>${say(CERTIFICATE.ends)}</dt><dd>${endOf(certificate.endsAt, frame.language)}</dd></div>
<div><dt>${say(CERTIFICATE.issuer)}</dt><dd>${certificate.issuer}</dd></div>
${homeFact(certificate.home, frame.language)}</dl>
${isUnproven ? html`<p>${inPhrases(say(PIN.unproven))}</p>` : null}
<p class="choose">${say(PIN.chooseAnotherWhy)} <a class="textlink" href="${frame.loginAddress}">${say(PIN.chooseAnother)}</a></p></section>`;
}
