// What a page shows while the device makes the new key and confirms it, and when that fails. The script
// sets data-state of each step to waiting, busy or done, and shows one failure.

import { type Frame, onPublicHost } from '../frame/document.ts';
import { inPhrases } from '../frame/in-phrases.ts';
import { MEMBER_PATHS, PUBLIC_PATHS } from '../frame/paths.ts';
import { type Html, html } from '../http/html.ts';
import { DEVICE_HELP } from '../words/device-help.ts';
import { inLanguage } from '../words/language.ts';
import { DEVICE } from '../words/passkey.ts';
import { REFUSAL_FRAME } from '../words/refusal-words.ts';
import { FAILED } from '../words/renewal.ts';

/** What happens in turn: the device asks for the key and for the proof. */
const STEPS = {
  'device-key': [DEVICE.making, DEVICE.made],
  'device-issue': [DEVICE.issuing, DEVICE.issued],
  'device-proof': [DEVICE.proving, DEVICE.proved],
} as const;

type Step = keyof typeof STEPS;

/** The steps of a page, all unless some are named: an acquisition's proof is a login, and no step of it. */
export function deviceProgressSection(
  frame: Frame,
  steps: readonly Step[] = ['device-key', 'device-issue', 'device-proof'],
): Html {
  const say = inLanguage(frame.language);
  return html`<section id="device-progress" class="stack" hidden>
<h2 id="device-title" tabindex="-1">${inPhrases(say(DEVICE.progress))}</h2>
<div role="status"><ol class="progress">
${steps.map((id) => step(id, say(STEPS[id][0]), say(STEPS[id][1])))}
</ol></div></section>`;
}

/** One failure of six is shown; until the proof is sent, the present certificate works. */
export function deviceFailedSection(frame: Frame): Html {
  const say = inLanguage(frame.language);
  return html`<section id="device-failed" class="stack wide" role="alert" hidden>
<div class="panel bad"><h2>${inPhrases(say(FAILED.title))}</h2>
<p id="device-failed-cancelled" hidden>${inPhrases(say(DEVICE.cancelled))}</p>
<p id="device-failed-unsupported" hidden>${inPhrases(say(DEVICE.unsupported))}</p>
<p id="device-failed-connection" hidden>${inPhrases(say(DEVICE.connection))}</p>
<p id="device-failed-refused" hidden>${inPhrases(say(FAILED.refused))}</p>
<p id="device-failed-proof-refused" hidden>${inPhrases(say(DEVICE.proofRefused))}</p>
<p id="device-failed-proof-lost" hidden>${inPhrases(say(DEVICE.proofLost))}</p>
<p id="device-reason" hidden></p>
<p id="device-inquiry" hidden>${inPhrases(say(REFUSAL_FRAME.inquiryNumber))} <b id="device-inquiry-number" translate="no"></b></p>
<p id="device-safe">${inPhrases(say(FAILED.safe))}</p></div>
<div class="actions"><a class="button" id="device-reopen" href="${MEMBER_PATHS.renewal}">${say(FAILED.reopen)}</a>
<a class="textlink" href="${onPublicHost(frame, PUBLIC_PATHS.deviceHelp)}#cancelled">${say(DEVICE_HELP.inTrouble)}</a></div></section>`;
}

function step(id: string, doing: string, done: string): Html {
  return html`<li id="${id}" data-state="waiting"><span class="doing">${inPhrases(doing)}</span><span class="done">${inPhrases(done)}</span></li>`;
}
