// What lately became of certificates: one list, reached from the notices.
import { type Account, accountBar } from '../../frame/account.ts';
import { certificateName } from '../../frame/certificate-name.ts';
import { document, type Frame } from '../../frame/document.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { MEMBER_PATHS } from '../../frame/paths.ts';
import { type Html, html } from '../../http/html.ts';
import type { CertificateEvent } from '../../operations/read-certificate-events.ts';
import { CERTIFICATE_EVENTS } from '../../words/certificate-events.ts';
import { dateAndMinute } from '../../words/dates.ts';
import { inLanguage } from '../../words/language.ts';
import { NOTICES } from '../../words/notices.ts';

export type CertificateEventsView = {
  readonly account: Account;
  /** Newest first. */
  readonly events: readonly CertificateEvent[];
};

/** Builds the page. */
export function certificateEventsPage(view: CertificateEventsView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const title = say(CERTIFICATE_EVENTS.title);
  const main = html`<div class="wrap stack wide"><div class="stack"><h1>${inPhrases(title)}</h1>
<p>${inPhrases(say(CERTIFICATE_EVENTS.lead))}</p></div>
<ul class="notices">${view.events.map((event) => item(event, frame))}</ul>
<div class="actions"><a class="textlink" href="${MEMBER_PATHS.notices}">${say(NOTICES.back)}</a></div></div>`;
  return document({ title, account: accountBar(view.account, frame), main }, frame);
}

function item({ kind, at, name, user, commonName }: CertificateEvent, frame: Frame): Html {
  const say = inLanguage(frame.language);
  return html`<li><p class="meta"><time datetime="${at.toISOString()}">${dateAndMinute(at, frame.language)}</time></p>
<p>${inPhrases(say(CERTIFICATE_EVENTS[kind]))}</p>
<p class="small"><bdi>${name}</bdi> <span class="mono">${user}</span> ${certificateName(commonName)}</p></li>`;
}
