// Two tables beside Koshin's in the database that is thrown away: one to read from by its key, one to write to.
import pg from 'pg';
import { connectionTo, type DatabaseAddress } from '../../src/store/database-address.ts';

/** Their names. */
export const BARE_TABLES = { read: 'bare_read', written: 'bare_written' } as const;
/** How many rows there are to read, numbered from zero. */
export const BARE_ROWS = 1_000;

/** Makes them, as the owner of the other tables. */
export async function makeBareTables(owner: DatabaseAddress): Promise<void> {
  const client = new pg.Client(connectionTo(owner));
  await client.connect();
  try {
    const { read, written } = BARE_TABLES;
    await client.query(`
      create table ${read} (id integer primary key, body text not null);
      insert into ${read} select i, repeat('x', 500) from generate_series(0, ${BARE_ROWS - 1}) i;
      create table ${written} (id bigint generated always as identity primary key, body bytea not null);
      analyze ${read}, ${written}`);
  } finally {
    await client.end();
  }
}
