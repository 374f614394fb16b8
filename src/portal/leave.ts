// The ways out of a session, and away from pages that are opened without one: to the public host.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { siteOf } from '../http/host-names.ts';
import { logOff } from '../operations/log-off.ts';
import { sessionToken, takeSession } from './members-session.ts';
import { PUBLIC_PATHS } from './paths.ts';
import type { PortalNeeds } from './portal.ts';

/** Log off always answers "logged off", on the host that asks for no certificate. */
export async function leave(
  request: FastifyRequest,
  reply: FastifyReply,
  needs: PortalNeeds,
): Promise<void> {
  const token = sessionToken(request);
  if (token !== undefined) await logOff(token, request.site.institution, needs);
  takeSession(reply);
  await reply.redirect(publicUrl(request, PUBLIC_PATHS.loggedOff, needs), 303);
}

/** Leads to the institution's top page. */
export async function leadToTop(
  request: FastifyRequest,
  reply: FastifyReply,
  needs: PortalNeeds,
): Promise<void> {
  await reply.redirect(publicUrl(request, PUBLIC_PATHS.top, needs), 303);
}

function publicUrl(request: FastifyRequest, path: string, needs: PortalNeeds): string {
  return siteOf(request.site.institution, 'public', needs.hosts).origin + path;
}
