// One user of the contract: how they stand, and what an administrator can do for them now.
import { type MemberAction, SLOT_ACTIONS } from '../../banking/company.ts';
import type { MailState } from '../../banking/mail.ts';
import { type Account, accountBar } from '../../frame/account.ts';
import { certificateName, endOf, homeFact } from '../../frame/certificate-name.ts';
import { document, type Frame } from '../../frame/document.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { MEMBER_PATHS } from '../../frame/paths.ts';
import { type Html, html } from '../../http/html.ts';
import type { ListedMember, ListedSlot } from '../../operations/list-company.ts';
import { CODE_MAIL } from '../../words/code-ways.ts';
import { COMPANY, ROLES, STANDINGS, UNTIL_ACQUIRED } from '../../words/company.ts';
import { CERTIFICATE } from '../../words/frame.ts';
import { inLanguage } from '../../words/language.ts';
import { MAIL_PLACE } from '../../words/mail-place.ts';
import { ACTIONS } from '../../words/member-actions.ts';
import { mailMarks, memberPath, personMarks } from './company-page.ts';

export type MemberView = {
  readonly account: Account;
  readonly member: ListedMember;
  /** What was done just now; null when the page is only looked at. */
  readonly done: MemberAction | null;
};

/** Builds the page. */
export function memberPage(view: MemberView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const { member, done } = view;
  const { person } = member;
  const main = html`<div class="wrap stack wide">
${done === null ? null : html`<div class="panel good" role="status"><p><b>${inPhrases(say(ACTIONS[done].done))}</b></p></div>`}
<div class="stack"><h1><bdi>${person.name}</bdi></h1>
<p><span class="mono">${person.identity.user}</span> ${say(ROLES[person.role])} ${personMarks(member, frame)}</p></div>
${person.isFrozen && !member.isSelf ? html`<div class="panel warn narrow"><p>${inPhrases(say(COMPANY.frozen))}</p></div>` : null}
${member.slots.map((slot) => slotSection(slot, member, frame))}
${mailSection(member, frame)}
${personSection(member, frame)}
<div class="actions"><a class="textlink" href="${MEMBER_PATHS.company}">${say(COMPANY.back)}</a></div></div>`;
  return document({ title: person.name, account: accountBar(view.account, frame), main }, frame);
}

function slotSection(listed: ListedSlot, member: ListedMember, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const { certificate, offer, standing } = listed;
  const isOne = member.slots.length === 1;
  const number = isOne ? null : html` ${say(COMPANY.slot)(listed.slot)}`;
  const facts = certificate
    ? html`<dl class="facts"><div><dt>${say(CERTIFICATE.name)}</dt><dd>${certificateName(certificate.commonName)}</dd></div>
<div><dt>${say(CERTIFICATE.ends)}</dt><dd>${endOf(certificate.notAfter, frame.language)}</dd></div>
${homeFact(certificate.home, frame.language)}</dl>`
    : null;
  return html`<section class="stack wide"><div class="panel narrow"><h2>${inPhrases(say(COMPANY.certificate))}${number}</h2>
<p><b class="standing ${standing}">${say(STANDINGS[standing])}</b></p>${facts}
${offer ? html`<p>${inPhrases(say(UNTIL_ACQUIRED)(offer.expiresAt))}</p>` : null}${codeMailNote(listed, frame)}</div>
<div><h2>${inPhrases(say(isOne ? COMPANY.possible : COMPANY.possibleInSlot))}</h2>${actionList(listed, member, { frame, of: isOne ? 'all' : 'slot' })}</div></section>`;
}

function codeMailNote({ codeMail }: ListedSlot, frame: Frame): Html | null {
  if (codeMail === undefined) return null;
  const words = CODE_MAIL[CODE_MAIL_OF[codeMail.state]];
  return html`<p>${inPhrases(inLanguage(frame.language)(words)(codeMail.since))}</p>`;
}

const CODE_MAIL_OF: Readonly<Record<MailState, keyof typeof CODE_MAIL>> = {
  queued: 'waiting',
  sending: 'waiting',
  sent: 'sent',
  failed: 'failed',
  bounced: 'failed',
  dropped: 'failed',
};

/** Where they are mailed, with the way to change it. */
function mailSection({ person, mail, isSelf, slots: [first] }: ListedMember, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const address = mail.address && html`<p class="mono"><bdi>${mail.address}</bdi></p>`;
  const marks = mailMarks(mail, frame);
  const isOffered = !isSelf && first?.actions.includes('change-mail') === true;
  const path = actionPath(person.identity.user, 'change-mail', 1);
  return html`<section class="panel narrow stack"><h2>${inPhrases(say(MAIL_PLACE.title))}</h2>${address}${marks.length === 0 ? null : html`<p>${marks}</p>`}
${isOffered ? html`<div class="actions"><a class="textlink" href="${path}">${say(MAIL_PLACE.change)}</a></div>` : null}</section>`;
}

/** What concerns the person and no slot, where there are several. */
function personSection(member: ListedMember, frame: Frame): Html | null {
  const [first] = member.slots;
  if (member.slots.length === 1 || first === undefined) return null;
  const say = inLanguage(frame.language);
  return html`<section><h2>${inPhrases(say(COMPANY.possible))}</h2>${actionList(first, member, { frame, of: 'person' })}</section>`;
}

// The mail address has its link beside it.
const SHOWN_OF: Readonly<Record<'all' | 'slot' | 'person', (action: MemberAction) => boolean>> = {
  all: (action) => action !== 'change-mail',
  slot: (action) => SLOT_ACTIONS.has(action),
  person: (action) => !SLOT_ACTIONS.has(action) && action !== 'change-mail',
};

function actionList(
  { slot, actions: allowed }: ListedSlot,
  member: ListedMember,
  { frame, of }: { readonly frame: Frame; readonly of: keyof typeof SHOWN_OF },
): Html {
  const say = inLanguage(frame.language);
  const actions = allowed.filter(SHOWN_OF[of]);
  if (actions.length === 0) {
    return html`<p class="quiet">${inPhrases(say(member.isSelf ? COMPANY.yourself : COMPANY.nothing))}</p>`;
  }
  const { user } = member.person.identity;
  return html`<ul class="links narrow">${actions.map((action) => html`<li><a href="${actionPath(user, action, slot)}">${say(ACTIONS[action].label)}</a></li>`)}</ul>`;
}

/** Address of the page on which an action is confirmed. */
export function actionPath(user: string, action: MemberAction, slot: number): string {
  return `${memberPath(user)}/${action}${slot === 1 ? '' : `?slot=${slot}`}`;
}
