// What was found by the one box.
import type { Frame } from '../../frame/document.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { type Html, html } from '../../http/html.ts';
import type { Found } from '../../operations/search-console.ts';
import { inLanguage } from '../../words/language.ts';
import { CERTIFICATE_STANDINGS } from '../../words/my-page.ts';
import { CONSOLE } from '../../words/staff.ts';
import { type ConsoleView, consoleDocument } from '../console-document.ts';
import { contractPath, inquiryPath, personPath } from '../paths.ts';
import { link, minute, mono, plain, section } from '../rows.ts';
import { searchBox } from '../search-box.ts';
import { serialText } from '../serial-text.ts';

export type SearchView = ConsoleView & { readonly typed: string; readonly found: Found };

/** Builds the page. */
export function searchPage(view: SearchView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const title = say(CONSOLE.search);
  const { found, typed } = view;
  const isEmpty =
    found.contracts.length + found.people.length + found.certificates.length === 0 &&
    found.inquiry === null;
  const main = html`<h1>${title}</h1>${searchBox(typed, frame)}
<div class="stack wide" aria-live="polite">${isEmpty && typed !== '' ? html`<p>${inPhrases(say(CONSOLE.nothingFound))}</p>` : null}
${found.hasMore ? html`<p>${inPhrases(say(CONSOLE.more))}</p>` : null}
${found.inquiry === null ? null : html`<section><h2>${say(CONSOLE.inquiry)}</h2><p><a class="textlink" href="${inquiryPath(found.inquiry)}">${found.inquiry}</a></p></section>`}
${found.contracts.length === 0 ? null : contracts(found, frame)}
${found.people.length === 0 ? null : people(found, frame)}
${found.certificates.length === 0 ? null : certificates(found, frame)}</div>`;
  return consoleDocument({ title, main }, view, frame);
}

function contracts({ contracts: rows }: Found, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const columns = [
    say(CONSOLE.contract),
    say(CONSOLE.name),
    say(CONSOLE.kana),
    say(CONSOLE.institution),
  ];
  const cells = rows.map((one) => [
    link(contractPath(one), one.contract),
    one.closedAt === null
      ? plain(one.name)
      : html`${plain(one.name)} <span class="mark">${say(CONSOLE.closed)}</span>`,
    plain(one.kana),
    mono(one.institution),
  ]);
  return section(say(CONSOLE.contracts), { columns, rows: cells }, frame);
}

function people({ people: rows }: Found, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const columns = [
    say(CONSOLE.name),
    say(CONSOLE.kana),
    say(CONSOLE.user),
    say(CONSOLE.contracts),
    say(CONSOLE.institution),
  ];
  const cells = rows.map(({ identity, name, kana, contractName }) => [
    link(personPath(identity), name),
    plain(kana),
    mono(identity.user),
    html`${link(contractPath(identity), identity.contract)} ${plain(contractName)}`,
    mono(identity.institution),
  ]);
  return section(say(CONSOLE.people), { columns, rows: cells }, frame);
}

function certificates({ certificates: rows }: Found, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const columns = [
    say(CONSOLE.certificates),
    say(CONSOLE.state),
    say(CONSOLE.serial),
    say(CONSOLE.ends),
  ];
  const cells = rows.map((one) => [
    link(personPath(one.identity), one.commonName),
    say(CERTIFICATE_STANDINGS[one.state]),
    mono(serialText(one)),
    minute(one.notAfter, frame),
  ]);
  return section(say(CONSOLE.certificates), { columns, rows: cells }, frame);
}
