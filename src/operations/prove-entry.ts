// The proof that one audit entry is in the log, as a file that whoever has the log's key can check alone.
import { formatEntryProof } from '../audit/entry-proof.ts';
import { proveInclusion } from '../audit/tree-proofs.ts';
import { Refusal } from '../errors.ts';
import { findLeaf } from '../store/audit-leaves.ts';
import { keptNodes, readHead } from '../store/audit-tree.ts';
import { type Db, inTransaction } from '../store/database.ts';
import { sha256 } from './checkpoint-signer.ts';

/** Proves the entry of a number; refuses `not-found`. */
export async function proveEntry(entry: number, db: Db): Promise<string> {
  return await inTransaction(
    db,
    async (tx) => {
      const leaf = await findLeaf(entry, tx);
      const { size, note } = await readHead(tx);
      if (leaf === undefined || note === null) {
        throw new Refusal('not-found', `entry ${entry} is not in the tree`);
      }
      const { position, content } = leaf;
      if (content.kind !== 'kept') {
        throw new Refusal('not-found', `entry ${entry} has been removed; only its hash is left`);
      }
      const path = await proveInclusion(position, size, keptNodes(sha256, tx));
      return formatEntryProof({ text: content.text, position, path, note });
    },
    { isolation: 'repeatable read' },
  );
}
