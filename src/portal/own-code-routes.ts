// Asking for a code by mail after the end of a certificate, on the public host: one answer for everybody, in its words
// and in its time.
import type { FastifyInstance } from 'fastify';
import { Refusal } from '../errors.ts';
import { frameOf, type PageNeeds, sendPage } from '../frame/page.ts';
import { PUBLIC_PATHS } from '../frame/paths.ts';
import { askForCode, daysOfAsking } from '../operations/ask-for-code.ts';
import { AcquisitionAttempts } from './acquisition-attempts.ts';
import { idsIn } from './acquisition-routes.ts';
import { atEvenTime } from './even-answer.ts';
import { ownCodeAskedPage, ownCodePage } from './pages/own-code-page.ts';

/** For an address and a user fewer than attempts with a code: each may send a mail. */
const LIMITS = {
  address: { capacity: 10, perMinute: 2, maxKeys: 100_000 },
  user: { capacity: 5, perMinute: 1, maxKeys: 100_000 },
  contract: { capacity: 100, perMinute: 30, maxKeys: 100_000 },
} as const;

/** Adds the routes. */
export function registerOwnCodeRoutes(face: FastifyInstance, needs: PageNeeds): void {
  const attempts = new AcquisitionAttempts(LIMITS);
  face.get(PUBLIC_PATHS.acquireCode, async (request, reply) => {
    const graceDays = await daysOfAsking(request.site.institution, needs);
    await sendPage(ownCodePage({ graceDays }, frameOf(request, needs)), reply);
  });
  face.post(PUBLIC_PATHS.acquireCode, async (request, reply) => {
    const asked = idsIn(request);
    attempts.check(request, asked);
    const { contract, user } = asked;
    const graceDays = await daysOfAsking(asked.institution, needs);
    if (graceDays === null) throw new Refusal('policy-forbids', 'no code is mailed to who asks');
    await atEvenTime(async () => await askForCode(asked, needs));
    const view = { graceDays, entered: { contract, user } };
    await sendPage(ownCodeAskedPage(view, frameOf(request, needs)), reply);
  });
}
