// Enters where a person is written to, for the bank, on the server: what came back from there before is forgotten, and
// the company is told, as when an administrator does it.
import type { Identity } from '../banking/identity.ts';
import { parseMailAddress } from '../banking/mail-address.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import { appendAudit } from '../store/audit-log.ts';
import { type Db, inTransaction } from '../store/database.ts';
import { lockPerson } from '../store/members.ts';
import { enterMailAddress } from './enter-mail-address.ts';
import { tellCompany } from './tell-company.ts';

/**
 * Enters the address as typed; an empty text is none, and what is there already changes nothing. Refuses
 * `invalid-input`, and `not-found` without the person.
 */
export async function changeMailAddress(
  person: Identity,
  typed: string,
  { db, clock }: { readonly db: Db; readonly clock: Clock },
): Promise<void> {
  const address = parseMailAddress(typed);
  const at = clock.now();
  const { institution } = person;
  await inTransaction(db, async (tx) => {
    const member = await lockPerson(person, tx);
    if (member === undefined) {
      throw new Refusal('not-found', 'the contract has no such user');
    }
    const entered = await enterMailAddress(person, address, tx);
    if (entered === undefined) return;
    const detail = { hasAddress: address !== null };
    await appendAudit([{ institution, at, event: 'mail-address-set', person, detail }], tx);
    const happened = { event: 'mail-changed', member, by: null, byBank: true } as const;
    await tellCompany({ ...happened, ...entered, now: at }, tx);
  });
}
