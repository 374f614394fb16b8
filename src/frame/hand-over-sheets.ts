// What is handed to a person by two ways: IDs with the first PIN, and the code. Shown once; printed, each is a sheet
// of its own.
import type { Identity } from '../banking/identity.ts';
import { showCode } from '../banking/typed-code.ts';
import { type Html, html } from '../http/html.ts';
import { HAND_OVER } from '../words/company.ts';
import { CERTIFICATE } from '../words/frame.ts';
import { inLanguage } from '../words/language.ts';
import { endOf } from './certificate-name.ts';
import type { Frame } from './document.ts';
import { inPhrases } from './in-phrases.ts';

/** What somebody is given. */
export type HandedOver = {
  readonly person: { readonly name: string; readonly identity: Identity };
  /** Null where the person has a PIN of their own. */
  readonly firstPin: string | null;
  readonly offer: { readonly code: string; readonly expiresAt: Date } | null;
  /** Whether a code goes to the person by mail. */
  readonly isCodeMailed?: true;
};

/** The sheets. */
export function handOverSheets(handed: HandedOver, frame: Frame): Html {
  const { firstPin, offer } = handed;
  return html`${firstPin === null ? null : idSheet(handed, firstPin, frame)}
${offer === null ? null : codeSheet(handed, offer, frame)}`;
}

function idSheet(
  { person, offer, isCodeMailed }: HandedOver,
  firstPin: string,
  frame: Frame,
): Html {
  const say = inLanguage(frame.language);
  const isForCode = offer !== null || isCodeMailed === true;
  const how = isForCode ? HAND_OVER.how : HAND_OVER.pinHow;
  return html`<section class="panel sheet narrow"><h2>${inPhrases(say(HAND_OVER.idSheet))}</h2>
<p><bdi>${person.name}</bdi></p><dl class="facts">
<div><dt>${say(CERTIFICATE.contractId)}</dt><dd class="strong mono">${person.identity.contract}</dd></div>
<div><dt>${say(CERTIFICATE.userId)}</dt><dd class="strong mono">${person.identity.user}</dd></div>
<div><dt>${say(HAND_OVER.firstPin)}</dt><dd class="strong mono" id="first-pin" translate="no">${firstPin}</dd></div></dl>
<p>${inPhrases(say(how))}</p><p class="quiet small">${inPhrases(say(HAND_OVER.caution))}</p></section>`;
}

function codeSheet(
  { person }: HandedOver,
  { code, expiresAt }: NonNullable<HandedOver['offer']>,
  frame: Frame,
): Html {
  const say = inLanguage(frame.language);
  return html`<section class="panel sheet narrow"><h2>${inPhrases(say(HAND_OVER.codeSheet))}</h2>
<p><bdi>${person.name}</bdi></p><dl class="facts">
<div><dt>${say(HAND_OVER.code)}</dt><dd class="strong mono" id="acquisition-code" translate="no">${showCode(code)}</dd></div>
<div><dt>${say(HAND_OVER.until)}</dt><dd>${endOf(expiresAt, frame.language)}</dd></div></dl>
<p>${inPhrases(say(HAND_OVER.how))}</p><p class="quiet small">${inPhrases(say(HAND_OVER.caution))}</p></section>`;
}
