// Says of orders that nobody decided in time that they have expired. They could not be decided before either: this
// only puts it on record.
import type { Clock } from '../clock.ts';
import { appendAudit } from '../store/audit-log.ts';
import { type Db, inTransaction } from '../store/database.ts';
import { decideOrder, lockOverdueOrders } from '../store/orders.ts';
import { orderEntry } from './request-order.ts';

const AT_ONCE = 100;

/** Records them; returns how many there were. */
export async function expireOrders(needs: {
  readonly db: Db;
  readonly clock: Clock;
}): Promise<number> {
  const at = needs.clock.now();
  return await inTransaction(needs.db, async (tx) => {
    const overdue = await lockOverdueOrders({ now: at, atMost: AT_ONCE }, tx);
    for (const order of overdue) {
      const { institution } = order.content;
      const expired = { state: 'expired', by: null, at, reason: null } as const;
      await decideOrder({ institution, id: order.id }, expired, tx);
      await appendAudit([orderEntry('order-expired', order, { by: 'koshin', at })], tx);
    }
    return overdue.length;
  });
}
