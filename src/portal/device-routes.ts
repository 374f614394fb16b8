// The four requests of a renewal whose new key is a passkey, sent by the script of a page.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { inSameLanguage } from '../frame/language-choice.ts';
import {
  checkScriptMayChange,
  giveSession,
  takeSession,
  userOf,
} from '../frame/members-session.ts';
import { bankOf, type PageNeeds } from '../frame/page.ts';
import { LOGIN_PATHS, MEMBER_PATHS } from '../frame/paths.ts';
import { formOf } from '../http/face.ts';
import { siteOf } from '../http/host-names.ts';
import { provePasskeyForHandOver, provePasskeyHere } from '../operations/prove-passkey.ts';
import {
  beginDeviceProof,
  beginDeviceRenewal,
  renewOnDevice,
} from '../operations/renew-on-device.ts';
import type { AuthenticatedUser } from '../operations/resume-session.ts';
import { assertionIn, passkeySiteOf, registrationIn } from './passkey-forms.ts';
import { unprovenIn } from './renewal-routes.ts';

/** Adds the routes of the renewal on the device. */
export function registerDeviceRoutes(face: FastifyInstance, needs: PageNeeds): void {
  face.post(MEMBER_PATHS.deviceWanted, async (request, reply) => {
    const user = await changingUser(request, needs);
    await reply.send(beginDeviceRenewal(user, thereOf(request, needs), needs));
  });
  face.post(MEMBER_PATHS.device, async (request, reply) => {
    const user = await changingUser(request, needs);
    const unproven = unprovenIn(formOf(request)['unproven']);
    const asked = { user, registration: registrationIn(request), unproven };
    await reply.send(await renewOnDevice(asked, thereOf(request, needs), needs));
  });
  face.post(MEMBER_PATHS.deviceProofWanted, async (request, reply) => {
    const user = await changingUser(request, needs);
    await reply.send(await beginDeviceProof(user, passkeySiteOf(request, needs), needs));
  });
  face.post(MEMBER_PATHS.deviceProof, async (request, reply) => {
    const user = await changingUser(request, needs);
    const there = thereOf(request, needs);
    const proof = { assertion: assertionIn(request), inquiry: request.id, ...there };
    if (request.site.kind === 'login') {
      const { token, fresh } = await provePasskeyHere(user, proof, needs);
      giveSession(reply, token);
      return await reply.send({ next: MEMBER_PATHS.renewalCompleted, fresh: fresh ?? '' });
    }
    const login = siteOf(request.site.institution, 'login', needs.hosts);
    const handOver = { ...proof, loginHost: login.host };
    const seal = await provePasskeyForHandOver(user, handOver, needs);
    takeSession(reply);
    const action = inSameLanguage(login.origin + LOGIN_PATHS.arrive, request);
    return await reply.send({ action, seal });
  });
}

async function changingUser(request: FastifyRequest, needs: PageNeeds): Promise<AuthenticatedUser> {
  const user = await userOf(request, needs);
  checkScriptMayChange(request, user, needs);
  return user;
}

function thereOf(request: FastifyRequest, needs: PageNeeds) {
  return { bank: bankOf(request, needs), site: passkeySiteOf(request, needs) };
}
