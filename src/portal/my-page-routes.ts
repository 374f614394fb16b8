// マイページ, and what a user does for themselves from there; on members' hosts and on the login host alike.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isFinal } from '../banking/certificate-life.ts';
import { isExpired, type UserCertificate } from '../banking/user-certificate.ts';
import type { BrowserScripts } from '../frame/browser-bundle.ts';
import { accountOf, userOf } from '../frame/members-session.ts';
import { bankOf, frameOf, type PageNeeds, sendPage } from '../frame/page.ts';
import { MEMBER_PATHS } from '../frame/paths.ts';
import { readMyPage } from '../operations/read-my-page.ts';
import { type RenewalStanding, readRenewal } from '../operations/read-renewal.ts';
import { type MyPageView, myPage, type OwnCertificate } from './pages/my-page.ts';
import { registerPcChangeRoutes } from './pc-change-routes.ts';
import { registerPinChangeRoutes } from './pin-change-routes.ts';
import { shownAs } from './renewal-routes.ts';

/** Adds the routes of マイページ and of the pages it leads to. */
export function registerMyPageRoutes(
  face: FastifyInstance,
  scripts: BrowserScripts,
  needs: PageNeeds,
): void {
  face.get(MEMBER_PATHS.myPage, async (request, reply) => {
    await sendPage(myPage(await viewOf(request, needs), frameOf(request, needs)), reply);
  });
  registerPinChangeRoutes(face, scripts, needs);
  registerPcChangeRoutes(face, scripts, needs);
}

async function viewOf(request: FastifyRequest, needs: PageNeeds): Promise<MyPageView> {
  const user = await userOf(request, needs);
  const { certificates, history, mail } = await readMyPage(user, needs.db);
  const now = needs.clock.now();
  const hasSeveral = certificates.some(({ slot }) => slot > 1);
  return {
    account: accountOf(user, needs),
    isFrozen: user.person.isFrozen,
    certificate: shownAs(user.certificate, request, needs),
    renewal: renewalOf(await readRenewal(user, bankOf(request, needs), needs)),
    certificates: certificates.map((one) => ownCertificate(one, { now, hasSeveral })),
    history,
    mail,
    isAdministrator: user.person.role === 'administrator',
  };
}

function renewalOf(standing: RenewalStanding): MyPageView['renewal'] {
  if (standing.kind === 'outside-window') return { kind: 'opens', at: standing.opensAt };
  return { kind: standing.kind };
}

function ownCertificate(
  certificate: UserCertificate,
  { now, hasSeveral }: { readonly now: Date; readonly hasSeveral: boolean },
): OwnCertificate {
  const { commonName, slot, state, notBefore, notAfter, endedAt } = certificate;
  return {
    name: commonName,
    slot: hasSeveral ? slot : null,
    standing: !isFinal(state) && isExpired(certificate, now) ? 'expired' : state,
    startsAt: notBefore,
    endsAt: notAfter,
    endedAt,
  };
}
