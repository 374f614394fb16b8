// Which of several institutions a page of the console shows; staff of one have no choice to make.
import type { Frame } from '../frame/document.ts';
import { type Html, html } from '../http/html.ts';
import type { Desk } from '../operations/read-console.ts';
import { inLanguage } from '../words/language.ts';
import { AUDIT, CONSOLE } from '../words/staff.ts';
import { choiceField } from './order-fields.ts';

/** The form, which leads to the same path. */
export function institutionChoice(
  {
    desk,
    path,
    institution,
  }: { readonly desk: Desk; readonly path: string; readonly institution: string },
  frame: Frame,
): Html | null {
  if (desk.institutions.length < 2) return null;
  const say = inLanguage(frame.language);
  const choices = desk.institutions.map(
    ({ code, name, nameEnglish }) =>
      [code, `${code} ${frame.language === 'ja' ? name : nameEnglish}`] as const,
  );
  const field = { name: 'institution', label: say(CONSOLE.institution), choices };
  return html`<form class="filter" method="get" action="${path}" autocomplete="off">${choiceField(field, { institution })}
<button class="button slim">${say(AUDIT.filter)}</button></form>`;
}
