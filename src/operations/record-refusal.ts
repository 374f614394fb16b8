// Records that a request was refused to someone who showed a certificate of ours, under the number
// on the page they got. Strangers leave nothing here: they could fill the audit log from outside.
import type { Clock } from '../clock.ts';
import type { RefusalCode } from '../errors.ts';
import { appendAudit } from '../store/audit-log.ts';
import { findCertificate } from '../store/certificates.ts';
import { type Db, inTransaction } from '../store/database.ts';
import { sha256 } from './certify.ts';

/** A refused request: what its connection showed (DER), and what was asked for. */
export type RefusedRequest = {
  readonly leaf: Uint8Array | undefined;
  readonly inquiry: string;
  readonly code: RefusalCode;
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
  await inTransaction(needs.db, async (tx) => await appendAudit([entry], tx));
}
