// パソコンの変更の前に: what follows, said first; then the user suspends or revokes their own certificate.

import { type Account, accountBar } from '../../frame/account.ts';
import { certificateFacts, type ShownCertificate } from '../../frame/certificate-name.ts';
import { document, type Frame } from '../../frame/document.ts';
import { formToken } from '../../frame/form-token.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { type PageScript, scriptElement } from '../../frame/page-script.ts';
import { MEMBER_PATHS } from '../../frame/paths.ts';
import { type TouchNeed, touchFailures, touchField, touchNote } from '../../frame/touch-step.ts';
import { type Html, html } from '../../http/html.ts';
import type { OwnWithdrawal } from '../../operations/withdraw-own-certificate.ts';
import { FRAME } from '../../words/frame.ts';
import { inLanguage } from '../../words/language.ts';
import {
  PC_CHANGE,
  PC_CHANGE_AS_ADMINISTRATOR,
  PC_CHANGE_FOLLOWS,
  PC_CHANGE_KINDS,
} from '../../words/pc-change.ts';
import { backToMyPage } from '../my-page-link.ts';
import {
  errorSummary,
  type FieldError,
  PIN_FIELD,
  type PinError,
  pinErrorSentences,
  pinField,
  sentence,
  userNameField,
} from '../pin-field.ts';

/** Name of the field of the choice. */
export const KIND_FIELD = 'kind';

type Kind = OwnWithdrawal['kind'];

const KINDS = ['suspend', 'revoke'] as const satisfies readonly Kind[];

/** What was not taken: the choice, or the PIN. */
export type PcChangeError =
  | { readonly at: 'kind' }
  | { readonly at: 'pin'; readonly error: PinError };

export type PcChangeView = {
  readonly account: Account;
  readonly certificate: ShownCertificate;
  readonly contractId: string;
  readonly userId: string;
  readonly role: 'user' | 'administrator';
  readonly formToken: string;
  readonly touch: TouchNeed;
  readonly script: PageScript | null;
  /** What was chosen before; null where nothing was. */
  readonly chosen: Kind | null;
  readonly error: (PcChangeError & { readonly inquiryNumber: string }) | null;
};

/** Builds the page, with or without the error of the last attempt. */
export function pcChangePage(view: PcChangeView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const title = say(PC_CHANGE.title);
  const error = view.error && fieldErrorOf(view.error, frame);
  const summary = view.error &&
    error && {
      title: say(PC_CHANGE.failed),
      fields: [error],
      inquiryNumber: view.error.inquiryNumber,
    };
  const main = html`<div class="wrap stack wide"><div class="stack"><h1>${inPhrases(title)}</h1><p class="lead">${inPhrases(say(PC_CHANGE.lead))}</p></div>
${summary && errorSummary(summary, frame)}
${touchFailures(view.touch, frame)}
<div class="columns"><div class="stack wide">
${followsSection(view, frame)}
${withdrawForm(view, error, frame)}</div>
<aside class="panel soft"><h2>${inPhrases(say(PC_CHANGE.other))}</h2><p>${inPhrases(say(PC_CHANGE.otherRenewal))}</p><p>${inPhrases(say(PC_CHANGE.otherLost))}</p></aside>
</div></div>`;
  const script = view.script && scriptElement(view.script);
  const account = accountBar(view.account, frame);
  const headline = view.error ? `${say(FRAME.errorInTitle)}: ${title}` : title;
  return document({ title: headline, account, main, script }, frame);
}

function followsSection(view: PcChangeView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const asAdministrator =
    view.role === 'administrator'
      ? html`<div class="panel warn"><p>${inPhrases(say(PC_CHANGE_AS_ADMINISTRATOR))}</p></div>`
      : null;
  return html`<section class="panel"><h2>${inPhrases(say(PC_CHANGE.what))}</h2>${certificateFacts(view.certificate, frame.language)}</section>
<section class="stack"><h2>${inPhrases(say(PC_CHANGE.follows))}</h2>
<ul class="dots">${say(PC_CHANGE_FOLLOWS).map((text) => html`<li>${inPhrases(text)}</li>`)}</ul>${asAdministrator}</section>`;
}

function withdrawForm(view: PcChangeView, error: FieldError | null, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const at = (id: string) => (error?.id === id ? error.sentences : null);
  const atKind = at(KIND_FIELD);
  const described = atKind ? html` aria-describedby="kind-error"` : null;
  return html`<form id="pc-change" class="stack wide" method="post" action="${MEMBER_PATHS.pcChange}">${formToken(view.formToken)}${touchField(view.touch)}${userNameField(`${view.contractId} ${view.userId}`)}
<fieldset class="choices" id="${KIND_FIELD}"${described}><legend>${inPhrases(say(PC_CHANGE.choose))}</legend>
${atKind && html`<p class="field-error" id="kind-error">${atKind}</p>`}
${KINDS.map((kind) => choice(kind, view.chosen, frame))}</fieldset>
${pinField({ label: PC_CHANGE.pin, hint: null, error: at(PIN_FIELD) }, frame)}
${touchNote(view.touch, frame)}
<div class="actions"><button class="button">${say(PC_CHANGE.submit)}</button>${backToMyPage(frame)}</div></form>`;
}

function choice(kind: Kind, chosen: Kind | null, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const { label, note } = PC_CHANGE_KINDS[kind];
  const checked = kind === chosen ? html` checked` : null;
  return html`<label class="choice"><input type="radio" name="${KIND_FIELD}" value="${kind}" required${checked}>
<span><b>${inPhrases(say(label))}</b><br><span class="quiet small">${inPhrases(say(note))}</span></span></label>`;
}

function fieldErrorOf(error: PcChangeError, frame: Frame): FieldError {
  if (error.at === 'kind') {
    const notChosen = inLanguage(frame.language)(PC_CHANGE.notChosen);
    return { id: KIND_FIELD, sentences: [sentence(notChosen)] };
  }
  return { id: PIN_FIELD, sentences: pinErrorSentences(error.error, frame.language) };
}
