// Blocks of a text file by their label, whatever it is; the corpora use labels of their own.
// Not for the product, which knows the labels that it reads.
import { readFileSync } from 'node:fs';

/** A text file's labelled blocks, in order, and the prose above the first. */
export type BlockFile = {
  readonly prose: string;
  readonly blocks: readonly { readonly label: string; readonly der: Uint8Array }[];
};

const BLOCK = /^-----BEGIN ([A-Z0-9_ ]+)-----\n([A-Za-z0-9+/=\s]*)-----END \1-----/gm;

/** Reads the blocks of a file. */
export function readBlocks(file: string): BlockFile {
  const text = readFileSync(file, 'utf8');
  const blocks = [...text.matchAll(BLOCK)].map(([, label = '', base64 = '']) => ({
    label,
    der: new Uint8Array(Buffer.from(base64, 'base64')),
  }));
  return { prose: text.slice(0, Math.max(0, text.search(/^-----BEGIN/m))), blocks };
}

/** The first block with a label; throws when there is none. */
export function blockOf({ blocks }: BlockFile, label: string): Uint8Array {
  const block = blocks.find((candidate) => candidate.label === label);
  if (block === undefined) throw new Error(`no block ${label}`);
  return block.der;
}
