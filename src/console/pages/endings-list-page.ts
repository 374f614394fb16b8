// The list behind a bar: the certificates that end in some days, as they stand now, a hundred a page.
import { ENDING_STANDINGS } from '../../banking/ending.ts';
import type { Frame } from '../../frame/document.ts';
import type { Form } from '../../http/form-body.ts';
import { type Html, html } from '../../http/html.ts';
import type { EndingsListed } from '../../operations/endings.ts';
import { ENDING_STANDING_NAMES, ENDINGS } from '../../words/endings.ts';
import { inLanguage } from '../../words/language.ts';
import { AUDIT, CONSOLE } from '../../words/staff.ts';
import { type ConsoleView, consoleDocument } from '../console-document.ts';
import { endingColumns, endingRow } from '../ending-rows.ts';
import { choiceField, lineField } from '../order-fields.ts';
import { CONSOLE_PATHS } from '../paths.ts';
import { section } from '../rows.ts';
import { ENDING_FIELDS } from './endings-page.ts';

export type EndingsListView = ConsoleView &
  EndingsListed & {
    readonly filter: Form;
    /** What the next page begins after; null on the last one. */
    readonly after: string | null;
    readonly now: Date;
  };

/** Builds the page. */
export function endingsListPage(view: EndingsListView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const title = say(ENDINGS.list);
  const { certificates, filter, after, now } = view;
  const query = new URLSearchParams(filter as Record<string, string>);
  const save = html`<div class="actions"><a class="textlink" href="${CONSOLE_PATHS.endingsCsv}?${query.toString()}" download>${say(ENDINGS.csv)}</a></div>`;
  const table = section(
    `${filter[ENDING_FIELDS.from] ?? ''} – ${filter[ENDING_FIELDS.until] ?? ''}`,
    {
      columns: endingColumns(frame),
      rows: certificates.map((one) => endingRow(one, now, frame)),
      empty: say(ENDINGS.none),
    },
    frame,
  );
  const main = html`<h1>${title}</h1>${filterForm(filter, frame)}${certificates.length === 0 ? null : save}${table}${next(query, after, frame)}`;
  return consoleDocument({ title, main }, view, frame);
}

function filterForm(filter: Form, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const standings = ENDING_STANDINGS.map(
    (standing) => [standing, say(ENDING_STANDING_NAMES[standing])] as const,
  );
  const hint = say(AUDIT.dayHint);
  return html`<form class="filter" method="get" action="${CONSOLE_PATHS.endingsList}" autocomplete="off"><input type="hidden" name="${ENDING_FIELDS.institution}" value="${filter[ENDING_FIELDS.institution] ?? ''}">
${lineField({ name: ENDING_FIELDS.from, label: say(AUDIT.from), hint, most: 10 }, filter)}
${lineField({ name: ENDING_FIELDS.until, label: say(AUDIT.until), hint, most: 10 }, filter)}
${choiceField({ name: ENDING_FIELDS.standing, label: say(CONSOLE.state), choices: [['', say(AUDIT.any)], ...standings] }, filter)}
<button class="button slim">${say(AUDIT.filter)}</button></form>`;
}

function next(query: URLSearchParams, after: string | null, frame: Frame): Html | null {
  if (after === null) return null;
  const further = new URLSearchParams({ ...Object.fromEntries(query), after });
  return html`<p><a class="textlink" href="${CONSOLE_PATHS.endingsList}?${further.toString()}">${inLanguage(frame.language)(ENDINGS.next)}</a></p>`;
}
