// Measures contestants in turns, so that what else the machine does falls on all of them alike.
// Not a profiler; each round of each contestant runs for some time, and the median round counts. Two are compared
// within each round, and the median of that counts: what came and went between rounds was on both.
import { median } from './figure.ts';

/** Something to be measured: does its work a number of times, beginning with job `first`. */
export type Contestant = (first: number, times: number) => void | Promise<void>;

const ROUNDS = 5;
const ROUND_MS = 700;
const WARM_UP_MS = 700;

/** How often per second each contestant did its work, in each of five rounds in which they took turns. */
export type Rounds<Name extends string> = Readonly<Record<Name, readonly number[]>>;

/** How many times as often as another, in the median round. */
export function ratioIn<Name extends string>(rounds: Rounds<Name>, one: Name, other: Name): number {
  return median(rounds[one].map((rate, round) => rate / (rounds[other][round] ?? Number.NaN)));
}

/** Lets them take turns. */
export async function alternate<Name extends string>(
  contestants: Readonly<Record<Name, Contestant>>,
): Promise<Rounds<Name>> {
  const names = Object.keys(contestants) as Name[];
  const batches = new Map<Name, number>();
  for (const name of names) batches.set(name, await warmUp(contestants[name]));
  const rates = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
    Name,
    number[]
  >;
  for (let round = 1; round <= ROUNDS; round++) {
    for (const name of names) {
      const rate = await runFor(ROUND_MS, contestants[name], batches.get(name) ?? 1);
      rates[name].push(rate);
      process.stderr.write(`round ${round} of ${ROUNDS}: ${name} ${rate.toFixed(0)}/s\n`);
    }
  }
  return rates;
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
