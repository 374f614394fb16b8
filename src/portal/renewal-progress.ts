// What the renewal page shows while the key is made and the certificate issued, and when that fails.
// The script sets data-state of each step to waiting, busy or done, and shows one failure.

import type { Frame } from '../frame/document.ts';
import { inPhrases } from '../frame/in-phrases.ts';
import { MEMBER_PATHS } from '../frame/paths.ts';
import { type Html, html } from '../http/html.ts';
import { inLanguage } from '../words/language.ts';
import { REFUSAL_FRAME } from '../words/refusal-words.ts';
import {
  EC_KEY,
  ELAPSED,
  FAILED,
  KEY_MADE,
  KEY_MAKING,
  PROGRESS,
  RSA_KEY,
} from '../words/renewal.ts';

/** The key the policy asks for; also tells the script, as data-key, such as `RSA-3072` or `P-256`. */
export type NewKey =
  | { readonly kind: 'RSA'; readonly bits: number }
  | { readonly kind: 'EC'; readonly curve: 'P-256' | 'P-384' };

/** The three things that happen after 更新, none of them a question. */
export function progressSection(key: NewKey, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const code = key.kind === 'RSA' ? `RSA-${key.bits}` : key.curve;
  return html`<section id="renewal-progress" class="stack" data-key="${code}" hidden>
<h2 id="progress-title" tabindex="-1">${inPhrases(say(PROGRESS.title))}</h2>
<div role="status"><ol class="progress">
${step('progress-key', say(KEY_MAKING)(keyName(key, frame)), keyMade(key, frame))}
${step('progress-issue', say(PROGRESS.issuing), say(PROGRESS.issued))}
${step('progress-file', say(PROGRESS.packing), say(PROGRESS.packed))}
</ol></div><p class="quiet">${inPhrases(say(PROGRESS.wait))}</p>
<p class="quiet small" id="progress-elapsed" hidden>${say(ELAPSED.before)}<span id="elapsed-seconds"></span>${say(ELAPSED.after)}</p></section>`;
}

/** 新しいRSA鍵(3072ビット)を作成しました. */
export function keyMade(key: NewKey, frame: Frame): string {
  return inLanguage(frame.language)(KEY_MADE)(keyName(key, frame));
}

function keyName(key: NewKey, frame: Frame): string {
  const say = inLanguage(frame.language);
  return key.kind === 'RSA' ? say(RSA_KEY)(key.bits) : say(EC_KEY)(key.curve);
}

/** One failure of three is shown; each says that nothing is lost. */
export function failedSection(frame: Frame): Html {
  const say = inLanguage(frame.language);
  return html`<section id="renewal-failed" class="stack wide" role="alert" hidden>
<div class="panel bad"><h2>${inPhrases(say(FAILED.title))}</h2>
<p id="failed-browser" hidden>${inPhrases(say(FAILED.browser))}</p>
<p id="failed-connection" hidden>${inPhrases(say(FAILED.connection))}</p>
<p id="failed-refused" hidden>${inPhrases(say(FAILED.refused))}</p>
<p id="failed-reason" hidden></p>
<p id="failed-inquiry" hidden>${say(REFUSAL_FRAME.inquiryNumber)} <b id="inquiry-number" translate="no"></b></p>
<p>${inPhrases(say(FAILED.safe))}</p></div>
<div class="actions"><button class="button" type="button" id="retry" hidden>${say(FAILED.retry)}</button>
<a class="button" id="reopen" href="${MEMBER_PATHS.renewal}" hidden>${say(FAILED.reopen)}</a></div></section>`;
}

function step(id: string, doing: string, done: string): Html {
  return html`<li id="${id}" data-state="waiting"><span class="doing">${doing}</span><span class="done">${done}</span></li>`;
}
