// Without script, 確認 takes one page more: this one, whose form leads to the fresh host.

import { type Account, accountBar } from '../../frame/account.ts';
import { certificateName, endOf, type ShownCertificate } from '../../frame/certificate-name.ts';
import { document, type Frame } from '../../frame/document.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { type Html, html } from '../../http/html.ts';
import { CERTIFICATE } from '../../words/frame.ts';
import { inLanguage } from '../../words/language.ts';
import { PROOF } from '../../words/renewal.ts';
import { type ProofForm, proofForm } from '../proof-form.ts';

export type ProofStepView = {
  readonly account: Account;
  readonly successor: ShownCertificate;
  readonly proof: ProofForm;
};

/** Builds the page with the form to the fresh host. */
export function proofStepPage(view: ProofStepView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const title = say(PROOF.button);
  const main = html`<div class="wrap stack wide"><h1>${inPhrases(title)}</h1>
<section class="stack narrow"><p>${inPhrases(say(PROOF.explanation))}</p>
<div class="panel info slim"><p>${certificateName(view.successor.name)}</p>
<p>${say(CERTIFICATE.ends)} ${endOf(view.successor.endsAt, frame.language)}</p></div>
${proofForm(view.proof, frame)}</section></div>`;
  return document({ title, account: accountBar(view.account, frame), main }, frame);
}
