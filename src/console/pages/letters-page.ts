// Letters to users: the latest, and the form that asks for more.
import { type LetterBatch, MOST_LETTERS } from '../../banking/letter.ts';
import type { Frame } from '../../frame/document.ts';
import { formToken } from '../../frame/form-token.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { refusedForm } from '../../frame/refused-form.ts';
import { touchFailures, touchField, touchNote } from '../../frame/touch-step.ts';
import type { Form } from '../../http/form-body.ts';
import { type Html, html } from '../../http/html.ts';
import { inLanguage } from '../../words/language.ts';
import { LETTERS } from '../../words/letters.ts';
import { CONSOLE } from '../../words/staff.ts';
import { type ConsoleView, consoleDocument } from '../console-document.ts';
import { choiceField, lineField, textField } from '../order-fields.ts';
import { ORDER_FIELDS } from '../order-forms.ts';
import { CONSOLE_PATHS, letterBatchPath } from '../paths.ts';
import { link, minute, mono, section } from '../rows.ts';
import type { FormView } from '../staff-view.ts';

/** Names of the fields. */
export const LETTER_FIELDS = {
  institution: 'institution',
  contract: 'contract',
  atMost: 'at-most',
} as const;

export type LettersView = ConsoleView &
  FormView & {
    readonly batches: readonly LetterBatch[];
    readonly entered: Form;
    /** The number under which the last attempt was refused. */
    readonly inquiryNumber: string | null;
  };

/** Builds the page. */
export function lettersPage(view: LettersView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const title = say(LETTERS.title);
  const columns = [
    say(LETTERS.letters),
    say(CONSOLE.institution),
    say(CONSOLE.contract),
    say(CONSOLE.requestedBy),
    say(LETTERS.codesGiven),
    say(LETTERS.pinsGiven),
  ];
  const rows = view.batches.map((batch) => [
    html`<a class="textlink" href="${letterBatchPath(batch.institution, batch.id)}">${minute(batch.askedAt, frame)}</a>`,
    mono(batch.institution),
    batch.contract === null ? say(LETTERS.every) : mono(batch.contract),
    mono(batch.askedBy),
    batch.codes === null ? '–' : mono(batch.codes.by),
    batch.pins === null ? '–' : mono(batch.pins.by),
  ]);
  const form = view.desk.mayDo('request-print-letters') ? askForm(view, frame) : null;
  const main = html`<div class="stack"><h1>${title}</h1><p class="quiet">${inPhrases(say(LETTERS.note))}</p></div>${form}
${section(say(LETTERS.latest), { columns, rows, empty: say(LETTERS.none) }, frame)}
<p>${link(CONSOLE_PATHS.orders, say(CONSOLE.toQueue))}</p>`;
  return consoleDocument({ title, main, script: view.script }, view, frame);
}

function askForm(view: LettersView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const institutions = view.desk.institutions.map(
    ({ code, name, nameEnglish }) =>
      [code, `${code} ${frame.language === 'ja' ? name : nameEnglish}`] as const,
  );
  const { institution, contract, atMost } = LETTER_FIELDS;
  const entered = { [atMost]: String(MOST_LETTERS), ...view.entered };
  return html`${view.inquiryNumber === null ? null : errorPanel(view.inquiryNumber, frame)}${touchFailures(view.touch, frame)}
<form class="stack wide" method="post" action="${CONSOLE_PATHS.letters}" autocomplete="off">${formToken(view.formToken)}${touchField(view.touch)}
${choiceField({ name: institution, label: say(CONSOLE.institution), choices: institutions }, entered)}
${lineField({ name: contract, label: say(CONSOLE.contract), hint: say(LETTERS.contractHint), isOptional: true, most: 11 }, entered)}
${lineField({ name: atMost, label: say(LETTERS.atMost), hint: say(LETTERS.atMostHint), most: 4 }, entered)}
<section class="stack wide ruled">${textField({ name: ORDER_FIELDS.reason, label: say(CONSOLE.reason), rows: 3 }, entered)}
${lineField({ name: ORDER_FIELDS.reference, label: say(CONSOLE.reference), hint: say(CONSOLE.referenceHint), isOptional: true, most: 100 }, entered)}</section>
${touchNote(view.touch, frame)}<div class="actions"><button class="button">${say(LETTERS.ask)}</button></div></form>`;
}

function errorPanel(inquiryNumber: string, frame: Frame): Html {
  const say = inLanguage(frame.language);
  return refusedForm({ reasons: [inPhrases(say(LETTERS.nobody))], inquiryNumber }, frame);
}
