// Contracts and their people, with the PIN's hash, attempts and lock. Hashes stay inside operations.
import { sql } from 'kysely';
import type { Identity } from '../banking/identity.ts';
import type { Contract, Person, Role } from '../banking/person.ts';
import type { PinCount } from '../banking/pin-count.ts';
import type { Slot } from './certificates.ts';
import type { Db, Tx } from './database.ts';

/** What a login needs to know of a PIN. */
export type PinStanding = {
  readonly hash: string | null;
  readonly count: PinCount;
  readonly lockedAt: Date | null;
  readonly isStopped: boolean;
};

/** Adds a contract. */
export async function insertContract(
  contract: {
    readonly institution: string;
    readonly contract: string;
    readonly name: string;
    /** How the name is read, in any kana; null where that is not known. */
    readonly kana?: string | null;
    readonly at: Date;
  },
  tx: Tx,
): Promise<void> {
  const { at, kana = null, ...row } = contract;
  await tx
    .insertInto('contract')
    .values({ ...row, kana, created_at: at })
    .execute();
}

/** A contract, or undefined where the institution has none of that ID. */
export async function findContract(
  { institution, contract }: Pick<Identity, 'institution' | 'contract'>,
  db: Db,
): Promise<Contract | undefined> {
  const row = await db
    .selectFrom('contract')
    .select(['name', 'kana', 'created_at'])
    .where('institution', '=', institution)
    .where('contract', '=', contract)
    .executeTakeFirst();
  return row && { institution, contract, name: row.name, kana: row.kana, openedAt: row.created_at };
}

/** Locks a contract for this transaction, so that its people are counted one registration at a time. */
export async function lockContract(
  { institution, contract }: Pick<Identity, 'institution' | 'contract'>,
  tx: Tx,
): Promise<void> {
  await tx
    .selectFrom('contract')
    .select('contract')
    .where('institution', '=', institution)
    .where('contract', '=', contract)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
}

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

/** How a person's name is read; null where that is not known. */
export async function findReading(identity: Identity, db: Db): Promise<string | null> {
  const row = await db
    .selectFrom('person')
    .select('kana')
    .where((eb) => eb.and(keyOf(identity)))
    .executeTakeFirst();
  return row?.kana ?? null;
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

/** The hash of a person's PIN; null where there is none, or no such person. */
export async function findPinHash(identity: Identity, db: Db): Promise<string | null> {
  const row = await db
    .selectFrom('person')
    .select('pin_hash')
    .where((eb) => eb.and(keyOf(identity)))
    .executeTakeFirst();
  return row?.pin_hash ?? null;
}

/** How a person's PIN stands, locked for this transaction. */
export async function lockPinStanding(identity: Identity, tx: Tx): Promise<PinStanding> {
  const row = await tx
    .selectFrom('person')
    .select([
      'pin_hash',
      'pin_errors',
      'pin_running',
      'pin_attempt_at',
      'pin_locked_at',
      'stopped_at',
    ])
    .where((eb) => eb.and(keyOf(identity)))
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
  return standingOf(row);
}

/** Keeps the count of a person whose standing this transaction has locked. */
export async function keepPinCount(identity: Identity, count: PinCount, tx: Tx): Promise<void> {
  await tx
    .updateTable('person')
    .set({
      pin_errors: count.errors,
      pin_running: count.running,
      pin_attempt_at: count.attemptAt,
    })
    .where((eb) => eb.and(keyOf(identity)))
    .executeTakeFirstOrThrow();
}

/** Locks the PIN. */
export async function lockPin(identity: Identity, at: Date, tx: Tx): Promise<void> {
  await tx
    .updateTable('person')
    .set({ pin_locked_at: at })
    .where((eb) => eb.and(keyOf(identity)))
    .executeTakeFirstOrThrow();
}

/** Sets another PIN, whose errors and lock begin anew. */
export async function setPin(
  identity: Identity,
  pin: { readonly hash: string; readonly isInitial: boolean },
  tx: Tx,
): Promise<void> {
  await tx
    .updateTable('person')
    .set({
      pin_hash: pin.hash,
      pin_is_initial: pin.isInitial,
      pin_errors: 0,
      pin_locked_at: null,
    })
    .where((eb) => eb.and(keyOf(identity)))
    .executeTakeFirstOrThrow();
}

/** Unlocks the PIN: its errors begin anew. */
export async function unlockPin(identity: Identity, tx: Tx): Promise<void> {
  await tx
    .updateTable('person')
    .set({ pin_locked_at: null, pin_errors: 0 })
    .where((eb) => eb.and(keyOf(identity)))
    .executeTakeFirstOrThrow();
}

/** Stops a person (利用者停止), or lets them go on where `at` is null. */
export async function stopPerson(identity: Identity, at: Date | null, tx: Tx): Promise<void> {
  await tx
    .updateTable('person')
    .set({ stopped_at: at })
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

function keyOf(identity: Identity): { institution: string; contract: string; user_id: string } {
  return {
    institution: identity.institution,
    contract: identity.contract,
    user_id: identity.user,
  };
}

function standingOf(row: {
  readonly pin_hash: string | null;
  readonly pin_errors: number;
  readonly pin_running: number;
  readonly pin_attempt_at: Date | null;
  readonly pin_locked_at: Date | null;
  readonly stopped_at: Date | null;
}): PinStanding {
  return {
    hash: row.pin_hash,
    count: {
      errors: row.pin_errors,
      running: row.pin_running,
      attemptAt: row.pin_attempt_at,
    },
    lockedAt: row.pin_locked_at,
    isStopped: row.stopped_at !== null,
  };
}
