// The Merkle tree over the audit log as it is kept: which entries are not in it yet, its growth, its
// nodes. Not what a node or a checkpoint is: that is `audit`.
import { sql } from 'kysely';
import type { NodePlace } from '../audit/frontier.ts';
import type { KeptEntry } from '../audit/leaf-text.ts';
import { type Hash, nodeHash } from '../audit/tree-hash.ts';
import type { TreeNodes } from '../audit/tree-proofs.ts';
import type { Db } from './database.ts';
import { KEPT_ENTRY } from './kept-entries.ts';

/** Of the nodes, those are kept whose height is a multiple of this. */
export const KEPT_HEIGHTS = 8;

/** The tree as it was last signed. */
export type KeptHead = {
  readonly size: number;
  /** Every entry up to this number is in the tree, or was never committed. */
  readonly settled: number;
  /** The signed checkpoint; null for the empty tree. */
  readonly note: string | null;
};

/** Reads the head. */
export async function readHead(db: Db): Promise<KeptHead> {
  const { rows } = await sql<KeptHead>`select size, settled, note from audit_head`.execute(db);
  const [head] = rows;
  if (head === undefined) throw new Error('the audit tree has lost its head: audit_head is empty');
  return head;
}

/** Entries with a greater number that are not in the tree, of every institution, by their number. */
export async function readWaiting(
  { settled, atMost }: { readonly settled: number; readonly atMost: number },
  db: Db,
): Promise<readonly KeptEntry[]> {
  // By what is not there, not by what is greater than the last: one with a smaller number may be
  // committed later. `offset 0` keeps it a look into an index for each entry: as a join, its plan is
  // made once for all numbers, and was seen to compare every entry with every leaf.
  const query = sql<KeptEntry>`
    select ${KEPT_ENTRY} from institution i
    cross join lateral (
      select * from audit_entry waiting
      where waiting.institution = i.institution and waiting.entry > ${settled}
        and not exists (
          select from audit_leaf leaf where leaf.institution = waiting.institution
            and leaf.entry = waiting.entry offset 0)
      order by waiting.entry limit ${atMost}
    ) e
    order by e.entry limit ${atMost}`;
  return (await query.execute(db)).rows;
}

/**
 * The transactions that may have taken numbers of entries and have not ended. Each holds this lock from
 * before it takes a number until its rows can be seen by all.
 */
export async function readWriters(db: Db): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ writer: string }>`
    select virtualtransaction as writer from pg_locks
    where locktype = 'relation' and relation = 'audit_entry'::regclass
      and database = (select oid from pg_database where datname = current_database())
      and mode not in ('AccessShareLock', 'RowShareLock')`.execute(db);
  return new Set(rows.map(({ writer }) => writer));
}

/** What is added to the tree, and the head that signs it. */
export type Growth = {
  readonly from: number;
  readonly head: KeptHead;
  readonly leaves: readonly {
    readonly institution: string;
    readonly entry: string;
    readonly hash: Uint8Array;
  }[];
  /** Completed subtrees of the heights that are kept. */
  readonly nodes: readonly (NodePlace & { readonly hash: Uint8Array })[];
};

/** Adds all of it in one statement, or nothing: `stale` where the tree has another size by now. */
export async function recordGrowth(growth: Growth, db: Db): Promise<'recorded' | 'stale'> {
  const { from, head, leaves, nodes } = growth;
  const query = sql<{ count: number }>`
    with moved as (
      update audit_head set size = ${head.size}, settled = ${head.settled}, note = ${head.note}
      where size = ${from} returning 1
    ), placed as (
      insert into audit_leaf (position, institution, entry, hash)
      select ${from}::bigint + leaf.number - 1, leaf.institution, leaf.entry, leaf.hash
      from unnest(${leaves.map((one) => one.institution)}::text[],
        ${leaves.map((one) => one.entry)}::bigint[], ${leaves.map((one) => one.hash)}::bytea[])
        with ordinality as leaf (institution, entry, hash, number)
      where exists (select from moved)
    ), completed as (
      insert into audit_node (height, index, hash)
      select node.height, node.index, node.hash
      from unnest(${nodes.map((one) => one.height)}::smallint[],
        ${nodes.map((one) => one.index)}::bigint[], ${nodes.map((one) => one.hash)}::bytea[])
        as node (height, index, hash)
      where exists (select from moved)
    )
    select count(*)::integer as count from moved`;
  return (await query.execute(db)).rows[0]?.count === 1 ? 'recorded' : 'stale';
}

/** The tree's nodes for proofs: each is read, or computed from those of the next kept height below. */
export function keptNodes(hash: Hash, db: Db): TreeNodes {
  const read = async ({ height, index }: NodePlace): Promise<Uint8Array> => {
    const rise = height % KEPT_HEIGHTS;
    const count = 2 ** rise;
    let level = await readLevel({ height: height - rise, first: index * count, count }, db);
    while (level.length > 1) level = paired(level, hash);
    const [node] = level;
    if (node === undefined) throw new RangeError('a node of no nodes');
    return node;
  };
  return { read, hash };
}

type Level = { readonly height: number; readonly first: number; readonly count: number };

async function readLevel({ height, first, count }: Level, db: Db): Promise<readonly Uint8Array[]> {
  const end = first + count;
  const query =
    height === 0
      ? sql<{ hash: Uint8Array }>`select hash from audit_leaf
          where position >= ${first} and position < ${end} order by position`
      : sql<{ hash: Uint8Array }>`select hash from audit_node
          where height = ${height} and index >= ${first} and index < ${end} order by index`;
  const { rows } = await query.execute(db);
  if (rows.length !== count) {
    const span = 2 ** height;
    throw new Error(`the audit tree lacks nodes of the entries ${first * span} to ${end * span}`);
  }
  return rows.map((row) => new Uint8Array(row.hash));
}

function paired(level: readonly Uint8Array[], hash: Hash): readonly Uint8Array[] {
  const above: Uint8Array[] = [];
  for (let i = 0; i + 1 < level.length; i += 2) {
    const [left, right] = [level[i], level[i + 1]];
    if (left !== undefined && right !== undefined) above.push(nodeHash(left, right, hash));
  }
  return above;
}
