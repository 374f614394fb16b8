// Shown once, and only once, the new certificate has been proved.
import { type Html, html } from '../../http/html.ts';
import { CERTIFICATE } from '../../words/frame.ts';
import { inLanguage } from '../../words/language.ts';
import { CLEAN_UP, COMPLETED, PROOF } from '../../words/renewal.ts';
import { type Account, accountBar } from '../account.ts';
import { certificateName, endOf, type ShownCertificate } from '../certificate-name.ts';
import { document, type Frame } from '../document.ts';
import { inPhrases } from '../in-phrases.ts';
import { MEMBER_PATHS } from '../paths.ts';

export type RenewalCompletedView = {
  /** Of the new session, bound to the new certificate. */
  readonly account: Account;
  readonly certificate: ShownCertificate;
};

/** Builds 電子証明書のインストールが完了しました. */
export function renewalCompletedPage(view: RenewalCompletedView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const title = say(COMPLETED.title);
  const main = html`<div class="wrap stack wide"><div class="stack"><h1>${inPhrases(title)}</h1><p class="lead">${inPhrases(say(COMPLETED.lead))}</p></div>
<section class="panel good narrow"><h2>${inPhrases(say(PROOF.newCertificate))}</h2><p>${certificateName(view.certificate.name)}</p>
<p>${say(CERTIFICATE.ends)} ${endOf(view.certificate.endsAt, frame.language)}</p></section>
<section class="narrow"><h2>${inPhrases(say(COMPLETED.cleanUp))}</h2>
<ul class="dots after-heading">${say(CLEAN_UP).map((text) => html`<li>${inPhrases(text)}</li>`)}</ul></section>
<div class="actions"><a class="button" href="${MEMBER_PATHS.notices}">${say(COMPLETED.close)}</a></div></div>`;
  return document({ title, account: accountBar(view.account, frame), main }, frame);
}
