// Help desk: what a person tried, what they showed, why it was refused, what their page said, what to tell them.
import { isExpired, type UserCertificate } from '../../banking/user-certificate.ts';
import { certificateName, endOf } from '../../frame/certificate-name.ts';
import type { Frame } from '../../frame/document.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { type Html, html } from '../../http/html.ts';
import type { Inquiry } from '../../operations/find-inquiry.ts';
import { eventName, factsOf } from '../../words/audit-events.ts';
import { marksOf } from '../../words/company.ts';
import { CERTIFICATE, KEY_HOMES } from '../../words/frame.ts';
import { inLanguage } from '../../words/language.ts';
import { CERTIFICATE_STANDINGS } from '../../words/my-page.ts';
import { pageSaid } from '../../words/page-said.ts';
import { HELP_DESK } from '../../words/staff.ts';
import { type ConsoleView, consoleDocument } from '../console-document.ts';
import { contractPath, personPath } from '../paths.ts';
import { facts, link, moment, mono } from '../rows.ts';
import { searchBox } from '../search-box.ts';
import { serialText } from '../serial-text.ts';

export type InquiryView = ConsoleView & {
  readonly number: string;
  readonly found: readonly Inquiry[];
  readonly now: Date;
};

/** Builds the page. */
export function inquiryPage(view: InquiryView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const title = `${say(HELP_DESK.title)} ${view.number}`;
  const main = html`<h1>${say(HELP_DESK.title)} <span class="inquiry-number" translate="no">${view.number}</span></h1>${searchBox(view.number, frame)}
${view.found.length === 0 ? html`<p>${inPhrases(say(HELP_DESK.nothing))}</p>` : null}
${view.found.map((one) => inquiry(one, view.now, frame))}`;
  return consoleDocument({ title, main }, view, frame);
}

function inquiry(
  { institution, entry, person, shown, held }: Inquiry,
  now: Date,
  frame: Frame,
): Html {
  const say = inLanguage(frame.language);
  const said = pageSaid(entry, shown?.home);
  const tried = html`<p>${moment(entry.at, frame)} <bdi>${frame.language === 'ja' ? institution.name : institution.nameEnglish}</bdi></p>
<p><b>${say(eventName(entry.event))}</b></p><p class="small">${factsOf(entry.detail, frame.language).map(({ name, value }) => html`<span class="fact"><span class="quiet">${name}</span> <bdi>${value}</bdi></span> `)}</p>`;
  const who =
    person &&
    html`<section class="stack"><h2>${say(HELP_DESK.person)}</h2><p>${link(personPath(person.identity), person.name)} ${mono(person.identity.user)} ${marksOf(person).map((mark) => html`<span class="mark important">${say(mark)}</span> `)}</p>
<p>${link(contractPath(person.identity), person.identity.contract)} <bdi>${person.contractName}</bdi></p></section>`;
  return html`<div class="columns even"><div class="stack wide">
<section class="stack"><h2>${say(HELP_DESK.tried)}</h2>${tried}</section>${who}
${shown && html`<section class="stack"><h2>${say(HELP_DESK.shown)}</h2>${card(shown, now, frame)}</section>`}</div>
<div class="stack wide">${said && html`<section class="panel info"><h2>${say(HELP_DESK.tell)}</h2><p><b>${say(said.title)}</b></p>${say(said.reason).map((text) => html`<p>${inPhrases(text)}</p>`)}<ul class="dots">${say(said.steps).map((text) => html`<li>${inPhrases(text)}</li>`)}</ul></section>`}
${person && usable(held, now, frame)}</div></div>`;
}

function usable(held: readonly UserCertificate[], now: Date, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const works = held.filter(({ state }) => state === 'current' || state === 'issued');
  const able = works.filter((one) => !isExpired(one, now));
  return html`<section class="stack"><h2>${say(HELP_DESK.usable)}</h2>${able.length === 0 ? html`<p>${inPhrases(say(HELP_DESK.noneUsable))}</p>` : able.map((one) => card(one, now, frame))}</section>`;
}

function card(certificate: UserCertificate, now: Date, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const { commonName, notAfter, home, state } = certificate;
  const standing = state === 'current' && isExpired(certificate, now) ? 'expired' : state;
  return html`<div class="panel"><p><span class="mark">${say(CERTIFICATE_STANDINGS[standing])}</span></p><p>${certificateName(commonName)}</p>${facts(
    [
      [say(CERTIFICATE.ends), endOf(notAfter, frame.language)],
      [say(CERTIFICATE.home), say(KEY_HOMES[home])],
      [
        say(CERTIFICATE.serial),
        html`<span class="serial sum" translate="no">${serialText(certificate)}</span>`,
      ],
    ],
  )}</div>`;
}
