// 電子証明書の取得, second page: the person's own PIN where theirs was given to them, the key, the files, and the
// way to the first login. The key lives in this document; its script shows the sections in turn.
import type { AcquisitionKind } from '../../banking/acquisition.ts';
import type { KeyHome } from '../../banking/user-certificate.ts';
import { endOf } from '../../frame/certificate-name.ts';
import { document, type Frame } from '../../frame/document.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { type PageScript, scriptElement } from '../../frame/page-script.ts';
import { PUBLIC_PATHS } from '../../frame/paths.ts';
import { type Html, html } from '../../http/html.ts';
import { ACQUIRE, ACQUIRE_CASES } from '../../words/acquisition.ts';
import { COMPANY } from '../../words/company.ts';
import { CERTIFICATE } from '../../words/frame.ts';
import type { System } from '../../words/import-guides.ts';
import { inLanguage } from '../../words/language.ts';
import { DEVICE } from '../../words/passkey.ts';
import { REFUSAL_FRAME } from '../../words/refusal-words.ts';
import { FAILED } from '../../words/renewal.ts';
import { deviceProgressSection } from '../device-progress.ts';
import { homeChoice } from '../home-choice.ts';
import { NEW_PIN_FIELD, newPinField, pinRules, REPEATED_PIN_FIELD } from '../new-pin-fields.ts';
import { userNameField } from '../pin-field.ts';
import { deliverySection } from '../renewal-delivery.ts';
import { type NewKey, progressSection } from '../renewal-progress.ts';

/** Names of the fields that the script sends. */
export const ACQUIRE_KEY_FIELDS = {
  ticket: 'ticket',
  newPin: NEW_PIN_FIELD,
  unproven: 'unproven',
} as const;

export type AcquireKeyView = {
  readonly person: {
    readonly company: string;
    readonly name: string;
    readonly contractId: string;
    readonly userId: string;
  };
  /** As what it is acquired, and whether rights are frozen afterwards. */
  readonly kind: AcquisitionKind;
  readonly freezes: boolean;
  /** Which of the person's places; null for the first. */
  readonly slot: number | null;
  /** Until when the certificate has to be taken into use. */
  readonly untilAt: Date;
  readonly endsAt: Date;
  readonly ticket: string;
  /** Somebody else chose the person's PIN. */
  readonly choosesPin: boolean;
  /** One that was acquired before waits for its proof. */
  readonly replaces: boolean;
  readonly homes: readonly KeyHome[];
  readonly key: NewKey;
  readonly system: System;
  readonly script: PageScript | null;
};

/** Builds the page. */
export function acquireKeyPage(view: AcquireKeyView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const title = say(ACQUIRE.title);
  const main = html`<div class="wrap stack wide renewal">
<h1>${inPhrases(title)}</h1>
<noscript><div class="panel warn"><p>${inPhrases(say(ACQUIRE.needsScript))}</p></div></noscript>
${startSection(view, frame)}
${progressSection(view.key, frame)}
${failedSection(frame)}
${deliverySection({ system: view.system, key: view.key, proof: 'log-in' }, frame)}
${deviceSections(frame)}
</div>`;
  const script = view.script && scriptElement(view.script);
  return document({ title, main, script }, frame);
}

function startSection(view: AcquireKeyView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const { person } = view;
  const unproven = view.replaces ? 'replace' : 'keep';
  return html`<section id="renewal-start" class="stack wide">
<section class="panel narrow"><h2>${inPhrases(say(ACQUIRE.who))}</h2><dl class="facts">
<div><dt>${say(ACQUIRE.name)}</dt><dd><bdi>${person.company}</bdi> <b><bdi>${person.name}</bdi></b></dd></div></dl>
<dl class="facts across"><div><dt>${say(CERTIFICATE.contractId)}</dt><dd class="mono">${person.contractId}</dd></div>
<div><dt>${say(CERTIFICATE.userId)}</dt><dd class="mono">${person.userId}</dd></div></dl>
<dl class="facts"><div><dt>${say(ACQUIRE.case)}</dt><dd id="acquisition-case">${inPhrases(say(ACQUIRE_CASES[view.kind].name))}${view.slot === null ? null : html` (${say(COMPANY.slot)(view.slot)})`}</dd></div>
<div><dt>${say(ACQUIRE.until)}</dt><dd>${endOf(view.untilAt, frame.language)}</dd></div>
<div><dt>${say(ACQUIRE.newEnds)}</dt><dd>${endOf(view.endsAt, frame.language)}</dd></div></dl>
<p>${inPhrases(say(ACQUIRE_CASES[view.kind].follows))}</p>${view.freezes ? html`<p>${inPhrases(say(ACQUIRE.freezes))}</p>` : null}</section>
${view.replaces ? html`<div class="panel warn narrow"><p>${inPhrases(say(ACQUIRE.replaces))}</p></div>` : null}
<form id="renewal-form" class="stack wide" method="post" action="${PUBLIC_PATHS.acquireCertificate}" data-wanted="${PUBLIC_PATHS.acquireDeviceWanted}" data-device="${PUBLIC_PATHS.acquireDevice}">
<input type="hidden" name="${ACQUIRE_KEY_FIELDS.ticket}" value="${view.ticket}"><input type="hidden" name="${ACQUIRE_KEY_FIELDS.unproven}" value="${unproven}">
${view.choosesPin ? pinFields(person, frame) : null}
${homeChoice(view.homes, ACQUIRE, frame)}
<div class="actions"><button class="button" id="renew">${say(ACQUIRE.get)}</button></div></form></section>`;
}

/** The script holds the new PIN to its rules before anything is sent, the server again. */
function pinFields(person: AcquireKeyView['person'], frame: Frame): Html {
  const say = inLanguage(frame.language);
  const rules = html`${pinRules(person, frame)}
<p class="field-error" id="rules-error" role="alert" hidden>${inPhrases(say(ACQUIRE.rulesBroken))}</p>`;
  const notAlike = html`<p class="field-error" id="again-error" role="alert" hidden>${inPhrases(say(ACQUIRE.notAlike))}</p>`;
  return html`${userNameField(`${person.contractId} ${person.userId}`)}
${newPinField({ id: NEW_PIN_FIELD, label: say(ACQUIRE.ownPin), error: null, after: rules })}
${newPinField({ id: REPEATED_PIN_FIELD, label: say(ACQUIRE.again), error: null, after: notAlike })}`;
}

function failedSection(frame: Frame): Html {
  const say = inLanguage(frame.language);
  return html`<section id="renewal-failed" class="stack wide" role="alert" hidden>
<div class="panel bad"><h2>${inPhrases(say(ACQUIRE.failed))}</h2>
<p id="failed-browser" hidden>${inPhrases(say(FAILED.browser))}</p>
<p id="failed-connection" hidden>${inPhrases(say(FAILED.connection))}</p>
<p id="failed-refused" hidden></p>
<p id="failed-reason" hidden></p>
<p id="failed-inquiry" hidden>${say(REFUSAL_FRAME.inquiryNumber)} <b id="inquiry-number" translate="no"></b></p>
<p id="failed-safe" hidden>${inPhrases(say(ACQUIRE.failedSafe))}</p></div>
<div class="actions"><button class="button" type="button" id="retry" hidden>${say(FAILED.retry)}</button>
<a class="button" id="reopen" href="${PUBLIC_PATHS.acquire}" hidden>${say(ACQUIRE.reopen)}</a></div></section>`;
}

function deviceSections(frame: Frame): Html {
  const say = inLanguage(frame.language);
  return html`${deviceProgressSection(frame, ['device-key', 'device-issue'])}
<section id="device-failed" class="stack wide" role="alert" hidden>
<div class="panel bad"><h2>${inPhrases(say(ACQUIRE.failed))}</h2>
<p id="device-failed-cancelled" hidden>${inPhrases(say(DEVICE.cancelled))}</p>
<p id="device-failed-unsupported" hidden>${inPhrases(say(DEVICE.unsupported))}</p>
<p id="device-failed-connection" hidden>${inPhrases(say(FAILED.connection))}</p>
<p id="device-failed-refused" hidden></p>
<p id="device-reason" hidden></p>
<p id="device-inquiry" hidden>${say(REFUSAL_FRAME.inquiryNumber)} <b id="device-inquiry-number" translate="no"></b></p>
<p id="device-failed-safe" hidden>${inPhrases(say(ACQUIRE.failedSafe))}</p></div>
<div class="actions"><a class="button" id="device-reopen" href="${PUBLIC_PATHS.acquire}">${say(ACQUIRE.reopen)}</a></div></section>
<section id="device-done" class="stack wide" hidden><div class="panel good narrow"><h2 id="device-done-title" tabindex="-1">${inPhrases(say(ACQUIRE.deviceDone))}</h2>
<p>${inPhrases(say(ACQUIRE.deviceDoneBody))}</p></div>
<div class="actions"><a class="button" href="${frame.passkeyAddress}">${say(ACQUIRE.confirmButton)}</a></div></section>`;
}
