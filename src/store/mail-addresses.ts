// Where people are written to: looked up, entered, and marked when mail came back from there.
import type { Identity } from '../banking/identity.ts';
import { type MailPlace, usableAddress } from '../banking/mail-address.ts';
import type { Db, Tx } from './database.ts';

/** Whom a mail is for, as they are now. */
export type MailRecipient = {
  readonly name: string;
  readonly contractName: string;
  readonly address: string | null;
  readonly isStopped: boolean;
};

/** Reads it; without such a person there is none. */
export async function findMailPlace(
  { institution, contract, user }: Identity,
  db: Db,
): Promise<MailPlace> {
  const row = await db
    .selectFrom('person')
    .select(['mail_address', 'mail_bounced_at'])
    .where('institution', '=', institution)
    .where('contract', '=', contract)
    .where('user_id', '=', user)
    .executeTakeFirst();
  return { address: row?.mail_address ?? null, bouncedAt: row?.mail_bounced_at ?? null };
}

/** Looks the recipient up; undefined where there is no such person. */
export async function findRecipient(
  { institution, contract, user }: Identity,
  db: Db,
): Promise<MailRecipient | undefined> {
  const row = await db
    .selectFrom('person as p')
    .innerJoin('contract as k', (join) =>
      join.onRef('k.institution', '=', 'p.institution').onRef('k.contract', '=', 'p.contract'),
    )
    .select(['p.name', 'k.name as contract_name', 'mail_address', 'mail_bounced_at', 'stopped_at'])
    .where('p.institution', '=', institution)
    .where('p.contract', '=', contract)
    .where('p.user_id', '=', user)
    .executeTakeFirst();
  return (
    row && {
      name: row.name,
      contractName: row.contract_name,
      address: usableAddress({ address: row.mail_address, bouncedAt: row.mail_bounced_at }),
      isStopped: row.stopped_at !== null,
    }
  );
}

/** Enters a person's mail address, or that there is none; what came back from another is forgotten. */
export async function setMailAddress(
  { institution, contract, user }: Identity,
  address: string | null,
  tx: Tx,
): Promise<void> {
  await tx
    .updateTable('person')
    .set({ mail_address: address, mail_bounced_at: null })
    .where('institution', '=', institution)
    .where('contract', '=', contract)
    .where('user_id', '=', user)
    .execute();
}

/** Everybody whose mail address it is; goes through all people. */
export async function personsAt(address: string, db: Db): Promise<readonly Identity[]> {
  const rows = await db
    .selectFrom('person')
    .select(['institution', 'contract', 'user_id'])
    .where('mail_address', '=', address)
    .orderBy('institution')
    .orderBy('contract')
    .orderBy('user_id')
    .execute();
  return rows.map(({ institution, contract, user_id }) => ({
    institution,
    contract,
    user: user_id,
  }));
}

/** Marks an address that a mail came back from; false where it is not the person's, or is marked. */
export async function markBounced(
  { institution, contract, user }: Identity,
  { address, at }: { readonly address: string; readonly at: Date },
  tx: Tx,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('person')
    .set({ mail_bounced_at: at })
    .where('institution', '=', institution)
    .where('contract', '=', contract)
    .where('user_id', '=', user)
    .where('mail_address', '=', address)
    .where('mail_bounced_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
