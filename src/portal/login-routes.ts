// The login host, which asks for no certificate: both ways in, login by passkey and PIN, one touch for
// what changes something, and then the same portal as on members' hosts.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { BrowserScripts } from '../frame/browser-bundle.ts';
import { rememberLanguage } from '../frame/language-choice.ts';
import {
  checkUserScript,
  giveSession,
  hasSignedSession,
  userWithAnyPin,
} from '../frame/members-session.ts';
import { bankOf, frameOf, landingOf, type PageNeeds, sendPage } from '../frame/page.ts';
import { LOGIN_PATHS, MEMBER_PATHS } from '../frame/paths.ts';
import { elementOf, registerScripts, WITH_SCRIPT } from '../frame/script-routes.ts';
import { formOf } from '../http/face.ts';
import { asHolder } from '../operations/holder-refusal.ts';
import {
  beginPasskeyLogin,
  identifyCredential,
  openEvidence,
} from '../operations/identify-credential.ts';
import type { OpenedSession } from '../operations/open-session.ts';
import { arrive } from '../operations/prove-passkey.ts';
import { beginTouch, touch } from '../operations/refresh-session.ts';
import { registerCompanyRoutes } from './company-routes.ts';
import { registerDeviceRoutes } from './device-routes.ts';
import { leave } from './leave.ts';
import { registerMyPageRoutes } from './my-page-routes.ts';
import { registerNoticeRoutes } from './notice-routes.ts';
import { loginPage } from './pages/login-page.ts';
import { SEAL_FIELD } from './pages/pin-page.ts';
import { signedInPage } from './pages/signed-in-page.ts';
import { assertionIn, passkeySiteOf } from './passkey-forms.ts';
import { askForPin, takePin, WITH_SCRIPT_AND_PIN } from './pin-step.ts';
import { registerProofRoutes } from './proof-routes.ts';
import { registerRenewalRoutes } from './renewal-routes.ts';

/** Adds the routes of the login host. */
export function registerLoginRoutes(
  face: FastifyInstance,
  scripts: BrowserScripts,
  needs: PageNeeds,
): void {
  face.addHook('onRequest', async (request, reply) => rememberLanguage(request, reply));
  registerScripts(face, scripts);
  registerWayIn(face, scripts, needs);
  registerTouch(face, needs);
  face.post(MEMBER_PATHS.logOff, async (request, reply) => await leave(request, reply, needs));
  registerNoticeRoutes(face, scripts, needs);
  registerCompanyRoutes(face, scripts, needs);
  registerRenewalRoutes(face, scripts, needs);
  registerMyPageRoutes(face, scripts, needs);
  registerDeviceRoutes(face, needs);
  registerProofRoutes(face, scripts, needs);
}

function registerWayIn(face: FastifyInstance, scripts: BrowserScripts, needs: PageNeeds): void {
  face.get(LOGIN_PATHS.enter, WITH_SCRIPT, async (request, reply) => {
    if (await hasSignedSession(request, needs))
      return await reply.redirect(landingOf(request, needs), 303);
    const page = loginPage({ script: elementOf(scripts.login) }, frameOf(request, needs));
    return await sendPage(page, reply);
  });
  face.post(LOGIN_PATHS.challenge, async (request, reply) => {
    const site = passkeySiteOf(request, needs);
    const challenge = beginPasskeyLogin(site, needs);
    await reply.send({ challenge, domain: site.passkeyDomain, credentialId: '' });
  });
  // A page that came by a form is opened anew at the beginning.
  for (const path of [LOGIN_PATHS.passkey, MEMBER_PATHS.pin, LOGIN_PATHS.arrive]) {
    face.get(path, async (_request, reply) => await reply.redirect(LOGIN_PATHS.enter, 303));
  }
  face.post(LOGIN_PATHS.passkey, async (request, reply) => {
    const there = { bank: bankOf(request, needs), site: passkeySiteOf(request, needs) };
    const shown = { assertion: assertionIn(request), inquiry: request.id };
    const { evidence, seal } = await identifyCredential(shown, there, needs);
    await askForPin({ request, reply, evidence, seal }, needs);
  });
  face.post(MEMBER_PATHS.pin, WITH_SCRIPT_AND_PIN, async (request, reply) => {
    const seal = formOf(request)[SEAL_FIELD] ?? '';
    const { evidence, once } = await opened(seal, 'before-pin', request, needs);
    const session = await takePin({ request, reply, evidence, seal, once }, needs);
    if (session === undefined) return;
    await goOn(session, { next: landingOf(request, needs), request, reply, scripts }, needs);
  });
  const fromMembers = {
    config: { ...WITH_SCRIPT.config, origin: 'members-of-institution' as const },
  };
  face.post(LOGIN_PATHS.arrive, fromMembers, async (request, reply) => {
    const seal = formOf(request)[SEAL_FIELD] ?? '';
    const arrived = await opened(seal, 'hand-over', request, needs);
    const session = await asHolder(
      arrived.evidence.certificate,
      async () => await arrive(arrived, needs),
    );
    await goOn(session, { next: MEMBER_PATHS.renewalCompleted, request, reply, scripts }, needs);
  });
}

function registerTouch(face: FastifyInstance, needs: PageNeeds): void {
  face.post(LOGIN_PATHS.touchWanted, async (request, reply) => {
    const user = await userWithAnyPin(request, needs);
    checkUserScript(request, user, needs);
    await reply.send(await beginTouch(user, passkeySiteOf(request, needs), needs));
  });
  face.post(LOGIN_PATHS.touch, async (request, reply) => {
    const user = await userWithAnyPin(request, needs);
    checkUserScript(request, user, needs);
    const site = passkeySiteOf(request, needs);
    const fresh = await touch(user, { assertion: assertionIn(request), site }, needs);
    await reply.send({ fresh });
  });
}

async function opened(
  text: string,
  purpose: 'before-pin' | 'hand-over',
  request: FastifyRequest,
  needs: PageNeeds,
) {
  const there = { bank: bankOf(request, needs), site: passkeySiteOf(request, needs) };
  return await openEvidence({ text, purpose, inquiry: request.id }, there, needs);
}

/** The answer carries the secret of the touch; the next page's script keeps it, and no cookie does. */
async function goOn(
  session: OpenedSession,
  where: {
    readonly next: string;
    readonly request: FastifyRequest;
    readonly reply: FastifyReply;
    readonly scripts: BrowserScripts;
  },
  needs: PageNeeds,
): Promise<void> {
  const { next, request, reply, scripts } = where;
  giveSession(reply, session.token);
  const view = { fresh: session.fresh ?? '', next, script: elementOf(scripts.signedIn) };
  await sendPage(signedInPage(view, frameOf(request, needs)), reply);
}
