// Keeps the audit log's tree growing while the system runs, and says in the log when it does not.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { repeat } from '../http/repeat.ts';
import { openCheckpointKey } from '../keys/checkpoint-key.ts';
import { describeError } from '../log.ts';
import { checkpointSigner } from '../operations/checkpoint-signer.ts';
import { AuditSequencer, type Sequenced } from '../operations/sequence-audit.ts';
import type { House, Surroundings } from './house.ts';

const PAUSE_MS = 250;
const ANCHOR_MS = 30_000;
const ALARM_MS = 60_000;
/** An entry that waits longer than this is told of; usual is a quarter of a second. */
const LAG_MS = 10_000;

/** Sequences and anchors the house's audit log until disposed of; then once more, for the last entries. */
export async function keepAuditTree(house: House, around: Surroundings): Promise<AsyncDisposable> {
  const { settings, clock } = around;
  // Anywhere else the folder is a place somebody has prepared; without it nothing is anchored.
  if (settings.auditAnchorFolder === join(settings.dataFolder, 'anchor')) {
    await mkdir(settings.auditAnchorFolder, { recursive: true, mode: 0o700 });
  }
  const signer = checkpointSigner(await openCheckpointKey(house.keysFolder, house.secrets));
  const anchorFolder = settings.auditAnchorFolder;
  const sequencer = new AuditSequencer({ db: house.db, signer, clock, anchorFolder });
  const keeper = new AuditKeeper(sequencer, around);
  const repeating = repeat(async () => await keeper.work(), PAUSE_MS);
  return {
    [Symbol.asyncDispose]: async () => {
      keeper.stop();
      await repeating[Symbol.asyncDispose]();
      await keeper.finish();
    },
  };
}

const FAILURES = {
  sequence: 'the audit log is not sequenced',
  anchor: 'the audit log is not anchored outside',
};

type Work = 'sequence' | 'anchor';

class AuditKeeper {
  readonly #sequencer: AuditSequencer;
  readonly #around: Pick<Surroundings, 'clock' | 'log'>;
  readonly #startedAt = performance.now();
  #anchorAt = performance.now();
  #alarmAt = 0;
  #failing: Work | undefined;
  #isStopping = false;

  constructor(sequencer: AuditSequencer, around: Pick<Surroundings, 'clock' | 'log'>) {
    this.#sequencer = sequencer;
    this.#around = around;
  }

  /** Sequences what waits, and anchors when it is time. */
  async work(): Promise<void> {
    const isTime = performance.now() >= this.#anchorAt;
    if (isTime) this.#anchorAt = performance.now() + ANCHOR_MS;
    let step = await this.#do(isTime ? 'anchor' : 'sequence');
    while (!this.#isStopping && step?.kind === 'sequenced' && !step.isCaughtUp) {
      step = await this.#do('sequence');
    }
  }

  stop(): void {
    this.#isStopping = true;
  }

  /** The last step, whose checkpoint leaves the house. */
  async finish(): Promise<void> {
    await this.#do('anchor');
  }

  async #do(work: Work): Promise<Sequenced | undefined> {
    const { log } = this.#around;
    try {
      const step = await this.#sequencer[work]();
      // Anchoring sequences, too; sequencing says nothing of a place outside that does not answer.
      if (this.#failing === 'sequence' || work === 'anchor') this.#tellEnd();
      this.#tellLag(step);
      return step;
    } catch (error) {
      this.#failing = work;
      if (this.#mayAlarm()) {
        log.error({ error: describeError(error) }, FAILURES[work]);
      }
      return undefined;
    }
  }

  #tellEnd(): void {
    if (this.#failing !== undefined) this.#around.log.info({}, 'the audit log is sequenced again');
    this.#failing = undefined;
  }

  #tellLag(step: Sequenced): void {
    // What waited while nobody served is no fault of the sequencer.
    if (performance.now() - this.#startedAt < LAG_MS) return;
    if (step.kind === 'elsewhere' || step.oldest === undefined) return;
    const lag = this.#around.clock.now().getTime() - step.oldest.getTime();
    if (lag < LAG_MS || !this.#mayAlarm()) return;
    const seconds = Math.round(lag / 1000);
    this.#around.log.error({ seconds }, 'audit entries waited long to be sequenced');
  }

  #mayAlarm(): boolean {
    const now = performance.now();
    if (now < this.#alarmAt) return false;
    this.#alarmAt = now + ALARM_MS;
    return true;
  }
}
