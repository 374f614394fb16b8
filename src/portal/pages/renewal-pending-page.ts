// Shown instead of 更新 while a successor is issued but not proved: 確認, or 取得し直す.

import { type Account, accountBar } from '../../frame/account.ts';
import { certificateName, endOf, type ShownCertificate } from '../../frame/certificate-name.ts';
import { document, type Frame } from '../../frame/document.ts';
import { formToken } from '../../frame/form-token.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { type PageScript, scriptElement } from '../../frame/page-script.ts';
import { MEMBER_PATHS } from '../../frame/paths.ts';
import { type Html, html } from '../../http/html.ts';
import { CERTIFICATE } from '../../words/frame.ts';
import { inLanguage } from '../../words/language.ts';
import { DEVICE } from '../../words/passkey.ts';
import { AGAIN, PENDING, PROOF, RENEWAL } from '../../words/renewal.ts';
import { deviceFailedSection, deviceProgressSection } from '../device-progress.ts';
import { type ProofForm, proofForm } from '../proof-form.ts';

export type RenewalPendingView = {
  readonly account: Account;
  readonly successor: ShownCertificate;
  readonly proof: ProofForm;
  readonly formToken: string;
  readonly script: PageScript | null;
};

/** Builds the page that survives a reload after the certificate was issued. */
export function renewalPendingPage(view: RenewalPendingView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const title = say(RENEWAL.title);
  const isOnDevice = view.successor.home === 'device';
  const main = html`<div class="wrap stack wide"><div class="stack"><h1>${inPhrases(title)}</h1><p class="lead">${inPhrases(say(PENDING.lead))}</p></div>
${isOnDevice ? proofOnDevice(view, frame) : proofByFile(view, frame)}
<section class="stack narrow ruled"><h2>${inPhrases(say(isOnDevice ? DEVICE.notMade : PENDING.notImported))}</h2><p>${inPhrases(say(isOnDevice ? DEVICE.notMadeBody : PENDING.notImportedBody))}</p>
<p><a class="button second" href="${MEMBER_PATHS.renewalAgain}">${say(AGAIN.button)}</a></p></section>
<p><a class="textlink" href="${MEMBER_PATHS.notices}">${say(RENEWAL.backToNotices)}</a></p></div>`;
  const script = view.script && scriptElement(view.script);
  return document({ title, account: accountBar(view.account, frame), main, script }, frame);
}

function proofByFile(view: RenewalPendingView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  return html`<section class="stack narrow"><h2>${inPhrases(say(PENDING.imported))}</h2><p>${inPhrases(say(PROOF.explanation))}</p>
${successorCard(view.successor, frame)}
${proofForm(view.proof, frame)}</section>`;
}

function proofOnDevice(view: RenewalPendingView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  return html`<section id="renewal-start" class="stack narrow"><h2>${inPhrases(say(DEVICE.proofTitle))}</h2><p>${inPhrases(say(DEVICE.proof))}</p>
${successorCard(view.successor, frame)}
<noscript><div class="panel warn"><p>${inPhrases(say(RENEWAL.needsScript))}</p></div></noscript>
<form id="renewal-form" method="post" action="${MEMBER_PATHS.renewal}">${formToken(view.formToken)}
<button class="button" id="device-prove">${say(PROOF.button)}</button></form></section>
${deviceProgressSection(frame)}
${deviceFailedSection(frame)}`;
}

function successorCard(successor: ShownCertificate, frame: Frame): Html {
  const say = inLanguage(frame.language);
  return html`<div class="panel info slim"><p>${certificateName(successor.name)}</p>
<p>${inPhrases(say(CERTIFICATE.ends))} ${endOf(successor.endsAt, frame.language)}</p></div>`;
}
