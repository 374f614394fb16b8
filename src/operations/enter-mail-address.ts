// Where a person is mailed, entered inside the transaction of whoever changes it.
import type { Identity } from '../banking/identity.ts';
import type { Tx } from '../store/database.ts';
import { findMailPlace, setMailAddress } from '../store/mail-addresses.ts';

/** What a change took the place of: an address where mail still arrived, to be told of it. */
export type Entered = { readonly formerAddress?: string };

/** Whether it is what is on record, with no mail having come back from it. */
export async function isMailAddress(
  identity: Identity,
  address: string | null,
  tx: Tx,
): Promise<boolean> {
  const before = await findMailPlace(identity, tx);
  return before.address === address && before.bouncedAt === null;
}

/** Enters an address, or none. */
export async function enterMailAddress(
  identity: Identity,
  address: string | null,
  tx: Tx,
): Promise<Entered> {
  const before = await findMailPlace(identity, tx);
  await setMailAddress(identity, address, tx);
  const isTold = before.address !== null && before.bouncedAt === null;
  return isTold ? { formerAddress: before.address } : {};
}
