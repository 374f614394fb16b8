// Said once the PIN has been changed.

import { type Account, accountBar } from '../../frame/account.ts';
import { document, type Frame } from '../../frame/document.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { type Html, html } from '../../http/html.ts';
import { inLanguage } from '../../words/language.ts';
import { PIN_CHANGED } from '../../words/pin-change.ts';
import { backToMyPage } from '../my-page-link.ts';

/** Builds 利用者暗証番号を変更しました. */
export function pinChangedPage({ account }: { readonly account: Account }, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const title = say(PIN_CHANGED.title);
  const main = html`<div class="wrap stack wide"><h1>${inPhrases(title)}</h1>
<section class="panel good narrow"><p>${inPhrases(say(PIN_CHANGED.lead))}</p><p>${inPhrases(say(PIN_CHANGED.others))}</p></section>
<div class="actions">${backToMyPage(frame)}</div></div>`;
  return document({ title, account: accountBar(account, frame), main }, frame);
}
