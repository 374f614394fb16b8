// Where staff arrive: the search box, what waits for a decision, and what concerns their own certificate.
import type { Order } from '../../banking/order.ts';
import type { Frame } from '../../frame/document.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { MEMBER_PATHS } from '../../frame/paths.ts';
import { type Html, html } from '../../http/html.ts';
import type { MailAlarms } from '../../operations/read-mails.ts';
import { inLanguage } from '../../words/language.ts';
import { CONSOLE } from '../../words/staff.ts';
import { type ConsoleView, consoleDocument } from '../console-document.ts';
import { waitingRow } from '../order-rows.ts';
import { mono, section } from '../rows.ts';
import { searchBox } from '../search-box.ts';
import { mailAlarms } from './mails-page.ts';

export type ConsoleHomeView = ConsoleView & {
  readonly waiting: readonly Order[];
  readonly now: Date;
  readonly mail: MailAlarms;
  /** Important notices to the staff member: address and title. */
  readonly notices: readonly { readonly id: string; readonly title: string }[];
};

/** Builds the page. */
export function consoleHomePage(view: ConsoleHomeView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const title = say(CONSOLE.product);
  const main = html`<h1>${inPhrases(title)}</h1>${searchBox('', frame)}
${ownNotices(view, frame)}${mailAlarms(view.mail, frame)}
${waitingSection(view.waiting, view.now, frame)}
<section><h2>${inPhrases(say(CONSOLE.institutions))}</h2><ul class="dots after-heading">${view.desk.institutions.map(
    ({ code, name, nameEnglish }) =>
      html`<li>${mono(code)} <bdi>${frame.language === 'ja' ? name : nameEnglish}</bdi></li>`,
  )}</ul></section>`;
  return consoleDocument({ title, main }, view, frame);
}

/** The orders that wait, the oldest first. */
export function waitingSection(waiting: readonly Order[], now: Date, frame: Frame): Html {
  const say = inLanguage(frame.language);
  return section(
    say(CONSOLE.waitingOrders),
    {
      columns: [
        say(CONSOLE.kind),
        say(CONSOLE.subject),
        say(CONSOLE.institution),
        say(CONSOLE.requestedBy),
        say(CONSOLE.age),
        say(CONSOLE.expires),
      ],
      rows: waiting.map((order) => waitingRow(order, now, frame)),
      empty: say(CONSOLE.noneWaiting),
    },
    frame,
  );
}

function ownNotices({ notices }: ConsoleHomeView, frame: Frame): Html | null {
  if (notices.length === 0) return null;
  const say = inLanguage(frame.language);
  return html`<section class="panel warn"><h2>${inPhrases(say(CONSOLE.ownNotices))}</h2>
<ul>${notices.map(({ id, title }) => html`<li><a class="textlink" href="${MEMBER_PATHS.notices}/${id}">${title}</a></li>`)}</ul></section>`;
}
