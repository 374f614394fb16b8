// The bank's notices in the console: the list, one with its readers, the readers as CSV, and taking one down.
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Identity } from '../banking/identity.ts';
import { CSV_BEGINS, csvLine } from '../csv/csv-line.ts';
import { Refusal } from '../errors.ts';
import type { BrowserScripts } from '../frame/browser-bundle.ts';
import { checkMayChange } from '../frame/members-session.ts';
import { frameOf, type PageNeeds, sendPage } from '../frame/page.ts';
import { WITH_SCRIPT } from '../frame/script-routes.ts';
import {
  endNotice,
  listNoticesFor,
  listReadersFor,
  type NoticeAsked,
  type ReadersListed,
  readNoticeFor,
} from '../operations/published-notices.ts';
import { dateAndTime } from '../words/dates.ts';
import { inLanguage, type Language } from '../words/language.ts';
import { READER_COLUMNS } from '../words/notice-desk.ts';
import { noticeDeskPage, READERS_AFTER } from './pages/notice-desk-page.ts';
import { noticesDeskPage } from './pages/notices-desk-page.ts';
import { CONSOLE_PATHS, noticePath } from './paths.ts';
import { consoleViewOf, formViewOf, queryOf, staffOf } from './staff-view.ts';

type OfNotice = { Params: { institution: string; id: string } };

/** Adds the routes. */
export function registerNoticeDeskRoutes(
  face: FastifyInstance,
  scripts: BrowserScripts,
  needs: PageNeeds,
): void {
  face.get(CONSOLE_PATHS.notices, async (request, reply) => {
    const user = await staffOf(request, needs);
    const view = await consoleViewOf(user, needs);
    const institution = queryOf(request, 'institution') ?? view.desk.institutions[0]?.code ?? '';
    const notices = await listNoticesFor({ user, institution }, needs);
    const shown = { ...view, institution, notices, now: needs.clock.now() };
    await sendPage(noticesDeskPage(shown, frameOf(request, needs)), reply);
  });
  face.get<OfNotice>(CONSOLE_PATHS.notice, WITH_SCRIPT, async (request, reply) => {
    const user = await staffOf(request, needs);
    const asked = { user, key: request.params };
    const read = await readNoticeFor(asked, needs);
    const after = afterIn(request);
    const listed = after === undefined ? read.listed : await listReadersFor(asked, after, needs);
    const view = { ...(await consoleViewOf(user, needs)), ...formViewOf(user, scripts, needs) };
    const hasEnded = queryOf(request, 'done') === 'ended';
    const shown = { ...view, ...read, listed, hasEnded, now: needs.clock.now() };
    await sendPage(noticeDeskPage(shown, frameOf(request, needs)), reply);
  });
  face.get<OfNotice>(`${CONSOLE_PATHS.notice}/readers.csv`, async (request, reply) => {
    const user = await staffOf(request, needs);
    const asked = { user, key: request.params };
    // What is refused is refused before the first line.
    const { listed } = await readNoticeFor(asked, needs);
    const { language } = frameOf(request, needs);
    reply.header('content-disposition', 'attachment; filename="readers.csv"');
    reply.type('text/csv; charset=utf-8');
    await reply.send(Readable.from(linesOf(asked, listed, { language, needs })));
  });
  face.post<OfNotice>(`${CONSOLE_PATHS.notice}/end`, async (request, reply) => {
    const user = await staffOf(request, needs);
    checkMayChange(request, user, needs);
    await endNotice({ user, key: request.params }, needs);
    const { institution, id } = request.params;
    await reply.redirect(`${noticePath(institution, id)}?done=ended`, 303);
  });
}

async function* linesOf(
  asked: NoticeAsked,
  first: ReadersListed,
  { language, needs }: { readonly language: Language; readonly needs: PageNeeds },
): AsyncGenerator<string> {
  yield CSV_BEGINS + csvLine(inLanguage(language)(READER_COLUMNS));
  let page = first;
  for (;;) {
    for (const { identity, name, readAt } of page.readers) {
      const { contract, user } = identity;
      yield csvLine([contract, user, name, dateAndTime(readAt, language)]);
    }
    const last = page.readers.at(-1);
    if (!page.more || last === undefined) return;
    page = await listReadersFor(asked, last.identity, needs);
  }
}

function afterIn(request: FastifyRequest): Pick<Identity, 'contract' | 'user'> | undefined {
  const text = queryOf(request, READERS_AFTER);
  if (text === undefined) return undefined;
  const [, contract, user] = /^([0-9]{1,11})\.([0-9A-Za-z]{1,30})$/.exec(text) ?? [];
  if (contract === undefined || user === undefined) {
    throw new Refusal('invalid-input', 'no such place');
  }
  return { contract, user };
}
