// Publishes a notice of the bank, by an approved order; the sample's and the tests' have none.
import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { appendAudit } from '../store/audit-log.ts';
import { type Db, inTransaction } from '../store/database.ts';
import { type BankNotice, insertBankNotice } from '../store/notices.ts';
import { type ApprovedOrder, nameOf, recordedOf } from './actor.ts';

type Needs = { readonly db: Db; readonly clock: Clock };

/** Publishes a notice, from now on or from a later moment. */
export async function publishNotice(
  {
    by,
    fromAt,
    ...notice
  }: Omit<BankNotice, 'id' | 'publishedAt'> & {
    readonly by?: ApprovedOrder;
    readonly fromAt?: Date;
  },
  needs: Needs,
): Promise<void> {
  const now = needs.clock.now();
  const publishedAt = fromAt !== undefined && fromAt > now ? fromAt : now;
  const id = randomUUID();
  await inTransaction(needs.db, async (tx) => {
    await insertBankNotice({ ...notice, id, publishedAt }, tx);
    const { institution, title, contract } = notice;
    const entry = {
      institution,
      at: now,
      event: 'notice-published',
      ...(contract !== undefined && { contract }),
      detail: { notice: id, title, from: publishedAt.toISOString(), ...(by && { by: nameOf(by) }) },
    } as const;
    await appendAudit(by === undefined ? [entry] : recordedOf([entry], by), tx);
  });
}
