// Shown once, and only once, the new certificate has been proved.

import { type Account, accountBar } from '../../frame/account.ts';
import { certificateName, endOf, type ShownCertificate } from '../../frame/certificate-name.ts';
import { document, type Frame } from '../../frame/document.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { type PageScript, scriptElement } from '../../frame/page-script.ts';
import { MEMBER_PATHS } from '../../frame/paths.ts';
import { type Html, html } from '../../http/html.ts';
import { CERTIFICATE } from '../../words/frame.ts';
import { inLanguage, type Text } from '../../words/language.ts';
import { DEVICE_COMPLETED } from '../../words/passkey.ts';
import { CLEAN_UP, COMPLETED, PROOF } from '../../words/renewal.ts';

export type RenewalCompletedView = {
  /** Of the new session, bound to the new certificate. */
  readonly account: Account;
  readonly certificate: ShownCertificate;
  /** ID of the passkey that is done with; null where the old key was in a file. */
  readonly ended: string | null;
  readonly script: PageScript | null;
};

/** Builds 電子証明書のインストールが完了しました. */
export function renewalCompletedPage(view: RenewalCompletedView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const title = say(COMPLETED.title);
  const isOnDevice = view.certificate.home === 'device';
  const main = html`<div class="wrap stack wide"><div class="stack"><h1>${inPhrases(title)}</h1><p class="lead">${inPhrases(say(isOnDevice ? DEVICE_COMPLETED.lead : COMPLETED.lead))}</p></div>
<section class="panel good narrow"><h2>${inPhrases(say(PROOF.newCertificate))}</h2><p>${certificateName(view.certificate.name)}</p>
<p>${say(CERTIFICATE.ends)} ${endOf(view.certificate.endsAt, frame.language)}</p></section>
<section class="narrow"${view.ended === null ? null : html` id="ended" data-ended="${view.ended}" data-domain="${frame.passkeyDomain}"`}><h2>${inPhrases(say(COMPLETED.cleanUp))}</h2>
<ul class="dots after-heading">${cleanUp(view).map((text) => html`<li>${inPhrases(say(text))}</li>`)}</ul></section>
<div class="actions"><a class="button" href="${MEMBER_PATHS.notices}">${say(COMPLETED.close)}</a></div></div>`;
  const script = view.script && scriptElement(view.script);
  return document({ title, account: accountBar(view.account, frame), main, script }, frame);
}

/** What is left to tidy up: of the new key's file, and of the old key, wherever each was. */
function cleanUp({ certificate, ended }: RenewalCompletedView): readonly Text[] {
  const old = ended === null ? [DEVICE_COMPLETED.oldFile] : [DEVICE_COMPLETED.oldPasskey];
  if (certificate.home === 'device') return old;
  const [saved, password, oldFile] = CLEAN_UP;
  return ended === null ? [saved, password, oldFile] : [saved, password, ...old];
}
