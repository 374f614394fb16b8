// Appends to the audit log, inside the transaction of what it records. Nothing here changes an entry.
import type { AuditEntry } from '../audit/entry.ts';
import type { Tx } from './database.ts';

/** Writes entries in the given transaction, so that deed and record are one. */
export async function appendAudit(entries: readonly AuditEntry[], tx: Tx): Promise<void> {
  await tx
    .insertInto('audit_entry')
    .values(
      entries.map((entry) => ({
        institution: entry.institution,
        at: entry.at,
        event: entry.event,
        contract: entry.person?.contract ?? null,
        user_id: entry.person?.user ?? null,
        certificate: entry.certificate ?? null,
        inquiry: entry.inquiry ?? null,
        detail: JSON.stringify(entry.detail),
      })),
    )
    .execute();
}
