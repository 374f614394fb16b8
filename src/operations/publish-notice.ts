// Publishes a notice of the bank, by an approved order; the sample's and the tests' have none.
import type { Clock } from '../clock.ts';
import { appendAudit } from '../store/audit-log.ts';
import { type Db, inTransaction } from '../store/database.ts';
import { type BankNotice, insertBankNotice } from '../store/notices.ts';
import { type ApprovedOrder, nameOf, recordedOf } from './actor.ts';

type Needs = { readonly db: Db; readonly clock: Clock };

/** Publishes a notice from now on. */
export async function publishNotice(
  { by, ...notice }: Omit<BankNotice, 'publishedAt'> & { readonly by?: ApprovedOrder },
  needs: Needs,
): Promise<void> {
  const publishedAt = needs.clock.now();
  await inTransaction(needs.db, async (tx) => {
    await insertBankNotice({ ...notice, publishedAt }, tx);
    const { institution, title, contract } = notice;
    const entry = {
      institution,
      at: publishedAt,
      event: 'notice-published',
      ...(contract !== undefined && { contract }),
      detail: { title, ...(by && { by: nameOf(by) }) },
    } as const;
    await appendAudit(by === undefined ? [entry] : recordedOf([entry], by), tx);
  });
}
