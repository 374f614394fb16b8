// The installation's audit log as those know it who check it: its name, its key, and what signs for it.
import { hash as digest } from 'node:crypto';
import { type Checkpoint, checkpointText } from '../audit/checkpoint.ts';
import { type NoteKey, noteKey, signNote } from '../audit/signed-note.ts';
import type { Hash } from '../audit/tree-hash.ts';
import type { CheckpointKey } from '../keys/checkpoint-key.ts';

/** Signs checkpoints in the log's name. */
export type CheckpointSigner = {
  readonly key: NoteKey;
  /** The signed note. Only for what is consistent with everything signed before. */
  readonly seal: (head: Omit<Checkpoint, 'origin'>) => string;
};

/** SHA-256 by Node, at once. As a string it comes a microsecond faster than as a buffer. */
export const sha256: Hash = (octets) => {
  const characters = digest('sha256', octets, 'latin1');
  const result = new Uint8Array(characters.length);
  for (let i = 0; i < result.length; i++) result[i] = characters.charCodeAt(i);
  return result;
};

const NAME_OCTETS = 8;

/** The signer of a key. Another key is another log: the name says which. */
export function checkpointSigner({ publicKey, sign }: CheckpointKey): CheckpointSigner {
  const origin = `koshin.audit/${sha256(publicKey).subarray(0, NAME_OCTETS).toHex()}`;
  const key = noteKey(origin, publicKey, sha256);
  return { key, seal: (head) => signNote(checkpointText({ ...head, origin }), key, sign) };
}
