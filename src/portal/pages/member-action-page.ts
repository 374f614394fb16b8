// Before an administrator does something for a user: what follows, spelled out, and the one button that does it.
import type { MemberAction, ReissueReason } from '../../banking/company.ts';
import { usableAddress } from '../../banking/mail-address.ts';
import type { Policy } from '../../banking/policy.ts';
import { type Account, accountBar } from '../../frame/account.ts';
import { document, type Frame } from '../../frame/document.ts';
import { formToken } from '../../frame/form-token.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { type PageScript, scriptElement } from '../../frame/page-script.ts';
import { refusedForm } from '../../frame/refused-form.ts';
import { type TouchNeed, touchFailures, touchField, touchNote } from '../../frame/touch-step.ts';
import type { Form } from '../../http/form-body.ts';
import { type Html, html } from '../../http/html.ts';
import type { ListedMember, ListedSlot } from '../../operations/list-company.ts';
import { WAYS } from '../../words/code-ways.ts';
import { COMPANY, MEMBER_NAMES } from '../../words/company.ts';
import { FRAME } from '../../words/frame.ts';
import { inLanguage } from '../../words/language.ts';
import { MAIL_PLACE } from '../../words/mail-place.ts';
import { ACTIONS, followsOf, REASON_NOTES, REASONS } from '../../words/member-actions.ts';
import { codeWayField } from './code-way-field.ts';
import { memberPath } from './company-page.ts';
import { actionPath } from './member-page.ts';

/** Names of the fields. */
export const SLOT_FIELD = 'slot';
export const REASON_FIELD = 'reason';
export const ONCE_FIELD = 'once';
export const MAIL_FIELD = 'mail';
export const NAME_FIELD = 'name';
export const KANA_FIELD = 'kana';

/** The reasons of a reissue, in the order in which they are offered. */
export const REISSUE_REASONS = [
  'new-pc',
  'lost',
  'vanished',
  'theft',
] as const satisfies readonly ReissueReason[];

const MAKES_CODE: ReadonlySet<MemberAction> = new Set(['offer', 'reissue', 'add-slot']);

export type MemberActionView = {
  readonly account: Account;
  readonly member: ListedMember;
  readonly slot: ListedSlot;
  readonly action: MemberAction;
  readonly policy: Policy;
  /** What makes the form the same when it is sent twice. */
  readonly once: string;
  readonly formToken: string;
  readonly touch: TouchNeed;
  readonly script: PageScript | null;
  /** What was typed and refused, and the number under which it was; undefined before. */
  readonly refused?: { readonly entered: Form; readonly inquiryNumber: string };
};

/** Builds the page. */
export function memberActionPage(view: MemberActionView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const { action, member, slot } = view;
  const { person } = member;
  const { user } = person.identity;
  const title = say(ACTIONS[action].label);
  const isReissue = action === 'reissue' || (action === 'offer' && slot.acquisition === 'reissue');
  const follows = followsOf(
    action,
    { policy: view.policy, role: person.role, isReissue },
    frame.language,
  );
  const main = html`<div class="wrap stack wide">
<div class="stack"><h1>${inPhrases(title)}</h1><p class="lead"><bdi>${person.name}</bdi> <span class="mono">${user}</span></p></div>
${refusedPanel(view, frame)}${touchFailures(view.touch, frame)}
<section class="panel narrow"><h2>${inPhrases(say(COMPANY.follows))}</h2>
<ul class="dots">${follows.map((text) => html`<li>${inPhrases(text)}</li>`)}</ul></section>
<form class="stack wide" method="post" action="${actionPath(user, action, 1)}">${formToken(view.formToken)}${touchField(view.touch)}
<input type="hidden" name="${SLOT_FIELD}" value="${slot.slot}"><input type="hidden" name="${ONCE_FIELD}" value="${view.once}">
${action === 'reissue' ? reasons(view, frame) : null}${action === 'change-mail' ? mailField(view, frame) : null}${action === 'change-name' ? nameFields(view, frame) : null}${codeWay(view, frame)}
${touchNote(view.touch, frame)}
<div class="actions"><button class="button">${say(ACTIONS[action].label)}</button>
<a class="textlink" href="${memberPath(user)}">${say(COMPANY.backToUser)}</a></div></form></div>`;
  const script = view.script && scriptElement(view.script);
  const shown = view.refused ? `${say(FRAME.errorInTitle)}: ${title}` : title;
  return document({ title: shown, account: accountBar(view.account, frame), main, script }, frame);
}

/** Asked where there is a choice. By mail there is nothing left to hand over, so that comes first. */
function codeWay({ action, member: { mail } }: MemberActionView, frame: Frame): Html | null {
  const mailAddress = usableAddress(mail);
  if (!MAKES_CODE.has(action) || mailAddress === null) return null;
  const mailNote = WAYS.mailNote;
  return codeWayField({ mailAddress, chosen: 'mail', mailNote }, frame);
}

function mailField({ member, refused }: MemberActionView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const value = refused?.entered[MAIL_FIELD] ?? member.mail.address ?? '';
  const invalid = refused ? html` aria-invalid="true"` : null;
  return html`<div class="field"><label for="mail">${say(MAIL_PLACE.title)}</label><p class="quiet small" id="mail-hint">${inPhrases(say(MAIL_PLACE.hint))}</p>
<input id="mail" name="${MAIL_FIELD}" value="${value}" type="email" maxlength="254" autocomplete="off" aria-describedby="mail-hint"${invalid}></div>`;
}

function nameFields({ member, refused }: MemberActionView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const name = refused?.entered[NAME_FIELD] ?? member.person.name;
  const kana = refused?.entered[KANA_FIELD] ?? member.kana ?? '';
  return html`<div class="field"><label for="name">${say(MEMBER_NAMES.name)}</label>
<input id="name" name="${NAME_FIELD}" value="${name}" required maxlength="200" autocomplete="off"></div>
<div class="field"><label for="kana">${say(MEMBER_NAMES.kana)}</label><p class="quiet small" id="kana-hint">${inPhrases(say(MEMBER_NAMES.kanaHint))}</p>
<input id="kana" name="${KANA_FIELD}" value="${kana}" maxlength="200" autocomplete="off" aria-describedby="kana-hint"></div>`;
}

function refusedPanel({ action, refused }: MemberActionView, frame: Frame): Html | null {
  if (refused === undefined) return null;
  const words = action === 'change-name' ? MEMBER_NAMES.invalid : MAIL_PLACE.invalid;
  const reasons = [inPhrases(inLanguage(frame.language)(words))];
  return refusedForm({ reasons, inquiryNumber: refused.inquiryNumber }, frame);
}

function reasons({ policy, member }: MemberActionView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  // Said where it makes a difference: elsewhere every reason revokes, or none does.
  const isTheftOther = !policy.revokeFirst && member.person.role !== 'administrator';
  return html`<fieldset class="choices"><legend>${inPhrases(say(REASONS.title))}</legend>
${REISSUE_REASONS.map((reason) => {
  const isNoted = reason === 'vanished' || (reason === 'theft' && isTheftOther);
  const note = isNoted ? REASON_NOTES[reason] : null;
  return html`<label class="choice"><input type="radio" name="${REASON_FIELD}" value="${reason}" required>
<span><b>${inPhrases(say(REASONS[reason]))}</b>${note ? html`<br><span class="quiet small">${inPhrases(say(note))}</span>` : null}</span></label>`;
})}</fieldset>`;
}
