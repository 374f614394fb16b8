// Shown when 確認 was pressed and something other than the new certificate came.
// It stands on a fresh host without a session, so it names no user.

import {
  certificateFacts,
  certificateName,
  endOf,
  type ShownCertificate,
} from '../../frame/certificate-name.ts';
import { document, type Frame } from '../../frame/document.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { type Html, html } from '../../http/html.ts';
import { CERTIFICATE } from '../../words/frame.ts';
import type { System } from '../../words/import-guides.ts';
import { inLanguage, type Text } from '../../words/language.ts';
import { REFUSAL_FRAME } from '../../words/refusal-words.ts';
import { PROOF, PROOF_FAILED, PROOF_FAILURES } from '../../words/renewal.ts';
import { importGuide } from '../import-guide.ts';
import { inquiryPanel } from '../inquiry-panel.ts';
import { type ProofForm, proofForm } from '../proof-form.ts';

export type ProofFailedView = {
  readonly why: keyof typeof PROOF_FAILURES;
  readonly shown: ShownCertificate | null;
  /** The certificate to be proved; null where the token does not tell. */
  readonly successor: ShownCertificate | null;
  /** A next try on yet another fresh host; null where the token no longer allows one. */
  readonly retry: ProofForm | null;
  /** The old certificate still works, and the new one waits. */
  readonly isSafe: boolean;
  /** The way back: to the renewal page in the session that pressed 確認, or to the login. */
  readonly back: { readonly label: Text; readonly address: string };
  readonly system: System;
  readonly inquiryNumber: string | null;
};

/** Builds the page of a failed 確認. */
export function proofFailedPage(view: ProofFailedView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const words = PROOF_FAILURES[view.why];
  const title = say(words.title);
  const main = html`<div class="wrap stack wide"><div class="stack">${view.why === 'already-proved' ? null : html`<p class="kicker">${say(PROOF_FAILED.kicker)}</p>`}<h1>${inPhrases(title)}</h1>
<p class="lead">${inPhrases(say(words.reason))}</p>${view.isSafe ? html`<p>${inPhrases(say(PROOF_FAILED.safe))}</p>` : null}</div>
<div class="columns"><div class="stack wide">
${view.successor ? successorCard(view.successor, frame) : null}
${actions(view, frame)}
${view.shown ? html`<section class="panel"><h2>${inPhrases(say(REFUSAL_FRAME.shown))}</h2>${certificateFacts(view.shown, frame.language)}</section>` : null}
${view.why === 'old-shown' || view.why === 'none-shown' ? html`<section class="stack"><h2>${inPhrases(say(PROOF_FAILED.howToImport))}</h2>${importGuide(view.system, frame)}</section>` : null}
</div>${view.inquiryNumber === null ? null : inquiryPanel(view.inquiryNumber, frame)}</div></div>`;
  return document({ title, main }, frame);
}

function successorCard(successor: ShownCertificate, frame: Frame): Html {
  const say = inLanguage(frame.language);
  return html`<section class="panel info"><h2>${inPhrases(say(PROOF.newCertificate))}</h2><p>${certificateName(successor.name)}</p>
<p>${say(CERTIFICATE.ends)} ${endOf(successor.endsAt, frame.language)}</p></section>`;
}

function actions(view: ProofFailedView, frame: Frame): Html {
  const back = inLanguage(frame.language)(view.back.label);
  if (view.retry === null) {
    return html`<div class="actions"><a class="button" href="${view.back.address}">${back}</a></div>`;
  }
  return html`<div class="actions">${proofForm(view.retry, frame, PROOF_FAILED.retry)}
<a class="textlink" href="${view.back.address}">${back}</a></div>`;
}
