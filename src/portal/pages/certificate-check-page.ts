// 証明書の動作確認: which certificate the browser gave and whether it works, each check a line, and the way on.
import type { KeyHome } from '../../banking/user-certificate.ts';
import { certificateFacts, type ShownCertificate } from '../../frame/certificate-name.ts';
import { document, type Frame, onPublicHost } from '../../frame/document.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { PUBLIC_PATHS } from '../../frame/paths.ts';
import { type Html, html } from '../../http/html.ts';
import { CERTIFICATE_CHECKS, type CheckedCertificate } from '../../operations/check-certificate.ts';
import { CERTIFICATE_CHECK, CHECK_CLAIMS, CHECK_RESULTS } from '../../words/certificate-check.ts';
import { inLanguage } from '../../words/language.ts';
import { METHODS, PIN } from '../../words/login.ts';
import { PASSKEY_LOGIN } from '../../words/passkey.ts';
import { REFUSALS, type RefusalKind } from '../../words/refusals.ts';
import { inquiryPanel } from '../inquiry-panel.ts';
import { refusalWayOn } from '../refusal-way-on.ts';

export type CertificateCheckView = {
  readonly certificate: ShownCertificate & { readonly startsAt: Date };
  readonly results: CheckedCertificate['results'];
  /** null: it works. */
  readonly refusal: RefusalKind | null;
  readonly home: KeyHome;
  readonly successor: ShownCertificate | null;
  /** It works, and a login takes it into use. */
  readonly isUnproven: boolean;
  readonly mayRenew: boolean;
  /** null where nothing is on record. */
  readonly inquiryNumber: string | null;
};

/** Builds the page. */
export function certificateCheckPage(view: CertificateCheckView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const { refusal } = view;
  const title = say(refusal === null ? CERTIFICATE_CHECK.works : REFUSALS[refusal].title);
  const lead =
    refusal === null ? [say(CERTIFICATE_CHECK.worksLead)] : say(REFUSALS[refusal].reason);
  const main = html`<div class="wrap stack wide">
<div class="stack"><p class="step-of">${say(CERTIFICATE_CHECK.title)}</p><h1>${inPhrases(title)}</h1>
${lead.map((text) => html`<p class="lead">${inPhrases(text)}</p>`)}</div>
<div class="columns"><div class="stack wide">
${wayOn(view, frame)}
${checks(view, frame)}
<section class="panel"><h2>${inPhrases(say(CERTIFICATE_CHECK.shown))}</h2>
${certificateFacts(view.certificate, frame.language, view.certificate.startsAt)}
<p class="choose"><a class="textlink" href="${onPublicHost(frame, PUBLIC_PATHS.check)}">${say(CERTIFICATE_CHECK.again)}</a></p></section>
</div>
<div class="stack">${view.inquiryNumber === null ? null : inquiryPanel(view.inquiryNumber, frame)}
<section class="panel soft"><h2>${inPhrases(say(CERTIFICATE_CHECK.passkeyTitle))}</h2><p>${inPhrases(say(CERTIFICATE_CHECK.passkey))}</p>
<p><a class="textlink" href="${frame.passkeyAddress}">${say(PASSKEY_LOGIN.method)}</a></p></section></div>
</div></div>`;
  return document({ title, main }, frame);
}

function wayOn(view: CertificateCheckView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const { refusal: kind, home, successor } = view;
  if (kind !== null) return refusalWayOn({ kind, home, successor }, frame);
  const notes = [
    ...(view.isUnproven ? [say(PIN.unproven)] : []),
    ...(view.mayRenew ? [say(CERTIFICATE_CHECK.mayRenew)] : []),
  ];
  return html`<div class="stack">${notes.map((text) => html`<p>${inPhrases(text)}</p>`)}
<div class="actions"><a class="button" href="${frame.loginAddress}">${say(METHODS.method)}</a></div></div>`;
}

function checks({ results }: CertificateCheckView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  return html`<section><h2>${inPhrases(say(CERTIFICATE_CHECK.checks))}</h2>
<ul class="checks">${CERTIFICATE_CHECKS.map(
    (check) =>
      html`<li class="${results[check]}"><span>${inPhrases(say(CHECK_CLAIMS[check]))}</span> <b>${say(CHECK_RESULTS[results[check]])}</b></li>`,
  )}</ul></section>`;
}
