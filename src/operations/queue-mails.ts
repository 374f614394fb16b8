// Queues what is mailed by itself: reminders by the policy of each institution, and the renewals that the audit log
// tells of. Each is done again without harm; what was missed is caught up with.
import type { AuditEvent } from '../audit/entry.ts';
import { dueReminders } from '../banking/reminders.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { type Db, inTransaction, type Tx } from '../store/database.ts';
import { listInstitutions, policyAt } from '../store/institutions.ts';
import { noteReminded, queueReminders, queueRenewalMails } from '../store/mails.ts';

type Needs = { readonly db: Db; readonly clock: Clock; readonly log: Log };

/** Reminders are queued every ten minutes: after so long, a day of them has been missed. */
export const MISSED_AFTER_MS = 26 * 60 * 60 * 1000;
const ENTRIES_AT_ONCE = 1_000;

/** Queues the reminders that are due, one institution after the other; returns how many. */
export async function queueDueReminders({ db, clock, log }: Needs): Promise<number> {
  let queued = 0;
  for (const { code: institution } of await listInstitutions(db)) {
    const now = clock.now();
    queued += await inTransaction(db, async (tx) => {
      const before = await noteReminded(institution, now, tx);
      if (before !== null && now.getTime() - before.getTime() > MISSED_AFTER_MS) {
        log.error(
          { institution, since: before.toISOString() },
          'reminders were not queued in time',
        );
      }
      let here = 0;
      for (const reminder of dueReminders(await policyAt(institution, now, tx), now)) {
        here += await queueReminders({ institution, reminder, now }, tx);
      }
      return here;
    });
  }
  return queued;
}

/** By the event of the audit log, what is mailed of it. */
const KINDS: ReadonlyMap<AuditEvent, 'issued' | 'proved' | 'replaced'> = new Map([
  ['certificate-issued', 'issued'],
  ['certificate-proved', 'proved'],
  ['certificate-replaced', 'replaced'],
]);

/** Queues what the audit log tells of renewals, for the holder and the contract's administrators. */
export async function queueCertificateMails({ db, clock }: Omit<Needs, 'log'>): Promise<void> {
  const isMore = async (tx: Tx) =>
    await queueRenewalMails({ kinds: KINDS, atMost: ENTRIES_AT_ONCE, now: clock.now() }, tx);
  while (await inTransaction(db, isMore));
}
