// The lines of an exported audit log: first the signed checkpoint, then every leaf, one JSON object a line.
// Entries of other institutions than the exported one are their hashes only.
import { Refusal } from '../errors.ts';
import type { LogLeaf } from './check-log.ts';
import { jsonObjectFrom } from './json-object.ts';
import { millisecondsOf, readLeafText } from './leaf-text.ts';
import { hashFromBase64 } from './tree-hash.ts';

/** The first line. */
export type ExportHead = {
  /** The institution whose entries it holds; null for all. */
  readonly institution: string | null;
  /** The signed checkpoint, which says how many leaves follow. */
  readonly note: string;
};

const FORMAT = 'koshin audit export 1';

/** The first line, without its end. */
export function formatExportHead({ institution, note }: ExportHead): string {
  return JSON.stringify({ format: FORMAT, institution, note });
}

/** Reads the first line; throws Refusal('malformed'). */
export function parseExportHead(line: string): ExportHead {
  const { format, institution, note } = jsonObjectFrom(line, 'export');
  const isInstitution = institution === null || typeof institution === 'string';
  if (format !== FORMAT || !isInstitution || typeof note !== 'string') {
    throw malformed();
  }
  return { institution, note };
}

/** A leaf, without the end of its line. */
export function formatExportLeaf(
  { position, hash, name, content }: LogLeaf,
  institution: string | null,
): string {
  const leaf = { position, hash: hash.toBase64() };
  if (name === undefined || (institution !== null && name.institution !== institution)) {
    return JSON.stringify(leaf);
  }
  return JSON.stringify({ ...leaf, ...name, text: content.kind === 'kept' ? content.text : null });
}

/** Reads a leaf; throws Refusal('malformed'). */
export function parseExportLeaf(line: string): LogLeaf {
  const { position, hash, institution, entry, text } = jsonObjectFrom(line, 'export');
  if (typeof position !== 'number' || typeof hash !== 'string') throw malformed();
  const leaf = { position, hash: hashFromBase64(hash, 'hash of the export') };
  if (institution === undefined) {
    return { ...leaf, name: undefined, content: { kind: 'withheld' } };
  }
  if (typeof institution !== 'string' || typeof entry !== 'string') throw malformed();
  if (text === null) return { ...leaf, name: { institution, entry }, content: { kind: 'gone' } };
  if (typeof text !== 'string') throw malformed();
  // What is hashed says whose entry it is; what stands beside it is for people.
  const kept = readLeafText(text);
  return {
    ...leaf,
    name: { institution: kept.institution, entry: kept.entry },
    content: { kind: 'kept', text, atMs: millisecondsOf(kept) },
  };
}

function malformed(): Refusal {
  return new Refusal('malformed', 'export: not a line of an exported audit log');
}
