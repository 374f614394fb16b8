// What an administrator hands to a user by two ways: IDs with the first PIN, and the code. Shown once; printed,
// each is a sheet of its own.
import type { Identity } from '../../banking/identity.ts';
import { showCode } from '../../banking/typed-code.ts';
import { type Account, accountBar } from '../../frame/account.ts';
import { endOf } from '../../frame/certificate-name.ts';
import { document, type Frame } from '../../frame/document.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { type Html, html } from '../../http/html.ts';
import { COMPANY, HAND_OVER } from '../../words/company.ts';
import { CERTIFICATE } from '../../words/frame.ts';
import { inLanguage, type Text } from '../../words/language.ts';
import { memberPath } from './company-page.ts';

export type HandOverView = {
  readonly account: Account;
  readonly title: Text;
  readonly person: { readonly name: string; readonly identity: Identity };
  /** Null where the person has a PIN of their own. */
  readonly firstPin: string | null;
  readonly offer: { readonly code: string; readonly expiresAt: Date } | null;
};

/** Builds the page. */
export function handOverPage(view: HandOverView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const title = say(view.title);
  const { person, firstPin, offer } = view;
  const lead = firstPin !== null && offer !== null ? HAND_OVER.lead : HAND_OVER.one;
  const main = html`<div class="wrap stack wide">
<div class="stack no-print"><h1>${inPhrases(title)}</h1><p>${inPhrases(say(lead))}</p><p class="quiet">${inPhrases(say(HAND_OVER.print))}</p></div>
${firstPin === null ? null : idSheet(view, firstPin, frame)}
${offer === null ? null : codeSheet(view, offer, frame)}
<div class="actions"><a class="button second" href="${memberPath(person.identity.user)}">${say(COMPANY.backToUser)}</a></div></div>`;
  return document({ title, account: accountBar(view.account, frame), main }, frame);
}

function idSheet({ person, offer }: HandOverView, firstPin: string, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const how = offer === null ? HAND_OVER.pinHow : HAND_OVER.how;
  return html`<section class="panel sheet narrow"><h2>${inPhrases(say(HAND_OVER.idSheet))}</h2>
<p><bdi>${person.name}</bdi></p><dl class="facts">
<div><dt>${say(CERTIFICATE.contractId)}</dt><dd class="strong mono">${person.identity.contract}</dd></div>
<div><dt>${say(CERTIFICATE.userId)}</dt><dd class="strong mono">${person.identity.user}</dd></div>
<div><dt>${say(HAND_OVER.firstPin)}</dt><dd class="strong mono" id="first-pin" translate="no">${firstPin}</dd></div></dl>
<p>${inPhrases(say(how))}</p><p class="quiet small">${inPhrases(say(HAND_OVER.caution))}</p></section>`;
}

function codeSheet(
  { person }: HandOverView,
  { code, expiresAt }: NonNullable<HandOverView['offer']>,
  frame: Frame,
): Html {
  const say = inLanguage(frame.language);
  return html`<section class="panel sheet narrow"><h2>${inPhrases(say(HAND_OVER.codeSheet))}</h2>
<p><bdi>${person.name}</bdi></p><dl class="facts">
<div><dt>${say(HAND_OVER.code)}</dt><dd class="strong mono" id="acquisition-code" translate="no">${showCode(code)}</dd></div>
<div><dt>${say(HAND_OVER.until)}</dt><dd>${endOf(expiresAt, frame.language)}</dd></div></dl>
<p>${inPhrases(say(HAND_OVER.how))}</p><p class="quiet small">${inPhrases(say(HAND_OVER.caution))}</p></section>`;
}
