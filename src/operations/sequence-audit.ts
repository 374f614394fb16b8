// Puts the audit log's new entries into the tree and signs what has become of it; anchors it outside.
// Nothing is signed that is not consistent with all that was signed before.
import { equalOctets } from '../asn1/octets.ts';
import type { Anchor } from '../audit/anchor.ts';
import { checkConsistency } from '../audit/check-proofs.ts';
import { type Checkpoint, parseCheckpoint } from '../audit/checkpoint.ts';
import { Frontier, peaksOf } from '../audit/frontier.ts';
import { type KeptEntry, leafText } from '../audit/leaf-text.ts';
import { openNote, unverifiedText } from '../audit/signed-note.ts';
import { emptyRoot, leafHash } from '../audit/tree-hash.ts';
import { proveConsistency } from '../audit/tree-proofs.ts';
import type { Clock } from '../clock.ts';
import { nodeVerifier } from '../keys/node-verifier.ts';
import {
  type Growth,
  KEPT_HEIGHTS,
  type KeptHead,
  keptNodes,
  readHead,
  readWaiting,
  readWriters,
  recordGrowth,
} from '../store/audit-tree.ts';
import type { Db } from '../store/database.ts';
import { whileSequencing } from '../store/one-at-a-time.ts';
import { appendAnchor, newestAnchor } from './anchor-file.ts';
import { type CheckpointSigner, sha256 } from './checkpoint-signer.ts';
import { Settling } from './settling.ts';

/** What the sequencer works with. */
export type SequencerNeeds = {
  readonly db: Db;
  readonly signer: CheckpointSigner;
  readonly clock: Clock;
  readonly anchorFolder: string;
};

/** What a step found: `elsewhere` where another program sequences just now. */
export type Sequenced =
  | { readonly kind: 'elsewhere' }
  | {
      readonly kind: 'sequenced';
      readonly count: number;
      readonly isCaughtUp: boolean;
      /** When the oldest of them was made. */
      readonly oldest: Date | undefined;
    };

type Tree = {
  readonly frontier: Frontier;
  readonly head: KeptHead;
  readonly settling: Settling;
};

/** Entries in one step: some megabytes, some tenths of a second. */
const BATCH = 4096;
const MICROSECONDS = 1000;

/** A sequencer; several may run, and take turns. It does nothing by itself. */
export class AuditSequencer {
  readonly #needs: SequencerNeeds;
  #tree: Tree | undefined;
  /** The largest tree that this process has signed or found outside: never less is signed again. */
  #known: Checkpoint | undefined;
  #anchored: number | undefined;

  constructor(needs: SequencerNeeds) {
    this.#needs = needs;
  }

  /** Puts waiting entries into the tree, up to some thousands. */
  async sequence(): Promise<Sequenced> {
    const step = await whileSequencing(this.#needs.db, async (db) => await this.#step(db));
    return step ?? { kind: 'elsewhere' };
  }

  /** Does the same and then appends the checkpoint to the file outside, where the tree has grown since. */
  async anchor(): Promise<Sequenced> {
    const { db, clock, anchorFolder } = this.#needs;
    const anchored = await whileSequencing(db, async (one) => {
      const step = await this.#step(one);
      const { head, settling } = await this.#current(one);
      if (head.note === null || head.size === this.#anchored) return step;
      const { isCaughtUp } = step;
      const { settled } = settling;
      await appendAnchor({ at: clock.now(), settled, isCaughtUp, note: head.note }, anchorFolder);
      this.#anchored = head.size;
      return step;
    });
    return anchored ?? { kind: 'elsewhere' };
  }

  async #step(db: Db): Promise<Extract<Sequenced, { kind: 'sequenced' }>> {
    const { settling, head } = await this.#current(db);
    const safe = settling.isPending ? settling.seenBy(await readWriters(db)) : settling.settled;
    const waiting = await readWaiting({ settled: settling.settled, atMost: BATCH }, db);
    const isCaughtUp = waiting.length < BATCH;
    const newest = Number(waiting.at(-1)?.entry ?? settling.settled);
    const settled = isCaughtUp ? safe : Math.min(safe, newest);
    if (waiting.length > 0) await this.#grow(waiting, settled, db);
    settling.advance(settled, Math.max(newest, head.settled));
    const oldest = waiting.reduce((least, { at }) => Math.min(least, Number(at)), Infinity);
    return {
      kind: 'sequenced',
      count: waiting.length,
      isCaughtUp,
      oldest: waiting.length === 0 ? undefined : new Date(oldest / MICROSECONDS),
    };
  }

  async #grow(entries: readonly KeptEntry[], settled: number, db: Db): Promise<void> {
    const tree = await this.#current(db);
    const frontier = tree.frontier.copy();
    const nodes: Growth['nodes'][number][] = [];
    const leaves = entries.map((kept) => {
      const hash = leafHash(leafText(kept), sha256);
      frontier.append(hash, (place, node) => {
        const isKept = place.height > 0 && place.height % KEPT_HEIGHTS === 0;
        if (isKept) nodes.push({ ...place, hash: node });
      });
      return { institution: kept.institution, entry: kept.entry, hash };
    });
    // Consistent with the last checkpoint, since it grew out of the frontier that has its root.
    const { size } = frontier;
    const root = frontier.root();
    const { signer } = this.#needs;
    const head = { size, settled, note: signer.seal({ size, root }) };
    this.#tree = undefined; // whatever becomes of the statement
    if ((await recordGrowth({ from: tree.head.size, head, leaves, nodes }, db)) === 'stale') {
      throw new Error('the audit tree grew without the lock that its sequencers take');
    }
    this.#known = { origin: signer.key.name, size, root };
    this.#tree = { frontier, head, settling: tree.settling };
  }

  /** The tree as it is; what this process does not know already is checked against what it knows. */
  async #current(db: Db): Promise<Tree> {
    const head = await readHead(db);
    const tree = this.#tree;
    if (tree !== undefined && tree.head.size === head.size && tree.head.note === head.note) {
      return tree;
    }
    this.#known ??= await this.#outside();
    const known = this.#known;
    const checkpoint = this.#checkpointOf(head);
    if (known !== undefined) await checkGoesOn(known, checkpoint, db);
    const nodes = keptNodes(sha256, db);
    const peaks: Uint8Array[] = [];
    for (const place of peaksOf(head.size)) peaks.push(await nodes.read(place));
    const frontier = new Frontier(sha256, head.size, peaks);
    if (!equalOctets(frontier.root(), checkpoint.root)) {
      throw new Error('the audit tree is not the one of its last checkpoint');
    }
    this.#known = checkpoint;
    this.#tree = { frontier, head, settling: new Settling(head.settled) };
    return this.#tree;
  }

  async #outside(): Promise<Checkpoint | undefined> {
    const newest: Anchor | undefined = await newestAnchor(this.#needs.anchorFolder);
    this.#anchored = newest?.checkpoint.size;
    return newest?.checkpoint;
  }

  #checkpointOf({ size, note }: KeptHead): Checkpoint {
    const { key } = this.#needs.signer;
    if (note === null) return { origin: key.name, size, root: emptyRoot(sha256) };
    const checkpoint = parseCheckpoint(unverifiedText(note));
    if (checkpoint.size !== size)
      throw new Error('the audit tree has not the size that was signed');
    // After a change of keys the last checkpoint is another key's; the nodes still have to fit it.
    if (checkpoint.origin === key.name) openNote(note, key, nodeVerifier);
    return checkpoint;
  }
}

async function checkGoesOn(known: Checkpoint, now: Checkpoint, db: Db): Promise<void> {
  if (known.size > now.size) {
    throw new Error(
      `the audit tree has ${now.size} entries, but ${known.size} were signed already: ` +
        'the database is that of an earlier time',
    );
  }
  if (known.size === 0) return;
  const proof = await proveConsistency(known.size, now.size, keptNodes(sha256, db));
  checkConsistency({ older: known, newer: now }, proof, sha256);
}
