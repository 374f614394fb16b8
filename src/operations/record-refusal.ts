// Records that a request was refused to someone known to us, under the number on the page they got.
// Strangers leave nothing here: they could fill the audit log from outside.
import type { AuditEntry } from '../audit/entry.ts';
import type { Identity } from '../banking/identity.ts';
import type { UserCertificate } from '../banking/user-certificate.ts';
import type { Clock } from '../clock.ts';
import type { RefusalCode } from '../errors.ts';
import { appendAudit, countEntries } from '../store/audit-log.ts';
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
    | { readonly kind: 'holder'; readonly certificate: UserCertificate }
    /** Somebody known without a certificate, by a token of their session. */
    | { readonly kind: 'person'; readonly identity: Identity };
  readonly inquiry: string;
  /** Why, or the status of the answer where no rule of ours refused. */
  readonly code: RefusalCode | `${number}`;
  /** Method and path; no query, which may hold anything. */
  readonly asked: string;
  /** The page that told it, where that is not the one of the code. */
  readonly page?: string;
};

/** Writes the entry, where it is someone to whom this institution issued a certificate. */
export async function recordRefusal(
  { by, inquiry, code, asked, page }: RefusedRequest,
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
    ...(known.sha256 && { certificate: known.sha256 }),
    inquiry,
    detail: { code, asked, ...(page !== undefined && { page }) },
  };
  await appendRefusal(entry, needs.db);
}

const REFUSALS = ['request-refused', 'certificate-refused', 'acquisition-refused'] as const;
const REFUSALS_AN_HOUR = 50;
const HOUR_MS = 60 * 60 * 1000;

/** Appends the entry of a refusal; the last of an hour says so, since more would only fill the log. */
export async function appendRefusal(entry: AuditEntry, db: Db): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { person, at } = entry;
    const since = new Date(at.getTime() - HOUR_MS);
    const before =
      person &&
      (await countEntries({ person, since, events: REFUSALS, atMost: REFUSALS_AN_HOUR }, tx));
    if (before === REFUSALS_AN_HOUR) return;
    const isLast = before === REFUSALS_AN_HOUR - 1;
    const detail = isLast ? { ...entry.detail, furtherRefusals: 'not recorded' } : entry.detail;
    await appendAudit([{ ...entry, detail }], tx);
  });
}

type Known = { readonly identity: Identity; readonly sha256?: Uint8Array };

async function knownAs(
  by: RefusedRequest['by'],
  institution: string,
  db: Db,
): Promise<Known | undefined> {
  switch (by.kind) {
    case 'holder':
      return by.certificate;
    case 'person':
      return by;
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
