// Deletes what files of users said, thirty days after they were sent: people's names and addresses are kept where they
// belong. What was done, by whom and by which sum, stays on record.
import type { Clock } from '../clock.ts';
import { appendAudit } from '../store/audit-log.ts';
import { type Db, inTransaction } from '../store/database.ts';
import { deleteContents, listOldImports } from '../store/imports.ts';

const KEPT_MS = 30 * 24 * 60 * 60 * 1000;
const AT_ONCE = 100;

/** Deletes them; returns of how many files. */
export async function deleteOldImports(needs: {
  readonly db: Db;
  readonly clock: Clock;
}): Promise<number> {
  const at = needs.clock.now();
  const before = new Date(at.getTime() - KEPT_MS);
  const old = await listOldImports({ before, atMost: AT_ONCE }, needs.db);
  for (const { institution, id, fileName: file } of old) {
    await inTransaction(needs.db, async (tx) => {
      await deleteContents({ institution, id }, tx);
      const detail = { by: 'koshin', import: id, file };
      await appendAudit([{ institution, at, event: 'import-deleted', detail }], tx);
    });
  }
  return old.length;
}
