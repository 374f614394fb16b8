// Finding: the search, a contract, a person, an inquiry number. Nothing here changes anything.
import type { FastifyInstance } from 'fastify';
import { parseTypedCode } from '../banking/typed-code.ts';
import { frameOf, type PageNeeds, sendPage } from '../frame/page.ts';
import { readInquiry } from '../operations/read-console.ts';
import { readContractHistory, readPersonHistory } from '../operations/read-histories.ts';
import { searchConsole } from '../operations/search-console.ts';
import { contractPage } from './pages/contract-page.ts';
import { inquiryPage } from './pages/inquiry-page.ts';
import { personPage } from './pages/person-page.ts';
import { searchPage } from './pages/search-page.ts';
import { CONSOLE_PATHS } from './paths.ts';
import { SEARCH_FIELD } from './search-box.ts';
import { beforeOf, consoleViewOf, queryOf, staffOf } from './staff-view.ts';

type OfContract = { Params: { institution: string; contract: string } };
type OfPerson = { Params: { institution: string; contract: string; user: string } };

/** Adds the routes. */
export function registerFindingRoutes(face: FastifyInstance, needs: PageNeeds): void {
  face.get(CONSOLE_PATHS.search, async (request, reply) => {
    const user = await staffOf(request, needs);
    const typed = queryOf(request, SEARCH_FIELD) ?? '';
    const found = await searchConsole({ user, typed }, needs.db);
    const view = { ...(await consoleViewOf(user, needs)), typed, found };
    await sendPage(searchPage(view, frameOf(request, needs)), reply);
  });
  face.get<OfContract>(CONSOLE_PATHS.contract, async (request, reply) => {
    const user = await staffOf(request, needs);
    const asked = { user, ...request.params, before: beforeOf(request) };
    const history = await readContractHistory(asked, needs);
    const view = { ...(await consoleViewOf(user, needs)), history };
    await sendPage(contractPage(view, frameOf(request, needs)), reply);
  });
  face.get<OfPerson>(CONSOLE_PATHS.person, async (request, reply) => {
    const user = await staffOf(request, needs);
    const asked = { user, identity: request.params, before: beforeOf(request) };
    const history = await readPersonHistory(asked, needs);
    const view = { ...(await consoleViewOf(user, needs)), history, now: needs.clock.now() };
    await sendPage(personPage(view, frameOf(request, needs)), reply);
  });
  face.get<{ Params: { number: string } }>(CONSOLE_PATHS.inquiry, async (request, reply) => {
    const user = await staffOf(request, needs);
    const number = parseTypedCode(request.params.number);
    const found = await readInquiry({ user, number }, needs);
    const view = { ...(await consoleViewOf(user, needs)), number, found, now: needs.clock.now() };
    await sendPage(inquiryPage(view, frameOf(request, needs)), reply);
  });
}
