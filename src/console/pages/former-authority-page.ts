// A CA that an institution leaves: until when it is accepted, and who has not moved yet.
import type { Frame } from '../../frame/document.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { type Html, html } from '../../http/html.ts';
import type { FormerRead } from '../../operations/read-authorities.ts';
import {
  AUTHORITIES,
  FORMER_STANDINGS,
  PEOPLE,
  RENEW_FROM_WORDS,
} from '../../words/authorities.ts';
import { inLanguage } from '../../words/language.ts';
import { CONSOLE } from '../../words/staff.ts';
import { type ConsoleView, consoleDocument } from '../console-document.ts';
import { authorityPath, CONSOLE_PATHS, contractPath, newOrderPath, personPath } from '../paths.ts';
import { facts, keyText, link, minute, mono, section } from '../rows.ts';
import { movedOf, standingOf } from './authorities-page.ts';

export type FormerAuthorityView = ConsoleView & FormerRead & { readonly now: Date };

/** Name of the field that says after whom the list goes on. */
export const PEOPLE_AFTER = 'after';

/** Builds the page. */
export function formerAuthorityPage(view: FormerAuthorityView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const { former, now, desk } = view;
  const { institution } = former;
  const key = Buffer.from(former.issuer).toString('hex');
  const mayEnd = former.endedAt === null && desk.mayDo('request-end-former-authority');
  const switchOff = mayEnd
    ? html`<div class="actions"><a class="button second" href="${newOrderPath('end-former-authority', { institution, key })}">${inPhrases(say(AUTHORITIES.switchOff))}</a></div>`
    : null;
  const title = former.name;
  const main = html`<div class="stack"><h1><bdi>${title}</bdi></h1><p><span class="mark">${say(FORMER_STANDINGS[standingOf(former, now)])}</span></p></div>
${facts([
  [say(CONSOLE.institution), mono(institution)],
  [say(AUTHORITIES.until), minute(former.until, frame)],
  [say(CONSOLE.ended), former.endedAt && minute(former.endedAt, frame)],
  [say(AUTHORITIES.renewFrom), say(RENEW_FROM_WORDS[former.renewFrom])],
  [say(AUTHORITIES.imported), say(PEOPLE)(former.imported)],
  [say(AUTHORITIES.moved), say(PEOPLE)(movedOf(former))],
  [say(AUTHORITIES.notMoved), html`<b>${say(PEOPLE)(former.notMoved)}</b>`],
])}${facts([[say(AUTHORITIES.key), keyText(key)]])}
${peopleSection(view, frame)}${switchOff}
<p><a class="textlink" href="${CONSOLE_PATHS.authorities}?institution=${institution}">${say(AUTHORITIES.title)}</a></p>`;
  return consoleDocument({ title, main }, view, frame);
}

function peopleSection({ people, more, former }: FormerAuthorityView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const columns = [
    say(CONSOLE.contract),
    say(CONSOLE.user),
    say(CONSOLE.name),
    say(CONSOLE.ends),
    say(CONSOLE.serial),
  ];
  const rows = people.map(({ certificate, name }) => [
    link(contractPath(certificate.identity), certificate.identity.contract),
    link(personPath(certificate.identity), certificate.identity.user),
    html`<bdi>${name}</bdi>`,
    minute(certificate.notAfter, frame),
    mono(Buffer.from(certificate.serial).toString('hex')),
  ]);
  const table = section(
    say(AUTHORITIES.people),
    { columns, rows, empty: say(AUTHORITIES.nobody) },
    frame,
  );
  const last = people.at(-1)?.certificate;
  if (!more || last === undefined) return table;
  const key = Buffer.from(former.issuer).toString('hex');
  const after = `${last.identity.contract}.${last.identity.user}.${last.slot}`;
  const next = `${authorityPath(former.institution, key)}?${PEOPLE_AFTER}=${after}`;
  return html`${table}<p><a class="textlink" href="${next}">${say(AUTHORITIES.next)}</a></p>`;
}
