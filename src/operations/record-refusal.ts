// Records that a request was refused to someone known to us, under the number on the page they got.
// Strangers leave nothing here: they could fill the audit log from outside.
import type { Identity } from '../banking/identity.ts';
import type { UserCertificate } from '../banking/user-certificate.ts';
import type { Clock } from '../clock.ts';
import type { RefusalCode } from '../errors.ts';
import { appendAudit } from '../store/audit-log.ts';
import { findCertificate } from '../store/certificates.ts';
import { type Db, inTransaction } from '../store/database.ts';
import { findSession } from '../store/sessions.ts';
import { sha256 } from './certify.ts';
import { sessionTokenHash } from './open-session.ts';

/** A refused request: by whom, and what was asked for. */
export type RefusedRequest = {
  readonly by:
    | { readonly kind: 'shown'; readonly leaf: Uint8Array | undefined }
    | { readonly kind: 'session'; readonly token: string | undefined }
    | { readonly kind: 'holder'; readonly certificate: UserCertificate };
  readonly inquiry: string;
  readonly code: RefusalCode;
  /** Method and path; no query, which may hold anything. */
  readonly asked: string;
};

/** Writes the entry, where it is someone to whom this institution issued a certificate. */
export async function recordRefusal(
  { by, inquiry, code, asked }: RefusedRequest,
  institution: string,
  needs: { readonly db: Db; readonly clock: Clock },
): Promise<void> {
  const known = await knownAs(by, institution, needs.db);
  if (known === undefined) return;
  const entry = {
    institution,
    at: needs.clock.now(),
    event: 'request-refused' as const,
    person: known.identity,
    certificate: known.sha256,
    inquiry,
    detail: { code, asked },
  };
  await inTransaction(needs.db, async (tx) => await appendAudit([entry], tx));
}

type Known = { readonly identity: Identity; readonly sha256: Uint8Array };

async function knownAs(
  by: RefusedRequest['by'],
  institution: string,
  db: Db,
): Promise<Known | undefined> {
  switch (by.kind) {
    case 'holder':
      return by.certificate;
    case 'shown':
      if (by.leaf === undefined) return undefined;
      return await findCertificate(institution, sha256(by.leaf), db);
    case 'session': {
      if (by.token === undefined) return undefined;
      const session = await findSession(institution, sessionTokenHash(by.token), db);
      return session && { identity: session.identity, sha256: session.certificate };
    }
  }
}
