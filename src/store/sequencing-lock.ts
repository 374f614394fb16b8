// One sequencer at a time, however many programs serve one database. Not the sequencing.
import { sql } from 'kysely';
import type { Db } from './database.ts';

// Advisory lock of the database; the number only has to be ours alone.
const SEQUENCING_LOCK = 7_301_009;

/** Does the work on one connection that holds the lock; undefined where another one holds it. */
export async function whileSequencing<T>(
  db: Db,
  work: (connection: Db) => Promise<T>,
): Promise<T | undefined> {
  return await db.connection().execute(async (connection) => {
    const asked = sql<{ isOurs: boolean }>`
      select pg_try_advisory_lock(${SEQUENCING_LOCK}) as "isOurs"`;
    if ((await asked.execute(connection)).rows[0]?.isOurs !== true) return undefined;
    try {
      return await work(connection);
    } finally {
      // A connection that broke has lost the lock by itself; the work could not have gone on either.
      await sql`select pg_advisory_unlock(${SEQUENCING_LOCK})`.execute(connection);
    }
  });
}
