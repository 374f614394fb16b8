// Enters where a person is written to, for the bank, on the server: what came back from there before is forgotten.
import type { Identity } from '../banking/identity.ts';
import { parseMailAddress } from '../banking/mail-address.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import { appendAudit } from '../store/audit-log.ts';
import { type Db, inTransaction } from '../store/database.ts';
import { setMailAddress } from '../store/mail-addresses.ts';
import { lockPerson } from '../store/members.ts';

/** Enters the address as typed; an empty text is none. Refuses `invalid-input`, and `not-found` without the person. */
export async function changeMailAddress(
  person: Identity,
  typed: string,
  { db, clock }: { readonly db: Db; readonly clock: Clock },
): Promise<void> {
  const address = parseMailAddress(typed);
  const at = clock.now();
  const { institution } = person;
  await inTransaction(db, async (tx) => {
    if ((await lockPerson(person, tx)) === undefined) {
      throw new Refusal('not-found', 'the contract has no such user');
    }
    await setMailAddress(person, address, tx);
    const detail = { hasAddress: address !== null };
    await appendAudit([{ institution, at, event: 'mail-address-set', person, detail }], tx);
  });
}
