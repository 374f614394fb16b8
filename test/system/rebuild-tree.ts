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
  if (only === undefined) await audit.asOwner('delete from audit_node');
  for (const { position, content, hash: old } of leaves) {
    const isMended = content.kind === 'kept' && (only === undefined || only.includes(position));
    const hash = isMended ? leafHash(content.text, sha256) : old;
    if (isMended) {
      await audit.asOwner('update audit_leaf set hash = $2 where position = $1 and hash <> $2', [
        position,
        Buffer.from(hash),
      ]);
    }
    const nodes: (readonly [number, number, Buffer])[] = [];
    frontier.append(hash, ({ height, index }, node) => {
      if (height > 0 && height % KEPT_HEIGHTS === 0) nodes.push([height, index, Buffer.from(node)]);
    });
    if (only !== undefined) continue;
    for (const node of nodes)
      await audit.asOwner('insert into audit_node values ($1, $2, $3)', node);
  }
  if (only !== undefined) return;
  const { size } = frontier;
  const note = size === 0 ? null : audit.signer.seal({ size, root: frontier.root() });
  await audit.asOwner('update audit_head set size = $1, note = $2', [size, note]);
}
