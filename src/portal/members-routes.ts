// Members' hosts before and after the PIN: enter, PIN, notices, log off.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { BrowserScripts } from '../frame/browser-bundle.ts';
import { rememberLanguage } from '../frame/language-choice.ts';
import { evidenceOf, giveSession, sessionToken, userOf } from '../frame/members-session.ts';
import { landingOf, type PageNeeds } from '../frame/page.ts';
import { MEMBER_PATHS } from '../frame/paths.ts';
import { registerScripts } from '../frame/script-routes.ts';
import { registerCertificateCheck } from './certificate-check-route.ts';
import { registerCompanyRoutes } from './company-routes.ts';
import { registerDeviceRoutes } from './device-routes.ts';
import { hasFreshMark } from './fresh-mark.ts';
import { leadToTop, leave } from './leave.ts';
import { registerMyPageRoutes } from './my-page-routes.ts';
import { registerNoticeRoutes } from './notice-routes.ts';
import { askForPin, TAKES_PIN, takePin } from './pin-step.ts';
import { registerProofArrival, registerProofRoutes } from './proof-routes.ts';
import { registerRenewalRoutes } from './renewal-routes.ts';

/** Adds the routes of the members' hosts. */
export function registerMembersRoutes(
  face: FastifyInstance,
  scripts: BrowserScripts,
  needs: PageNeeds,
): void {
  face.addHook('onRequest', async (request, reply) => rememberLanguage(request, reply));
  face.get(MEMBER_PATHS.enter, async (request, reply) => await enter(request, reply, needs));
  face.get(MEMBER_PATHS.pin, async (request, reply) => await leadToTop(request, reply, needs));
  face.post(
    MEMBER_PATHS.pin,
    TAKES_PIN,
    async (request, reply) => await submitPin(request, reply, needs),
  );
  face.post(MEMBER_PATHS.logOff, async (request, reply) => await leave(request, reply, needs));
  registerScripts(face, scripts);
  registerNoticeRoutes(face, scripts, needs);
  registerCompanyRoutes(face, scripts, needs);
  registerRenewalRoutes(face, scripts, needs);
  registerMyPageRoutes(face, scripts, needs);
  registerDeviceRoutes(face, needs);
  registerProofRoutes(face, scripts, needs);
  registerProofArrival(face, needs);
  registerCertificateCheck(face, needs);
}

/** A fresh mark leads to the PIN page; without one an open session goes on, else the top page. */
async function enter(
  request: FastifyRequest,
  reply: FastifyReply,
  needs: PageNeeds,
): Promise<void> {
  if (hasFreshMark(request, needs)) {
    const evidence = await evidenceOf(request, needs);
    return await askForPin({ request, reply, evidence, seal: null }, needs);
  }
  if (sessionToken(request) === undefined) return await leadToTop(request, reply, needs);
  await userOf(request, needs);
  await reply.redirect(landingOf(request, needs), 303);
}

async function submitPin(
  request: FastifyRequest,
  reply: FastifyReply,
  needs: PageNeeds,
): Promise<void> {
  const evidence = await evidenceOf(request, needs);
  const opened = await takePin({ request, reply, evidence, seal: null }, needs);
  if (opened === undefined) return;
  giveSession(reply, opened.token);
  await reply.redirect(landingOf(request, needs), 303);
}
