// Work that one program at a time does, however many serve one database. Not the work.
import { sql } from 'kysely';
import type { Db } from './database.ts';

// Advisory locks of the database; the numbers only have to be ours alone.
const SEQUENCING_LOCK = 7_301_009;
const IMPORT_LOCK = 7_301_010;

/** Does the work on one connection that holds the lock; undefined where another one holds it. */
export async function whileSequencing<T>(
  db: Db,
  work: (connection: Db) => Promise<T>,
): Promise<T | undefined> {
  return await whileHolding(SEQUENCING_LOCK, db, work);
}

/** The same of files of users: one is looked through or done at a time. */
export async function whileImporting<T>(db: Db, work: () => Promise<T>): Promise<T | undefined> {
  return await whileHolding(IMPORT_LOCK, db, work);
}

async function whileHolding<T>(
  lock: number,
  db: Db,
  work: (connection: Db) => Promise<T>,
): Promise<T | undefined> {
  return await db.connection().execute(async (connection) => {
    const asked = sql<{ isOurs: boolean }>`
      select pg_try_advisory_lock(${lock}) as "isOurs"`;
    if ((await asked.execute(connection)).rows[0]?.isOurs !== true) return undefined;
    try {
      return await work(connection);
    } finally {
      // A connection that broke has lost the lock by itself; the work could not have gone on either.
      await sql`select pg_advisory_unlock(${lock})`.execute(connection);
    }
  });
}
