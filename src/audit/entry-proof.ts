// The proof that one entry is in the tree, as a file that stands alone (C2SP tlog-proof): the entry in
// its extra line, the way to the root, and the checkpoint that signs the root.
import { Refusal } from '../errors.ts';
import type { Verifier } from '../x509/signature.ts';
import { checkInclusion } from './check-proofs.ts';
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts';
import { type KeptEntry, readLeafText } from './leaf-text.ts';
import { type NoteKey, openNote } from './signed-note.ts';
import { type Hash, hashFromBase64, leafHash, octetsFromBase64 } from './tree-hash.ts';

/** An entry, and what leads from it to a checkpoint. */
export type EntryProof = {
  /** The leaf's text: leaf-text.ts. */
  readonly text: string;
  readonly position: number;
  readonly path: readonly Uint8Array[];
  /** The signed checkpoint. */
  readonly note: string;
};

/** What was proved: this entry, at this position of the tree of this checkpoint. */
export type ProvedEntry = {
  readonly entry: KeptEntry;
  readonly position: number;
  readonly checkpoint: Checkpoint;
};

const FIRST_LINE = 'c2sp.org/tlog-proof@v1';
const LONGEST_PATH = 64;

/** The file. */
export function formatEntryProof({ text, position, path, note }: EntryProof): string {
  return [
    FIRST_LINE,
    `extra ${new TextEncoder().encode(text).toBase64()}`,
    `index ${position}`,
    ...path.map((hash) => hash.toBase64()),
    '',
    note,
  ].join('\n');
}

/** Reads the file; throws Refusal('malformed'). */
export function parseEntryProof(file: string): EntryProof {
  const end = file.indexOf('\n\n');
  const [first, extra = '', index = '', ...path] = file.slice(0, Math.max(end, 0)).split('\n');
  const [, base64] = /^extra (\S+)$/.exec(extra) ?? [];
  const [, digits] = /^index (0|[1-9][0-9]{0,12})$/.exec(index) ?? [];
  const isWhole = base64 !== undefined && digits !== undefined && path.length <= LONGEST_PATH;
  if (first !== FIRST_LINE || !isWhole) throw new Refusal('malformed', 'not the proof of an entry');
  return {
    text: utf8From(octetsFromBase64(base64, 'entry of the proof')),
    position: Number(digits),
    path: path.map((line) => hashFromBase64(line, 'hash of the proof')),
    note: file.slice(end + 2),
  };
}

/**
 * Checks a proof with the log's key alone. Throws Refusal: 'malformed', 'bad-signature' for a checkpoint
 * that the key has not signed, 'invalid-path' where the entry is not in its tree.
 */
export function checkEntryProof(
  file: string,
  key: NoteKey,
  { hash, verifier }: { readonly hash: Hash; readonly verifier: Verifier<boolean> },
): ProvedEntry {
  const { text, position, path, note } = parseEntryProof(file);
  const checkpoint = parseCheckpoint(openNote(note, key, verifier).text);
  checkInclusion({ leaf: leafHash(text, hash), position, head: checkpoint }, path, hash);
  return { entry: readLeafText(text), position, checkpoint };
}

function utf8From(octets: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets);
  } catch (cause) {
    // biome-ignore lint/style/useErrorCause: the cause is passed, in the third place.
    throw new Refusal('malformed', 'entry of the proof: not UTF-8', { cause });
  }
}
