// A worker thread that computes argon2id, so that hashing blocks neither the event loop nor the
// shared thread pool. Not a judge: it returns the tag and compares nothing.
import { type Argon2Parameters, argon2Sync } from 'node:crypto';
import { parentPort } from 'node:worker_threads';

/** A hash to compute; `id` comes back with the answer. */
export type HashTask = { readonly id: number; readonly parameters: Argon2Parameters };

/** The 32-octet tag of a task. */
export type HashAnswer = { readonly id: number; readonly tag: Uint8Array };

parentPort?.on('message', (task: HashTask) => {
  const answer: HashAnswer = { id: task.id, tag: argon2Sync('argon2id', task.parameters) };
  parentPort?.postMessage(answer);
});
