// One notice of the bank: as its readers see it, who has read it, and taking it down.
import type { Frame } from '../../frame/document.ts';
import { formToken } from '../../frame/form-token.ts';
import { inPhrases } from '../../frame/in-phrases.ts';
import { touchFailures, touchField, touchNote } from '../../frame/touch-step.ts';
import { type Html, html } from '../../http/html.ts';
import {
  MOST_COUNTED,
  type NoticeRead,
  type ReadersListed,
} from '../../operations/published-notices.ts';
import { inLanguage } from '../../words/language.ts';
import { NOTICE_DESK, NOTICE_STANDINGS, READERS } from '../../words/notice-desk.ts';
import { CONSOLE, ORDERS } from '../../words/staff.ts';
import { type ConsoleView, consoleDocument } from '../console-document.ts';
import { noticePreview } from '../notice-preview.ts';
import { CONSOLE_PATHS, contractPath, noticePath, personPath } from '../paths.ts';
import { facts, link, minute, mono, plain, section } from '../rows.ts';
import type { FormView } from '../staff-view.ts';
import { addressee, standingOf } from './notices-desk-page.ts';

/** The name in an address of who the page of readers begins after. */
export const READERS_AFTER = 'after';

export type NoticeDeskView = ConsoleView &
  FormView &
  NoticeRead & { readonly hasEnded: boolean; readonly now: Date };

/** Builds the page. */
export function noticeDeskPage(view: NoticeDeskView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const { notice, readers, now } = view;
  const standing = standingOf(notice, now);
  const main = html`<div class="stack"><h1>${inPhrases(notice.title)}</h1><p><span class="mark">${say(NOTICE_STANDINGS[standing])}</span></p></div>
${view.hasEnded ? html`<div class="panel good" role="status"><p>${inPhrases(say(NOTICE_DESK.ended))}</p></div>` : null}${touchFailures(view.touch, frame)}
${facts([
  [say(CONSOLE.institution), mono(notice.institution)],
  [say(ORDERS.to), addressee(notice, frame)],
  [say(NOTICE_DESK.from), minute(notice.publishedAt, frame)],
  [say(NOTICE_DESK.until), minute(notice.untilAt, frame)],
  [say(NOTICE_DESK.readersCount), say(READERS)(readers, MOST_COUNTED)],
])}
${noticePreview(notice, frame)}${standing === 'over' ? null : endForm(view, frame)}
${readersTable(view, frame)}
<p><a class="textlink" href="${CONSOLE_PATHS.notices}?institution=${notice.institution}">${say(NOTICE_DESK.back)}</a></p>`;
  return consoleDocument({ title: notice.title, main, script: view.script }, view, frame);
}

function endForm(view: NoticeDeskView, frame: Frame): Html | null {
  if (!view.desk.mayDo('end-notice')) return null;
  const say = inLanguage(frame.language);
  const { institution, id } = view.notice;
  return html`<form class="stack" method="post" action="${noticePath(institution, id)}/end" autocomplete="off">${formToken(view.formToken)}${touchField(view.touch)}
<p class="quiet">${inPhrases(say(NOTICE_DESK.endNote))}</p>${touchNote(view.touch, frame)}<div class="actions"><button class="button second">${say(NOTICE_DESK.end)}</button></div></form>`;
}

function readersTable({ notice, listed }: NoticeDeskView, frame: Frame): Html {
  const say = inLanguage(frame.language);
  const path = noticePath(notice.institution, notice.id);
  const table = section(
    say(NOTICE_DESK.readers),
    {
      columns: [
        say(CONSOLE.contract),
        say(CONSOLE.user),
        say(CONSOLE.name),
        say(NOTICE_DESK.readAt),
      ],
      rows: listed.readers.map(({ identity, name, readAt }) => [
        link(contractPath(identity), identity.contract),
        link(personPath(identity), identity.user),
        plain(name),
        minute(readAt, frame),
      ]),
      empty: say(NOTICE_DESK.nobody),
    },
    frame,
  );
  const save = html`<div class="actions"><a class="textlink" href="${path}/readers.csv" download>${say(NOTICE_DESK.csv)}</a></div>`;
  return html`${table}${listed.readers.length === 0 ? null : save}${next(path, listed, frame)}`;
}

function next(path: string, { readers, more }: ReadersListed, frame: Frame): Html | null {
  const last = readers.at(-1);
  if (!more || last === undefined) return null;
  const after = `${last.identity.contract}.${last.identity.user}`;
  return html`<p><a class="textlink" href="${path}?${READERS_AFTER}=${after}">${inLanguage(frame.language)(NOTICE_DESK.next)}</a></p>`;
}
