// Typed HTML: a tagged template that escapes every value, and a type only it can make.
// Nesting needs no raw form, so none exists.
import { html as escaping } from 'ghtml';

const MADE_HERE = Symbol('html');

/** Markup made by the `html` tag; any other string is text and is escaped. */
export type Html = { readonly markup: string; readonly [MADE_HERE]: true };

type Value = string | number | Html | readonly Html[] | null | undefined;

/** Builds markup: strings and numbers are escaped, `Html` and lists of it are nested, null is nothing. */
export function html(literals: TemplateStringsArray, ...values: readonly Value[]): Html {
  let markup = literals[0] ?? '';
  for (const [i, value] of values.entries()) {
    markup += render(value) + (literals[i + 1] ?? '');
  }
  return { markup, [MADE_HERE]: true };
}

function render(value: Value): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return escaping`${value}`;
  if (typeof value === 'number') return String(value);
  if (isHtmlList(value)) return value.map(markupOf).join('');
  return markupOf(value);
}

function markupOf(value: Html): string {
  if (value[MADE_HERE] !== true) throw new TypeError('only the html tag makes markup');
  return value.markup;
}

function isHtmlList(value: Html | readonly Html[]): value is readonly Html[] {
  return Array.isArray(value);
}
