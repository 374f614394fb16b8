// Looks through files of users that were sent, and does those that were approved, one at a time in the whole
// installation. Whatever breaks it off, nothing is half done: the next step begins where the last one was recorded.
import type { UserImport } from '../banking/user-import.ts';
import type { Clock } from '../clock.ts';
import { type Db, inTransaction } from '../store/database.ts';
import { replaceFaults } from '../store/import-reports.ts';
import { keepFound, keepProgress, nextImport, readOctets } from '../store/imports.ts';
import { policyAt } from '../store/institutions.ts';
import { whileImporting } from '../store/one-at-a-time.ts';
import { doImport } from './do-import.ts';
import { foundOf, planImport } from './plan-import.ts';
import type { OnProgress } from './read-import.ts';
import { keepLeftOut } from './send-import.ts';

type Needs = { readonly db: Db; readonly clock: Clock; readonly signal?: AbortSignal };

/** Works until nothing is left; true where there was something. An aborted signal breaks off what is under way. */
export async function workOnImports(needs: Needs): Promise<boolean> {
  // Asked without the lock first: mostly there is nothing.
  if ((await nextImport(needs.db)) === undefined) return false;
  const worked = await whileImporting(needs.db, async () => {
    for (;;) {
      const next = await nextImport(needs.db);
      if (next === undefined || needs.signal?.aborted) return true;
      await workOn(next, needs);
    }
  });
  return worked ?? false;
}

async function workOn(kept: UserImport, { db, clock, signal }: Needs): Promise<void> {
  const onProgress: OnProgress = async (progress) => {
    signal?.throwIfAborted();
    await keepProgress(kept, progress, db);
  };
  if (kept.state === 'approved') await doImport(kept, { db, clock, onProgress });
  else await lookThrough(kept, { db, clock, onProgress });
}

async function lookThrough(
  kept: UserImport,
  needs: { readonly db: Db; readonly clock: Clock; readonly onProgress: OnProgress },
): Promise<void> {
  const { institution, encoding, unit } = kept;
  const octets = await readOctets(kept, needs.db);
  const policy = await policyAt(institution, needs.clock.now(), needs.db);
  const plan = await planImport(octets, { institution, encoding, unit, policy }, needs);
  await inTransaction(needs.db, async (tx) => {
    await keepFound(kept, foundOf(plan), tx);
    await replaceFaults(kept, plan.faults, tx);
    await keepLeftOut(kept, plan.leftOut, tx);
  });
}
