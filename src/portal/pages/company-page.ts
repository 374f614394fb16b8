// 利用者の管理: everybody of the contract, those who need the administrator first.
import { needsAttention } from '../../banking/company.ts';
import type { MailPlace } from '../../banking/mail-address.ts';
import { type Account, accountBar } from '../../frame/account.ts';
import { endOf } from '../../frame/certificate-name.ts';
import { document, type Frame } from '../../frame/document.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { MEMBER_PATHS } from '../../frame/paths.ts';
import { type Html, html } from '../../http/html.ts';
import type { ListedMember } from '../../operations/list-company.ts';
import { COMPANY, marksOf, ROLES, STANDINGS } from '../../words/company.ts';
import { dateAndMinute } from '../../words/dates.ts';
import { inLanguage } from '../../words/language.ts';
import { mailMark } from '../../words/mail-place.ts';

export type CompanyView = {
  readonly account: Account;
  readonly members: readonly ListedMember[];
  readonly isSoleAdministrator: boolean;
};

/** Builds the list. */
export function companyPage(view: CompanyView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const title = say(COMPANY.title);
  const isAtRisk = ({ person, slots }: ListedMember) =>
    needsAttention(
      { person },
      slots.map(({ standing }) => standing),
    );
  const atRisk = view.members.filter(isAtRisk);
  const others = view.members.filter((member) => !isAtRisk(member));
  const main = html`<div class="wrap stack wide">
<div class="stack"><h1>${inPhrases(title)}</h1>
<div class="actions"><a class="button" href="${MEMBER_PATHS.companyRegister}">${say(COMPANY.register)}</a>
<a class="textlink" href="${MEMBER_PATHS.companyCsv}" download>${say(COMPANY.csv)}</a></div></div>
${view.isSoleAdministrator ? html`<div class="panel warn"><p>${inPhrases(say(COMPANY.sole))}</p></div>` : null}
<section><h2>${inPhrases(say(COMPANY.risk))}</h2>${list(atRisk, say(COMPANY.nobodyAtRisk), frame)}</section>
<section><h2>${inPhrases(say(COMPANY.others))}</h2>${list(others, say(COMPANY.nobody), frame)}</section>
</div>`;
  return document({ title, account: accountBar(view.account, frame), main }, frame);
}

/** Address of a member's page. */
export function memberPath(user: string): string {
  return `${MEMBER_PATHS.companyUsers}/${encodeURIComponent(user)}`;
}

/** Marks of what is the matter with a person beside their certificate. */
export function personMarks({ person }: ListedMember, frame: Frame): readonly Html[] {
  const say = inLanguage(frame.language);
  return marksOf(person).map((mark) => html`<span class="mark important">${say(mark)}</span> `);
}

/** The mark of a mail address that is missing or does not work. */
export function mailMarks(mail: MailPlace, frame: Frame): readonly Html[] {
  const unmailed = mailMark(mail, frame.language);
  if (unmailed === null) return [];
  const { mark, since } = unmailed;
  return [
    html`<span class="mark">${mark}</span>${since && html` <span class="small moment">${since}</span>`} `,
  ];
}

function list(members: readonly ListedMember[], whenEmpty: string, frame: Frame): Html {
  if (members.length === 0) return html`<p class="quiet empty">${inPhrases(whenEmpty)}</p>`;
  return html`<ul class="notices members">${members.map((member) => item(member, frame))}</ul>`;
}

function item(member: ListedMember, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const { person, lastLoginAt, slots } = member;
  const last = lastLoginAt
    ? html`<time datetime="${lastLoginAt.toISOString()}">${dateAndMinute(lastLoginAt, frame.language)}</time>`
    : say(COMPANY.never);
  return html`<li><div><p><a href="${memberPath(person.identity.user)}"><bdi>${person.name}</bdi></a></p>
<p class="meta"><span class="mono">${person.identity.user}</span> <span>${say(ROLES[person.role])}</span> ${personMarks(member, frame)}${mailMarks(member.mail, frame)}</p></div>
<div>${slots.map(({ slot, standing, certificate }) => html`<p>${slots.length > 1 ? html`<span class="small">${say(COMPANY.slot)(slot)}</span> ` : null}<b class="standing ${standing}">${say(STANDINGS[standing])}</b> ${certificate ? html`<span class="small">${endOf(certificate.notAfter, frame.language)}</span>` : null}</p>`)}
<p class="quiet small">${say(COMPANY.lastLogin)} ${last}</p></div></li>`;
}
