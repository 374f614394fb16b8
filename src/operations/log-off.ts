// Log off: ends the session if there is one, and never says that there was none.
import { equalOctets } from '../asn1/octets.ts';
import type { Clock } from '../clock.ts';
import { appendAudit } from '../store/audit-log.ts';
import { type Db, inTransaction } from '../store/database.ts';
import { endSession, findSession } from '../store/sessions.ts';
import { sessionTokenHash } from './open-session.ts';

type Needs = { readonly db: Db; readonly clock: Clock };

/** Who logs off: a session token, and the SHA-256 of the certificate that its connection showed. */
export type Leaving = {
  readonly institution: string;
  readonly token: string;
  readonly shown: Uint8Array | undefined;
};

/**
 * Ends the session of a token; an unknown or ended one is left as it is. `not-theirs`: the session was
 * opened by another certificate, and goes on.
 */
export async function logOff(
  { institution, token, shown }: Leaving,
  needs: Needs,
): Promise<'logged-off' | 'not-theirs'> {
  const session = await findSession(institution, sessionTokenHash(token), needs.db);
  if (session === undefined || session.endReason !== null) return 'logged-off';
  if (shown === undefined || !equalOctets(session.certificate, shown)) return 'not-theirs';
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
  return 'logged-off';
}
