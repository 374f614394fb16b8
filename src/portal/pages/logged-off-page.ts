// Said after ログオフ, always, whether there was a session or not.

import { document, type Frame, onPublicHost } from '../../frame/document.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { PUBLIC_PATHS } from '../../frame/paths.ts';
import { type Html, html } from '../../http/html.ts';
import { inLanguage } from '../../words/language.ts';
import { LOGGED_OFF } from '../../words/login.ts';

/** Builds ログオフしました. */
export function loggedOffPage(frame: Frame): Html {
  const say = inLanguage(frame.language);
  const title = say(LOGGED_OFF.title);
  const main = html`<div class="wrap stack wide"><h1>${inPhrases(title)}</h1>
<div class="prose"><p>${inPhrases(say(LOGGED_OFF.lead))}</p><p>${inPhrases(say(LOGGED_OFF.stay))}</p></div>
<div class="actions"><a class="button" href="${onPublicHost(frame, PUBLIC_PATHS.methods)}">${say(LOGGED_OFF.again)}</a></div>
</div>`;
  return document({ title, main }, frame);
}
