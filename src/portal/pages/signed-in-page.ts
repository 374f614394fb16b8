// Stands for a moment between login and portal: its script keeps what only this page was told, and goes on.

import { document, type Frame } from '../../frame/document.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { type PageScript, scriptElement } from '../../frame/page-script.ts';
import { type Html, html } from '../../http/html.ts';
import { inLanguage } from '../../words/language.ts';
import { PASSKEY_LOGIN } from '../../words/passkey.ts';

export type SignedInView = {
  /** The secret of the last touch; kept by the page, never in a cookie. */
  readonly fresh: string;
  readonly next: string;
  readonly script: PageScript | null;
};

/** Builds ログインしました. */
export function signedInPage(view: SignedInView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const title = say(PASSKEY_LOGIN.signedIn);
  const main = html`<div class="wrap stack wide"><h1>${inPhrases(title)}</h1>
<div class="actions"><a class="button" id="go-on" href="${view.next}" data-fresh="${view.fresh}">${say(PASSKEY_LOGIN.goOn)}</a></div></div>`;
  const script = view.script && scriptElement(view.script);
  return document({ title, main, script }, frame);
}
