// Verification of inclusion and consistency proofs, RFC 9162 §2.1.3.2 and §2.1.4.2. It needs no tree:
// whoever holds an entry, a proof and a checkpoint can do it.
import { equalOctets } from '../asn1/octets.ts';
import { Refusal } from '../errors.ts';
import { type Hash, nodeHash } from './tree-hash.ts';

/** The root of the tree of a size. */
export type TreeHead = { readonly size: number; readonly root: Uint8Array };

/** That a leaf is at a position of a tree. */
export type InclusionClaim = {
  readonly leaf: Uint8Array;
  readonly position: number;
  readonly head: TreeHead;
};

/** Throws Refusal('invalid-path') unless the proof leads from the leaf to the root. */
export function checkInclusion(
  { leaf, position, head }: InclusionClaim,
  proof: readonly Uint8Array[],
  hash: Hash,
): void {
  if (!(position >= 0 && position < head.size)) throw refused('inclusion');
  const way = new WayUp(position, head.size - 1);
  let node = leaf;
  for (const sibling of proof) {
    const side = way.step();
    if (side === 'none') throw refused('inclusion');
    node = side === 'left' ? nodeHash(sibling, node, hash) : nodeHash(node, sibling, hash);
  }
  if (!way.isAtRoot || !equalOctets(node, head.root)) throw refused('inclusion');
}

/** Throws Refusal('invalid-path') unless the older tree is the beginning of the newer one. */
export function checkConsistency(
  { older, newer }: { readonly older: TreeHead; readonly newer: TreeHead },
  proof: readonly Uint8Array[],
  hash: Hash,
): void {
  if (older.size === 0) return; // the empty tree is the beginning of every tree
  if (older.size > newer.size) throw refused('consistency');
  if (older.size < newer.size) checkGrowth(older, { newer, proof }, hash);
  else if (proof.length > 0 || !equalOctets(older.root, newer.root)) throw refused('consistency');
}

type Growth = { readonly newer: TreeHead; readonly proof: readonly Uint8Array[] };

function checkGrowth(older: TreeHead, { newer, proof }: Growth, hash: Hash): void {
  // Where the older tree is perfect, the way begins at its root itself.
  const isPerfect = Number.isInteger(Math.log2(older.size));
  const [start, ...rest] = isPerfect ? [older.root, ...proof] : proof;
  if (start === undefined) throw refused('consistency');
  const way = new WayUp(older.size - 1, newer.size - 1);
  way.skipCompleted();
  let first = start;
  let second = start;
  for (const node of rest) {
    const side = way.step();
    if (side === 'none') throw refused('consistency');
    if (side === 'left') first = nodeHash(node, first, hash);
    second = side === 'left' ? nodeHash(node, second, hash) : nodeHash(second, node, hash);
  }
  const isProved = equalOctets(first, older.root) && equalOctets(second, newer.root);
  if (!way.isAtRoot || !isProved) throw refused('consistency');
}

/** Where a node and the tree's last one are, level by level (fn and sn of RFC 9162). */
class WayUp {
  #node: number;
  #last: number;

  constructor(node: number, last: number) {
    this.#node = node;
    this.#last = last;
  }

  get isAtRoot(): boolean {
    return this.#last === 0;
  }

  /** Goes up while the node is a right child: its parent is complete, too. */
  skipCompleted(): void {
    while (this.#node % 2 === 1) this.#rise();
  }

  /** Goes to the parent; on which side the sibling was, `none` where there is no parent. */
  step(): 'left' | 'right' | 'none' {
    if (this.isAtRoot) return 'none';
    const isRight = this.#node % 2 === 1 || this.#node === this.#last;
    // A last node without a sibling is its own parent until it is a right child.
    while (isRight && this.#node % 2 === 0 && this.#node !== 0) this.#rise();
    this.#rise();
    return isRight ? 'left' : 'right';
  }

  #rise(): void {
    this.#node = Math.floor(this.#node / 2);
    this.#last = Math.floor(this.#last / 2);
  }
}

function refused(what: string): Refusal {
  return new Refusal('invalid-path', `the ${what} proof does not lead to the root`);
}
