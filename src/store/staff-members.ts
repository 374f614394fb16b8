// The bank's staff beyond what they are as people of the staff house: role and scope.
import type { Identity } from '../banking/identity.ts';
import type { StaffRole, StaffScope } from '../banking/staff.ts';
import type { Db, Tx } from './database.ts';

/** What a staff member is, and for whom they work. */
export type StaffMember = { readonly role: StaffRole; readonly scope: StaffScope };

/** Makes a person of the staff house a staff member, or changes what they are. */
export async function keepStaffMember(
  identity: Identity,
  { role, scope, at }: StaffMember & { readonly at: Date },
  tx: Tx,
): Promise<void> {
  const appointed = { role, scope: scope === 'all' ? null : scope, changed_at: at };
  await tx
    .insertInto('staff_member')
    .values({ ...keyOf(identity), ...appointed })
    .onConflict((on) => on.columns(['institution', 'contract', 'user_id']).doUpdateSet(appointed))
    .execute();
}

/** The same, locked for this transaction: it stays so until what it allows is done. */
export async function lockStaffMember(
  identity: Identity,
  tx: Tx,
): Promise<StaffMember | undefined> {
  await tx
    .selectFrom('staff_member')
    .select('role')
    .where((eb) => eb.and(keyOf(identity)))
    .forNoKeyUpdate()
    .executeTakeFirst();
  return await findStaffMember(identity, tx);
}

/** What a person is among the staff; undefined for whoever is none of it. */
export async function findStaffMember(
  identity: Identity,
  db: Db,
): Promise<StaffMember | undefined> {
  const row = await db
    .selectFrom('staff_member')
    .select(['role', 'scope'])
    .where((eb) => eb.and(keyOf(identity)))
    .executeTakeFirst();
  return row && { role: row.role, scope: row.scope ?? 'all' };
}

function keyOf({ institution, contract, user }: Identity) {
  return { institution, contract, user_id: user };
}
