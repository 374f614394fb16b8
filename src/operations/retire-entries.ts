// Removes audit entries that are older than they have to be kept, and records that. The tree keeps their
// leaves, whose salt is gone with them. Run by `koshin audit retire`, never by the running server.
import type { NoteKey } from '../audit/signed-note.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import { appendAudit } from '../store/audit-log.ts';
import { type Db, inTransaction } from '../store/database.ts';
import { type Removed, removeEntries } from '../store/retire-entries.ts';
import { readVerifiedAnchors, retirableSize } from './audit-witness.ts';
import { verifyAudit } from './verify-audit.ts';

/** What retiring needs; `db` is open as the owner of the tables. */
export type RetirementNeeds = {
  readonly db: Db;
  readonly key: NoteKey;
  readonly anchorFolder: string;
  readonly retentionDays: number | null;
  readonly clock: Clock;
  readonly onProgress: (count: number) => void;
};

/**
 * Removes what was anchored outside the retention time before. Refuses `policy-forbids` where no time is
 * set, `invalid-input` where the log does not verify: an edit must not go with what was edited.
 */
export async function retireEntries(needs: RetirementNeeds): Promise<readonly Removed[]> {
  const { db, key, anchorFolder, retentionDays, clock } = needs;
  if (retentionDays === null) throw new Refusal('policy-forbids', 'entries are kept for ever');
  if ((await verifyAudit(needs)).findings.length > 0) {
    throw new Refusal('invalid-input', 'the log does not verify: `koshin audit verify` says where');
  }
  const at = clock.now();
  const before = retirableSize(await readVerifiedAnchors(anchorFolder, key), at, retentionDays);
  return await inTransaction(db, async (tx) => {
    const removed = await removeEntries(before, tx);
    const records = removed.map(({ institution, entries }) => ({
      institution,
      at,
      event: 'entries-retired' as const,
      detail: { before, entries, retentionDays },
    }));
    if (records.length > 0) await appendAudit(records, tx);
    return removed;
  });
}
