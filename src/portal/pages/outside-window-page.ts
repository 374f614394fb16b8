// Shown instead of 更新 before the renewal window opens and after it closes.

import { type Account, accountBar } from '../../frame/account.ts';
import { certificateName, endOf, type ShownCertificate } from '../../frame/certificate-name.ts';
import { document, type Frame } from '../../frame/document.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { MEMBER_PATHS } from '../../frame/paths.ts';
import { type Html, html } from '../../http/html.ts';
import { CERTIFICATE } from '../../words/frame.ts';
import { inLanguage } from '../../words/language.ts';
import { OPENS_AT, OUTSIDE_WINDOW, RENEWAL } from '../../words/renewal.ts';

export type OutsideWindowView = {
  readonly account: Account;
  readonly certificate: ShownCertificate;
  /** Null: the window has closed. */
  readonly opensAt: Date | null;
};

/** Builds 今は、更新できる期間ではありません. */
export function outsideWindowPage(view: OutsideWindowView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const title = say(OUTSIDE_WINDOW.title);
  const opens = view.opensAt
    ? html`<div><dt>${say(OUTSIDE_WINDOW.opens)}</dt><dd><b><time datetime="${view.opensAt.toISOString()}">${say(OPENS_AT)(view.opensAt)}</time></b></dd></div>`
    : null;
  const main = html`<div class="wrap stack wide"><h1>${inPhrases(title)}</h1>
<section class="panel narrow"><h2>${inPhrases(say(RENEWAL.current))}</h2><dl class="facts">
<div><dt>${say(CERTIFICATE.name)}</dt><dd>${certificateName(view.certificate.name)}</dd></div>
<div><dt>${say(CERTIFICATE.ends)}</dt><dd>${endOf(view.certificate.endsAt, frame.language)}</dd></div>${opens}</dl></section>
<p>${inPhrases(say(view.opensAt ? OUTSIDE_WINDOW.openNote : OUTSIDE_WINDOW.closed))}</p>
<div class="actions"><a class="button" href="${MEMBER_PATHS.notices}">${say(RENEWAL.backToNotices)}</a></div></div>`;
  return document({ title, account: accountBar(view.account, frame), main }, frame);
}
