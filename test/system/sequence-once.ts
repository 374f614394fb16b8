// Puts what is recorded into the audit log's tree, as `koshin serve` does by itself. No test itself.
import { openCheckpointKey } from '../../src/keys/checkpoint-key.ts';
import { checkpointSigner } from '../../src/operations/checkpoint-signer.ts';
import { AuditSequencer } from '../../src/operations/sequence-audit.ts';
import type { TestKoshin } from './test-koshin.ts';

/** Sequences once. */
export async function sequenceOnce({
  house,
  clock,
  folder,
}: Pick<TestKoshin, 'house' | 'clock' | 'folder'>): Promise<void> {
  const signer = checkpointSigner(await openCheckpointKey(house.keysFolder, house.secrets));
  const sequencer = new AuditSequencer({ db: house.db, signer, clock, anchorFolder: folder });
  await sequencer.sequence();
}
