// A test mail of a staff member to themselves.
import { randomUUID } from 'node:crypto';
import { parseMailAddress } from '../banking/mail-address.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import { appendAudit } from '../store/audit-log.ts';
import { type Db, inTransaction } from '../store/database.ts';
import { countMailsOfKind } from '../store/mail-desk.ts';
import { queueMails } from '../store/mails.ts';
import { authoriseStaff } from './authorise-staff.ts';
import { enterMailAddress } from './enter-mail-address.ts';
import type { AuthenticatedUser } from './resume-session.ts';

const TESTS_AN_HOUR = 5;
const HOUR_MS = 60 * 60 * 1000;

/**
 * Sends a test mail to the staff member, who is written to at that address from now on. Refuses `not-in-role`,
 * `invalid-input` and, after five in an hour, `too-many-attempts`.
 */
export async function sendTestMail(
  { user, typed, institution }: { user: AuthenticatedUser; typed: string; institution: string },
  { db, clock }: { readonly db: Db; readonly clock: Clock },
): Promise<void> {
  const address = parseMailAddress(typed);
  if (address === null) throw new Refusal('invalid-input', 'a test mail needs an address');
  const at = clock.now();
  const { identity } = user.person;
  await inTransaction(db, async (tx) => {
    await authoriseStaff({ user, action: 'test-mail', institution }, tx);
    const since = new Date(at.getTime() - HOUR_MS);
    if ((await countMailsOfKind(identity, { kind: 'test', since }, tx)) >= TESTS_AN_HOUR) {
      throw new Refusal('too-many-attempts', 'five test mails in an hour are enough');
    }
    const isSet = (await enterMailAddress(identity, address, tx)) !== undefined;
    const facts = { kind: 'test', at: at.toISOString() } as const;
    await queueMails({ to: [identity], about: `test:${randomUUID()}`, facts, at }, tx);
    const entry = { institution: identity.institution, at, person: identity };
    const setEntry = { ...entry, event: 'mail-address-set', detail: { hasAddress: true } } as const;
    const testedEntry = { ...entry, event: 'mail-tested', detail: {} } as const;
    await appendAudit([...(isSet ? [setEntry] : []), testedEntry], tx);
  });
}
