// The PIN of a person: its hash, attempts and lock. Hashes stay inside operations.
import type { Identity } from '../banking/identity.ts';
import type { PinCount } from '../banking/pin-count.ts';
import type { Db, Tx } from './database.ts';
import { keyOf } from './persons.ts';

/** What a login needs to know of a PIN. */
export type PinStanding = {
  readonly hash: string | null;
  readonly count: PinCount;
  readonly lockedAt: Date | null;
  readonly isStopped: boolean;
};

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
