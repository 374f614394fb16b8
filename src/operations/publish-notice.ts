// Publishes a notice of the bank. Approval by a second person comes before this.
import type { Clock } from '../clock.ts';
import { appendAudit } from '../store/audit-log.ts';
import { type Db, inTransaction } from '../store/database.ts';
import { type BankNotice, insertBankNotice } from '../store/notices.ts';

type Needs = { readonly db: Db; readonly clock: Clock };

/** Publishes a notice from now on. */
export async function publishNotice(
  notice: Omit<BankNotice, 'publishedAt'>,
  needs: Needs,
): Promise<void> {
  const publishedAt = needs.clock.now();
  await inTransaction(needs.db, async (tx) => {
    await insertBankNotice({ ...notice, publishedAt }, tx);
    const { institution, title } = notice;
    await appendAudit(
      [{ institution, at: publishedAt, event: 'notice-published', detail: { title } }],
      tx,
    );
  });
}
