// 利用者暗証番号の変更: the PIN as it is, the new one twice, and its rules, which the script ticks off.

import { type Account, accountBar } from '../../frame/account.ts';
import { document, type Frame } from '../../frame/document.ts';
import { formToken } from '../../frame/form-token.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { type PageScript, scriptElement } from '../../frame/page-script.ts';
import { MEMBER_PATHS } from '../../frame/paths.ts';
import { type TouchNeed, touchFailures, touchField, touchNote } from '../../frame/touch-step.ts';
import { type Html, html } from '../../http/html.ts';
import type { NewPinFault } from '../../operations/change-pin.ts';
import { FRAME } from '../../words/frame.ts';
import { inLanguage } from '../../words/language.ts';
import { PIN_CHANGE, PIN_FAULT_WORDS } from '../../words/pin-change.ts';
import { backToMyPage } from '../my-page-link.ts';
import { NEW_PIN_FIELD, newPinField, pinRules, REPEATED_PIN_FIELD } from '../new-pin-fields.ts';
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

/** Why a change was not made: the PIN as it is, or the new one. */
export type PinChangeError =
  | { readonly at: 'current'; readonly error: PinError }
  | { readonly at: 'new'; readonly faults: readonly NewPinFault[] };

export type PinChangeView = {
  readonly account: Account;
  readonly contractId: string;
  readonly userId: string;
  readonly formToken: string;
  readonly touch: TouchNeed;
  readonly script: PageScript | null;
  readonly error: (PinChangeError & { readonly inquiryNumber: string }) | null;
};

/** Builds the page, with or without the errors of the last attempt. */
export function pinChangePage(view: PinChangeView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const title = say(PIN_CHANGE.title);
  const fields = errorsOf(view.error, frame);
  const summary = view.error && {
    title: say(PIN_CHANGE.failed),
    fields,
    inquiryNumber: view.error.inquiryNumber,
  };
  const main = html`<div class="wrap stack wide"><div class="stack"><h1>${inPhrases(title)}</h1><p class="lead">${inPhrases(say(PIN_CHANGE.lead))}</p></div>
${summary && errorSummary(summary, frame)}
${touchFailures(view.touch, frame)}
<div class="columns">
${changeForm(view, fields, frame)}
${notes(frame)}
</div></div>`;
  const script = view.script && scriptElement(view.script);
  const account = accountBar(view.account, frame);
  const headline = view.error ? `${say(FRAME.errorInTitle)}: ${title}` : title;
  return document({ title: headline, account, main, script }, frame);
}

function changeForm(view: PinChangeView, errors: readonly FieldError[], frame: Frame): Html {
  const say = inLanguage(frame.language);
  const at = (id: string) => errors.find((error) => error.id === id)?.sentences ?? null;
  const current = {
    label: PIN_CHANGE.current,
    hint: null,
    error: at(PIN_FIELD),
    isFirst: true,
  } as const;
  return html`<form id="pin-change" class="stack wide" method="post" action="${MEMBER_PATHS.pinChange}">${formToken(view.formToken)}${touchField(view.touch)}${userNameField(`${view.contractId} ${view.userId}`)}
${pinField(current, frame)}
${newPinField({ id: NEW_PIN_FIELD, label: say(PIN_CHANGE.wanted), error: at(NEW_PIN_FIELD), after: pinRules(view, frame) })}
${newPinField({ id: REPEATED_PIN_FIELD, label: say(PIN_CHANGE.repeated), error: at(REPEATED_PIN_FIELD), after: null })}
${touchNote(view.touch, frame)}
<div class="actions"><button class="button">${say(PIN_CHANGE.change)}</button>${backToMyPage(frame)}</div></form>`;
}

function notes(frame: Frame): Html {
  const say = inLanguage(frame.language);
  const texts = [PIN_CHANGE.noteSecret, PIN_CHANGE.noteCount, PIN_CHANGE.noteSessions];
  return html`<aside class="panel soft"><h2>${inPhrases(say(PIN_CHANGE.note))}</h2>
<ul class="dots">${texts.map((text) => html`<li>${inPhrases(say(text))}</li>`)}</ul></aside>`;
}

function errorsOf(error: PinChangeError | null, frame: Frame): readonly FieldError[] {
  if (error === null) return [];
  if (error.at === 'current') {
    return [{ id: PIN_FIELD, sentences: pinErrorSentences(error.error, frame.language) }];
  }
  const say = inLanguage(frame.language);
  const isRepeated = (fault: NewPinFault) => fault === 'repeated-otherwise';
  const sentences = (faults: readonly NewPinFault[]) =>
    faults.map((fault) => sentence(say(PIN_FAULT_WORDS[fault])));
  return [
    { id: NEW_PIN_FIELD, sentences: sentences(error.faults.filter((one) => !isRepeated(one))) },
    { id: REPEATED_PIN_FIELD, sentences: sentences(error.faults.filter(isRepeated)) },
  ].filter((field) => field.sentences.length > 0);
}
