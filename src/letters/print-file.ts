// What is given for printing: a PDF with a letter on each page, and a list for the mail house, in one ZIP file. Made in
// a thread of its own; it is kept nowhere.
import { Worker } from 'node:worker_threads';
import type { Letter } from '../banking/letter.ts';
import type { LettersTask } from './draw-letters.ts';

/** Makes the file; throws where its font cannot be read. */
export async function makePrintFile(
  letters: readonly Letter[],
  of: Omit<LettersTask, 'letters'>,
): Promise<Uint8Array> {
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
  const workerData: LettersTask = { ...of, letters };
  const worker = new Worker(new URL('./letters-worker.ts', import.meta.url), { workerData });
  worker.once('message', (file: Uint8Array) => resolve(file));
  worker.once('error', (cause) => {
    reject(new Error(`letters could not be drawn: is ${of.font} there?`, { cause }));
  });
  worker.once('exit', () => reject(new Error('the thread that draws letters ended')));
  return await promise;
}
