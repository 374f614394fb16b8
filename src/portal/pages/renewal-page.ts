// The page on which a certificate is renewed, or got again: start, progress, delivery and failure.
// The key lives in this document, so all of them are sections of one page, shown in turn by its script.
import type { KeyHome } from '../../banking/user-certificate.ts';
import { type Account, accountBar } from '../../frame/account.ts';
import {
  certificateName,
  endOf,
  homeFact,
  type ShownCertificate,
} from '../../frame/certificate-name.ts';
import { document, type Frame, onPublicHost } from '../../frame/document.ts';
import { formToken } from '../../frame/form-token.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { type PageScript, scriptElement } from '../../frame/page-script.ts';
import { MEMBER_PATHS, PUBLIC_PATHS } from '../../frame/paths.ts';
import { type Html, html } from '../../http/html.ts';
import { DEVICE_HELP } from '../../words/device-help.ts';
import { CERTIFICATE } from '../../words/frame.ts';
import type { System } from '../../words/import-guides.ts';
import { inLanguage } from '../../words/language.ts';
import { DEVICE, DEVICE_FLOW } from '../../words/passkey.ts';
import { AGAIN, PROOF_FAILED, RENEWAL, RENEWAL_FLOW } from '../../words/renewal.ts';
import { deviceFailedSection, deviceProgressSection } from '../device-progress.ts';
import { homeChoice } from '../home-choice.ts';
import type { ProofForm } from '../proof-form.ts';
import { deliverySection } from '../renewal-delivery.ts';
import { failedSection, type NewKey, progressSection } from '../renewal-progress.ts';

export type RenewalView = {
  readonly account: Account;
  readonly current: ShownCertificate;
  /** Where the successor would end if it were issued now. */
  readonly successorEndsAt: Date;
  /** The unproven certificate that 取得し直す would replace; null for a first 更新. */
  readonly replaces: ShownCertificate | null;
  /** Where the new key may live; the page offers a choice where there is one. */
  readonly homes: readonly KeyHome[];
  readonly key: NewKey;
  readonly system: System;
  readonly formToken: string;
  readonly proof: ProofForm;
  readonly script: PageScript | null;
};

/** Builds 電子証明書の更新, or 電子証明書を取得し直す. */
export function renewalPage(view: RenewalView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const title = say(view.replaces ? AGAIN.title : RENEWAL.title);
  const main = html`<div class="wrap stack wide renewal">
<h1>${inPhrases(title)}</h1>
<noscript><div class="panel warn"><p>${inPhrases(say(RENEWAL.needsScript))}</p></div></noscript>
${startSection(view, frame)}
${progressSection(view.key, frame)}
${failedSection(frame)}
${deliverySection(view, frame)}
${deviceProgressSection(frame)}
${deviceFailedSection(frame)}
</div>`;
  const script = view.script && scriptElement(view.script);
  return document({ title, account: accountBar(view.account, frame), main, script }, frame);
}

function startSection(view: RenewalView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const { replaces } = view;
  const [intent, label] = replaces ? ['again', AGAIN.button] : ['renew', RENEWAL.renew];
  const back = replaces
    ? html`<a class="textlink" href="${MEMBER_PATHS.renewal}">${say(PROOF_FAILED.back)}</a>`
    : html`<a class="textlink" href="${MEMBER_PATHS.notices}">${say(RENEWAL.backToNotices)}</a>`;
  return html`<section id="renewal-start" class="columns start"><div class="stack">
${replaces ? againExplanation(replaces, frame) : currentCard(view, frame)}<p>${inPhrases(say(RENEWAL.safe))}</p></div>
<aside class="panel soft"><h2>${inPhrases(say(RENEWAL.flow))}</h2>
${flows(view.homes, frame)}</aside>
<form id="renewal-form" class="actions" method="post" action="${MEMBER_PATHS.renewal}">${formToken(view.formToken)}${homeChoice(view.homes, DEVICE, frame)}
<button class="button" id="renew" name="intent" value="${intent}">${say(label)}</button>
${back}</form></section>`;
}

function flows(homes: readonly KeyHome[], frame: Frame): readonly Html[] {
  const say = inLanguage(frame.language);
  const steps = { device: DEVICE_FLOW, file: RENEWAL_FLOW };
  return homes.map(
    (
      home,
    ) => html`${homes.length > 1 ? html`<h3>${inPhrases(say(home === 'device' ? DEVICE.onDevice : DEVICE.inFile))}</h3>` : null}
<ol class="steps">${say(steps[home]).map((step) => html`<li>${inPhrases(step)}</li>`)}</ol>${home === 'device' ? deviceHelpLink(frame) : null}`,
  );
}

/** What the device will ask, to be looked at before anything is pressed. */
function deviceHelpLink(frame: Frame): Html {
  const label = inLanguage(frame.language)(DEVICE_HELP.link);
  return html`<p><a class="textlink" href="${onPublicHost(frame, PUBLIC_PATHS.deviceHelp)}">${label}</a></p>`;
}

function currentCard(view: RenewalView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  return html`<section class="panel"><h2>${inPhrases(say(RENEWAL.current))}</h2><dl class="facts">
<div><dt>${say(CERTIFICATE.name)}</dt><dd>${certificateName(view.current.name)}</dd></div>
${homeFact(view.current.home, frame.language)}</dl>
<dl class="facts across">
<div><dt>${say(CERTIFICATE.ends)}</dt><dd>${endOf(view.current.endsAt, frame.language)}</dd></div>
<div><dt>${say(RENEWAL.newEnds)}</dt><dd><b>${endOf(view.successorEndsAt, frame.language)}</b></dd></div></dl></section>`;
}

function againExplanation(replaces: ShownCertificate, frame: Frame): Html {
  const say = inLanguage(frame.language);
  return html`<div class="prose"><p>${inPhrases(say(AGAIN.explanation))}</p><p>${inPhrases(say(AGAIN.consequence))}</p></div>
<section class="panel"><h2>${inPhrases(say(AGAIN.replaced))}</h2><dl class="facts">
<div><dt>${say(CERTIFICATE.name)}</dt><dd>${certificateName(replaces.name)}</dd></div>
<div><dt>${say(CERTIFICATE.ends)}</dt><dd>${endOf(replaces.endsAt, frame.language)}</dd></div></dl></section>`;
}
