// Runs work in one transaction, again where the database asked for that. Nothing else is retried.
import { setTimeout as delay } from 'node:timers/promises';
import type { IsolationLevel } from 'kysely';
import pg from 'pg';
import type { Db, Tx } from './database.ts';

const ATTEMPTS = 4;
const FIRST_WAIT_MS = 5;
const SERIALIZATION_FAILURE = '40001';
const DEADLOCK_DETECTED = '40P01';

type TransactionChoice = { readonly isolation?: IsolationLevel };

/**
 * Commits all of the work or nothing of it. The work may run several times, so it must touch nothing
 * but its transaction. Throws Refusal('outcome-unknown') where the answer to COMMIT was lost.
 */
export async function inTransaction<T>(
  db: Db,
  work: (tx: Tx) => Promise<T>,
  choice: TransactionChoice = {},
): Promise<T> {
  const { isolation = 'read committed' } = choice;
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().setIsolationLevel(isolation).execute(work);
    } catch (error) {
      if (attempt === ATTEMPTS || !asksForAnother(error)) throw error;
    }
    // Apart, so that two who collided do not collide again.
    await delay(FIRST_WAIT_MS * 2 ** attempt * Math.random());
  }
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
