// The database as a pool, and work in one transaction. Not here: how a connection behaves, SQL.
import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  type Dialect,
  type IsolationLevel,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type Transaction,
} from 'kysely';
import pg from 'pg';
import type { Log } from '../log.ts';
import type { DatabaseAddress } from './database-address.ts';
import { PoolDriver } from './pool-driver.ts';
import type { Tables } from './tables.ts';

const ATTEMPTS = 4;
const FIRST_WAIT_MS = 5;
const SERIALIZATION_FAILURE = '40001';
const DEADLOCK_DETECTED = '40P01';

type TransactionChoice = { readonly isolation?: IsolationLevel };

/** The database; also what reads take, since a `Tx` is one too. Ends with `await db.destroy()`. */
export type Db = Kysely<Tables>;
/** An open transaction. */
export type Tx = Transaction<Tables>;

type PoolChoice = {
  readonly log: Log;
  readonly poolSize?: number;
  /** How long work waits for a free connection before it is refused as `overloaded`. */
  readonly waitMs?: number;
};

/** Opens a pool; connections are made when first needed. */
export function openDatabase(address: DatabaseAddress, choice: PoolChoice): Db {
  const { log, poolSize = 16, waitMs = 10_000 } = choice;
  const dialect: Dialect = {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new PoolDriver(address, { log, poolSize, waitMs }),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
  return new Kysely<Tables>({ dialect });
}

/**
 * Commits all of the work or nothing of it. The work may run several times, so it must touch nothing
 * but its transaction. Throws Refusal('outcome-unknown') where the answer to COMMIT was lost. In an open
 * transaction the work becomes part of that, and of what repeats it.
 */
export async function inTransaction<T>(
  db: Db,
  work: (tx: Tx) => Promise<T>,
  choice: TransactionChoice = {},
): Promise<T> {
  const { isolation = 'read committed' } = choice;
  if (isOpen(db)) {
    if (choice.isolation !== undefined)
      throw new Error('the isolation of an open transaction stays');
    return await work(db);
  }
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().setIsolationLevel(isolation).execute(work);
    } catch (error) {
      if (attempt === ATTEMPTS || !asksForAnother(error)) throw error;
    }
    // Apart, so that two who collided do not collide again.
    await delay(randomInt(FIRST_WAIT_MS * 2 ** attempt));
  }
}

function isOpen(db: Db): db is Tx {
  return db.isTransaction;
}

function asksForAnother(error: unknown): boolean {
  if (!(error instanceof pg.DatabaseError)) return false;
  const { code, routine } = error;
  return (
    code === SERIALIZATION_FAILURE ||
    code === DEADLOCK_DETECTED ||
    routine === 'RevalidateCachedQuery'
  );
}
