// What an administrator hands to a user by two ways: IDs with the first PIN, and the code. Shown once; printed,
// each is a sheet of its own.
import { type Account, accountBar } from '../../frame/account.ts';
import { document, type Frame } from '../../frame/document.ts';
import { type HandedOver, handOverSheets } from '../../frame/hand-over-sheets.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { type Html, html } from '../../http/html.ts';
import { COMPANY, HAND_OVER } from '../../words/company.ts';
import { inLanguage, type Text } from '../../words/language.ts';
import { memberPath } from './company-page.ts';

export type HandOverView = HandedOver & {
  readonly account: Account;
  readonly title: Text;
};

/** Builds the page. */
export function handOverPage(view: HandOverView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const title = say(view.title);
  const { person, firstPin, offer } = view;
  const lead = firstPin !== null && offer !== null ? HAND_OVER.lead : HAND_OVER.one;
  const main = html`<div class="wrap stack wide">
<div class="stack no-print"><h1>${inPhrases(title)}</h1><p>${inPhrases(say(lead))}</p><p class="quiet">${inPhrases(say(HAND_OVER.print))}</p></div>
${view.isCodeMailed === true ? html`<div class="panel info narrow no-print"><p>${inPhrases(say(HAND_OVER.codeMailed))}</p></div>` : null}
${handOverSheets(view, frame)}
<div class="actions"><a class="button second" href="${memberPath(person.identity.user)}">${say(COMPANY.backToUser)}</a></div></div>`;
  return document({ title, account: accountBar(view.account, frame), main }, frame);
}
