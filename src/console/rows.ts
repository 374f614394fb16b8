// Tables of the console: dense, wide, and scrolled by themselves where the window is narrow.
import type { Frame } from '../frame/document.ts';
import { inPhrases } from '../frame/in-phrases.ts';
import { type Html, html } from '../http/html.ts';
import { dateAndMinute, dateAndTime } from '../words/dates.ts';
import { inLanguage } from '../words/language.ts';
import { CONSOLE } from '../words/staff.ts';

/** One line of a table, cell by cell. */
export type Row = readonly (Html | string | null)[];

/** A table with a heading of its own; says so where it is empty. */
export function section(
  title: string,
  table: {
    readonly columns: readonly string[];
    readonly rows: readonly Row[];
    readonly empty?: string;
  },
  frame: Frame,
): Html {
  const { columns, rows, empty = inLanguage(frame.language)(CONSOLE.none) } = table;
  const body =
    rows.length === 0
      ? html`<p class="quiet empty">${inPhrases(empty)}</p>`
      : html`<div class="scroll" tabindex="0" role="region" aria-label="${title}"><table class="rows"><thead><tr>${columns.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table></div>`;
  return html`<section><h2>${inPhrases(title)}</h2>${body}</section>`;
}

/** Facts beside each other: a name and what it is. */
export function facts(list: readonly (readonly [string, Html | string | null])[]): Html {
  return html`<dl class="facts across">${list
    .filter(([, value]) => value !== null)
    .map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** A moment to the second. */
export function moment(at: Date, frame: Frame): Html {
  return html`<time datetime="${at.toISOString()}">${dateAndTime(at, frame.language)}</time>`;
}

/** A moment to the minute; a dash for none. */
export function minute(at: Date | null, frame: Frame): Html | string {
  if (at === null) return '–';
  return html`<time datetime="${at.toISOString()}">${dateAndMinute(at, frame.language)}</time>`;
}

/** A text that may be of any script, or nothing. */
export function plain(text: string | null): Html | string {
  return text === null ? '–' : html`<bdi>${text}</bdi>`;
}

/** An ID or number. */
export function mono(text: string): Html {
  return html`<span class="mono" translate="no">${text}</span>`;
}

/** The SHA-256 of a key, which wraps where the window is narrow. */
export function keyText(hex: string): Html {
  return html`<span class="sum mono" translate="no">${hex}</span>`;
}

/** A link. */
export function link(href: string, text: string): Html {
  return html`<a class="textlink" href="${href}"><bdi>${text}</bdi></a>`;
}
