// Measures contestants in turns, so that what else the machine does falls on all of them alike.
// Not a profiler; each round of each contestant runs for some time, and the median round counts.
import { median } from './figure.ts';

/** Something to be measured: does its work a number of times, beginning with job `first`. */
export type Contestant = (first: number, times: number) => void | Promise<void>;

const ROUNDS = 5;
const ROUND_MS = 700;
const WARM_UP_MS = 700;

/** How often per second each contestant does its work: the median of five alternating rounds. */
export async function alternate<Name extends string>(
  contestants: Readonly<Record<Name, Contestant>>,
): Promise<Record<Name, number>> {
  const names = Object.keys(contestants) as Name[];
  const batches = new Map<Name, number>();
  for (const name of names) batches.set(name, await warmUp(contestants[name]));
  const rates = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 1; round <= ROUNDS; round++) {
    for (const name of names) {
      const rate = await runFor(ROUND_MS, contestants[name], batches.get(name) ?? 1);
      rates.get(name)?.push(rate);
      process.stderr.write(`round ${round} of ${ROUNDS}: ${name} ${rate.toFixed(0)}/s\n`);
    }
  }
  const medians = names.map((name) => [name, median(rates.get(name) ?? [])]);
  return Object.fromEntries(medians) as Record<Name, number>;
}

/** Lets the compiler see the work, and returns how many times fit into about 20 ms. */
async function warmUp(contestant: Contestant): Promise<number> {
  const rate = await runFor(WARM_UP_MS, contestant, 1);
  return Math.max(1, Math.round(rate / 50));
}

async function runFor(ms: number, contestant: Contestant, batch: number): Promise<number> {
  const started = performance.now();
  let done = 0;
  let elapsed = 0;
  while (elapsed < ms) {
    await contestant(done, batch);
    done += batch;
    elapsed = performance.now() - started;
  }
  return (done / elapsed) * 1000;
}
