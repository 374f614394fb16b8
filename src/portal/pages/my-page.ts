// マイページ: the certificate in use and when it can be renewed, what the user can do for themselves, their
// certificates so far, and the history of their logins.
import type { LoginRecord } from '../../banking/login-history.ts';
import type { MailPlace } from '../../banking/mail-address.ts';
import { type Account, accountBar, daysLeftMark } from '../../frame/account.ts';
import {
  certificateName,
  endOf,
  homeFact,
  type ShownCertificate,
} from '../../frame/certificate-name.ts';
import { document, type Frame } from '../../frame/document.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { MEMBER_PATHS } from '../../frame/paths.ts';
import { type Html, html } from '../../http/html.ts';
import { COMPANY } from '../../words/company.ts';
import { dateAndMinute, until } from '../../words/dates.ts';
import { CERTIFICATE, SIGNED_IN } from '../../words/frame.ts';
import { inLanguage } from '../../words/language.ts';
import { MAIL_PLACE, OWN_CAME_BACK } from '../../words/mail-place.ts';
import {
  CERTIFICATE_ENDS,
  CERTIFICATE_STANDINGS,
  FROM_UNTIL,
  LOGIN_EVENTS,
  LOGIN_REFUSAL_REASONS,
  LOGIN_WAYS,
  MY_PAGE,
  WITH_REASON,
} from '../../words/my-page.ts';
import { PC_CHANGE } from '../../words/pc-change.ts';
import { PIN_CHANGE } from '../../words/pin-change.ts';
import { REFUSAL_FRAME } from '../../words/refusal-words.ts';
import { OPENS_AT, RENEWAL } from '../../words/renewal.ts';
import { frozenPanel } from '../frozen-panel.ts';

/** A certificate of the user, in the list of all. */
export type OwnCertificate = {
  readonly name: string;
  /** Its place; null where the user has only one. */
  readonly slot: number | null;
  readonly standing: keyof typeof CERTIFICATE_STANDINGS;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** When it was superseded, replaced or revoked. */
  readonly endedAt: Date | null;
};

export type MyPageView = {
  readonly account: Account;
  /** Whether the person's rights wait for confirmation after a reissue. */
  readonly isFrozen: boolean;
  readonly certificate: ShownCertificate;
  readonly renewal:
    | { readonly kind: 'opens'; readonly at: Date }
    | { readonly kind: 'open' }
    | { readonly kind: 'waiting' };
  /** Newest first. */
  readonly certificates: readonly OwnCertificate[];
  readonly history: readonly LoginRecord[];
  readonly mail: MailPlace;
  readonly isAdministrator: boolean;
};

/** Builds マイページ. */
export function myPage(view: MyPageView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const title = say(MY_PAGE.title);
  const main = html`<div class="wrap stack wide"><h1>${inPhrases(title)}</h1>${view.isFrozen ? frozenPanel(frame) : null}
<div class="columns start">
${certificateSection(view, frame)}
${procedures(view, frame)}
<div class="stack wide">
${certificatesSection(view, frame)}
${historySection(view, frame)}</div>
</div></div>`;
  return document({ title, account: accountBar(view.account, frame), main }, frame);
}

function certificateSection(view: MyPageView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const { certificate, account } = view;
  return html`<section class="panel"><h2>${inPhrases(say(MY_PAGE.certificate))}</h2><dl class="facts">
<div><dt>${say(CERTIFICATE.name)}</dt><dd>${certificateName(certificate.name)}</dd></div>
<div><dt>${say(CERTIFICATE.ends)}</dt><dd>${endOf(certificate.endsAt, frame.language)} ${daysLeftMark(account.certificate.daysLeft, frame.language)}</dd></div>
${homeFact(certificate.home, frame.language)}${view.renewal.kind === 'opens' ? opensFact(view.renewal.at, frame) : null}</dl>
${renewalLink(view, frame)}</section>`;
}

function opensFact(at: Date, frame: Frame): Html {
  const say = inLanguage(frame.language);
  return html`<div><dt>${say(MY_PAGE.renewalOpens)}</dt><dd><time datetime="${at.toISOString()}">${say(OPENS_AT)(at)}</time></dd></div>`;
}

function renewalLink({ renewal }: MyPageView, frame: Frame): Html | null {
  const say = inLanguage(frame.language);
  if (renewal.kind === 'opens') return null;
  const isWaiting = renewal.kind === 'waiting';
  const why = isWaiting ? html`<p>${inPhrases(say(MY_PAGE.waiting))}</p>` : null;
  const label = say(isWaiting ? MY_PAGE.confirm : MY_PAGE.renew);
  return html`${why}<div class="actions"><a class="button" href="${MEMBER_PATHS.renewal}">${label}</a></div>`;
}

function procedures(view: MyPageView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const links = [
    [MEMBER_PATHS.pinChange, say(PIN_CHANGE.title)],
    [MEMBER_PATHS.pcChange, say(PC_CHANGE.title)],
    [MEMBER_PATHS.notices, say(RENEWAL.backToNotices)],
  ] as const;
  return html`<aside><h2>${inPhrases(say(MY_PAGE.procedures))}</h2>
<ul class="links">${links.map(([href, label]) => html`<li><a href="${href}">${label}</a></li>`)}</ul>
${mailSection(view, frame)}
<section class="after-links"><h2>${inPhrases(say(MY_PAGE.language))}</h2>${languages(frame)}</section></aside>`;
}

function mailSection({ mail, isAdministrator }: MyPageView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const { address, bouncedAt } = mail;
  const where =
    address === null
      ? html`<p>${inPhrases(say(MAIL_PLACE.ownNone))}</p>`
      : html`<p class="mono"><bdi>${address}</bdi></p>`;
  const cameBack = bouncedAt && html`<p>${inPhrases(say(OWN_CAME_BACK)(bouncedAt))}</p>`;
  const whom = say(isAdministrator ? MAIL_PLACE.askOther : MAIL_PLACE.askAdministrator);
  return html`<section class="after-links"><h2>${inPhrases(say(MAIL_PLACE.own))}</h2>${where}${cameBack}
<p class="quiet small after-heading">${inPhrases(whom)}</p></section>`;
}

function languages(frame: Frame): Html {
  const each = [
    ['ja', '日本語'],
    ['en', 'English'],
  ] as const;
  return html`<ul class="actions">${each.map(([language, name]) => {
    const current = language === frame.language ? html` aria-current="true"` : null;
    return html`<li><a class="textlink" href="?lang=${language}" lang="${language}" hreflang="${language}"${current}>${name}</a></li>`;
  })}</ul>`;
}

function certificatesSection(view: MyPageView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  return html`<section><h2>${inPhrases(say(MY_PAGE.certificates))}</h2>
<ul class="notices">${view.certificates.map((certificate) => certificateItem(certificate, frame))}</ul></section>`;
}

function certificateItem(certificate: OwnCertificate, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const { name, slot, standing, startsAt, endsAt, endedAt } = certificate;
  const isEnded = standing === 'superseded' || standing === 'replaced' || standing === 'revoked';
  const end =
    endedAt && isEnded ? html`<p>${inPhrases(say(CERTIFICATE_ENDS[standing])(endedAt))}</p>` : null;
  const period = say(FROM_UNTIL)(
    dateAndMinute(startsAt, frame.language),
    until(endsAt, frame.language),
  );
  return html`<li><p class="meta"><span class="${standing === 'current' ? 'mark in-use' : 'mark'}">${say(CERTIFICATE_STANDINGS[standing])}</span>${slot === null ? null : html` <span>${say(COMPANY.slot)(slot)}</span>`}</p>
<p>${certificateName(name)}</p>
<p class="small"><span class="quiet">${say(MY_PAGE.from)}</span> <span class="moment">${period}</span></p>${end}</li>`;
}

function historySection(view: MyPageView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const { lastLogin } = view.account;
  const last = lastLogin
    ? html`<time datetime="${lastLogin.toISOString()}">${dateAndMinute(lastLogin, frame.language)}</time>`
    : say(SIGNED_IN.firstLogin);
  return html`<section><h2>${inPhrases(say(MY_PAGE.history))}</h2>
<dl class="facts after-heading"><div><dt>${say(SIGNED_IN.lastLogin)}</dt><dd class="strong">${last}</dd></div></dl>
<p class="after-heading">${inPhrases(say(MY_PAGE.unfamiliar))}</p>
<ul class="notices">${view.history.map((record) => historyItem(record, frame))}</ul>
<p class="quiet small after-heading">${inPhrases(say(MY_PAGE.historyNote))}</p></section>`;
}

function historyItem(record: LoginRecord, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const number = record.inquiry
    ? html`<p class="small"><span class="quiet">${say(REFUSAL_FRAME.inquiryNumber)}</span> <span class="inquiry-number" translate="no">${record.inquiry}</span></p>`
    : null;
  return html`<li><p class="meta"><time datetime="${record.at.toISOString()}">${dateAndMinute(record.at, frame.language)}</time></p>
<p>${inPhrases(eventOf(record, frame))}</p>${number}</li>`;
}

function eventOf(record: LoginRecord, frame: Frame): string {
  const say = inLanguage(frame.language);
  const event = say(LOGIN_EVENTS[record.kind]);
  if (record.kind === 'logged-in' || record.kind === 'proved-in') {
    return say(WITH_REASON)(event, say(LOGIN_WAYS[record.by]));
  }
  if (record.kind !== 'refused' || record.code === null) return event;
  return say(WITH_REASON)(event, say(LOGIN_REFUSAL_REASONS[record.code]));
}
