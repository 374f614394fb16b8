// What the renewal page shows once the certificate is issued: save, password, import, 確認.
// Values known only in the browser (file, password, name) are filled in by the script, by id.

import { type Frame, onPublicHost } from '../frame/document.ts';
import { inPhrases } from '../frame/in-phrases.ts';
import { PUBLIC_PATHS } from '../frame/paths.ts';
import { type Html, html } from '../http/html.ts';
import { ACQUIRE } from '../words/acquisition.ts';
import { CERTIFICATE } from '../words/frame.ts';
import { IMPORT_GUIDES, type System } from '../words/import-guides.ts';
import { inLanguage } from '../words/language.ts';
import { DELIVERY, PROOF } from '../words/renewal.ts';
import { importGuide } from './import-guide.ts';
import { type ProofForm, proofForm } from './proof-form.ts';
import { keyMade, type NewKey } from './renewal-progress.ts';

/** For whose PC it is, which key was made, and how it is proved. */
export type Delivery = {
  readonly system: System;
  readonly key: NewKey;
  /** 確認 by the session that asked, or by the first login where there is none. */
  readonly proof: ProofForm | 'log-in';
};

/** The four steps a person does with the file; data-step tells which of two buttons stands out. */
export function deliverySection(delivery: Delivery, frame: Frame): Html {
  const { system, key, proof } = delivery;
  const say = inLanguage(frame.language);
  const [confirm, explanation] =
    proof === 'log-in'
      ? [ACQUIRE.confirm, ACQUIRE.confirmWhy]
      : [DELIVERY.confirm, PROOF.explanation];
  return html`<section id="renewal-delivery" class="stack wide" data-step="save" hidden>
<div class="panel good"><h2 id="delivery-title" tabindex="-1">${inPhrases(say(DELIVERY.title))}</h2><p>${inPhrases(keyMade(key, frame))}</p><p>${inPhrases(say(DELIVERY.stay))}</p></div>
<ol class="steps big">
<li><h3>${inPhrases(say(DELIVERY.save))}</h3>${downloads(system, frame)}</li>
<li><h3>${inPhrases(say(DELIVERY.password))}</h3>${password(frame)}</li>
<li><h3>${inPhrases(say(DELIVERY.import))}</h3>${importGuide(system, frame)}</li>
<li><h3>${inPhrases(say(confirm))}</h3><p>${inPhrases(say(explanation))}</p>
<div class="panel info slim"><p class="certificate-name" id="successor-name" translate="no"></p>
<p>${say(CERTIFICATE.ends)} <span class="moment" id="successor-ends"></span></p></div>
${proof === 'log-in' ? logInLink(frame) : proofForm(proof, frame)}</li>
</ol></section>`;
}

function logInLink(frame: Frame): Html {
  const label = inLanguage(frame.language)(ACQUIRE.confirmButton);
  return html`<p><a class="button" id="proof-button" href="${onPublicHost(frame, PUBLIC_PATHS.login)}">${label}</a></p>`;
}

function downloads(system: System, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const isStandard = IMPORT_GUIDES[system].format === 'standard';
  const first = isStandard ? 'standard' : 'compatible';
  const other = isStandard
    ? { id: 'compatible', label: DELIVERY.downloadCompatible, why: DELIVERY.whenCompatible }
    : { id: 'standard', label: DELIVERY.downloadStandard, why: DELIVERY.whenStandard };
  return html`<p><a class="button" id="download-${first}" href="#renewal-delivery" download>${say(DELIVERY.download)}</a></p>
<p class="quiet small mono" id="file-name"></p>
<details class="alone"><summary>${say(DELIVERY.otherFormat)}</summary><p>${inPhrases(say(other.why))}</p>
<p><a class="button second slim" id="download-${other.id}" href="#renewal-delivery" download>${say(other.label)}</a></p></details>`;
}

function password(frame: Frame): Html {
  const say = inLanguage(frame.language);
  return html`<p>${inPhrases(say(DELIVERY.passwordUse))}</p>
<div class="password"><output id="file-password" aria-label="${say(DELIVERY.passwordLabel)}" translate="no"></output>
<button class="button second slim" type="button" id="copy-password">${say(DELIVERY.copy)}</button>
<span role="status"><span id="copied" hidden>${say(DELIVERY.copied)}</span></span></div>`;
}
