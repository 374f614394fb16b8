// Records that a request was refused to someone who showed a certificate of ours, under the number
// on the page they got. Strangers leave nothing here: they could fill the audit log from outside.

import type { AuditEntry } from '../audit/entry.ts';
import type { Clock } from '../clock.ts';
import type { RefusalCode } from '../errors.ts';
import { appendAudit, countEntries } from '../store/audit-log.ts';
import { findCertificate } from '../store/certificates.ts';
import { type Db, inTransaction } from '../store/database.ts';
import { sha256 } from './certify.ts';

/** A refused request: what its connection showed (DER), and what was asked for. */
export type RefusedRequest = {
  readonly leaf: Uint8Array | undefined;
  readonly inquiry: string;
  /** Why, or the status of the answer where no rule of ours refused. */
  readonly code: RefusalCode | `${number}`;
  /** Method and path; no query, which may hold anything. */
  readonly asked: string;
};

/** Writes the entry, where the certificate is one that this institution issued. */
export async function recordRefusal(
  { leaf, inquiry, code, asked }: RefusedRequest,
  institution: string,
  needs: { readonly db: Db; readonly clock: Clock },
): Promise<void> {
  if (leaf === undefined) return;
  const certificate = await findCertificate(institution, sha256(leaf), needs.db);
  if (certificate === undefined) return;
  const entry = {
    institution,
    at: needs.clock.now(),
    event: 'request-refused' as const,
    person: certificate.identity,
    certificate: certificate.sha256,
    inquiry,
    detail: { code, asked },
  };
  await appendRefusal(entry, needs.db);
}

const REFUSALS = ['request-refused', 'certificate-refused'] as const;
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
