// placeholder
import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './tables.ts';
export type Db = Kysely<Tables>;
export type Tx = Transaction<Tables>;
export async function inTransaction<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  return await db.transaction().execute(work);
}
