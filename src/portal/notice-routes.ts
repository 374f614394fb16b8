// 重要なお知らせ: the list after login, and one notice. Opening one of the bank's is recorded, and changes nothing else.
import type { FastifyInstance } from 'fastify';
import { mayBeOnDevice } from '../banking/key-homes.ts';
import type { Notice } from '../banking/notice.ts';
import type { BrowserScripts } from '../frame/browser-bundle.ts';
import type { Frame } from '../frame/document.ts';
import { inPhrases } from '../frame/in-phrases.ts';
import { accountOf, userFormToken, userOf, userWithAnyPin } from '../frame/members-session.ts';
import { noticeProse } from '../frame/notice-prose.ts';
import { frameOf, type PageNeeds, sendPage } from '../frame/page.ts';
import { MEMBER_PATHS } from '../frame/paths.ts';
import { elementOf, WITH_SCRIPT } from '../frame/script-routes.ts';
import { type Html, html } from '../http/html.ts';
import { readCertificateEvents, readLatestEvent } from '../operations/read-certificate-events.ts';
import { readNotice } from '../operations/read-notice.ts';
import { readNotices } from '../operations/read-notices.ts';
import type { AuthenticatedUser } from '../operations/resume-session.ts';
import { CERTIFICATE_EVENTS } from '../words/certificate-events.ts';
import { inLanguage, type Language } from '../words/language.ts';
import { RENEWAL_NOTICE, RENEWAL_NOTICE_BODY } from '../words/notices.ts';
import { TOLD_TITLES, toldParagraphs } from '../words/told.ts';
import { certificateEventsPage } from './pages/certificate-events-page.ts';
import { type NoticeView, noticePage } from './pages/notice-page.ts';
import { type NoticeLine, noticesPage } from './pages/notices-page.ts';

/** Adds the routes of notices. */
export function registerNoticeRoutes(
  face: FastifyInstance,
  scripts: BrowserScripts,
  needs: PageNeeds,
): void {
  face.get(MEMBER_PATHS.notices, async (request, reply) => {
    const user = await userWithAnyPin(request, needs);
    // Where every login leads: what comes first then is a PIN of one's own.
    if (user.person.hasInitialPin) return await reply.redirect(MEMBER_PATHS.pinChange, 303);
    const frame = frameOf(request, needs);
    const [notices, latestEvent] = await Promise.all([
      readNotices(user, needs),
      readLatestEvent(user, needs),
    ]);
    const lines = notices.map((notice) => ({
      href: `${MEMBER_PATHS.notices}/${notice.id}`,
      title: titleOf(notice, frame.language),
      at: notice.publishedAt,
      isImportant: notice.isImportant,
    }));
    const view = {
      account: accountOf(user, needs),
      isFrozen: user.person.isFrozen,
      important: lines.filter((line) => line.isImportant),
      others: [...eventsLine(latestEvent, frame), ...lines.filter((line) => !line.isImportant)],
    };
    await sendPage(noticesPage(view, frame), reply);
  });
  face.get(MEMBER_PATHS.certificateEvents, async (request, reply) => {
    const user = await userOf(request, needs);
    const events = await readCertificateEvents(user, needs);
    const view = { account: accountOf(user, needs), events };
    await sendPage(certificateEventsPage(view, frameOf(request, needs)), reply);
  });
  const address = `${MEMBER_PATHS.notices}/:id`;
  face.get<{ Params: { id: string } }>(address, WITH_SCRIPT, async (request, reply) => {
    const user = await userOf(request, needs);
    const notice = await readNotice(user, request.params.id, needs);
    const frame = frameOf(request, needs);
    const view = {
      account: accountOf(user, needs),
      at: notice.publishedAt,
      isImportant: notice.isImportant,
      ...contentOf(notice, user, frame.language),
      renewal: renewalOnNotice(notice, user, needs),
      script: elementOf(scripts.notice),
    };
    await sendPage(noticePage(view, frame), reply);
  });
}

/** One line for all of them, as new as the newest; none where nothing happened lately. */
function eventsLine(at: Date | undefined, { language }: Frame): readonly NoticeLine[] {
  if (at === undefined) return [];
  const title = inLanguage(language)(CERTIFICATE_EVENTS.title);
  return [{ href: MEMBER_PATHS.certificateEvents, title, at }];
}

/** Whose key is in the device can renew on the notice itself; a file has its own page. */
function renewalOnNotice(
  notice: Notice,
  user: AuthenticatedUser,
  needs: PageNeeds,
): NoticeView['renewal'] {
  const { certificate, policy, waiting } = user;
  const isHere =
    notice.kind === 'renewal' &&
    certificate.home === 'device' &&
    waiting === undefined &&
    mayBeOnDevice(policy);
  return isHere ? { formToken: userFormToken(user, needs) } : null;
}

function titleOf(notice: Notice, language: Language): string {
  const say = inLanguage(language);
  if (notice.told !== null) return say(TOLD_TITLES[notice.told.event]);
  return notice.kind === 'renewal' ? say(RENEWAL_NOTICE.title) : notice.title;
}

function contentOf(
  notice: Notice,
  user: AuthenticatedUser,
  language: Language,
): Pick<NoticeView, 'title' | 'prose' | 'action'> {
  const say = inLanguage(language);
  const title = titleOf(notice, language);
  if (notice.told !== null) {
    return { title, prose: paragraphs(toldParagraphs(notice.told, language)), action: null };
  }
  if (notice.kind !== 'renewal') {
    return { title, prose: noticeProse(notice.body), action: null };
  }
  return {
    title,
    prose: paragraphs(RENEWAL_NOTICE_BODY[language](user.certificate.notAfter)),
    action: { label: say(RENEWAL_NOTICE.link), href: MEMBER_PATHS.renewal },
  };
}

function paragraphs(texts: readonly string[]): Html {
  return html`${texts.map((text) => html`<p>${inPhrases(text)}</p>`)}`;
}
