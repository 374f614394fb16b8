// The glance at renewals of an institution: the days drawn, the weeks in numbers, and what tomorrow brings.
import { ENDING_STANDINGS, type EndingBar } from '../../banking/ending.ts';
import { type TokyoDay, tokyoDayOf } from '../../banking/tokyo-calendar.ts';
import type { Frame } from '../../frame/document.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { type Html, html } from '../../http/html.ts';
import type { EndingsGlance, Tomorrow } from '../../operations/endings.ts';
import { ENDING_STANDING_NAMES, ENDINGS } from '../../words/endings.ts';
import { inLanguage } from '../../words/language.ts';
import { CONSOLE } from '../../words/staff.ts';
import { type ConsoleView, consoleDocument } from '../console-document.ts';
import { endingColumns, endingRow } from '../ending-rows.ts';
import { endingsChart, totalOf } from '../endings-chart.ts';
import { choiceField } from '../order-fields.ts';
import { CONSOLE_PATHS, personPath } from '../paths.ts';
import { link, minute, mono, plain, section } from '../rows.ts';

export type EndingsView = ConsoleView & {
  readonly institution: string;
  readonly glance: EndingsGlance | undefined;
  readonly tomorrow: Tomorrow;
  readonly now: Date;
};

/** Names of the fields by which a list is asked for. */
export const ENDING_FIELDS = {
  institution: 'institution',
  from: 'from',
  until: 'until',
  standing: 'standing',
  after: 'after',
} as const;

/** Builds the page. */
export function endingsPage(view: EndingsView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const title = say(ENDINGS.title);
  const { glance } = view;
  const counted =
    glance === undefined
      ? html`<p>${inPhrases(say(ENDINGS.notCounted))}</p>`
      : html`<p class="quiet">${say(ENDINGS.countedAt)} ${minute(glance.countedAt, frame)}</p>${drawnDays(glance, view, frame)}`;
  const main = html`<h1>${title}</h1>${institutionForm(view, frame)}${counted}
${tomorrowSections(view, frame)}
${glance === undefined ? null : numbers(glance, view, frame)}`;
  return consoleDocument({ title, main }, view, frame);
}

function institutionForm({ desk, institution }: EndingsView, frame: Frame): Html | null {
  if (desk.institutions.length < 2) return null;
  const say = inLanguage(frame.language);
  const choices = desk.institutions.map(
    ({ code, name, nameEnglish }) =>
      [code, `${code} ${frame.language === 'ja' ? name : nameEnglish}`] as const,
  );
  const field = { name: ENDING_FIELDS.institution, label: say(CONSOLE.institution), choices };
  return html`<form class="filter" method="get" action="${CONSOLE_PATHS.endings}">${choiceField(field, { institution })}<button class="button slim">${say(ENDINGS.show)}</button></form>`;
}

function drawnDays(glance: EndingsGlance, view: EndingsView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const drawn = { today: tokyoDayOf(view.now), hrefOf: (bar: EndingBar) => listPath(bar, view) };
  return html`<section><h2>${inPhrases(say(ENDINGS.byDay))}</h2>${endingsChart(glance.days, drawn, frame)}</section>`;
}

/** The same in numbers: the weeks, and folded away the days. */
function numbers(glance: EndingsGlance, view: EndingsView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const filled = glance.days.filter((bar) => totalOf(bar) > 0);
  const days = barsSection(say(ENDINGS.dayNumbers), filled, view, frame);
  return html`${barsSection(say(ENDINGS.byWeek), glance.weeks, view, frame)}<details><summary>${say(ENDINGS.dayNumbers)}</summary>${days}</details>`;
}

function barsSection(
  title: string,
  bars: readonly EndingBar[],
  view: EndingsView,
  frame: Frame,
): Html {
  const say = inLanguage(frame.language);
  const columns = [
    say(ENDINGS.from),
    ...ENDING_STANDINGS.map((standing) => say(ENDING_STANDING_NAMES[standing])),
    say(ENDINGS.unreached),
    say(ENDINGS.all),
  ];
  const rows = bars.map((bar) => [
    link(listPath(bar, view), spanText(bar)),
    ...ENDING_STANDINGS.map((standing) => String(bar.byStanding[standing])),
    String(bar.unreached),
    html`<b>${totalOf(bar)}</b>`,
  ]);
  return section(title, { columns, rows }, frame);
}

function tomorrowSections({ tomorrow, now }: EndingsView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const { ends, offers } = tomorrow;
  const note =
    ends.length === 0 ? null : html`<p class="quiet">${inPhrases(say(ENDINGS.tomorrowWhat))}</p>`;
  const people = section(
    say(ENDINGS.tomorrow),
    {
      columns: endingColumns(frame),
      rows: ends.map((one) => endingRow(one, now, frame)),
      empty: say(ENDINGS.tomorrowNone),
    },
    frame,
  );
  const codes = section(
    say(ENDINGS.offers),
    {
      columns: [say(CONSOLE.contract), say(CONSOLE.user), say(CONSOLE.name), say(CONSOLE.expires)],
      rows: offers.map(({ identity, name, expiresAt }) => [
        mono(identity.contract),
        link(personPath(identity), identity.user),
        plain(name),
        minute(expiresAt, frame),
      ]),
      empty: say(ENDINGS.offersNone),
    },
    frame,
  );
  return html`${people}${note}${codes}`;
}

/** Address of the list behind a bar. */
function listPath({ first, last }: EndingBar, { institution }: EndingsView): string {
  const query = new URLSearchParams({ institution, from: dayText(first), until: dayText(last) });
  return `${CONSOLE_PATHS.endingsList}?${query.toString()}`;
}

function spanText({ first, last }: EndingBar): string {
  const [from, until] = [dayText(first), dayText(last)];
  return from === until ? from : `${from} – ${until}`;
}

/** A day as it is typed and shown in lists: 2027-01-05. */
export function dayText({ year, month, day }: TokyoDay): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)}`;
}
