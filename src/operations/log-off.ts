// Log off: ends the session if there is one, and never says that there was none.
import type { Clock } from '../clock.ts';
import { appendAudit } from '../store/audit-log.ts';
import { type Db, inTransaction } from '../store/database.ts';
import { endSession, findSession } from '../store/sessions.ts';
import { sessionTokenHash } from './open-session.ts';

type Needs = { readonly db: Db; readonly clock: Clock };

/** Ends the session of a token; an unknown or ended one is left as it is. */
export async function logOff(token: string, institution: string, needs: Needs): Promise<void> {
  const session = await findSession(institution, sessionTokenHash(token), needs.db);
  if (session === undefined || session.endReason !== null) return;
  const at = needs.clock.now();
  await inTransaction(needs.db, async (tx) => {
    if (!(await endSession(session, { reason: 'log-off', at }, tx))) return;
    await appendAudit(
      [
        {
          institution,
          at,
          event: 'logged-off',
          person: session.identity,
          certificate: session.certificate,
          detail: {},
        },
      ],
      tx,
    );
  });
}
