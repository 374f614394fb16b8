// A file of users that was looked through, asked for and approved, by the same rows as at the console. No test itself.
import type { ImportUnit } from '../../src/banking/import-plan.ts';
import { DEFAULT_POLICY } from '../../src/banking/policy.ts';
import type { Clock } from '../../src/clock.ts';
import { planImport } from '../../src/operations/plan-import.ts';
import { sendPlanned } from '../../src/operations/send-import.ts';
import { type Db, inTransaction } from '../../src/store/database.ts';
import { approveKept, type ImportKey } from '../../src/store/imports.ts';
import { decideOrder } from '../../src/store/orders.ts';

/** Those of the staff who ask and approve; both are to be approvers. */
export const ASKS = 'tanto01';
export const APPROVES = 'shonin01';

/** Asks for a file in the name of one, and approves it in the name of the other. */
export async function approvedImport(
  octets: Uint8Array,
  unit: ImportUnit,
  needs: { readonly db: Db; readonly clock: Clock },
): Promise<ImportKey> {
  const { db, clock } = needs;
  const asked = { institution: '1394', encoding: 'auto', unit, policy: DEFAULT_POLICY } as const;
  const plan = await planImport(octets, asked, { db, onProgress: async () => {} });
  const asking = { requester: { onServer: ASKS }, reason: '試し', reference: null };
  const order = await sendPlanned({ ...asked, fileName: 'users.csv', octets, plan }, asking, needs);
  return await inTransaction(db, async (tx) => {
    const decision = { state: 'done', by: APPROVES, at: clock.now(), reason: null } as const;
    await decideOrder(order, decision, tx);
    const { id } = await tx
      .selectFrom('user_import')
      .select('import as id')
      .where('request', '=', order.id)
      .executeTakeFirstOrThrow();
    const key = { institution: '1394', id };
    await approveKept(key, tx);
    return key;
  });
}
