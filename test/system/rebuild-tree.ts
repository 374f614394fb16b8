// What somebody can do who has the database and the checkpoint key: make leaves, nodes and head fit the
// entries as they are now. No test itself.
import { Frontier } from '../../src/audit/frontier.ts';
import { leafHash } from '../../src/audit/tree-hash.ts';
import { sha256 } from '../../src/operations/checkpoint-signer.ts';
import { readLeaves } from '../../src/store/audit-leaves.ts';
import { KEPT_HEIGHTS } from '../../src/store/audit-tree.ts';
import { inTransaction } from '../../src/store/database.ts';
import type { TestAudit } from './test-audit.ts';

/** Hashes the leaves anew: of these positions only, or all of them, and then nodes and signature too. */
export async function rebuildTree(audit: TestAudit, only?: readonly number[]): Promise<void> {
  const leaves = await inTransaction(audit.db, async (tx) => {
    return (await Array.fromAsync(readLeaves(tx))).flat();
  });
  const frontier = new Frontier(sha256);
  const mended: { position: number; hash: Uint8Array }[] = [];
  const nodes: (readonly [number, number, Buffer])[] = [];
  for (const { position, content, hash: old } of leaves) {
    const isMended = content.kind === 'kept' && (only === undefined || only.includes(position));
    const hash = isMended ? leafHash(content.text, sha256) : old;
    if (isMended) mended.push({ position, hash });
    frontier.append(hash, ({ height, index }, node) => {
      if (height > 0 && height % KEPT_HEIGHTS === 0) nodes.push([height, index, Buffer.from(node)]);
    });
  }
  await audit.asOwner(
    `update audit_leaf leaf set hash = mended.hash
     from unnest($1::bigint[], $2::bytea[]) mended (position, hash)
     where leaf.position = mended.position and leaf.hash <> mended.hash`,
    [mended.map((one) => one.position), mended.map((one) => Buffer.from(one.hash))],
  );
  if (only !== undefined) return;
  await audit.asOwner('delete from audit_node');
  for (const node of nodes) await audit.asOwner('insert into audit_node values ($1, $2, $3)', node);
  const { size } = frontier;
  const note = size === 0 ? null : audit.signer.seal({ size, root: frontier.root() });
  await audit.asOwner('update audit_head set size = $1, note = $2', [size, note]);
}
