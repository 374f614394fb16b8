// Letters that were asked for together: who is given which print file, once.
import type { LetterKind } from '../../banking/letter.ts';
import type { Frame } from '../../frame/document.ts';
import { formToken } from '../../frame/form-token.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { touchFailures, touchField, touchNote } from '../../frame/touch-step.ts';
import { type Html, html } from '../../http/html.ts';
import type { BatchRead } from '../../operations/letters.ts';
import { IMPORTS } from '../../words/imports.ts';
import { inLanguage } from '../../words/language.ts';
import { LETTERS } from '../../words/letters.ts';
import { CONSOLE, ORDER_STATES } from '../../words/staff.ts';
import { type ConsoleView, consoleDocument } from '../console-document.ts';
import { CONSOLE_PATHS, letterBatchPath, orderPath } from '../paths.ts';
import { facts, link, minute, mono } from '../rows.ts';
import type { FormView } from '../staff-view.ts';

export type LetterBatchView = ConsoleView & FormView & BatchRead;

/** Builds the page. */
export function letterBatchPage(view: LetterBatchView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const { batch, order, mayTake } = view;
  const title = say(LETTERS.title);
  const count = order.content.kind === 'print-letters' ? order.content.letters : 0;
  const main = html`<div class="stack"><h1>${title}</h1><p><span class="mark">${say(ORDER_STATES[order.state])}</span></p></div>
${facts([
  [say(CONSOLE.institution), mono(batch.institution)],
  [say(CONSOLE.contract), batch.contract === null ? say(LETTERS.every) : mono(batch.contract)],
  [say(LETTERS.count), say(IMPORTS.users)(count)],
  [say(CONSOLE.requestedBy), mono(order.requestedBy)],
  [say(CONSOLE.requestedAt), minute(order.requestedAt, frame)],
  [say(CONSOLE.decidedBy), order.decidedBy && mono(order.decidedBy)],
  [say(LETTERS.codesGiven), given(batch.codes, frame)],
  [say(LETTERS.pinsGiven), given(batch.pins, frame)],
])}
${touchFailures(view.touch, frame)}
${mayTake.length === 0 ? html`<p>${inPhrases(say(LETTERS.notYours))}</p>` : mayTake.map((kind) => taking(kind, view, frame))}
<p>${link(orderPath(batch.institution, batch.request), say(IMPORTS.request))}</p>
<p>${link(CONSOLE_PATHS.letters, say(LETTERS.toList))}</p>`;
  return consoleDocument({ title, main, script: view.script }, view, frame);
}

function given(to: BatchRead['batch'][LetterKind], frame: Frame): Html | string {
  if (to === null) return inLanguage(frame.language)(LETTERS.notGiven);
  return html`${mono(to.by)} ${minute(to.at, frame)}`;
}

function taking(kind: LetterKind, view: LetterBatchView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const { institution, id } = view.batch;
  return html`<form class="stack panel" method="post" action="${letterBatchPath(institution, id)}/${kind}" autocomplete="off">${formToken(view.formToken)}${touchField(view.touch)}
<p>${inPhrases(say(LETTERS.once))}</p>${touchNote(view.touch, frame)}
<div class="actions"><button class="button">${say(kind === 'codes' ? LETTERS.takeCodes : LETTERS.takePins)}</button></div></form>`;
}
