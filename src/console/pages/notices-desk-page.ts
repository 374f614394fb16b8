// The notices that the bank has published, the newest first, institution by institution.
import type { Frame } from '../../frame/document.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { type Html, html } from '../../http/html.ts';
import type { PublishedNotice } from '../../operations/published-notices.ts';
import { inLanguage } from '../../words/language.ts';
import { NOTICE_DESK, NOTICE_STANDINGS } from '../../words/notice-desk.ts';
import { CONSOLE, ORDERS } from '../../words/staff.ts';
import { type ConsoleView, consoleDocument } from '../console-document.ts';
import { institutionChoice } from '../institution-choice.ts';
import { CONSOLE_PATHS, newOrderPath, noticePath } from '../paths.ts';
import { link, minute, mono, section } from '../rows.ts';

export type NoticesDeskView = ConsoleView & {
  readonly institution: string;
  readonly notices: readonly PublishedNotice[];
  readonly now: Date;
};

/** Builds the page. */
export function noticesDeskPage(view: NoticesDeskView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const title = say(NOTICE_DESK.title);
  const { desk, institution, notices, now } = view;
  const publish = desk.mayDo('request-publish-notice')
    ? html`<div class="actions"><a class="button" href="${newOrderPath('publish-notice', { institution })}">${inPhrases(say(NOTICE_DESK.publish))}</a></div>`
    : null;
  const columns = [
    say(ORDERS.title),
    say(ORDERS.to),
    say(CONSOLE.state),
    say(NOTICE_DESK.from),
    say(NOTICE_DESK.until),
  ];
  const table = section(
    institution,
    {
      columns,
      rows: notices.map((notice) => [
        link(noticePath(notice.institution, notice.id), notice.title),
        addressee(notice, frame),
        say(NOTICE_STANDINGS[standingOf(notice, now)]),
        minute(notice.publishedAt, frame),
        minute(notice.untilAt, frame),
      ]),
      empty: say(NOTICE_DESK.none),
    },
    frame,
  );
  const main = html`<h1>${title}</h1>${publish}${institutionChoice({ desk: view.desk, path: CONSOLE_PATHS.notices, institution: view.institution }, frame)}${table}`;
  return consoleDocument({ title, main }, view, frame);
}

/** Whom a notice is for. */
export function addressee(
  { contract, user }: Pick<PublishedNotice, 'contract' | 'user'>,
  frame: Frame,
): Html | string {
  if (contract === null) return inLanguage(frame.language)(ORDERS.everybody);
  return mono([contract, user ?? ''].join(' ').trim());
}

/** How it stands at `now`. */
export function standingOf(
  { publishedAt, untilAt }: Pick<PublishedNotice, 'publishedAt' | 'untilAt'>,
  now: Date,
): 'coming' | 'shown' | 'over' {
  if (untilAt !== null && untilAt <= now) return 'over';
  return publishedAt > now ? 'coming' : 'shown';
}
