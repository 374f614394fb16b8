// One person with everything on record of them: certificates, logins, notices, and each entry in words.
import { isExpired, type UserCertificate } from '../../banking/user-certificate.ts';
import type { Frame } from '../../frame/document.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { type Html, html } from '../../http/html.ts';
import type { PersonHistory } from '../../operations/read-histories.ts';
import { eventName } from '../../words/audit-events.ts';
import { COMPANY, marksOf, ROLES, STANDINGS, UNTIL_ACQUIRED } from '../../words/company.ts';
import { KEY_HOMES } from '../../words/frame.ts';
import { inLanguage } from '../../words/language.ts';
import { MAIL_DESK } from '../../words/mail-desk.ts';
import { CERTIFICATE_STANDINGS, LOGIN_WAYS } from '../../words/my-page.ts';
import { NOTICES, RENEWAL_NOTICE } from '../../words/notices.ts';
import { CONSOLE, HELP_DESK, SESSION_ENDS } from '../../words/staff.ts';
import { TOLD_TITLES } from '../../words/told.ts';
import { type ConsoleView, consoleDocument } from '../console-document.ts';
import { entriesSection, pagesOf } from '../entry-rows.ts';
import { mailName, mailResult } from '../mail-rows.ts';
import { contractPath, inquiryPath, personPath } from '../paths.ts';
import { facts, link, minute, mono, plain, section } from '../rows.ts';
import { serialText } from '../serial-text.ts';
import { personActions } from './person-actions.ts';

export type PersonView = ConsoleView & { readonly history: PersonHistory; readonly now: Date };

/** Builds the page. */
export function personPage(view: PersonView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const { person, kana, contract, slots, entries } = view.history;
  const { identity } = person;
  const main = html`<div class="stack"><h1><bdi>${person.name}</bdi></h1>
<p>${marksOf(person).map((mark) => html`<span class="mark important">${say(mark)}</span> `)}</p>${facts(
    [
      [say(CONSOLE.user), mono(identity.user)],
      [say(CONSOLE.kana), plain(kana)],
      [say(CONSOLE.role), say(ROLES[person.role])],
      [
        say(CONSOLE.contracts),
        html`${link(contractPath(identity), identity.contract)} ${plain(contract.name)}`,
      ],
      [say(CONSOLE.institution), mono(identity.institution)],
      [say(MAIL_DESK.person), mailPlace(view.history.mail, frame)],
      ...slots.map(
        ({ slot, standing, offerEndsAt }) =>
          [
            slots.length === 1
              ? say(CONSOLE.certificates)
              : `${say(CONSOLE.certificates)} ${say(COMPANY.slot)(slot)}`,
            html`<b class="standing ${standing}">${say(STANDINGS[standing])}</b>${offerEndsAt && html`<br><span class="small">${inPhrases(say(UNTIL_ACQUIRED)(offerEndsAt))}</span>`}`,
          ] as const,
      ),
    ],
  )}</div>
${lastRefusal(view, frame)}${personActions(view, frame)}
${certificates(view, frame)}
${sessions(view, frame)}
${notices(view, frame)}
${mails(view, frame)}
${entriesSection(say(CONSOLE.history), entries, frame)}
${pagesOf(view.history, (number) => `${personPath(identity)}?before=${number}`, frame)}`;
  return consoleDocument({ title: person.name, main }, view, frame);
}

/** For who calls: the last thing that was refused, and the page that says what to tell them. */
function lastRefusal({ history }: PersonView, frame: Frame): Html | null {
  const last = history.entries.find(({ inquiry }) => inquiry !== null);
  if (last === undefined || last.inquiry === null) return null;
  const say = inLanguage(frame.language);
  return html`<section class="panel info"><h2>${say(HELP_DESK.last)}</h2><p>${minute(last.at, frame)} <b>${say(eventName(last.event))}</b></p>
<p>${link(inquiryPath(last.inquiry), say(HELP_DESK.toTell))}</p></section>`;
}

function certificates({ history, now }: PersonView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const columns = [
    say(CONSOLE.state),
    say(CONSOLE.certificates),
    say(CONSOLE.home_),
    say(CONSOLE.issuedAt),
    say(CONSOLE.ends),
  ];
  const rows = history.certificates.map((one) => [
    html`<b>${say(CERTIFICATE_STANDINGS[standingNow(one, now)])}</b>`,
    html`${mono(one.commonName)}<br><span class="quiet mono" translate="no">${serialText(one)}</span>`,
    say(KEY_HOMES[one.home]),
    minute(one.issuedAt, frame),
    minute(one.notAfter, frame),
  ]);
  return section(say(CONSOLE.certificates), { columns, rows }, frame);
}

function standingNow(certificate: UserCertificate, now: Date) {
  const { state } = certificate;
  return state === 'current' && isExpired(certificate, now) ? 'expired' : state;
}

function sessions({ history }: PersonView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const columns = [say(CONSOLE.opened), say(CONSOLE.seen), say(CONSOLE.ended), say(CONSOLE.detail)];
  const rows = history.sessions.map(({ openedAt, seenAt, endedAt, endReason, proof }) => [
    minute(openedAt, frame),
    minute(seenAt, frame),
    endReason === null
      ? say(CONSOLE.open)
      : html`${minute(endedAt, frame)} ${say(SESSION_ENDS[endReason])}`,
    say(LOGIN_WAYS[proof]),
  ]);
  return section(say(CONSOLE.sessions), { columns, rows }, frame);
}

function notices({ history }: PersonView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const columns = [say(CONSOLE.when), say(CONSOLE.notices), say(CONSOLE.ended)];
  const rows = history.notices.map(({ kind, title, told, isImportant, publishedAt, untilAt }) => [
    minute(publishedAt, frame),
    html`${isImportant ? html`<span class="mark important">${say(NOTICES.importantMark)}</span> ` : null}<bdi>${
      told !== null
        ? say(TOLD_TITLES[told.event])
        : kind === 'renewal'
          ? say(RENEWAL_NOTICE.title)
          : title
    }</bdi>`,
    minute(untilAt, frame),
  ]);
  return section(say(CONSOLE.notices), { columns, rows }, frame);
}

function mailPlace({ address, bouncedAt }: PersonHistory['mail'], frame: Frame): Html | string {
  if (bouncedAt === null) return plain(address);
  const say = inLanguage(frame.language);
  return html`${plain(address)}<br><span class="mark important">${say(MAIL_DESK.bounced)}</span> ${minute(bouncedAt, frame)}`;
}

function mails({ history }: PersonView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const columns = [
    say(MAIL_DESK.queued),
    say(MAIL_DESK.kind),
    say(MAIL_DESK.state),
    say(MAIL_DESK.address),
  ];
  const rows = history.mails.map((mail) => [
    minute(mail.queuedAt, frame),
    mailName(mail, frame),
    mailResult(mail, frame),
    plain(mail.sentTo),
  ]);
  return section(say(MAIL_DESK.mails), { columns, rows, empty: say(MAIL_DESK.noMails) }, frame);
}
