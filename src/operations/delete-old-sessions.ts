// Deletes the rows of sessions that are long over. What they did stays in the audit log, with what was
// signed to open them and to authorise their changes; none of that is kept in the row alone.
import type { Clock } from '../clock.ts';
import { appendAudit } from '../store/audit-log.ts';
import { type Db, inTransaction } from '../store/database.ts';
import { listInstitutions, policyAt } from '../store/institutions.ts';
import { forgetOldTokens } from '../store/proof-tokens.ts';
import { deleteSessionsOpenedBefore } from '../store/sessions.ts';

type Needs = { readonly db: Db; readonly clock: Clock };

/** How long a session is kept once no policy could have let it go on, in days. */
export const SESSIONS_KEPT_DAYS = 30;

const DAY_MS = 24 * 60 * 60 * 1000;
const MINUTE_MS = 60_000;
/** In one transaction: short enough that nobody waits for it. */
const AT_ONCE = 1_000;

/** Deletes, of every institution, the sessions whose longest life ended thirty days ago; returns how many. */
export async function deleteOldSessions(needs: Needs): Promise<number> {
  let deleted = 0;
  for (const { code } of await listInstitutions(needs.db)) {
    for (let last = AT_ONCE; last === AT_ONCE; deleted += last) {
      last = await deleteSome(code, needs);
    }
  }
  return deleted;
}

async function deleteSome(institution: string, { db, clock }: Needs): Promise<number> {
  const now = clock.now();
  const { sessionTotalMinutes } = await policyAt(institution, now, db);
  const keptMs = SESSIONS_KEPT_DAYS * DAY_MS + sessionTotalMinutes * MINUTE_MS;
  const before = new Date(now.getTime() - keptMs);
  return await inTransaction(db, async (tx) => {
    // A token of 確認 names its session; those of sessions so old ended long ago.
    await forgetOldTokens(institution, now, tx);
    const sessions = { institution, before, atMost: AT_ONCE };
    const count = await deleteSessionsOpenedBefore(sessions, tx);
    if (count === 0) return 0;
    const detail = { count, openedBefore: before.toISOString() };
    await appendAudit([{ institution, at: now, event: 'sessions-deleted', detail }], tx);
    return count;
  });
}
