// Inclusion and consistency proofs of RFC 9162 §2.1.3 and §2.1.4, made from the tree's nodes. Not their
// verification, which needs no tree: check-proofs.ts.
import type { NodePlace } from './frontier.ts';
import { emptyRoot, type Hash, nodeHash } from './tree-hash.ts';

/** The tree's nodes, read where they are kept; only of perfect subtrees that are complete. */
export type TreeNodes = {
  readonly read: (place: NodePlace) => Promise<Uint8Array>;
  readonly hash: Hash;
};

/** The root of the tree as it was when it had this many leaves. */
export async function rootAt(size: number, nodes: TreeNodes): Promise<Uint8Array> {
  return size === 0 ? emptyRoot(nodes.hash) : await rootOf({ start: 0, end: size }, nodes);
}

/** Shows that a leaf is in the tree of this size: the siblings on its way up, lowest first. */
export async function proveInclusion(
  position: number,
  size: number,
  nodes: TreeNodes,
): Promise<readonly Uint8Array[]> {
  if (!(position >= 0 && position < size)) throw new RangeError('no such leaf in this tree');
  return await pathOf(position, { start: 0, end: size }, nodes);
}

/** Shows that the tree of the first size is the beginning of that of the second, not smaller one. */
export async function proveConsistency(
  first: number,
  second: number,
  nodes: TreeNodes,
): Promise<readonly Uint8Array[]> {
  if (!(first > 0 && first <= second)) throw new RangeError('no such older tree');
  return await subproof(first, { leaves: { start: 0, end: second }, isKnown: true }, nodes);
}

/** Leaves from `start` up to, not including, `end`. */
type Leaves = { readonly start: number; readonly end: number };

async function rootOf(leaves: Leaves, nodes: TreeNodes): Promise<Uint8Array> {
  const count = leaves.end - leaves.start;
  const height = Math.log2(count);
  if (Number.isInteger(height)) return await nodes.read({ height, index: leaves.start / count });
  const [left, right] = halvesOf(leaves);
  return nodeHash(await rootOf(left, nodes), await rootOf(right, nodes), nodes.hash);
}

/** RFC 9162 §2.1.3.1. */
async function pathOf(position: number, leaves: Leaves, nodes: TreeNodes): Promise<Uint8Array[]> {
  if (leaves.end - leaves.start === 1) return [];
  const [left, right] = halvesOf(leaves);
  const [own, other] = position < left.end ? [left, right] : [right, left];
  return [...(await pathOf(position, own, nodes)), await rootOf(other, nodes)];
}

type Part = { readonly leaves: Leaves; readonly isKnown: boolean };

/** RFC 9162 §2.1.4.1; `isKnown`: its root is the older tree's, which the verifier has. */
async function subproof(
  first: number,
  { leaves, isKnown }: Part,
  nodes: TreeNodes,
): Promise<Uint8Array[]> {
  if (first === leaves.end) return isKnown ? [] : [await rootOf(leaves, nodes)];
  const [left, right] = halvesOf(leaves);
  const [own, other] = first <= left.end ? [left, right] : [right, left];
  const part = { leaves: own, isKnown: isKnown && own === left };
  return [...(await subproof(first, part, nodes)), await rootOf(other, nodes)];
}

function halvesOf({ start, end }: Leaves): readonly [Leaves, Leaves] {
  const middle = start + 2 ** Math.ceil(Math.log2(end - start) - 1);
  return [
    { start, end: middle },
    { start: middle, end },
  ];
}
