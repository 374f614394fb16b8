// Until transactions wait for each other: the moment at which a race is decided. No test itself.
import { sql } from 'kysely';
import type { Db } from '../../src/store/database.ts';

/** Resolves once this many transactions wait for another's lock. */
export async function whenWaiting(count: number, db: Db): Promise<void> {
  for (;;) {
    const { rows } = await sql<{ count: number }>`
      select count(*)::integer as count from pg_locks where not granted`.execute(db);
    if (rows[0]?.count === count) return;
  }
}
