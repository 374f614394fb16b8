// The form by which staff ask for something: its own fields, why, and by which paper; and the choice among them.
import type { FormOrderKind } from '../../banking/order.ts';
import type { Frame } from '../../frame/document.ts';
import { formToken } from '../../frame/form-token.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { refusedForm } from '../../frame/refused-form.ts';
import { touchFailures, touchField, touchNote } from '../../frame/touch-step.ts';
import type { Form } from '../../http/form-body.ts';
import { type Html, html } from '../../http/html.ts';
import { FRAME } from '../../words/frame.ts';
import { inLanguage } from '../../words/language.ts';
import { CONSOLE, ORDER_NAMES, ORDERS } from '../../words/staff.ts';
import { type ConsoleView, consoleDocument } from '../console-document.ts';
import { noticePreview } from '../notice-preview.ts';
import { lineField, textField } from '../order-fields.ts';
import { NOTICE_FIELDS, ORDER_FIELDS, PERSON_FIELDS } from '../order-forms.ts';
import { CONSOLE_PATHS, newOrderPath } from '../paths.ts';
import type { FormView } from '../staff-view.ts';
import { orderFields } from './new-order-fields.ts';

/** The number under which it was refused, and whether what was to be changed is not any more what the form showed. */
export type RefusedOrder = { readonly inquiryNumber: string; readonly isStale: boolean };

export type NewOrderView = ConsoleView &
  FormView & {
    readonly kind: FormOrderKind;
    /** What was entered, or is known already. */
    readonly entered: Form;
    /** What became of the last attempt; null before. */
    readonly refused: RefusedOrder | null;
    /** Whether the notice is shown as its readers will see it. */
    readonly isPreviewed: boolean;
  };

/** Builds the page. */
export function newOrderPage(view: NewOrderView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const { kind, entered } = view;
  const title = say(ORDER_NAMES[kind]);
  const error = errorPanel(view, frame);
  const preview = view.isPreviewed ? noticePreview(noticeIn(entered), frame) : null;
  const main = html`<h1>${inPhrases(title)}</h1>${error}${touchFailures(view.touch, frame)}
<form class="stack wide" method="post" action="${newOrderPath(kind)}" autocomplete="off">${formToken(view.formToken)}${touchField(view.touch)}
${orderFields(kind, view, frame)}
<section class="stack wide ruled">${textField({ name: ORDER_FIELDS.reason, label: say(CONSOLE.reason), rows: 3 }, entered)}
${lineField({ name: ORDER_FIELDS.reference, label: say(CONSOLE.reference), hint: say(CONSOLE.referenceHint), isOptional: true, most: 100 }, entered)}</section>
${preview}${touchNote(view.touch, frame)}
<div class="actions"><button class="button">${say(ORDERS.send)}</button>${lookButton(kind, frame)}<a class="textlink" href="${CONSOLE_PATHS.orders}">${say(CONSOLE.toQueue)}</a></div></form>`;
  const headed = error === null ? title : `${say(FRAME.errorInTitle)}: ${title}`;
  return consoleDocument({ title: headed, main, script: view.script }, view, frame);
}

/** The choice of what to ask for; the institution first where its policy is to be changed. */
export function chooseOrderPage(
  view: ConsoleView & { readonly kinds: readonly FormOrderKind[] },
  frame: Frame,
): Html {
  const say = inLanguage(frame.language);
  const title = say(CONSOLE.newOrder);
  const links = view.kinds
    .filter((kind) => !FROM_ANOTHER_PAGE.has(kind))
    .flatMap((kind) =>
      kind === 'change-policy'
        ? view.desk.institutions.map(
            ({ code, name, nameEnglish }) =>
              [
                newOrderPath(kind, { institution: code }),
                `${say(ORDER_NAMES[kind])}: ${frame.language === 'ja' ? name : nameEnglish}`,
              ] as const,
          )
        : [[newOrderPath(kind), say(ORDER_NAMES[kind])] as const],
    );
  const main = html`<h1>${inPhrases(say(ORDERS.choose))}</h1>
<ul class="links">${links.map(([href, name]) => html`<li><a href="${href}">${name}</a></li>`)}</ul>
${view.kinds.includes('change-administrator') ? html`<p class="quiet">${inPhrases(say(ORDERS.fromPerson))}</p>` : null}`;
  return consoleDocument({ title, main }, view, frame);
}

/** What is asked for on the page of whom it concerns. */
const FROM_ANOTHER_PAGE: ReadonlySet<FormOrderKind> = new Set([
  'change-contract',
  'close-contract',
  'change-person',
  'change-administrator',
  'end-former-authority',
]);

function noticeIn(entered: Form) {
  const { important, title, body } = NOTICE_FIELDS;
  return {
    isImportant: entered[important] === 'yes',
    title: entered[title] ?? '',
    body: entered[body] ?? '',
  };
}

/** Looks at what was entered; nothing is asked for by it. */
function lookButton(kind: FormOrderKind, frame: Frame): Html | null {
  if (kind !== 'publish-notice') return null;
  const label = inLanguage(frame.language)(ORDERS.look);
  return html`<button class="button second" formnovalidate formaction="${CONSOLE_PATHS.noticePreview}#preview">${label}</button>`;
}

function errorPanel({ kind, entered, refused }: NewOrderView, frame: Frame): Html | null {
  if (refused === null) return null;
  const say = inLanguage(frame.language);
  const { inquiryNumber, isStale } = refused;
  if (!isStale) {
    return refusedForm({ reasons: [inPhrases(say(ORDERS.invalid))], inquiryNumber }, frame);
  }
  const { contract, user } = PERSON_FIELDS;
  const named = [ORDER_FIELDS.institution, contract, user].flatMap((name) =>
    entered[name] === undefined ? [] : [[name, entered[name]] as const],
  );
  const anew = newOrderPath(kind, Object.fromEntries(named));
  const reasons = [
    inPhrases(say(ORDERS.stale)),
    html`<a href="${anew}" target="_blank">${say(ORDERS.openAnew)}</a>`,
  ];
  return refusedForm({ reasons, inquiryNumber }, frame);
}
