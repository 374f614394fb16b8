// Approvals that are judged at the same time and wait for each other: the moment at which a race is decided. No test itself.
import { lockContract } from '../../src/store/contracts.ts';
import { inTransaction } from '../../src/store/database.ts';
import { type AtConsole, approve } from './staff.ts';
import type { TestKoshin } from './test-koshin.ts';
import type { Answer } from './visitor.ts';
import { whenWaiting } from './when-waiting.ts';

/** Approves each order by its staff member, held by the contract's lock until all have been judged and wait. */
export async function approveAtOnce(
  contract: string,
  approvals: readonly { readonly by: AtConsole; readonly order: string }[],
  { house: { db } }: TestKoshin,
): Promise<readonly Answer[]> {
  const { asked } = await inTransaction(db, async (tx) => {
    await lockContract({ institution: '1394', contract }, tx);
    const started = approvals.map(async ({ by, order }) => await approve(by, order));
    await whenWaiting(approvals.length, db);
    return { asked: started };
  });
  return await Promise.all(asked);
}
