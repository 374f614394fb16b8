// Ways to make a wrong input of a right one: by octets, and by the tree of elements inside.
// Not here: which input; and how it is judged.
import { sizeWithHeader, writeHeader } from '../../src/asn1/der-writer.ts';
import { pick, type Random, randomOctets } from './random.ts';

/** Most octets of an input. */
export const MAX_INPUT = 65_536;

/** Makes an input of a seed; `other` is one to cut pieces from. */
export function mutate(random: Random, seed: Uint8Array, other: Uint8Array): Uint8Array {
  const way = random(10);
  if (way < 4) return mutateTree(random, seed, other).subarray(0, MAX_INPUT);
  let bytes: Uint8Array = seed.slice();
  const times = 1 + random(way < 8 ? 2 : 6);
  for (let i = 0; i < times; i++) bytes = pick(random, OCTET_WAYS)(random, bytes, other);
  return bytes.subarray(0, MAX_INPUT);
}

type Way = (random: Random, bytes: Uint8Array, other: Uint8Array) => Uint8Array;

const TELLING = [0, 1, 0x1f, 0x30, 0x31, 0x7f, 0x80, 0x81, 0x82, 0x84, 0x85, 0xa0, 0xfe, 0xff];

const OCTET_WAYS: readonly Way[] = [
  (random, bytes) => {
    const at = random(bytes.length + 1);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
    return bytes;
  },
  (random, bytes) => {
    bytes[random(bytes.length + 1)] = random(256);
    return bytes;
  },
  (random, bytes) => {
    bytes[random(bytes.length + 1)] = pick(random, TELLING);
    return bytes;
  },
  (random, bytes) => bytes.subarray(0, random(bytes.length + 1)),
  (random, bytes) => {
    const at = random(bytes.length + 1);
    return joined(bytes.subarray(0, at), randomOctets(random, random(8)), bytes.subarray(at));
  },
  (random, bytes) => {
    const at = random(bytes.length + 1);
    return joined(bytes.subarray(0, at), bytes.subarray(at + random(16)));
  },
  (random, bytes, other) => {
    const at = random(bytes.length + 1);
    return joined(bytes.subarray(0, at), other.subarray(random(other.length + 1)));
  },
];

/** Tag of octets that are elements already. */
const AS_IT_IS = -1;

type Node = { tag: number; contents: Uint8Array; children: Node[] | undefined };

/** Changes one element and writes all lengths anew, so that what is inside is reached. */
function mutateTree(random: Random, seed: Uint8Array, other: Uint8Array): Uint8Array {
  const roots = nodesOf(seed, 0);
  if (roots === undefined) return seed.slice();
  const places: { list: Node[]; at: number }[] = [];
  collect(roots, places);
  const times = 1 + random(3);
  for (let i = 0; i < times; i++) {
    const { list, at } = pick(random, places);
    const node = list[at];
    if (node !== undefined) pick(random, TREE_WAYS)({ random, list, at, node, other });
  }
  return encodeAll(roots);
}

type Change = {
  readonly random: Random;
  readonly list: Node[];
  readonly at: number;
  readonly node: Node;
  readonly other: Uint8Array;
};

const TREE_WAYS: readonly ((change: Change) => void)[] = [
  ({ list, at }) => list.splice(at, 1),
  ({ list, at, node }) => list.splice(at, 0, node),
  ({ random, list, at, node }) => list.splice(at, 0, repeated(random, node)),
  ({ random, node }) => {
    node.tag = pick(random, [random(256), 2, 3, 4, 5, 6, 0x0c, 0x13, 0x17, 0x18, 0x1e, 0x30, 0x31]);
  },
  ({ random, node }) => {
    node.children = undefined;
    node.contents = randomOctets(random, random(40));
  },
  ({ node }) => {
    node.children = undefined;
    node.contents = new Uint8Array(0);
  },
  ({ random, list, at, other }) => {
    const places: { list: Node[]; at: number }[] = [];
    collect(nodesOf(other, 0) ?? [], places);
    const donor = places[random(Math.max(1, places.length))];
    const node = donor?.list[donor.at];
    if (node !== undefined) list[at] = node;
  },
  ({ random, node }) => {
    const levels = 1 + random(60);
    for (let i = 0; i < levels; i++) {
      const inner = { ...node };
      node.tag = 0x30;
      node.children = [inner];
    }
  },
];

const MAX_LEVELS = 24;

/** The elements in these octets, into strings that hold elements too; undefined for no DER. */
function nodesOf(bytes: Uint8Array, level: number): Node[] | undefined {
  const nodes: Node[] = [];
  let at = 0;
  while (at < bytes.length) {
    const tag = bytes[at] ?? 0;
    const { start, length } = lengthAt(bytes, at + 1);
    if (start + length > bytes.length) return undefined;
    const contents = bytes.subarray(start, start + length);
    const mayHold = (tag & 0x20) !== 0 || (tag === 4 && length > 2);
    const children = mayHold && level < MAX_LEVELS ? nodesOf(contents, level + 1) : undefined;
    nodes.push({ tag, contents, children });
    at = start + length;
  }
  return nodes;
}

/** Where contents start and how long they are; Infinity for what is no length. */
function lengthAt(bytes: Uint8Array, at: number): { start: number; length: number } {
  const first = bytes[at] ?? 0x80;
  if (first < 0x80) return { start: at + 1, length: first };
  const count = first & 0x7f;
  if (count === 0 || count > 3) return { start: at, length: Infinity };
  let length = 0;
  for (let i = 1; i <= count; i++) length = length * 256 + (bytes[at + i] ?? 0);
  return { start: at + 1 + count, length };
}

/** A run of the same element, now and then as long as an input can be. */
function repeated(random: Random, node: Node): Node {
  const der = encodeAll([node]);
  const most = Math.floor(MAX_INPUT / (der.length + 1));
  const times = Math.min(1 + random(random(32) === 0 ? 8000 : 4), Math.max(1, most));
  const contents = new Uint8Array(der.length * times);
  for (let i = 0; i < times; i++) contents.set(der, i * der.length);
  return { tag: AS_IT_IS, contents, children: undefined };
}

function collect(list: Node[], places: { list: Node[]; at: number }[]): void {
  for (const [at, node] of list.entries()) {
    places.push({ list, at });
    if (node.children !== undefined) collect(node.children, places);
  }
}

function encodeAll(nodes: readonly Node[]): Uint8Array {
  const sizes = new Map<Node, number>();
  const out = new Uint8Array(nodes.reduce((sum, node) => sum + sizeOf(node, sizes), 0));
  let at = 0;
  for (const node of nodes) at = write(node, { out, at, sizes });
  return out;
}

/** Octets of an element; those of its contents are kept in `sizes`. */
function sizeOf(node: Node, sizes: Map<Node, number>): number {
  let length = node.contents.length;
  if (node.children !== undefined) {
    length = 0;
    for (const child of node.children) length += sizeOf(child, sizes);
  }
  sizes.set(node, length);
  return node.tag === AS_IT_IS ? length : sizeWithHeader(length);
}

type Output = { readonly out: Uint8Array; readonly at: number; readonly sizes: Map<Node, number> };

function write(node: Node, { out, at, sizes }: Output): number {
  const { tag, contents, children } = node;
  let next = at;
  if (tag !== AS_IT_IS) next = writeHeader(out, at, { tag, length: sizes.get(node) ?? 0 });
  if (children === undefined) {
    out.set(contents, next);
    return next + contents.length;
  }
  for (const child of children) next = write(child, { out, at: next, sizes });
  return next;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
