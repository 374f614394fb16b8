// The ways out of a session, and away from pages that are opened without one: to the public host.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sessionToken, shownLeaf, takeSession } from '../frame/members-session.ts';
import type { PageNeeds } from '../frame/page.ts';
import { MEMBER_PATHS, PUBLIC_PATHS } from '../frame/paths.ts';
import { siteOf } from '../http/host-names.ts';
import { sha256 } from '../operations/certify.ts';
import { logOff } from '../operations/log-off.ts';
import { recordRefusal } from '../operations/record-refusal.ts';

/** Log off always answers "logged off", on the host that asks for no certificate. */
export async function leave(
  request: FastifyRequest,
  reply: FastifyReply,
  needs: PageNeeds,
): Promise<void> {
  const token = sessionToken(request);
  if (token !== undefined) await endSession(token, request, needs);
  takeSession(reply);
  await leadTo(PUBLIC_PATHS.loggedOff, { request, reply }, needs);
}

/** A cookie that was stolen ends nothing; whoever tried it is told nothing, and is on record. */
async function endSession(token: string, request: FastifyRequest, needs: PageNeeds): Promise<void> {
  const { institution, kind } = request.site;
  const leaf = kind === 'login' ? undefined : shownLeaf(request);
  const connection =
    kind === 'login'
      ? ({ kind: 'signed-challenge' } as const)
      : ({ kind: 'mutual-tls', shown: leaf && sha256(leaf) } as const);
  const leaving = { institution, token, by: connection };
  if ((await logOff(leaving, needs)) === 'logged-off') return;
  const by =
    kind === 'login' ? ({ kind: 'session', token } as const) : ({ kind: 'shown', leaf } as const);
  const asked = `POST ${MEMBER_PATHS.logOff}`;
  const code = 'certificate-changed' as const;
  await recordRefusal({ by, inquiry: request.id, code, asked }, institution, needs);
}

/** Leads to the institution's top page. */
export async function leadToTop(
  request: FastifyRequest,
  reply: FastifyReply,
  needs: PageNeeds,
): Promise<void> {
  await leadTo(PUBLIC_PATHS.top, { request, reply }, needs);
}

/** Leads to a page of the institution's public host. */
export async function leadTo(
  path: string,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  needs: PageNeeds,
): Promise<void> {
  await reply.redirect(publicUrl(request, path, needs), 303);
}

function publicUrl(request: FastifyRequest, path: string, needs: PageNeeds): string {
  return siteOf(request.site.institution, 'public', needs.hosts).origin + path;
}
