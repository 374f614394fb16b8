// The console of the bank's staff, on the hosts of the staff house with sessions, below /console.
import type { FastifyInstance } from 'fastify';
import type { BrowserScripts } from '../frame/browser-bundle.ts';
import { userWithAnyPin } from '../frame/members-session.ts';
import { frameOf, type PageNeeds, sendPage } from '../frame/page.ts';
import { MEMBER_PATHS, STAFF_PATHS } from '../frame/paths.ts';
import { readOrders, readOwnNotices } from '../operations/read-console.ts';
import { readMailAlarms } from '../operations/read-mails.ts';
import { inLanguage } from '../words/language.ts';
import { RENEWAL_NOTICE } from '../words/notices.ts';
import { TOLD_TITLES } from '../words/told.ts';
import { registerAuditRoutes } from './audit-routes.ts';
import { registerAuthorityRoutes } from './authority-routes.ts';
import { registerEndingRoutes } from './ending-routes.ts';
import { registerExportRoutes } from './export-routes.ts';
import { registerFindingRoutes } from './finding-routes.ts';
import { registerImportRoutes } from './import-routes.ts';
import { registerLetterRoutes } from './letter-routes.ts';
import { registerMailRoutes } from './mail-routes.ts';
import { registerNoticeDeskRoutes } from './notice-desk-routes.ts';
import { registerOrderRoutes } from './order-routes.ts';
import { consoleHomePage } from './pages/console-home-page.ts';
import { checkIsStaffHouse, consoleViewOf } from './staff-view.ts';

/** Adds the routes; on the hosts of banks there are none of these pages. */
export function registerConsoleRoutes(
  face: FastifyInstance,
  scripts: BrowserScripts,
  needs: PageNeeds,
): void {
  face.get(STAFF_PATHS.console, async (request, reply) => {
    checkIsStaffHouse(request, needs);
    const user = await userWithAnyPin(request, needs);
    // Where every login leads: what comes first then is a PIN of one's own.
    if (user.person.hasInitialPin) return await reply.redirect(MEMBER_PATHS.pinChange, 303);
    const view = await consoleViewOf(user, needs);
    const frame = frameOf(request, needs);
    const say = inLanguage(frame.language);
    const notices = (await readOwnNotices(user, needs)).map(({ id, kind, told, title }) => {
      if (told !== null) return { id, title: say(TOLD_TITLES[told.event]) };
      return { id, title: kind === 'renewal' ? say(RENEWAL_NOTICE.title) : title };
    });
    const { waiting } = await readOrders(user, needs);
    const codes = view.desk.institutions.map(({ code }) => code);
    const mail = await readMailAlarms(codes, needs);
    const shown = { ...view, waiting, notices, mail, now: needs.clock.now() };
    const page = consoleHomePage(shown, frame);
    await sendPage(page, reply);
  });
  registerFindingRoutes(face, needs);
  registerEndingRoutes(face, needs);
  registerAuthorityRoutes(face, needs);
  registerOrderRoutes(face, scripts, needs);
  registerMailRoutes(face, scripts, needs);
  registerNoticeDeskRoutes(face, scripts, needs);
  registerLetterRoutes(face, scripts, needs);
  registerExportRoutes(face, scripts, needs);
  registerImportRoutes(face, scripts, needs);
  registerAuditRoutes(face, needs);
}
