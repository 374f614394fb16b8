// The queue of what waits for a decision, and what was decided lately.
import type { Order } from '../../banking/order.ts';
import type { Frame } from '../../frame/document.ts';
import { type Html, html } from '../../http/html.ts';
import { inLanguage } from '../../words/language.ts';
import { CONSOLE } from '../../words/staff.ts';
import { type ConsoleView, consoleDocument } from '../console-document.ts';
import { decidedRow } from '../order-rows.ts';
import { section } from '../rows.ts';
import { waitingSection } from './console-home-page.ts';

export type OrdersView = ConsoleView & {
  readonly waiting: readonly Order[];
  readonly latest: readonly Order[];
  readonly now: Date;
};

/** Builds the page. */
export function ordersPage(view: OrdersView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const title = say(CONSOLE.orders);
  const columns = [
    say(CONSOLE.kind),
    say(CONSOLE.subject),
    say(CONSOLE.institution),
    say(CONSOLE.requestedBy),
    say(CONSOLE.state),
    say(CONSOLE.decidedBy),
    say(CONSOLE.decidedAt),
  ];
  const rows = view.latest.map((order) => decidedRow(order, frame));
  const main = html`<h1>${title}</h1>${waitingSection(view.waiting, view.now, frame)}
${section(say(CONSOLE.latestOrders), { columns, rows, empty: say(CONSOLE.noneLatest) }, frame)}`;
  return consoleDocument({ title, main }, view, frame);
}
