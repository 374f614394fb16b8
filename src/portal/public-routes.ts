// The public host: top page, login methods, help, and what leads to a fresh members' host: the login, and
// 証明書の動作確認.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { BrowserScripts } from '../frame/browser-bundle.ts';
import type { Frame } from '../frame/document.ts';
import { inSameLanguage, rememberLanguage } from '../frame/language-choice.ts';
import { frameOf, type PageNeeds, sendPage } from '../frame/page.ts';
import { MEMBER_PATHS, PUBLIC_PATHS } from '../frame/paths.ts';
import { registerScripts } from '../frame/script-routes.ts';
import { clearCookie, readCookie, setCookie } from '../http/cookies.ts';
import { membersSite } from '../http/host-names.ts';
import { makeMark, nextLabel } from '../http/labels.ts';
import { registerAcquisitionRoutes } from './acquisition-routes.ts';
import { registerOwnCodeRoutes } from './own-code-routes.ts';
import { deviceHelpPage } from './pages/device-help-page.ts';
import { helpPage } from './pages/help-page.ts';
import { importHelpPage } from './pages/import-help-page.ts';
import { loggedOffPage } from './pages/logged-off-page.ts';
import { loginMethodsPage } from './pages/login-methods-page.ts';
import { topPage } from './pages/top-page.ts';
import { withdrawnPage } from './pages/withdrawn-page.ts';

const STEP_COOKIE = '__Host-step';
const SENT_COOKIE = '__Host-sent';
const SENT_LIFE_SECONDS = 10 * 60;
const STEP_LIFE_SECONDS = 30 * 24 * 60 * 60;

/** Pages to which people come out of a session. */
const LEFT: ReadonlySet<string> = new Set([
  PUBLIC_PATHS.loggedOff,
  PUBLIC_PATHS.suspended,
  PUBLIC_PATHS.revoked,
]);

/** Adds the routes of the public host. */
export function registerPublicRoutes(
  face: FastifyInstance,
  scripts: BrowserScripts,
  needs: PageNeeds,
): void {
  registerScripts(face, scripts);
  registerAcquisitionRoutes(face, scripts, needs);
  registerOwnCodeRoutes(face, needs);
  const pages = [
    [PUBLIC_PATHS.top, topPage],
    [PUBLIC_PATHS.methods, loginMethodsPage],
    [PUBLIC_PATHS.help, helpPage],
    [PUBLIC_PATHS.deviceHelp, deviceHelpPage],
    [PUBLIC_PATHS.importHelp, importHelpPage],
    [PUBLIC_PATHS.loggedOff, loggedOffPage],
    [PUBLIC_PATHS.suspended, (frame: Frame) => withdrawnPage('suspend', frame)],
    [PUBLIC_PATHS.revoked, (frame: Frame) => withdrawnPage('revoke', frame)],
  ] as const;
  for (const [path, page] of pages) {
    face.get(path, async (request, reply) => {
      rememberLanguage(request, reply);
      // Who leaves had arrived.
      if (LEFT.has(path)) reply.header('set-cookie', clearCookie(SENT_COOKIE));
      await sendPage(page(frameOf(request, needs), hasNotArrived(request)), reply);
    });
  }
  const fresh = [
    [PUBLIC_PATHS.login, MEMBER_PATHS.enter],
    [PUBLIC_PATHS.check, MEMBER_PATHS.check],
  ] as const;
  for (const [path, to] of fresh) {
    face.get(path, async (request, reply) => await leadToFreshHost(to, { request, reply }, needs));
  }
}

/**
 * Whether the browser was led to a members' host just now and has come back instead: a handshake that
 * fails, as with a key that has become unusable, shows no page of ours.
 */
function hasNotArrived(request: FastifyRequest): boolean {
  return readCookie(request.headers.cookie, SENT_COOKIE) !== undefined;
}

/** Each visit leads to another members' host, so that the browser asks for a certificate again. */
async function leadToFreshHost(
  path: string,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  needs: PageNeeds,
): Promise<void> {
  const { institution } = request.site;
  const last = readCookie(request.headers.cookie, STEP_COOKIE);
  const { step, label } = nextLabel(last === undefined ? undefined : Number(last));
  const mark = makeMark({ institution, label, key: needs.labelKey }, needs.clock.now());
  const target = new URL(path, membersSite(institution, label, needs.hosts).origin);
  target.searchParams.set('mark', mark);
  reply.header(
    'set-cookie',
    setCookie(STEP_COOKIE, String(step), { sameSite: 'lax', lifeSeconds: STEP_LIFE_SECONDS }),
  );
  reply.header(
    'set-cookie',
    setCookie(SENT_COOKIE, '1', { sameSite: 'lax', lifeSeconds: SENT_LIFE_SECONDS }),
  );
  await reply.redirect(inSameLanguage(target.href, request), 303);
}
