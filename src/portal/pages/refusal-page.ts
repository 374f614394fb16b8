// One page for every refusal: what was shown, why it cannot be used, what to do now, whom to ask.
// It shows nothing of the records about a certificate that was not ours.
import type { KeyHome } from '../../banking/user-certificate.ts';
import { certificateFacts, type ShownCertificate } from '../../frame/certificate-name.ts';
import { document, type Frame, onPublicHost } from '../../frame/document.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { PUBLIC_PATHS } from '../../frame/paths.ts';
import { type Html, html } from '../../http/html.ts';
import { FORMER_OVER_CAUSE, NO_CERTIFICATE_CAUSES } from '../../words/help.ts';
import { inLanguage } from '../../words/language.ts';
import { OWN_CODE } from '../../words/own-code.ts';
import { REFUSAL_FRAME } from '../../words/refusal-words.ts';
import { isLoginRefusal, REFUSALS, type RefusalKind } from '../../words/refusals.ts';
import { inquiryPanel } from '../inquiry-panel.ts';
import { refusalWayOn } from '../refusal-way-on.ts';

export type RefusalView = {
  /** What was shown in the handshake; null where nothing was, or where it does not matter. */
  readonly certificate: ShownCertificate | null;
  /** お問い合わせ番号, by which the help desk finds this refusal. */
  readonly inquiryNumber: string | null;
  /** Where the key of the certificate lives, which decides what can be done. */
  readonly home: KeyHome;
  /** Names of former CAs whose certificates browsers are asked for no more; where none was shown. */
  readonly formersOver?: readonly string[];
} & (
  | { readonly kind: Exclude<RefusalKind, 'superseded' | 'not-yet-valid'> }
  | { readonly kind: 'superseded'; readonly successor: ShownCertificate | null }
  | { readonly kind: 'not-yet-valid'; readonly startsAt: Date }
);

/** Builds the page of a refusal. */
export function refusalPage(view: RefusalView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const words = REFUSALS[view.kind];
  const title = say(words.title);
  const successor = view.kind === 'superseded' ? view.successor : null;
  const kicker = isLoginRefusal(view.kind) ? say(REFUSAL_FRAME.loginFailed) : null;
  const main = html`<div class="wrap stack wide">
<div class="stack">${kicker && kicker !== title ? html`<p class="kicker">${kicker}</p>` : null}<h1>${inPhrases(title)}</h1>
${say(words.reason).map((text) => html`<p class="lead">${inPhrases(text)}</p>`)}</div>
<div class="columns"><div class="stack wide">
${refusalWayOn({ kind: view.kind, home: view.home, successor }, frame)}
${view.kind === 'no-certificate' ? causes(view.formersOver ?? [], frame) : null}
${view.certificate ? shownCard(view.certificate, view, frame) : null}
</div>${view.inquiryNumber === null ? null : inquiryPanel(view.inquiryNumber, frame)}</div></div>`;
  return document({ title, main }, frame);
}

function shownCard(certificate: ShownCertificate, view: RefusalView, frame: Frame): Html {
  const startsAt = view.kind === 'not-yet-valid' ? view.startsAt : null;
  return html`<section class="panel"><h2>${inPhrases(inLanguage(frame.language)(REFUSAL_FRAME.shown))}</h2>
${certificateFacts(certificate, frame.language, startsAt)}</section>`;
}

function causes(formersOver: readonly string[], frame: Frame): Html {
  const say = inLanguage(frame.language);
  const { title, paragraphs } = FORMER_OVER_CAUSE;
  const listed = NO_CERTIFICATE_CAUSES.map((cause) => ({
    title: say(cause.title),
    paragraphs: say(cause.paragraphs),
    link: cause.anchor === 'expired' ? codeByMail(frame) : null,
  }));
  const over = formersOver.map((name) => ({
    title: say(title),
    paragraphs: say(paragraphs)(name),
    link: null,
  }));
  const all = [...listed.slice(0, 1), ...over, ...listed.slice(1)];
  return html`<section><h2>${inPhrases(say(REFUSAL_FRAME.causes))}</h2><ol class="steps">${all.map(
    (cause) => html`<li><h3>${inPhrases(cause.title)}</h3>
${cause.paragraphs.map((text) => html`<p>${inPhrases(text)}</p>`)}${cause.link}</li>`,
  )}</ol></section>`;
}

function codeByMail(frame: Frame): Html {
  const href = onPublicHost(frame, PUBLIC_PATHS.acquireCode);
  return html`<p><a class="textlink" href="${href}">${inLanguage(frame.language)(OWN_CODE.title)}</a></p>`;
}
