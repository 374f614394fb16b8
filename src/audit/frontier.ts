// The right edge of a growing Merkle tree: all that is needed of it to append leaves and to tell its
// root. Not the tree itself: what is completed is handed on, to be kept.
import { emptyRoot, type Hash, nodeHash } from './tree-hash.ts';

/** A perfect subtree: of 2^height leaves, the `index`th of its height from the left. */
export type NodePlace = { readonly height: number; readonly index: number };

/** What is told of each subtree as it is completed, leaves (height 0) among them. */
export type OnCompleted = (place: NodePlace, hash: Uint8Array) => void;

/** The perfect subtrees, from left to right and so from high to low, that a tree of this size consists of. */
export function peaksOf(size: number): readonly NodePlace[] {
  const places: NodePlace[] = [];
  let start = 0;
  while (start < size) {
    const height = Math.floor(Math.log2(size - start));
    places.push({ height, index: start / 2 ** height });
    start += 2 ** height;
  }
  return places;
}

/** A tree as it grows. */
export class Frontier {
  readonly #hash: Hash;
  readonly #peaks: Uint8Array[];
  #size: number;

  /** The tree of this size whose `peaksOf` have these hashes. */
  constructor(hash: Hash, size = 0, peaks: readonly Uint8Array[] = []) {
    if (peaks.length !== peaksOf(size).length) throw new RangeError('as many hashes as peaks');
    this.#hash = hash;
    this.#size = size;
    this.#peaks = [...peaks];
  }

  /** How many leaves it has. */
  get size(): number {
    return this.#size;
  }

  /** One that grows apart from this one. */
  copy(): Frontier {
    return new Frontier(this.#hash, this.#size, this.#peaks);
  }

  /** Appends a leaf by its hash, and tells of every subtree that it completes, lowest first. */
  append(leaf: Uint8Array, onCompleted?: OnCompleted): void {
    let node = leaf;
    let index = this.#size;
    onCompleted?.({ height: 0, index }, node);
    for (let height = 1; index % 2 === 1; height++) {
      const left = this.#peaks.pop();
      if (left === undefined) throw new RangeError('a tree without its left side');
      node = nodeHash(left, node, this.#hash);
      index = (index - 1) / 2;
      onCompleted?.({ height, index }, node);
    }
    this.#peaks.push(node);
    this.#size += 1;
  }

  /** RFC 9162 §2.1.1: the left side of every node is the largest perfect tree that leaves something over. */
  root(): Uint8Array {
    const last = this.#peaks.at(-1);
    if (last === undefined) return emptyRoot(this.#hash);
    return this.#peaks
      .slice(0, -1)
      .reduceRight((right, left) => nodeHash(left, right, this.#hash), last);
  }
}
