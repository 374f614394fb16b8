// The whole audit log, read by a cursor in the order of its tree: every leaf with its entry, the kept
// nodes, and the entries that no leaf has. Nothing is judged here.
import { sql } from 'kysely';
import type { LogLeaf } from '../audit/check-log.ts';
import type { NodePlace } from '../audit/frontier.ts';
import { type KeptEntry, leafText, millisecondsOf } from '../audit/leaf-text.ts';
import type { Db, Tx } from './database.ts';
import { KEPT_ENTRY } from './kept-entries.ts';

type LeafRow = {
  readonly position: number;
  readonly hash: Uint8Array;
  readonly leaf_institution: string;
  readonly leaf_entry: string;
} & (KeptEntry | Readonly<Record<keyof KeptEntry, null>>);

const FETCH = sql<LeafRow>`fetch 5000 from audit_log`;

/** Reads every leaf, in parts of some thousands; the transaction must stay open meanwhile. */
export async function* readLeaves(tx: Tx): AsyncGenerator<readonly LogLeaf[]> {
  await sql`
    declare audit_log no scroll cursor for
    select leaf.position, leaf.hash, leaf.institution as leaf_institution,
      leaf.entry::text as leaf_entry, ${KEPT_ENTRY}
    from audit_leaf leaf
    left join audit_entry e on e.institution = leaf.institution and e.entry = leaf.entry
    order by leaf.position`.execute(tx);
  // The next part is fetched while this one is looked at.
  let coming = FETCH.execute(tx);
  for (;;) {
    const { rows } = await coming;
    if (rows.length === 0) break;
    coming = FETCH.execute(tx);
    coming.catch(() => {}); // told when it is awaited, however long the reader takes
    yield rows.map(leafOf);
  }
  await sql`close audit_log`.execute(tx);
}

/** Every kept node, by its place. */
export async function readKeptNodes(db: Db): Promise<(place: NodePlace) => Uint8Array | undefined> {
  const { rows } = await sql<NodePlace & { readonly hash: Uint8Array }>`
    select height, index, hash from audit_node`.execute(db);
  const byPlace = new Map(rows.map(({ height, index, hash }) => [keyOf({ height, index }), hash]));
  return (place) => byPlace.get(keyOf(place));
}

/** An entry that is in no leaf. */
export type Leafless = Pick<KeptEntry, 'institution' | 'entry'> & { readonly at: Date };

/** Entries that are in no leaf, by their number. */
export async function readLeafless(db: Db): Promise<readonly Leafless[]> {
  const { rows } = await sql<Leafless>`
    select e.institution, e.entry::text as entry, e.at from audit_entry e
    left join audit_leaf leaf on leaf.institution = e.institution and leaf.entry = e.entry
    where leaf.position is null order by e.entry`.execute(db);
  return rows;
}

/** The records of entries that were removed by rule: when, and up to which position. */
export async function readRetirements(
  db: Db,
): Promise<readonly { readonly at: Date; readonly before: number }[]> {
  const { rows } = await sql<{ at: Date; before: number }>`
    select at, (detail->>'before')::bigint as before from audit_entry
    where event = 'entries-retired'`.execute(db);
  return rows;
}

/** The leaf of an entry, and the entry; undefined where it is not in the tree. */
export async function findLeaf(entry: number, db: Db): Promise<LogLeaf | undefined> {
  const { rows } = await sql<LeafRow>`
    select leaf.position, leaf.hash, leaf.institution as leaf_institution,
      leaf.entry::text as leaf_entry, ${KEPT_ENTRY}
    from institution i
    join audit_leaf leaf on leaf.institution = i.institution and leaf.entry = ${entry}
    left join audit_entry e on e.institution = leaf.institution and e.entry = leaf.entry`.execute(
    db,
  );
  const [row] = rows;
  return row === undefined ? undefined : leafOf(row);
}

function leafOf(row: LeafRow): LogLeaf {
  const name = { institution: row.leaf_institution, entry: row.leaf_entry };
  const { position, hash } = row;
  if (row.entry === null) return { position, hash, name, content: { kind: 'gone' } };
  const content = {
    kind: 'kept' as const,
    text: leafText(row),
    atMs: millisecondsOf(row),
  };
  return { position, hash, name, content };
}

function keyOf({ height, index }: NodePlace): string {
  return `${height}/${index}`;
}
