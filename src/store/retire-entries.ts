// Removes audit entries whose time is over. Only the owner of the tables can; their leaves stay. Which ones
// may go is decided before.
import { sql } from 'kysely';
import type { Tx } from './database.ts';

/** How many entries of an institution were removed. */
export type Removed = { readonly institution: string; readonly entries: number };

/** Removes the entries whose leaves lie before a position; of which institutions, and how many. */
export async function removeEntries(before: number, tx: Tx): Promise<readonly Removed[]> {
  const { rows } = await sql<Removed>`
    with removed as (
      delete from audit_entry e using audit_leaf leaf
      where leaf.institution = e.institution and leaf.entry = e.entry
        and leaf.position < ${before}
      returning e.institution
    )
    select institution, count(*)::integer as entries from removed
    group by institution order by institution`.execute(tx);
  return rows;
}
