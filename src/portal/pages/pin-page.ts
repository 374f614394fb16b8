// The PIN page on a members' host: whose certificate was chosen, and the PIN.
// It says only what the certificate itself says; nothing of the user is known to be true yet.
import { type Html, html } from '../../http/html.ts';
import { CERTIFICATE, FRAME } from '../../words/frame.ts';
import { inLanguage, type Language } from '../../words/language.ts';
import { ATTEMPTS_LEFT, PIN, TOP, WRONG_PIN } from '../../words/login.ts';
import { REFUSAL_FRAME } from '../../words/refusal-words.ts';
import { endOf, homeFact, type ShownCertificate } from '../certificate-name.ts';
import { document, type Frame, onPublicHost } from '../document.ts';
import { formToken } from '../form-token.ts';
import { inPhrases } from '../in-phrases.ts';
import { MEMBER_PATHS, PUBLIC_PATHS } from '../paths.ts';

// More attempts than this are not counted aloud.
const COUNTED_ALOUD = 3;

/** Name of the field that carries the PIN. */
export const PIN_FIELD = 'pin';

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

export type PinError =
  | { readonly kind: 'wrong-pin'; readonly attemptsLeft: number }
  | { readonly kind: 'invalid-input' };

/** Builds the PIN page, with or without the error of the last attempt. */
export function pinPage(view: PinView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const title = say(PIN.title);
  const error = view.error ? errorSentences(view.error, frame.language) : null;
  const main = html`<div class="wrap stack wide">
<h1>${inPhrases(title)}</h1>
${view.error && errorSummary(error ?? [], view.error.inquiryNumber, frame)}
<div class="columns">
<form class="stack wide" method="post" action="${MEMBER_PATHS.pin}">${formToken(view.formToken)}${view.seal === null ? null : html`<input type="hidden" name="${SEAL_FIELD}" value="${view.seal}">`}
${chosenCertificate(view, frame)}
${pinField(`${view.certificate.contractId} ${view.certificate.userId}`, error, frame)}
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

function pinField(userName: string, error: readonly Html[] | null, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const state = error
    ? html`aria-invalid="true" aria-describedby="pin-error pin-hint"`
    : html`aria-describedby="pin-hint"`;
  // Without a name it is not sent; it tells a password manager apart the users of a shared PC.
  return html`<div class="field"><input type="text" autocomplete="username" value="${userName}" readonly hidden><label for="pin">${say(PIN.field)}</label>
<p class="quiet small" id="pin-hint">${inPhrases(say(PIN.hint))}</p>
${error ? html`<p class="field-error" id="pin-error">${error}</p>` : null}
<input id="pin" name="${PIN_FIELD}" type="password" autocomplete="current-password" autofocus required maxlength="64" ${state}></div>`;
}

function errorSummary(sentences: readonly Html[], inquiryNumber: string, frame: Frame): Html {
  const say = inLanguage(frame.language);
  return html`<div class="panel bad" role="alert" tabindex="-1" id="errors"><h2>${inPhrases(say(PIN.errorTitle))}</h2><p><a href="#pin">${sentences}</a></p>
<p class="small">${say(REFUSAL_FRAME.inquiryNumber)} <b class="inquiry-number" translate="no">${inquiryNumber}</b></p></div>`;
}

function errorSentences(error: PinError, language: Language): readonly Html[] {
  const say = inLanguage(language);
  if (error.kind === 'invalid-input') return [sentence(say(PIN.invalid))];
  const wrong = say(WRONG_PIN).map(sentence);
  if (error.attemptsLeft > COUNTED_ALOUD) return wrong;
  return [...wrong, sentence(say(ATTEMPTS_LEFT)(error.attemptsLeft))];
}

function sentence(text: string): Html {
  return html`<span class="sentence">${inPhrases(text)}</span> `;
}
