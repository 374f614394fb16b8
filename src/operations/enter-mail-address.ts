// Where a person is mailed, entered inside the transaction of whoever changes it.
import type { Identity } from '../banking/identity.ts';
import { usableAddress } from '../banking/mail-address.ts';
import type { Tx } from '../store/database.ts';
import { findMailPlace, setMailAddress } from '../store/mail-addresses.ts';

/** What a change took the place of: an address where mail still arrived, to be told of it. */
export type Entered = { readonly formerAddress?: string };

/** Enters an address, or none; undefined where it is on record, no mail came back from it, and nothing changed. */
export async function enterMailAddress(
  identity: Identity,
  address: string | null,
  tx: Tx,
): Promise<Entered | undefined> {
  const before = await findMailPlace(identity, tx);
  if (before.address === address && before.bouncedAt === null) return undefined;
  await setMailAddress(identity, address, tx);
  const formerAddress = usableAddress(before);
  return formerAddress === null ? {} : { formerAddress };
}
