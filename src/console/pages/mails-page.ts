// How mail stands at an institution: what waits, what did not arrive, what each text is, and a test mail to oneself.
import type { Frame } from '../../frame/document.ts';
import { formToken } from '../../frame/form-token.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { touchFailures, touchField, touchNote } from '../../frame/touch-step.ts';
import { type Html, html } from '../../http/html.ts';
import {
  type MailAlarms,
  type MailDesk,
  MOST_WAITING_COUNTED,
} from '../../operations/read-mails.ts';
import { inLanguage } from '../../words/language.ts';
import { MAIL_DESK, WAITING } from '../../words/mail-desk.ts';
import { mailText } from '../../words/mails.ts';
import { CONSOLE } from '../../words/staff.ts';
import { type ConsoleView, consoleDocument } from '../console-document.ts';
import { institutionChoice } from '../institution-choice.ts';
import { mailName, mailResult } from '../mail-rows.ts';
import { sampleMails } from '../mail-samples.ts';
import { CONSOLE_PATHS, personPath } from '../paths.ts';
import { facts, link, minute, mono, plain, section } from '../rows.ts';
import type { FormView } from '../staff-view.ts';

/** The name of the field with the staff member's own address. */
export const TEST_ADDRESS = 'address';

/** Plainly no real one. */
const SAMPLE_CODE = 'ABCDABCD';

export type MailsView = ConsoleView &
  FormView & { readonly mail: MailDesk; readonly isTested: boolean; readonly now: Date };

/** Builds the page. */
export function mailsPage(view: MailsView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const title = say(MAIL_DESK.title);
  const { waiting, since, remindedAt } = view.mail;
  const main = html`<h1>${title}</h1>${institutionChoice({ desk: view.desk, path: CONSOLE_PATHS.mails, institution: view.mail.institution.code }, frame)}
${view.isTested ? html`<div class="panel good" role="status"><p>${inPhrases(say(MAIL_DESK.sent))}</p></div>` : null}${mailAlarms(view.mail, frame)}
${facts([
  [say(MAIL_DESK.waiting), say(WAITING)(waiting, MOST_WAITING_COUNTED)],
  [say(MAIL_DESK.since), minute(since, frame)],
  [say(MAIL_DESK.remindedAt), minute(remindedAt, frame)],
])}
${troubles(view.mail, frame)}${texts(view, frame)}${testForm(view, frame)}`;
  return consoleDocument({ title, main, script: view.script }, view, frame);
}

/** What is wrong with mail, where something is. */
export function mailAlarms({ isLate, isMissed }: MailAlarms, frame: Frame): Html | null {
  if (!isLate && !isMissed) return null;
  const say = inLanguage(frame.language);
  return html`<section class="panel warn"><h2>${inPhrases(say(MAIL_DESK.alarm))}</h2>
${isLate ? html`<p>${inPhrases(say(MAIL_DESK.late))}</p>` : null}${isMissed ? html`<p>${inPhrases(say(MAIL_DESK.missed))}</p>` : null}</section>`;
}

function troubles({ troubles: mails }: MailDesk, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const columns = [
    say(MAIL_DESK.ended),
    say(CONSOLE.contract),
    say(CONSOLE.user),
    say(MAIL_DESK.kind),
    say(MAIL_DESK.state),
    say(MAIL_DESK.address),
  ];
  const rows = mails.map((mail) => [
    minute(mail.endedAt, frame),
    mono(mail.to.contract),
    link(personPath(mail.to), mail.to.user),
    mailName(mail, frame),
    mailResult(mail, frame),
    plain(mail.sentTo),
  ]);
  const empty = say(MAIL_DESK.noTroubles);
  return section(say(MAIL_DESK.troubles), { columns, rows, empty }, frame);
}

function texts({ mail, now }: MailsView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const { institution } = mail;
  const recipient =
    frame.language === 'ja'
      ? { name: '青葉 花子', contractName: '株式会社みほん商事' }
      : { name: 'Hanako Aoba', contractName: 'Sample Trading Co.' };
  const parties = { institution, contact: institution.contact, recipient };
  return html`<section><h2>${inPhrases(say(MAIL_DESK.texts))}</h2><p class="quiet after-heading">${inPhrases(say(MAIL_DESK.textsNote))}</p>
${sampleMails(now, frame.language).map((facts) => {
  const { subject, text } = mailText({ facts, code: SAMPLE_CODE }, parties);
  return html`<details class="folds"><summary>${mailName({ facts }, frame)}</summary><p><b>${say(MAIL_DESK.subject)}</b> ${subject}</p><div class="letter">${text}</div></details>`;
})}</section>`;
}

function testForm(view: MailsView, frame: Frame): Html | null {
  if (!view.desk.mayDo('test-mail')) return null;
  const say = inLanguage(frame.language);
  const { ownAddress, institution } = view.mail;
  return html`<section class="stack"><h2>${inPhrases(say(MAIL_DESK.test))}</h2>${touchFailures(view.touch, frame)}
<form class="stack" method="post" action="${CONSOLE_PATHS.mails}/test">${formToken(view.formToken)}${touchField(view.touch)}<input type="hidden" name="institution" value="${institution.code}">
<div class="field"><label for="${TEST_ADDRESS}">${say(MAIL_DESK.testAddress)}</label><p class="quiet" id="${TEST_ADDRESS}-note">${inPhrases(say(MAIL_DESK.testNote))}</p><input id="${TEST_ADDRESS}" name="${TEST_ADDRESS}" type="email" autocomplete="email" required maxlength="254" aria-describedby="${TEST_ADDRESS}-note" value="${ownAddress ?? ''}"></div>
${touchNote(view.touch, frame)}<div class="actions"><button class="button second">${say(MAIL_DESK.send)}</button></div></form></section>`;
}
