// Notes, checkpoints and proof files against the specifications' own example, Node's Ed25519, and lies.
import assert from 'node:assert/strict';
import { hash as digest, generateKeyPairSync, sign } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { Refusal } from '../errors.ts';
import { nodeVerifier } from '../keys/node-verifier.ts';
import { checkpointText, parseCheckpoint } from './checkpoint.ts';
import { checkEntryProof, formatEntryProof, parseEntryProof } from './entry-proof.ts';
import { Frontier } from './frontier.ts';
import { leafText, readLeafText } from './leaf-text.ts';
import { formatNoteKey, noteKey, openNote, parseNoteKey, signNote } from './signed-note.ts';
import { type Hash, leafHash } from './tree-hash.ts';

const sha256: Hash = (octets) => new Uint8Array(digest('sha256', octets, 'buffer'));
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const RAW_KEY = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }).subarray(-32));
const KEY = noteKey('koshin.example/audit', RAW_KEY, sha256);
const signed = (text: string) =>
  signNote(text, KEY, (message) => new Uint8Array(sign(null, message, privateKey)));

const codeIs = (code: string) => (error: unknown) =>
  error instanceof Refusal && error.code === code;
const throwsOnlyRefusals = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof Refusal, String(error));
  }
};

const ENTRY = {
  institution: '1394',
  entry: '17',
  salt: '6f0f3f0e-6f5b-4f0c-9a51-0c9e7f6c3b10',
  at: '1798000000000001',
  event: 'logged-in',
  contract: '00012345678',
  user: 'suzuki01',
  certificate: null,
  inquiry: null,
  detail: '{"n": 9007199254740993, "説明": "\\u0001\\"é😀"}',
};

test('a note of the Go checksum database is opened with its published key', () => {
  const line = 'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8';
  const key = parseNoteKey(line, sha256);
  assert.equal(formatNoteKey(key), line);
});

test('a signed note opens to its text, and any changed bit is refused', () => {
  const note = signed(
    checkpointText({ origin: KEY.name, size: 3, root: sha256(Uint8Array.of(3)) }),
  );
  assert.match(note, /\n\n— koshin\.example\/audit \S+\n$/);
  const { text } = openNote(note, KEY, nodeVerifier);
  assert.equal(parseCheckpoint(text).size, 3);
  const octets = Buffer.from(note);
  for (let bit = 0; bit < octets.length * 8; bit++) {
    const changed = Buffer.from(octets);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    assert.throws(() => openNote(changed.toString('utf8'), KEY, nodeVerifier), Refusal);
  }
});

test('signatures of others are passed over, one of ours that is not good spoils the note', () => {
  const note = signed('text\n');
  const foreign = `${note}— someone.example/else AAAAAQ==\n`;
  assert.throws(() => openNote(`${note}— other AAAA\n`, KEY, nodeVerifier), codeIs('malformed'));
  assert.throws(() => openNote(foreign.replace('AAAAAQ==', 'AAAA'), KEY, nodeVerifier), Refusal);
  assert.equal(openNote(`${note}— a.example/b AAAAAAA=\n`, KEY, nodeVerifier).text, 'text\n');
  const [, ownLine = ''] = note.split('\n\n');
  const twice = `other text\n\n${ownLine}`;
  assert.throws(() => openNote(twice, KEY, nodeVerifier), codeIs('bad-signature'));
});

for (const { name, text } of [
  { name: 'no lines', text: '' },
  { name: 'a size with a leading zero', text: `a\n01\n${'A'.repeat(43)}=\n` },
  { name: 'a size beyond all trees', text: `a\n9999999999999\n${'A'.repeat(43)}=\n` },
  { name: 'a root of another length', text: 'a\n1\nAAAA\n' },
  { name: 'a root with spaces in it', text: `a\n1\n${'A'.repeat(20)} ${'A'.repeat(23)}=\n` },
  { name: 'an extension line', text: `a\n1\n${'A'.repeat(43)}=\nmore\n` },
  { name: 'an empty origin', text: `\n1\n${'A'.repeat(43)}=\n` },
]) {
  test(`refused as a checkpoint: ${name}`, () => {
    assert.throws(() => parseCheckpoint(text), codeIs('malformed'));
  });
}

test('an entry is read from its text as it was written, and no other text is', () => {
  const text = leafText(ENTRY);
  assert.deepEqual(readLeafText(text), ENTRY);
  for (const other of [
    text.replace('"17"', '17'),
    text.replace(',', ', '),
    text.replace('entry 1', 'entry 2'),
    text.replace('é', '\\u00e9'),
    `${text.slice(0, -1)},null]`,
    '{}',
    '',
  ]) {
    assert.throws(() => readLeafText(other), codeIs('malformed'));
  }
});

test('every field of an entry is in its text', () => {
  const values = fc.record(
    {
      institution: fc.string(),
      entry: fc.string(),
      salt: fc.string(),
      at: fc.string(),
      event: fc.string(),
      contract: fc.option(fc.string()),
      user: fc.option(fc.string()),
      certificate: fc.option(fc.string()),
      inquiry: fc.option(fc.string()),
      detail: fc.string(),
    },
    { noNullPrototype: true },
  );
  fc.assert(
    fc.property(values, values, (one, other) => {
      assert.deepEqual(readLeafText(leafText(one)), one);
      const isSame = JSON.stringify(one) === JSON.stringify(other);
      assert.equal(leafText(one) === leafText(other), isSame);
    }),
  );
});

test('the proof of an entry stands alone, and any changed character is refused', () => {
  const text = leafText(ENTRY);
  const leaf = leafHash(text, sha256);
  const sibling = leafHash('another', sha256);
  const frontier = new Frontier(sha256);
  frontier.append(sibling);
  frontier.append(leaf);
  const head = { origin: KEY.name, size: 2, root: frontier.root() };
  const note = signed(checkpointText(head));
  const file = formatEntryProof({ text, position: 1, path: [sibling], note });
  const with_ = { hash: sha256, verifier: nodeVerifier };
  assert.deepEqual(checkEntryProof(file, KEY, with_).entry, ENTRY);
  for (let at = 0; at < file.length; at++) {
    const changed = `${file.slice(0, at)}${file[at] === 'A' ? 'B' : 'A'}${file.slice(at + 1)}`;
    assert.throws(() => checkEntryProof(changed, KEY, with_), Refusal, `character ${at}`);
  }
});

test('nothing but a refusal comes of any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary-ascii' }), (text) => {
      throwsOnlyRefusals(() => parseCheckpoint(text));
      throwsOnlyRefusals(() => openNote(text, KEY, nodeVerifier));
      throwsOnlyRefusals(() => parseNoteKey(text, sha256));
      throwsOnlyRefusals(() => parseEntryProof(text));
      throwsOnlyRefusals(() => parseEntryProof(`c2sp.org/tlog-proof@v1\n${text}`));
      throwsOnlyRefusals(() => readLeafText(text));
    }),
  );
});
