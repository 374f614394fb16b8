// The people of contracts: registered, looked up, stopped, their rights held back. Not their PINs.
import { sql } from 'kysely';
import type { Identity } from '../banking/identity.ts';
import type { Person, Role } from '../banking/person.ts';
import type { PersonNames } from '../banking/person-names.ts';
import type { Slot } from './certificates.ts';
import type { Db, Tx } from './database.ts';

/** Adds a person with an empty first slot. */
export async function insertPerson(
  person: {
    readonly identity: Identity;
    readonly name: string;
    /** How the name is read, in any kana; null where that is not known. */
    readonly kana?: string | null;
    readonly role: Role;
    /** Null or absent: nobody can be mailed. */
    readonly mail?: string | null;
    readonly pinHash: string | null;
    /** Whether somebody else chose the PIN. */
    readonly hasInitialPin?: boolean;
    readonly at: Date;
  },
  tx: Tx,
): Promise<void> {
  const key = keyOf(person.identity);
  await tx
    .insertInto('person')
    .values({
      ...key,
      name: person.name,
      kana: person.kana ?? null,
      role: person.role,
      pin_hash: person.pinHash,
      pin_attempt_at: null,
      pin_is_initial: person.hasInitialPin ?? false,
      pin_locked_at: null,
      frozen_at: null,
      mail_address: person.mail ?? null,
      stopped_at: null,
      last_login_at: null,
      previous_login_at: null,
      created_at: person.at,
    })
    .execute();
  await insertSlot({ identity: person.identity, slot: 1 }, tx);
}

/** Adds a place for a certificate. */
export async function insertSlot({ identity, slot }: Slot, tx: Tx): Promise<void> {
  await tx
    .insertInto('slot')
    .values({ ...keyOf(identity), slot })
    .execute();
}

/** A person, or undefined when the contract has none of that ID. */
export async function findPerson(identity: Identity, db: Db): Promise<Person | undefined> {
  const row = await db
    .selectFrom('person')
    .innerJoin('contract', (join) =>
      join
        .onRef('contract.institution', '=', 'person.institution')
        .onRef('contract.contract', '=', 'person.contract'),
    )
    .select(PERSON_COLUMNS)
    .where('person.institution', '=', identity.institution)
    .where('person.contract', '=', identity.contract)
    .where('person.user_id', '=', identity.user)
    .executeTakeFirst();
  return row && personOf(identity, row);
}

/** What a person is called; undefined when the contract has none of that ID. */
export async function findNames(identity: Identity, db: Db): Promise<PersonNames | undefined> {
  return await db
    .selectFrom('person')
    .select(['name', 'kana'])
    .where((eb) => eb.and(keyOf(identity)))
    .executeTakeFirst();
}

/** Calls a person otherwise. */
export async function setNames(
  identity: Identity,
  { name, kana }: PersonNames,
  tx: Tx,
): Promise<void> {
  await tx
    .updateTable('person')
    .set({ name, kana })
    .where((eb) => eb.and(keyOf(identity)))
    .executeTakeFirstOrThrow();
}

/** The columns of `person` and `contract` of which `personOf` makes a person. */
export const PERSON_COLUMNS = [
  'person.name',
  'contract.name as contract_name',
  'role',
  'previous_login_at',
  'pin_locked_at',
  'pin_is_initial',
  'frozen_at',
  'stopped_at',
] as const;

/** A row's person. */
export function personOf(
  identity: Identity,
  row: {
    readonly name: string;
    readonly contract_name: string;
    readonly role: Role;
    readonly previous_login_at: Date | null;
    readonly pin_locked_at: Date | null;
    readonly pin_is_initial: boolean;
    readonly frozen_at: Date | null;
    readonly stopped_at: Date | null;
  },
): Person {
  return {
    identity,
    name: row.name,
    contractName: row.contract_name,
    role: row.role,
    previousLoginAt: row.previous_login_at,
    isLocked: row.pin_locked_at !== null,
    isStopped: row.stopped_at !== null,
    isFrozen: row.frozen_at !== null,
    hasInitialPin: row.pin_is_initial,
  };
}

/** Stops a person (利用者停止), or lets them go on where `at` is null. */
export async function stopPerson(identity: Identity, at: Date | null, tx: Tx): Promise<void> {
  await tx
    .updateTable('person')
    .set({ stopped_at: at })
    .where((eb) => eb.and(keyOf(identity)))
    .executeTakeFirstOrThrow();
}

/** Gives a person another role. */
export async function setRole(identity: Identity, role: Role, tx: Tx): Promise<void> {
  await tx
    .updateTable('person')
    .set({ role })
    .where((eb) => eb.and(keyOf(identity)))
    .executeTakeFirstOrThrow();
}

/** Freezes a person's rights; whose are frozen already stay so since then. */
export async function freezeRights(identity: Identity, at: Date, tx: Tx): Promise<void> {
  await tx
    .updateTable('person')
    .set((eb) => ({ frozen_at: eb.fn.coalesce('frozen_at', eb.val(at)) }))
    .where((eb) => eb.and(keyOf(identity)))
    .executeTakeFirstOrThrow();
}

/** Gives a person's rights back. */
export async function giveRightsBack(identity: Identity, tx: Tx): Promise<void> {
  await tx
    .updateTable('person')
    .set({ frozen_at: null })
    .where((eb) => eb.and(keyOf(identity)))
    .executeTakeFirstOrThrow();
}

/** Records a login: the last one becomes the previous one. */
export async function recordLogin(identity: Identity, at: Date, tx: Tx): Promise<void> {
  await tx
    .updateTable('person')
    .set({ previous_login_at: sql`last_login_at`, last_login_at: at })
    .where((eb) => eb.and(keyOf(identity)))
    .executeTakeFirstOrThrow();
}

/** Where a person's row is found. */
export function keyOf(identity: Identity): {
  institution: string;
  contract: string;
  user_id: string;
} {
  return {
    institution: identity.institution,
    contract: identity.contract,
    user_id: identity.user,
  };
}
