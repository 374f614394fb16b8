// Checkpoints (C2SP tlog-checkpoint): whose tree it is, how many leaves it has, its root. Not the
// signature around them: signed-note.ts.
import { Refusal } from '../errors.ts';
import type { TreeHead } from './check-proofs.ts';
import { hashFromBase64 } from './tree-hash.ts';

/** What is signed of a tree. */
export type Checkpoint = TreeHead & { readonly origin: string };

/** Far more than anybody records, and few enough for exact arithmetic everywhere. */
const LARGEST_TREE = 2 ** 40;

/** The text to be signed. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${root.toBase64()}\n`;
}

/** Reads the text of a checkpoint; throws Refusal('malformed'). Ours has no extension lines. */
export function parseCheckpoint(text: string): Checkpoint {
  const [, origin = '', digits, base64 = ''] =
    /^(.+)\n(0|[1-9][0-9]{0,12})\n(.+)\n$/.exec(text) ?? [];
  const size = Number(digits);
  if (!(size <= LARGEST_TREE)) {
    throw new Refusal('malformed', 'checkpoint: not an origin, a size and a root');
  }
  return { origin, size, root: hashFromBase64(base64, 'checkpoint root') };
}
