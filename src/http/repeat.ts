// Work done again and again until it is disposed of. It keeps no process alive.
import { setTimeout as delay } from 'node:timers/promises';

/** Does the work now, and again so long after each end of it; the work throws nothing. */
export function repeat(work: () => Promise<void>, pauseMilliseconds: number): AsyncDisposable {
  const stopping = new AbortController();
  const { signal } = stopping;
  const run = async () => {
    while (!signal.aborted) {
      await work();
      const pause = delay(pauseMilliseconds, undefined, { signal, ref: false });
      await pause.catch(() => undefined); // broken off: there is no next time
    }
  };
  const ended = run();
  return {
    [Symbol.asyncDispose]: async () => {
      stopping.abort();
      await ended;
    },
  };
}
