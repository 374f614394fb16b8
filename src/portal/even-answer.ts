// Answers whose time tells nothing of the work behind them: each comes at the end of a period that has the work in it.
import { setTimeout } from 'node:timers/promises';

/** Many times what the work takes; where a busy machine takes longer, the answer waits for the next period's end. */
const PERIOD_MS = 500;

/** Does the work and returns at the end of a period from the call on, also where it fails. */
export async function atEvenTime(work: () => Promise<void>): Promise<void> {
  const begun = performance.now();
  try {
    await work();
  } finally {
    await setTimeout(PERIOD_MS - ((performance.now() - begun) % PERIOD_MS));
  }
}
