// A thread that sequences as `koshin serve` does, beside the clients that append.
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';
import { systemClock } from '../../src/clock.ts';
import { openCheckpointKey } from '../../src/keys/checkpoint-key.ts';
import { readSecrets } from '../../src/keys/secrets.ts';
import { checkpointSigner } from '../../src/operations/checkpoint-signer.ts';
import { AuditSequencer } from '../../src/operations/sequence-audit.ts';
import { openDatabase } from '../../src/store/database.ts';
import { FAULTS_ALONE } from '../own-database.ts';
import type { SequencingOrder } from './site.ts';

const PAUSE_MS = 250;

parentPort?.once('message', (order: SequencingOrder) => void sequence(order));

async function sequence({ address, folder }: SequencingOrder): Promise<never> {
  const secrets = await readSecrets(join(folder, 'secret'));
  const signer = checkpointSigner(await openCheckpointKey(folder, secrets));
  const db = openDatabase(address, { log: FAULTS_ALONE, poolSize: 1 });
  const sequencer = new AuditSequencer({ db, signer, clock: systemClock, anchorFolder: folder });
  await sequencer.sequence();
  parentPort?.postMessage('sequencing');
  for (;;) {
    const step = await sequencer.sequence();
    if (step.kind === 'elsewhere' || step.isCaughtUp) await delay(PAUSE_MS);
  }
}
