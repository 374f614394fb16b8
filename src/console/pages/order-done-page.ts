// After an approval that gave something to hand over: the sheets, shown once.
import type { Frame } from '../../frame/document.ts';
import { type HandedOver, handOverSheets } from '../../frame/hand-over-sheets.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { type Html, html } from '../../http/html.ts';
import { HAND_OVER } from '../../words/company.ts';
import { inLanguage } from '../../words/language.ts';
import { CONSOLE, ORDERS } from '../../words/staff.ts';
import { type ConsoleView, consoleDocument } from '../console-document.ts';
import { CONSOLE_PATHS, personPath } from '../paths.ts';

export type OrderDoneView = ConsoleView & { readonly handed: HandedOver };

/** Builds the page. */
export function orderDonePage(view: OrderDoneView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const { handed } = view;
  const title = say(ORDERS.done);
  const main = html`<div class="stack no-print"><h1>${inPhrases(title)}</h1><p>${inPhrases(say(ORDERS.handOver))}</p><p class="quiet">${inPhrases(say(HAND_OVER.print))}</p></div>
${handOverSheets(handed, frame)}
<div class="actions"><a class="button second" href="${personPath(handed.person.identity)}">${say(HAND_OVER.toPerson)}</a>
<a class="textlink" href="${CONSOLE_PATHS.orders}">${say(CONSOLE.toQueue)}</a></div>`;
  return consoleDocument({ title, main }, view, frame);
}
