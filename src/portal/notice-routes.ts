// 重要なお知らせ: the list after login, and one notice. Opening one changes nothing.
import type { FastifyInstance } from 'fastify';
import type { Notice } from '../banking/notice.ts';
import { Refusal } from '../errors.ts';
import { readNotices } from '../operations/read-notices.ts';
import type { AuthenticatedUser } from '../operations/resume-session.ts';
import { inLanguage, type Language } from '../words/language.ts';
import { RENEWAL_NOTICE, RENEWAL_NOTICE_BODY } from '../words/notices.ts';
import { accountOf, userOf } from './members-session.ts';
import { type NoticeView, noticePage } from './pages/notice-page.ts';
import { noticesPage } from './pages/notices-page.ts';
import { MEMBER_PATHS } from './paths.ts';
import { frameOf, type PortalNeeds, sendPage } from './portal.ts';

/** Adds the routes of notices. */
export function registerNoticeRoutes(face: FastifyInstance, needs: PortalNeeds): void {
  face.get(MEMBER_PATHS.notices, async (request, reply) => {
    const user = await userOf(request, needs);
    const frame = frameOf(request, needs);
    const lines = (await readNotices(user, needs)).map((notice) => ({
      id: notice.id,
      title: titleOf(notice, frame.language),
      at: notice.publishedAt,
      isImportant: notice.isImportant,
    }));
    const view = {
      account: accountOf(user, needs),
      important: lines.filter((line) => line.isImportant),
      others: lines.filter((line) => !line.isImportant),
    };
    await sendPage(noticesPage(view, frame), reply);
  });
  face.get<{ Params: { id: string } }>(`${MEMBER_PATHS.notices}/:id`, async (request, reply) => {
    const user = await userOf(request, needs);
    const notices = await readNotices(user, needs);
    const notice = notices.find(({ id }) => id === request.params.id);
    if (notice === undefined) throw new Refusal('not-found', 'no such notice for this user');
    const frame = frameOf(request, needs);
    const view = {
      account: accountOf(user, needs),
      at: notice.publishedAt,
      isImportant: notice.isImportant,
      ...contentOf(notice, user, frame.language),
    };
    await sendPage(noticePage(view, frame), reply);
  });
}

function titleOf(notice: Notice, language: Language): string {
  return notice.kind === 'renewal' ? inLanguage(language)(RENEWAL_NOTICE.title) : notice.title;
}

function contentOf(
  notice: Notice,
  user: AuthenticatedUser,
  language: Language,
): Pick<NoticeView, 'title' | 'paragraphs' | 'action'> {
  const say = inLanguage(language);
  const title = titleOf(notice, language);
  if (notice.kind !== 'renewal') {
    return { title, paragraphs: notice.body.split('\n'), action: null };
  }
  return {
    title,
    paragraphs: RENEWAL_NOTICE_BODY[language](user.certificate.notAfter),
    action: { label: say(RENEWAL_NOTICE.link), href: MEMBER_PATHS.renewal },
  };
}
