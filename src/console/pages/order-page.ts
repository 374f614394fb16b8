// One request: what is asked for, by whom and why, the sum of its content, and the decision.
import type { Frame } from '../../frame/document.ts';
import { formToken } from '../../frame/form-token.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { touchFailures, touchField, touchNote } from '../../frame/touch-step.ts';
import { type Html, html } from '../../http/html.ts';
import type { OrderView as Standing } from '../../operations/read-console.ts';
import { inLanguage } from '../../words/language.ts';
import { CONSOLE, ORDER_NAMES, ORDER_STATES, ORDERS } from '../../words/staff.ts';
import { type ConsoleView, consoleDocument } from '../console-document.ts';
import { contentOf } from '../order-content.ts';
import { CONSOLE_PATHS, orderPath } from '../paths.ts';
import { facts, minute, mono, plain } from '../rows.ts';
import type { FormView } from '../staff-view.ts';

/** Names of the fields. */
export const DECISION_FIELDS = { sum: 'payload', why: 'why' } as const;

/** What was just done, said above the page. */
export type OrderDone = 'sent' | 'done' | 'rejected' | 'withdrawn';

export type OrderPageView = ConsoleView &
  FormView & { readonly standing: Standing; readonly done: OrderDone | null };

/** Builds the page. */
export function orderPage(view: OrderPageView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const { order, policy, person, moved } = view.standing;
  const title = say(ORDER_NAMES[order.content.kind]);
  const sum = Buffer.from(order.sha256).toString('hex');
  const main = html`<div class="stack"><h1>${inPhrases(title)}</h1><p><span class="mark">${say(ORDER_STATES[order.state])}</span></p></div>
${view.done === null ? null : html`<div class="panel good" role="status"><p>${inPhrases(say(ORDERS[view.done]))}</p></div>`}
${touchFailures(view.touch, frame)}
${facts([
  [say(CONSOLE.institution), mono(order.content.institution)],
  [say(CONSOLE.requestedBy), mono(order.requestedBy)],
  [say(CONSOLE.requestedAt), minute(order.requestedAt, frame)],
  [say(CONSOLE.expires), order.state === 'waiting' ? minute(order.expiresAt, frame) : null],
  [say(CONSOLE.reference), order.reference && plain(order.reference)],
  [say(CONSOLE.decidedBy), order.decidedBy && mono(order.decidedBy)],
  [say(CONSOLE.decidedAt), order.decidedAt && minute(order.decidedAt, frame)],
  [say(CONSOLE.decision), order.decisionReason && plain(order.decisionReason)],
])}
<section><h2>${say(CONSOLE.reason)}</h2><p class="after-heading"><bdi>${order.reason}</bdi></p></section>
<section class="stack"><h2>${inPhrases(say(ORDERS.content))}</h2>${contentOf(order.content, { policy, person, moved }, frame)}
${facts([[say(ORDERS.sum), html`<span class="mono sum" translate="no">${sum}</span>`]])}<p class="quiet small">${inPhrases(say(ORDERS.sumNote))}</p></section>
${order.state === 'waiting' ? decision(view, sum, frame) : null}
<p><a class="textlink" href="${CONSOLE_PATHS.orders}">${say(CONSOLE.toQueue)}</a></p>`;
  return consoleDocument({ title, main, script: view.script }, view, frame);
}

function decision(view: OrderPageView, sum: string, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const { standing } = view;
  if (standing.isOwn) {
    return html`<section class="stack"><p>${inPhrases(say(ORDERS.own))}</p>${form('withdraw', null, view, frame)}</section>`;
  }
  if (!standing.mayDecide) return html`<p>${inPhrases(say(ORDERS.notYours))}</p>`;
  const sumField = html`<input type="hidden" name="${DECISION_FIELDS.sum}" value="${sum}">`;
  const why = html`<div class="field"><label for="why">${say(ORDERS.rejectReason)}</label>
<textarea id="why" name="${DECISION_FIELDS.why}" rows="3" required maxlength="1000"></textarea></div>`;
  return html`<section class="stack wide ruled">${form('approve', sumField, view, frame)}${form('reject', why, view, frame)}</section>`;
}

const BUTTONS = {
  approve: 'button',
  reject: 'button second',
  withdraw: 'button second',
} as const;

function form(
  what: keyof typeof BUTTONS,
  fields: Html | null,
  view: OrderPageView,
  frame: Frame,
): Html {
  const say = inLanguage(frame.language);
  const { order } = view.standing;
  return html`<form class="stack" method="post" action="${orderPath(order.content.institution, order.id)}/${what}" autocomplete="off">${formToken(view.formToken)}${touchField(view.touch)}${fields}
${touchNote(view.touch, frame)}<div class="actions"><button class="${BUTTONS[what]}">${say(ORDERS[what])}</button></div></form>`;
}
