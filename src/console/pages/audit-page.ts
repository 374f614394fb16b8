// The audit log of an institution: by time, event and person; and the whole of it in a form that can be verified.
import type { Frame } from '../../frame/document.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import type { Form } from '../../http/form-body.ts';
import { type Html, html } from '../../http/html.ts';
import type { HistoryEntry } from '../../operations/read-histories.ts';
import { AUDIT_EVENTS } from '../../words/audit-events.ts';
import { inLanguage } from '../../words/language.ts';
import { AUDIT, CONSOLE } from '../../words/staff.ts';
import { type ConsoleView, consoleDocument } from '../console-document.ts';
import { entriesSection, pagesOf } from '../entry-rows.ts';
import { choiceField, lineField } from '../order-fields.ts';
import { CONSOLE_PATHS } from '../paths.ts';

/** Names of the filter's fields. */
export const AUDIT_FIELDS = {
  institution: 'institution',
  from: 'from',
  until: 'until',
  event: 'event',
  contract: 'contract',
  user: 'user',
} as const;

export type AuditView = ConsoleView & {
  readonly filter: Form;
  readonly institutions: readonly { readonly code: string; readonly name: string }[];
  readonly entries: readonly HistoryEntry[];
  readonly hasMore: boolean;
};

/** Builds the page. */
export function auditPage(view: AuditView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const title = say(CONSOLE.audit);
  const { filter } = view;
  const institution = filter[AUDIT_FIELDS.institution] ?? '';
  const save = view.desk.mayDo('export-audit')
    ? html`<div class="actions"><a class="textlink" href="${CONSOLE_PATHS.auditExport}?institution=${institution}" download>${say(AUDIT.export)}</a><span class="quiet small">${inPhrases(say(AUDIT.exportNote))}</span></div>`
    : null;
  const main = html`<h1>${title}</h1>${filterForm(view, frame)}${save}
${entriesSection(say(CONSOLE.history), view.entries, frame)}
${pagesOf(view, (number) => `${CONSOLE_PATHS.audit}?${new URLSearchParams({ ...filter, before: String(number) }).toString()}`, frame)}`;
  return consoleDocument({ title, main }, view, frame);
}

function filterForm({ filter, institutions }: AuditView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const events = Object.entries(AUDIT_EVENTS).map(([event, text]) => [event, say(text)] as const);
  const dayHint = say(AUDIT.dayHint);
  return html`<form class="filter" method="get" action="${CONSOLE_PATHS.audit}" autocomplete="off">
${choiceField({ name: AUDIT_FIELDS.institution, label: say(CONSOLE.institution), choices: institutions.map(({ code, name }) => [code, `${code} ${name}`] as const) }, filter)}
${choiceField({ name: AUDIT_FIELDS.event, label: say(AUDIT.event), choices: [['', say(AUDIT.any)], ...events] }, filter)}
${lineField({ name: AUDIT_FIELDS.from, label: say(AUDIT.from), hint: dayHint, isOptional: true, most: 10 }, filter)}
${lineField({ name: AUDIT_FIELDS.until, label: say(AUDIT.until), hint: dayHint, isOptional: true, most: 10 }, filter)}
${lineField({ name: AUDIT_FIELDS.contract, label: say(CONSOLE.contract), isOptional: true, most: 11 }, filter)}
${lineField({ name: AUDIT_FIELDS.user, label: say(CONSOLE.user), isOptional: true, most: 30 }, filter)}
<button class="button slim">${say(AUDIT.filter)}</button></form>`;
}
