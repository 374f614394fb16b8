// Mail in the console: how it stands, what each text is, and a test mail to oneself.
import type { FastifyInstance } from 'fastify';
import type { BrowserScripts } from '../frame/browser-bundle.ts';

import { checkMayChange } from '../frame/members-session.ts';
import { frameOf, type PageNeeds, sendPage } from '../frame/page.ts';
import { WITH_SCRIPT } from '../frame/script-routes.ts';
import { formOf } from '../http/face.ts';
import { readMailDesk } from '../operations/read-mails.ts';
import { sendTestMail } from '../operations/send-test-mail.ts';
import { mailsPage, TEST_ADDRESS } from './pages/mails-page.ts';
import { CONSOLE_PATHS } from './paths.ts';
import { consoleViewOf, formViewOf, queryOf, staffOf } from './staff-view.ts';

/** Adds the routes. */
export function registerMailRoutes(
  face: FastifyInstance,
  scripts: BrowserScripts,
  needs: PageNeeds,
): void {
  face.get(CONSOLE_PATHS.mails, WITH_SCRIPT, async (request, reply) => {
    const user = await staffOf(request, needs);
    const view = await consoleViewOf(user, needs);
    const institution = queryOf(request, 'institution') ?? view.desk.institutions[0]?.code ?? '';
    const mail = await readMailDesk({ user, institution }, needs);
    const form = formViewOf(user, scripts, needs);
    const isTested = queryOf(request, 'done') === 'tested';
    const shown = { ...view, ...form, mail, isTested, now: needs.clock.now() };
    await sendPage(mailsPage(shown, frameOf(request, needs)), reply);
  });
  face.post(`${CONSOLE_PATHS.mails}/test`, async (request, reply) => {
    const user = await staffOf(request, needs);
    checkMayChange(request, user, needs);
    const form = formOf(request);
    const institution = form['institution'] ?? '';
    await sendTestMail({ user, institution, typed: form[TEST_ADDRESS] ?? '' }, needs);
    const query = new URLSearchParams({ institution, done: 'tested' });
    await reply.redirect(`${CONSOLE_PATHS.mails}?${query.toString()}`, 303);
  });
}
