// The authorities of an institution in the console: all of them, and one that it leaves with who has not moved.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from '../errors.ts';
import { frameOf, type PageNeeds, sendPage } from '../frame/page.ts';
import { readAuthorities, readFormer } from '../operations/read-authorities.ts';
import { authoritiesPage } from './pages/authorities-page.ts';
import { formerAuthorityPage, PEOPLE_AFTER } from './pages/former-authority-page.ts';
import { CONSOLE_PATHS } from './paths.ts';
import { consoleViewOf, queryOf, staffOf } from './staff-view.ts';

type OfAuthority = { Params: { institution: string; key: string } };

/** Adds the routes. */
export function registerAuthorityRoutes(face: FastifyInstance, needs: PageNeeds): void {
  face.get(CONSOLE_PATHS.authorities, async (request, reply) => {
    const user = await staffOf(request, needs);
    const view = await consoleViewOf(user, needs);
    const institution = queryOf(request, 'institution') ?? view.desk.institutions[0]?.code ?? '';
    const read = await readAuthorities({ user, institution }, needs);
    const shown = { ...view, ...read, institution, now: needs.clock.now() };
    await sendPage(authoritiesPage(shown, frameOf(request, needs)), reply);
  });
  face.get<OfAuthority>(CONSOLE_PATHS.authority, async (request, reply) => {
    const user = await staffOf(request, needs);
    const asked = { user, ...request.params, after: afterIn(request) };
    const read = await readFormer(asked, needs);
    const view = { ...(await consoleViewOf(user, needs)), ...read, now: needs.clock.now() };
    await sendPage(formerAuthorityPage(view, frameOf(request, needs)), reply);
  });
}

function afterIn(request: FastifyRequest<OfAuthority>) {
  const text = queryOf(request, PEOPLE_AFTER);
  if (text === undefined) return undefined;
  const [, contract, user, slot] =
    /^([0-9]{11})\.([0-9A-Za-z]{1,30})\.([0-9]{1,2})$/.exec(text) ?? [];
  if (contract === undefined || user === undefined) {
    throw new Refusal('invalid-input', 'no such place');
  }
  const { institution } = request.params;
  return { identity: { institution, contract, user }, slot: Number(slot) };
}
