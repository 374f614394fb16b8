// An administrator registers a user: ID, name and, where there is one, mail address; all else the system makes.

import type { CodeWay } from '../../banking/acquisition.ts';
import { type Account, accountBar } from '../../frame/account.ts';
import { document, type Frame } from '../../frame/document.ts';
import { formToken } from '../../frame/form-token.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { type PageScript, scriptElement } from '../../frame/page-script.ts';
import { MEMBER_PATHS } from '../../frame/paths.ts';
import { refusedForm } from '../../frame/refused-form.ts';
import { type TouchNeed, touchFailures, touchField, touchNote } from '../../frame/touch-step.ts';
import { type Html, html } from '../../http/html.ts';
import { WAYS } from '../../words/code-ways.ts';
import { COMPANY, REGISTER } from '../../words/company.ts';
import { FRAME } from '../../words/frame.ts';
import { inLanguage } from '../../words/language.ts';
import { codeWayField } from './code-way-field.ts';

/** Names of the fields. */
export const REGISTER_FIELDS = {
  user: 'user',
  name: 'name',
  mail: 'mail',
  once: 'once',
} as const;

export type RegisterMemberView = {
  readonly account: Account;
  readonly entered: {
    readonly user: string;
    readonly name: string;
    readonly mail: string;
    readonly way: CodeWay;
  };
  /** The number under which the last attempt was refused. */
  readonly inquiryNumber: string | null;
  readonly formToken: string;
  /** What makes the form the same when it is sent twice. */
  readonly once: string;
  readonly touch: TouchNeed;
  readonly script: PageScript | null;
};

/** Builds the page, with or without the error of the last attempt. */
export function registerMemberPage(view: RegisterMemberView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const title = say(REGISTER.title);
  const { user, name, mail } = view.entered;
  const error = view.inquiryNumber === null ? null : errorPanel(view.inquiryNumber, frame);
  const main = html`<div class="wrap stack wide"><h1>${inPhrases(title)}</h1>${error}${touchFailures(view.touch, frame)}
<form class="stack wide" method="post" action="${MEMBER_PATHS.companyRegister}" autocomplete="off">${formToken(view.formToken)}${touchField(view.touch)}<input type="hidden" name="${REGISTER_FIELDS.once}" value="${view.once}">
<div class="field"><label for="user">${say(REGISTER.userId)}</label><p class="quiet small" id="user-hint">${inPhrases(say(REGISTER.userIdHint))}</p>
<input id="user" name="${REGISTER_FIELDS.user}" value="${user}" required maxlength="30" pattern="[A-Za-z0-9]{1,30}" autocapitalize="none" spellcheck="false" aria-describedby="user-hint"></div>
<div class="field"><label for="name">${say(REGISTER.name)}</label>
<input id="name" name="${REGISTER_FIELDS.name}" value="${name}" required maxlength="200"></div>
<div class="field"><label for="mail">${say(REGISTER.mail)}</label><p class="quiet small" id="mail-hint">${inPhrases(say(REGISTER.mailHint))}</p>
<input id="mail" name="${REGISTER_FIELDS.mail}" value="${mail}" type="email" maxlength="254" aria-describedby="mail-hint"></div>
${codeWayField({ mailAddress: null, chosen: view.entered.way, mailNote: WAYS.mailRegisterNote }, frame)}
${touchNote(view.touch, frame)}
<div class="actions"><button class="button">${say(REGISTER.button)}</button>
<a class="textlink" href="${MEMBER_PATHS.company}">${say(COMPANY.back)}</a></div></form></div>`;
  const script = view.script && scriptElement(view.script);
  const parts = { account: accountBar(view.account, frame), main, script };
  return document(
    { title: error ? `${say(FRAME.errorInTitle)}: ${title}` : title, ...parts },
    frame,
  );
}

function errorPanel(inquiryNumber: string, frame: Frame): Html {
  const say = inLanguage(frame.language);
  return refusedForm({ reasons: [inPhrases(say(REGISTER.invalid))], inquiryNumber }, frame);
}
