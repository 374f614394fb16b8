// One file of users: how far it has come, what was found in it, and what was done.
import type { ImportFault } from '../../banking/import-faults.ts';
import { hasSomethingToDo, mayBeAskedFor, type UserImport } from '../../banking/user-import.ts';
import type { Frame } from '../../frame/document.ts';
import { formToken } from '../../frame/form-token.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { touchFailures, touchField, touchNote } from '../../frame/touch-step.ts';
import { type Html, html } from '../../http/html.ts';
import type { ImportRead } from '../../operations/read-imports.ts';
import { IMPORT_COLUMN_NAMES, IMPORT_FAULTS } from '../../words/import-faults.ts';
import { IMPORT_STAGES, IMPORT_STATES, IMPORT_UNITS, IMPORTS } from '../../words/imports.ts';
import { inLanguage } from '../../words/language.ts';
import { CONSOLE, ORDER_STATES } from '../../words/staff.ts';
import { type ConsoleView, consoleDocument } from '../console-document.ts';
import { foundFacts } from '../import-rows.ts';
import { lineField, textField } from '../order-fields.ts';
import { ORDER_FIELDS } from '../order-forms.ts';
import { CONSOLE_PATHS, importPath, orderPath } from '../paths.ts';
import { facts, minute, mono, plain, section } from '../rows.ts';
import type { FormView } from '../staff-view.ts';

export type ImportPageView = ConsoleView & FormView & ImportRead;

/** Builds the page. */
export function importPage(view: ImportPageView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const { kept, faults } = view;
  const sum = Buffer.from(kept.sha256).toString('hex');
  const request = kept.request === null ? null : orderPath(kept.institution, kept.request);
  const main = html`<div class="stack"><h1><bdi>${kept.fileName}</bdi></h1><p><span class="mark">${say(IMPORT_STATES[kept.state])}</span></p></div>
${isAtWork(kept) ? progress(kept, frame) : null}
${kept.state === 'failed' ? html`<div class="panel bad" role="status"><p>${inPhrases(say(IMPORTS.failed))}</p></div>` : null}
${resultOf(kept, frame)}
${facts([
  [say(CONSOLE.institution), mono(kept.institution)],
  [say(IMPORTS.sentBy), mono(kept.sentBy)],
  [say(IMPORTS.sentAt), minute(kept.sentAt, frame)],
  [say(IMPORTS.size), say(IMPORTS.octets)(kept.size)],
  [say(IMPORTS.unit), say(IMPORT_UNITS[kept.unit])],
  [say(CONSOLE.orders), view.request === null ? null : say(ORDER_STATES[view.request])],
  [say(IMPORTS.sum), html`<span class="mono sum" translate="no">${sum}</span>`],
])}
${kept.found === null ? null : html`<section class="stack"><h2>${say(IMPORTS.found)}</h2>${foundFacts(kept.found, frame)}</section>`}
${faults.length === 0 ? null : faultsSection(kept, faults, frame)}
${asking(view, frame)}
${request === null ? null : html`<p><a class="textlink" href="${request}">${say(IMPORTS.request)}</a></p>`}
<p><a class="textlink" href="${CONSOLE_PATHS.imports}">${say(IMPORTS.toList)}</a></p>`;
  return consoleDocument({ title: kept.fileName, main, script: view.script }, view, frame);
}

function isAtWork({ state }: UserImport): boolean {
  return state === 'sent' || state === 'approved';
}

function progress(kept: UserImport, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const { stage, done, of } = kept.progress ?? { stage: 'reading', done: 0, of: 0 };
  const most = Math.max(1, of);
  const label = say(IMPORT_STAGES[stage]);
  return html`<section class="panel stack" aria-live="polite"><p><b>${label}</b> ${of === 0 ? null : say(IMPORTS.progress)(done, of)}</p>
<progress value="${done}" max="${most}" aria-label="${label}"></progress>
<p class="quiet small">${inPhrases(say(IMPORTS.working))}</p>
<div class="actions"><a class="button second" href="${importPath(kept.institution, kept.id)}">${say(IMPORTS.reload)}</a></div></section>`;
}

function resultOf({ result, endedAt }: UserImport, frame: Frame): Html | null {
  if (result === null) return null;
  const say = inLanguage(frame.language);
  const amount = say(IMPORTS.amount);
  return html`<section class="panel good stack" role="status"><h2>${say(IMPORTS.result)}</h2>${facts(
    [
      [say(IMPORTS.done), html`<b>${say(IMPORTS.users)(result.users)}</b>`],
      [say(IMPORTS.contracts), amount(result.contracts)],
      [say(IMPORTS.leftOut), amount(result.leftOut)],
      [say(CONSOLE.when), minute(endedAt, frame)],
    ],
  )}</section>`;
}

function faultsSection(kept: UserImport, faults: readonly ImportFault[], frame: Frame): Html {
  const say = inLanguage(frame.language);
  const columns = [
    say(IMPORTS.line),
    say(IMPORTS.column),
    say(IMPORTS.fault),
    say(IMPORTS.value),
    say(IMPORTS.todo),
  ];
  const rows = faults.map(({ line, column, kind, value }) => [
    say(IMPORTS.amount)(line),
    column === null ? '–' : say(IMPORT_COLUMN_NAMES[column]),
    say(IMPORT_FAULTS[kind].what),
    plain(value === '' ? null : value),
    say(IMPORT_FAULTS[kind].todo),
  ]);
  const report = `${importPath(kept.institution, kept.id)}/report.csv`;
  return html`${section(say(IMPORTS.first), { columns, rows }, frame)}
<div class="actions"><a class="button second" href="${report}">${say(IMPORTS.report)}</a></div>`;
}

function asking(view: ImportPageView, frame: Frame): Html | null {
  const say = inLanguage(frame.language);
  const { kept, request } = view;
  if (kept.state === 'checked' && !hasSomethingToDo(kept))
    return html`<p>${inPhrases(say(IMPORTS.nothing))}</p>`;
  if (!mayBeAskedFor(kept, request) || !view.desk.mayDo('request-import-users')) return null;
  const action = `${importPath(kept.institution, kept.id)}/request`;
  return html`<form class="stack wide ruled" method="post" action="${action}" autocomplete="off">${formToken(view.formToken)}${touchField(view.touch)}
${touchFailures(view.touch, frame)}
${textField({ name: ORDER_FIELDS.reason, label: say(CONSOLE.reason), rows: 3 }, {})}
${lineField({ name: ORDER_FIELDS.reference, label: say(CONSOLE.reference), hint: say(CONSOLE.referenceHint), isOptional: true, most: 100 }, {})}
${touchNote(view.touch, frame)}<div class="actions"><button class="button">${say(IMPORTS.ask)}</button></div></form>`;
}
