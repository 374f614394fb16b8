// A file of users as facts: what it is, what was found in it.
import type { ContentOf } from '../banking/order.ts';
import type { ImportFound } from '../banking/user-import.ts';
import type { Frame } from '../frame/document.ts';
import { type Html, html } from '../http/html.ts';
import { FILE_ENCODINGS, IMPORT_UNITS, IMPORTS } from '../words/imports.ts';
import { inLanguage } from '../words/language.ts';
import { importPath } from './paths.ts';
import { facts, link } from './rows.ts';

/** What an order says of its file. */
export function importFacts(content: ContentOf<'import-users'>, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const { institution, import: id, fileName, from, unit, found } = content;
  const sum = html`<span class="sum mono" translate="no">${content.sha256}</span>`;
  return html`${facts([
    [say(IMPORTS.file), link(importPath(institution, id), fileName)],
    [say(IMPORTS.size), say(IMPORTS.octets)(content.size)],
    [say(IMPORTS.unit), say(IMPORT_UNITS[unit])],
    [say(IMPORTS.from), say(from === 'server' ? IMPORTS.fromServer : IMPORTS.fromConsole)],
  ])}${foundFacts(found, frame)}${facts([[say(IMPORTS.sum), sum]])}`;
}

/** What was found in a file. */
export function foundFacts(found: ImportFound, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const amount = say(IMPORTS.amount);
  return facts([
    [say(IMPORTS.toDo), html`<b>${say(IMPORTS.users)(found.users)}</b>`],
    [say(IMPORTS.contracts), amount(found.contracts)],
    [say(IMPORTS.newContracts), amount(found.newContracts)],
    [say(IMPORTS.unchanged), amount(found.unchanged)],
    [say(IMPORTS.lines), amount(found.lines)],
    [say(IMPORTS.faults), amount(found.faults)],
    [say(IMPORTS.faultyContracts), amount(found.faultyContracts)],
    [say(IMPORTS.encoding), found.encoding === null ? '–' : say(FILE_ENCODINGS[found.encoding])],
  ]);
}
