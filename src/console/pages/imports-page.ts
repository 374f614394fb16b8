// Files of users: the latest ones, and the form that sends another.
import type { UserImport } from '../../banking/user-import.ts';
import type { Frame } from '../../frame/document.ts';
import { formToken } from '../../frame/form-token.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { refusedForm } from '../../frame/refused-form.ts';
import { touchFailures, touchField, touchNote } from '../../frame/touch-step.ts';
import { type Html, html } from '../../http/html.ts';
import {
  EXPORTS,
  FILE_ENCODINGS,
  IMPORT_STATES,
  IMPORT_UNITS,
  IMPORTS,
} from '../../words/imports.ts';
import { inLanguage } from '../../words/language.ts';
import { CONSOLE } from '../../words/staff.ts';
import { type ConsoleView, consoleDocument } from '../console-document.ts';
import { choiceField } from '../order-fields.ts';
import { CONSOLE_PATHS, importPath } from '../paths.ts';
import { link, minute, mono, section } from '../rows.ts';
import type { FormView } from '../staff-view.ts';

/** Names of the fields. */
export const IMPORT_FIELDS = {
  institution: 'institution',
  file: 'file',
  unit: 'unit',
  encoding: 'encoding',
} as const;

export type ImportsView = ConsoleView &
  FormView & {
    readonly imports: readonly UserImport[];
    /** The number under which the last attempt was refused. */
    readonly inquiryNumber: string | null;
  };

/** Builds the page. */
export function importsPage(view: ImportsView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const title = say(IMPORTS.title);
  const columns = [
    say(IMPORTS.file),
    say(CONSOLE.institution),
    say(CONSOLE.state),
    say(IMPORTS.toDo),
    say(IMPORTS.faults),
    say(IMPORTS.sentBy),
    say(IMPORTS.sentAt),
  ];
  const amount = say(IMPORTS.amount);
  const rows = view.imports.map((one) => [
    link(importPath(one.institution, one.id), one.fileName),
    mono(one.institution),
    say(IMPORT_STATES[one.state]),
    one.found === null ? '–' : amount(one.found.users),
    one.found === null ? '–' : amount(one.found.faults),
    mono(one.sentBy),
    minute(one.sentAt, frame),
  ]);
  const form = view.desk.mayDo('request-import-users') ? sendForm(view, frame) : null;
  const exporting = view.desk.mayDo('export-users')
    ? html`<p><a class="textlink" href="${CONSOLE_PATHS.export}">${say(EXPORTS.link)}</a></p>`
    : null;
  const main = html`<h1>${title}</h1>${exporting}${form}
${section(say(IMPORTS.latest), { columns, rows, empty: say(IMPORTS.none) }, frame)}`;
  return consoleDocument({ title, main, script: view.script }, view, frame);
}

function sendForm(view: ImportsView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const institutions = view.desk.institutions.map(
    ({ code, name, nameEnglish }) =>
      [code, `${code} ${frame.language === 'ja' ? name : nameEnglish}`] as const,
  );
  const units = Object.entries(IMPORT_UNITS).map(([unit, text]) => [unit, say(text)] as const);
  const encodings = [
    ['auto', say(IMPORTS.auto)] as const,
    ...Object.entries(FILE_ENCODINGS).map(([name, text]) => [name, say(text)] as const),
  ];
  const { file, institution, unit, encoding } = IMPORT_FIELDS;
  return html`<section class="stack wide"><h2>${inPhrases(say(IMPORTS.send))}</h2><p class="quiet">${inPhrases(say(IMPORTS.sendNote))}</p>
${view.inquiryNumber === null ? null : errorPanel(view.inquiryNumber, frame)}${touchFailures(view.touch, frame)}
<form class="stack wide" method="post" action="${CONSOLE_PATHS.imports}" enctype="multipart/form-data" autocomplete="off">${formToken(view.formToken)}${touchField(view.touch)}
<section class="settings">${choiceField({ name: institution, label: say(CONSOLE.institution), choices: institutions }, {})}
${choiceField({ name: unit, label: say(IMPORTS.unit), choices: units }, {})}
${choiceField({ name: encoding, label: say(IMPORTS.encoding), choices: encodings }, {})}</section>
<div class="field"><label for="${file}">${say(IMPORTS.file)}</label><p class="quiet small" id="file-hint">${inPhrases(say(IMPORTS.fileHint))}</p>
<input id="${file}" name="${file}" type="file" accept=".csv,text/csv" required aria-describedby="file-hint"></div>
${touchNote(view.touch, frame)}<div class="actions"><button class="button">${say(IMPORTS.sendButton)}</button></div></form></section>`;
}

function errorPanel(inquiryNumber: string, frame: Frame): Html {
  const say = inLanguage(frame.language);
  return refusedForm({ reasons: [inPhrases(say(IMPORTS.noFile))], inquiryNumber }, frame);
}
