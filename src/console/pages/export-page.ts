// The form by which users are written out, and for whom the encoding does not do.
import type { Frame } from '../../frame/document.ts';
import { formToken } from '../../frame/form-token.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { touchFailures, touchField, touchNote } from '../../frame/touch-step.ts';
import type { Form } from '../../http/form-body.ts';
import { type Html, html } from '../../http/html.ts';
import type { BeyondEncoding } from '../../operations/export-users.ts';
import { EXPORTS, FILE_ENCODINGS, FILE_READERS, IMPORTS } from '../../words/imports.ts';
import { inLanguage } from '../../words/language.ts';
import { CONSOLE } from '../../words/staff.ts';
import { type ConsoleView, consoleDocument } from '../console-document.ts';
import { choiceField, lineField } from '../order-fields.ts';
import { CONSOLE_PATHS, personPath } from '../paths.ts';
import { link, mono, section } from '../rows.ts';
import type { FormView } from '../staff-view.ts';

/** Names of the fields. */
export const EXPORT_FIELDS = {
  institution: 'institution',
  contract: 'contract',
  encoding: 'encoding',
  reader: 'reader',
} as const;

export type ExportView = ConsoleView &
  FormView & { readonly entered: Form; readonly beyond: readonly BeyondEncoding[] };

/** Builds the page. */
export function exportPage(view: ExportView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const title = say(EXPORTS.title);
  const { entered, desk } = view;
  const institutions = desk.institutions.map(
    ({ code, name, nameEnglish }) =>
      [code, `${code} ${frame.language === 'ja' ? name : nameEnglish}`] as const,
  );
  const encodings = Object.entries(FILE_ENCODINGS).map(
    ([name, text]) => [name, say(text)] as const,
  );
  const readers = Object.entries(FILE_READERS).map(([name, text]) => [name, say(text)] as const);
  const { institution, contract, encoding, reader } = EXPORT_FIELDS;
  const main = html`<div class="stack"><h1>${title}</h1><p class="quiet">${inPhrases(say(EXPORTS.note))}</p></div>
${beyondSection(view, frame)}${touchFailures(view.touch, frame)}
<form class="stack wide" method="post" action="${CONSOLE_PATHS.export}" autocomplete="off">${formToken(view.formToken)}${touchField(view.touch)}
<section class="settings">${choiceField({ name: institution, label: say(CONSOLE.institution), choices: institutions }, entered)}
${choiceField({ name: encoding, label: say(IMPORTS.encoding), choices: encodings }, entered)}
${choiceField({ name: reader, label: say(EXPORTS.reader), choices: readers }, entered)}</section>
${lineField({ name: contract, label: say(CONSOLE.contract), hint: say(EXPORTS.contractHint), isOptional: true, most: 11 }, entered)}
${touchNote(view.touch, frame)}<div class="actions"><button class="button">${say(EXPORTS.button)}</button>
<a class="textlink" href="${CONSOLE_PATHS.imports}">${say(IMPORTS.toList)}</a></div></form>`;
  return consoleDocument({ title, main, script: view.script }, view, frame);
}

function beyondSection({ beyond, entered }: ExportView, frame: Frame): Html | null {
  if (beyond.length === 0) return null;
  const say = inLanguage(frame.language);
  const institution = entered[EXPORT_FIELDS.institution] ?? '';
  const columns = [say(CONSOLE.contract), say(CONSOLE.user), say(EXPORTS.signs)];
  const rows = beyond.map((one) => [
    mono(one.contract),
    link(personPath({ ...one, institution }), one.user),
    one.signs.join(' '),
  ]);
  return html`<div class="panel bad" role="alert" tabindex="-1" id="errors"><p>${inPhrases(say(EXPORTS.beyond))}</p></div>
${section(say(EXPORTS.whom), { columns, rows }, frame)}`;
}
