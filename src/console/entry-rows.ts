// Entries of the audit log as rows: when, what in words, whom, and the facts.
import type { Frame } from '../frame/document.ts';
import { type Html, html } from '../http/html.ts';
import type { HistoryEntry } from '../operations/read-histories.ts';
import { eventName, type Fact, factsOf } from '../words/audit-events.ts';
import { inLanguage } from '../words/language.ts';
import { CONSOLE } from '../words/staff.ts';
import { inquiryPath, orderPath, personPath } from './paths.ts';
import { link, moment, mono, type Row, section } from './rows.ts';

/** The section with a list of entries. */
export function entriesSection(
  title: string,
  entries: readonly HistoryEntry[],
  frame: Frame,
): Html {
  const say = inLanguage(frame.language);
  // On a person's own page each is theirs.
  const users = new Set(entries.map(({ person }) => person?.user));
  const isOfOne = users.size === 1 && !users.has(undefined);
  const without = <T>(cells: readonly T[]) => (isOfOne ? cells.toSpliced(2, 1) : cells);
  const columns = [say(CONSOLE.when), say(CONSOLE.what), say(CONSOLE.who), say(CONSOLE.detail)];
  const rows = entries.map((one) => without(rowOf(one, frame)));
  return section(title, { columns: without(columns), rows }, frame);
}

/** The way to what is older, and back to what is new. */
export function pagesOf(
  { entries, hasMore }: { readonly entries: readonly HistoryEntry[]; readonly hasMore: boolean },
  hrefBefore: (number: number) => string,
  frame: Frame,
): Html | null {
  const last = entries.at(-1);
  if (!hasMore || last === undefined) return null;
  const say = inLanguage(frame.language);
  return html`<p><a class="textlink" href="${hrefBefore(last.number)}">${say(CONSOLE.older)}</a></p>`;
}

function rowOf(entry: HistoryEntry, frame: Frame): Row {
  const say = inLanguage(frame.language);
  const { person } = entry;
  return [
    html`${moment(entry.at, frame)}<br><span class="quiet">#${entry.number}</span>`,
    html`<b>${say(eventName(entry.event))}</b>${entry.inquiry === null ? null : html`<br>${link(inquiryPath(entry.inquiry), entry.inquiry)}`}`,
    person === undefined
      ? '–'
      : html`${link(personPath(person), person.user)}<br>${mono(person.contract)}`,
    html`<div class="told">${factsOf(entry.detail, frame.language).map((fact) => html`<span class="fact"><span class="quiet">${fact.name}</span> ${factValue(fact, entry)}</span> `)}</div>`,
  ];
}

function factValue({ key, value }: Fact, { institution }: HistoryEntry): Html {
  if (key !== 'order') return html`<bdi>${value}</bdi>`;
  return link(orderPath(institution, value), value.slice(0, 8));
}
