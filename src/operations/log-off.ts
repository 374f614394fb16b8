// Log off: ends the session if there is one, and never says that there was none.
import { equalOctets } from '../asn1/octets.ts';
import type { Clock } from '../clock.ts';
import { appendAudit } from '../store/audit-log.ts';
import { type Db, inTransaction } from '../store/database.ts';
import { endSession, findSession, type SessionRecord } from '../store/sessions.ts';
import { sessionTokenHash } from './open-session.ts';

type Needs = { readonly db: Db; readonly clock: Clock };

/** Who logs off: a session token, and what its connection showed besides. */
export type Leaving = {
  readonly institution: string;
  readonly token: string;
  readonly by: Connection;
};

/** A connection that showed a certificate (by its SHA-256) or none, or one to a host that asks for none. */
type Connection =
  | { readonly kind: 'mutual-tls'; readonly shown: Uint8Array | undefined }
  | { readonly kind: 'signed-challenge' };

/**
 * Ends the session of a token; an unknown or ended one is left as it is. `not-theirs`: the session was
 * opened by another certificate, or on the other kind of host, and goes on.
 */
export async function logOff(
  { institution, token, by }: Leaving,
  needs: Needs,
): Promise<'logged-off' | 'not-theirs'> {
  const session = await findSession(institution, sessionTokenHash(token), needs.db);
  if (session === undefined || session.endReason !== null) return 'logged-off';
  if (!isTheirs(session, by)) return 'not-theirs';
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

function isTheirs({ proof, certificate }: SessionRecord, by: Connection): boolean {
  if (proof !== by.kind) return false;
  if (by.kind === 'signed-challenge') return true;
  return by.shown !== undefined && equalOctets(certificate, by.shown);
}
