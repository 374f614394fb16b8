// The tree against RFC 9162's own definition, and proofs against every kind of lie.
import assert from 'node:assert/strict';
import { hash as digest } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { Refusal } from '../errors.ts';
import { checkConsistency, checkInclusion } from './check-proofs.ts';
import { Frontier, type NodePlace, peaksOf } from './frontier.ts';
import { emptyRoot, type Hash, leafHash, nodeHash } from './tree-hash.ts';
import { proveConsistency, proveInclusion, rootAt, type TreeNodes } from './tree-proofs.ts';

const sha256: Hash = (octets) => new Uint8Array(digest('sha256', octets, 'buffer'));

/** RFC 9162 §2.1.1, word for word: MTH. */
function rootByDefinition(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (only === undefined) return emptyRoot(sha256);
  if (leaves.length === 1) return only;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
  return nodeHash(rootByDefinition(left), rootByDefinition(right), sha256);
}

function nodesOf(leaves: readonly Uint8Array[]): TreeNodes {
  const kept = new Map<string, Uint8Array>();
  const frontier = new Frontier(sha256);
  const keep = ({ height, index }: NodePlace, hash: Uint8Array) =>
    void kept.set(`${height}/${index}`, hash);
  for (const leaf of leaves) frontier.append(leaf, keep);
  const read = async ({ height, index }: NodePlace) => {
    const hash = kept.get(`${height}/${index}`);
    assert.ok(hash, `node ${height}/${index} is not of this tree`);
    return hash;
  };
  return { read, hash: sha256 };
}

function leavesOf(count: number, what = 'entry'): Uint8Array[] {
  return Array.from({ length: count }, (_, i) => leafHash(`${what} ${i}`, sha256));
}

const refusesPath = (error: unknown) => error instanceof Refusal && error.code === 'invalid-path';
const flipped = (octets: Uint8Array, bit: number) =>
  octets.with(bit >> 3, (octets[bit >> 3] ?? 0) ^ (1 << (bit & 7)));

test('the hashes are those of published examples', () => {
  // The roots of a test tree that implementations of RFC 6962 share.
  const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657'];
  const leaves = inputs.map((hex) => {
    const octets = Uint8Array.fromHex(`00${hex}`);
    return sha256(octets);
  });
  const roots = [
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  ];
  const frontier = new Frontier(sha256);
  assert.equal(frontier.root().toHex(), roots[0]);
  for (const [i, leaf] of leaves.entries()) {
    frontier.append(leaf);
    assert.equal(frontier.root().toHex(), roots[i + 1]);
  }
});

test('a leaf is the UTF-8 of its text', () => {
  const text = '利用者 é 😀 plain';
  const octets = Uint8Array.of(0, ...new TextEncoder().encode(text));
  assert.deepEqual(leafHash(text, sha256), sha256(octets));
});

test('for every size: the root is that of the definition, and a frontier of its peaks goes on', async () => {
  const leaves = leavesOf(70);
  const nodes = nodesOf(leaves);
  for (let size = 0; size <= leaves.length; size++) {
    const want = rootByDefinition(leaves.slice(0, size));
    assert.deepEqual(await rootAt(size, nodes), want);
    const peaks = await Promise.all(peaksOf(size).map(nodes.read));
    const frontier = new Frontier(sha256, size, peaks);
    assert.deepEqual(frontier.root(), want);
    for (const leaf of leaves.slice(size)) frontier.append(leaf);
    assert.deepEqual(frontier.root(), rootByDefinition(leaves));
  }
});

test('for every size and leaf: the inclusion proof verifies, and for no other leaf, place or root', async () => {
  const leaves = leavesOf(33);
  const nodes = nodesOf(leaves);
  for (let size = 1; size <= leaves.length; size++) {
    const head = { size, root: await rootAt(size, nodes) };
    for (const [position, leaf] of leaves.slice(0, size).entries()) {
      const proof = await proveInclusion(position, size, nodes);
      checkInclusion({ leaf, position, head }, proof, sha256);
      const other = (position + 1) % size;
      const lies = [
        [{ leaf: flipped(leaf, 9), position, head }, proof],
        [{ leaf, position: size, head }, proof],
        [{ leaf, position: -1, head }, proof],
        [{ leaf, position, head: { size, root: flipped(head.root, 0) } }, proof],
        [{ leaf, position, head }, [...proof, leaf]],
        ...(size > 1 ? [[{ leaf, position: other, head }, proof] as const] : []),
        ...(size > 1 ? [[{ leaf, position, head }, proof.slice(1)] as const] : []),
      ] as const;
      for (const [claim, path] of lies) {
        assert.throws(() => checkInclusion(claim, path, sha256), refusesPath);
      }
    }
  }
});

test('for every two sizes: the consistency proof verifies, and not once anything of it is changed', async () => {
  const leaves = leavesOf(33);
  const nodes = nodesOf(leaves);
  for (let second = 1; second <= leaves.length; second++) {
    const newer = { size: second, root: await rootAt(second, nodes) };
    for (let first = 1; first <= second; first++) {
      const older = { size: first, root: await rootAt(first, nodes) };
      const proof = await proveConsistency(first, second, nodes);
      checkConsistency({ older, newer }, proof, sha256);
      const lies = [
        [{ older: { ...older, root: flipped(older.root, 3) }, newer }, proof],
        [{ older, newer: { ...newer, root: flipped(newer.root, 3) } }, proof],
        [{ older, newer }, [...proof, newer.root]],
        ...proof.map((hash, i) => [{ older, newer }, proof.with(i, flipped(hash, 255))] as const),
        ...(proof.length > 0 ? [[{ older, newer }, proof.slice(0, -1)] as const] : []),
        ...(first < second ? [[{ older: newer, newer: older }, proof] as const] : []),
      ] as const;
      for (const [claim, path] of lies) {
        assert.throws(() => checkConsistency(claim, path, sha256), refusesPath);
      }
    }
  }
});

test('the empty tree is the beginning of every tree', () => {
  const older = { size: 0, root: emptyRoot(sha256) };
  checkConsistency({ older, newer: { size: 3, root: sha256(Uint8Array.of(1)) } }, [], sha256);
});

type Edit = (leaves: readonly Uint8Array[], at: number, other: number) => readonly Uint8Array[];

const EDITS: Readonly<Record<string, Edit>> = {
  changed: (leaves, at) => leaves.with(at, leafHash('another', sha256)),
  deleted: (leaves, at) => leaves.toSpliced(at, 1),
  inserted: (leaves, at) => leaves.toSpliced(at, 0, leafHash('another', sha256)),
  reordered: (leaves, at, other) =>
    leaves
      .with(at, leaves[other] ?? leaves[0] ?? new Uint8Array())
      .with(other, leaves[at] ?? new Uint8Array()),
  truncated: (leaves, at) => leaves.slice(0, at),
};

for (const [name, edit] of Object.entries(EDITS)) {
  test(`a tree with an entry ${name} is not consistent with what was signed`, async () => {
    const sizes = fc.integer({ min: 2, max: 40 });
    const property = fc.asyncProperty(
      sizes,
      fc.nat(),
      fc.nat(),
      fc.nat(),
      async (size, a, b, more) => {
        const at = a % size;
        const other = (at + 1 + (b % (size - 1))) % size;
        const leaves = leavesOf(size);
        const signed = { size, root: await rootAt(size, nodesOf(leaves)) };
        const edited = [...edit(leaves, at, other), ...leavesOf(1 + (more % 9), 'later')];
        // Whatever grows out of it, no proof can be made that it goes on from what was signed.
        if (edited.length < size) return;
        const nodes = nodesOf(edited);
        const newer = { size: edited.length, root: await rootAt(edited.length, nodes) };
        const proof = await proveConsistency(size, edited.length, nodes);
        assert.throws(() => checkConsistency({ older: signed, newer }, proof, sha256), refusesPath);
      },
    );
    await fc.assert(property, { numRuns: 60 });
  });
}
