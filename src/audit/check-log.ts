// Checks a whole audit log, leaf by leaf: each entry against its leaf, the leaves against the tree's nodes
// and every checkpoint kept outside. It names what is wrong and where; it does not stop at the first.
import { equalOctets } from '../asn1/octets.ts';
import type { Anchor } from './anchor.ts';
import type { TreeHead } from './check-proofs.ts';
import { Frontier, type NodePlace } from './frontier.ts';
import { type Hash, leafHash } from './tree-hash.ts';

/** A leaf, and what is left of its entry; `withheld`: of another institution, not in this export. */
export type LogLeaf = {
  readonly position: number;
  readonly hash: Uint8Array;
  /** Whose entry it is; undefined where that is withheld. */
  readonly name: EntryName | undefined;
  readonly content:
    | { readonly kind: 'kept'; readonly text: string; readonly atMs: number }
    | { readonly kind: 'gone' }
    | { readonly kind: 'withheld' };
};

/** An entry's institution and number. */
export type EntryName = { readonly institution: string; readonly entry: string };

/** How something was edited, as far as that can be told. */
export type EditKind =
  | 'changed'
  | 'deleted'
  | 'inserted'
  | 'rewritten'
  | 'truncated'
  | 'rolled-back'
  | 'checkpoint-wrong';

/** One wrong place: the leaves from `from` to `to`, both included. */
export type Finding = {
  readonly kind: EditKind;
  readonly from: number;
  readonly to: number;
  readonly name: EntryName | undefined;
  readonly says: string;
};

/** What the log is held against. */
export type LogWitness = {
  /** Verified checkpoints, by size. */
  readonly anchors: readonly Pick<Anchor, 'at' | 'settled' | 'isCaughtUp' | 'checkpoint'>[];
  /** Entries before this position may be gone by rule. */
  readonly retired: number;
  /** The hash that is kept of a subtree; undefined where none is. */
  readonly keptNode: (place: NodePlace) => Uint8Array | undefined;
};

/** An entry may say that it is this much older than its place in the tree. */
export const LATENESS_MS = 2 * 60 * 1000;

/** A log as it is read, from its first leaf on. */
export class LogCheck {
  readonly #witness: LogWitness;
  readonly #hash: Hash;
  readonly #frontier: Frontier;
  readonly #findings: Finding[] = [];
  #next = 0;
  /** How many of the anchors are not larger than what was read. */
  #passed = 0;
  #anchorsFit = true;
  /** The newest of those passed that says since when nothing older can come. */
  #settled = -1;
  #completeMs = Number.NEGATIVE_INFINITY;

  constructor(witness: LogWitness, hash: Hash) {
    this.#witness = witness;
    this.#hash = hash;
    this.#frontier = new Frontier(hash);
  }

  /** How many leaves were read. */
  get size(): number {
    return this.#next;
  }

  /** Takes the next leaf. */
  take(leaf: LogLeaf): void {
    const { position, name } = leaf;
    if (position < this.#next) {
      this.#find({ kind: 'inserted', from: position, name, says: 'a second leaf at one place' });
      return;
    }
    if (position > this.#next) {
      const says = 'leaves of the tree are gone';
      const to = position - 1;
      this.#find({ kind: 'deleted', from: this.#next, to, name: undefined, says });
    }
    this.#checkEntry(leaf);
    this.#checkAge(leaf);
    this.#next = position + 1;
    // Behind a hole there is no tree any more; the entries are still checked one by one.
    if (this.#frontier.size !== position) return;
    this.#frontier.append(leaf.hash, (place, hash) => this.#checkNode(place, hash));
    this.#passAnchors();
  }

  /**
   * Told that all was read, and the tree that the last checkpoint beside it signs, undefined where that is
   * no checkpoint of this log. Everything that was found.
   */
  finish(head: TreeHead | undefined): readonly Finding[] {
    const newest = this.#witness.anchors.at(-1);
    if (newest !== undefined && newest.checkpoint.size > this.#next)
      this.#tellShortness(head, newest);
    if (head === undefined || !this.#isRead(head)) {
      const from = Math.min(head?.size ?? 0, this.#next);
      const says =
        'the checkpoint kept beside the log is not of this tree, or not signed by its key';
      this.#find({ kind: 'checkpoint-wrong', from, name: undefined, says });
    }
    return this.#findings;
  }

  #isRead({ size, root }: TreeHead): boolean {
    return size === this.#frontier.size && equalOctets(root, this.#frontier.root());
  }

  #checkEntry({ position, hash, name, content }: LogLeaf): void {
    if (content.kind === 'gone' && position >= this.#witness.retired) {
      this.#find({
        kind: 'deleted',
        from: position,
        name,
        says: 'the entry is gone, its leaf is not',
      });
    }
    if (content.kind !== 'kept' || equalOctets(leafHash(content.text, this.#hash), hash)) return;
    this.#find({
      kind: 'changed',
      from: position,
      name,
      says: 'the entry is not the one that was hashed',
    });
  }

  /** What was complete when a checkpoint left cannot get older entries afterwards. */
  #checkAge({ position, name, content }: LogLeaf): void {
    if (name !== undefined && Number(name.entry) <= this.#settled) {
      const says = 'its number was settled before it came';
      this.#find({ kind: 'inserted', from: position, name, says });
    } else if (content.kind === 'kept' && content.atMs < this.#completeMs - LATENESS_MS) {
      const says = 'it says to be older than a checkpoint before it';
      this.#find({ kind: 'inserted', from: position, name, says });
    }
  }

  #checkNode(place: NodePlace, hash: Uint8Array): void {
    const kept = this.#witness.keptNode(place);
    if (kept === undefined || equalOctets(kept, hash)) return;
    const span = 2 ** place.height;
    const from = place.index * span;
    const says = 'leaves were changed, exchanged or moved: the node above them is another one';
    this.#find({ kind: 'rewritten', from, to: from + span - 1, name: undefined, says });
  }

  #passAnchors(): void {
    const { anchors } = this.#witness;
    for (;;) {
      const anchor = anchors[this.#passed];
      if (anchor === undefined || anchor.checkpoint.size > this.#frontier.size) return;
      this.#passed += 1;
      this.#settled = Math.max(this.#settled, anchor.settled);
      if (anchor.isCaughtUp) this.#completeMs = Math.max(this.#completeMs, anchor.at.getTime());
      if (!this.#anchorsFit) continue;
      if (equalOctets(this.#frontier.root(), anchor.checkpoint.root)) continue;
      this.#anchorsFit = false; // once wrong, every later root is
      const before = anchors[this.#passed - 2]?.checkpoint.size ?? 0;
      const last = anchor.checkpoint.size - 1;
      const says = `they are not the entries of the checkpoint of ${anchor.at.toISOString()}`;
      const from = Math.min(before, last);
      this.#find({ kind: 'rewritten', from, to: last, name: undefined, says });
    }
  }

  #tellShortness(head: TreeHead | undefined, newest: LogWitness['anchors'][number]): void {
    const { size } = newest.checkpoint;
    const isWhole = this.#findings.length === 0 && head?.size === this.#next;
    const at = newest.at.toISOString();
    this.#find({
      kind: isWhole ? 'rolled-back' : 'truncated',
      from: this.#next,
      to: size - 1,
      name: undefined,
      says: isWhole
        ? `the log is whole, but of an earlier time: the checkpoint of ${at} has ${size} entries`
        : `the checkpoint of ${at} has ${size} entries`,
    });
  }

  #find(finding: Omit<Finding, 'to'> & { readonly to?: number }): void {
    this.#findings.push({ ...finding, to: finding.to ?? finding.from });
  }
}
