// Feeds mutated and random inputs to every decoder: each is read or refused, soon, and forgotten.
import { Refusal } from '../../src/errors.ts';
import { DECODERS, type Decoder, type DecoderName, SHARES } from './decoders.ts';
import { memoryInUse } from './memory-in-use.ts';
import { MAX_INPUT, mutate } from './mutate.ts';
import { pick, type Random, randomOctets, seededRandom } from './random.ts';
import { allSeeds, type Seed } from './seeds.ts';

/** An input that a decoder did wrong with. */
export type Finding = {
  readonly decoder: DecoderName;
  readonly problem: string;
  readonly input: Uint8Array;
};

/** What came of a run. */
export type FuzzReport = {
  readonly inputs: number;
  readonly read: number;
  readonly refused: number;
  readonly byDecoder: Readonly<Record<string, number>>;
  /** Milliseconds of the slowest input, taken again to be sure. */
  readonly slowestMs: number;
  /** Octets by which what is in use grew from the warm state to the end. */
  readonly memoryGrowth: number;
  readonly findings: readonly Finding[];
};

const SLOW_MS = 100;
const MOST_FINDINGS = 20;
const BATCH = 256;

/** Runs for some seconds; the same seed makes the same inputs. */
export async function runFuzz(seconds: number, seed: number): Promise<FuzzReport> {
  const random = seededRandom(seed);
  const seeds = byDecoder(await allSeeds());
  const run: Run = {
    counts: { inputs: 0, read: 0, refused: 0 },
    byDecoder: {},
    slowestMs: 0,
    findings: [],
  };
  // A refusal's stack is looked at by nobody here, and costs more than the decoder.
  Error.stackTraceLimit = 0;
  const end = performance.now() + seconds * 1000;
  const warm = performance.now() + seconds * 250;
  let inUseWhenWarm = 0;
  while (performance.now() < end && run.findings.length < MOST_FINDINGS) {
    for (let i = 0; i < BATCH; i++) {
      // Waiting costs more than most decoders: only those are waited for that ask for it.
      const pending = tryOne(run, nextInput(random, seeds));
      if (pending !== undefined) await pending;
    }
    if (inUseWhenWarm === 0 && performance.now() > warm) inUseWhenWarm = memoryInUse();
  }
  const memoryGrowth = memoryInUse() - inUseWhenWarm;
  return { ...run.counts, ...run, memoryGrowth };
}

type Input = { readonly decoder: DecoderName; readonly bytes: Uint8Array };

type Run = {
  readonly counts: { inputs: number; read: number; refused: number };
  readonly byDecoder: Record<string, number>;
  slowestMs: number;
  readonly findings: Finding[];
};

/** How often a decoder is chosen beside others that have a share of their own. */
const WHOLE_SHARE = 20;

/** Each decoder as often as it is to be chosen. */
const NAMES = (Object.keys(DECODERS) as DecoderName[]).flatMap((name) =>
  Array.from({ length: SHARES[name] ?? WHOLE_SHARE }, () => name),
);

/** Mostly a mutated input for its own decoder; some for another; some of random octets. */
function nextInput(random: Random, seeds: readonly (readonly Seed[])[]): Input {
  const way = random(20);
  if (way === 0) {
    const length = random(random(100) === 0 ? MAX_INPUT : 200);
    return { decoder: pick(random, NAMES), bytes: randomOctets(random, length) };
  }
  const seed = pick(random, pick(random, seeds));
  const bytes = mutate(random, seed.bytes, pick(random, pick(random, seeds)).bytes);
  return { decoder: way === 1 ? pick(random, NAMES) : seed.decoder, bytes };
}

/** Seeds in groups, so that a decoder with few has as many inputs as one with hundreds. */
function byDecoder(seeds: readonly Seed[]): readonly (readonly Seed[])[] {
  return NAMES.map((name) => seeds.filter(({ decoder }) => decoder === name)).filter(
    (group) => group.length > 0,
  );
}

function tryOne(run: Run, input: Input): Promise<void> | undefined {
  const decode: Decoder = DECODERS[input.decoder];
  run.counts.inputs += 1;
  run.byDecoder[input.decoder] = (run.byDecoder[input.decoder] ?? 0) + 1;
  const started = performance.now();
  try {
    const pending = decode(input.bytes);
    if (pending instanceof Promise) return finish(run, input, { pending, started });
    run.counts.read += 1;
  } catch (error) {
    noteError(run, input, error);
  }
  return performance.now() - started > run.slowestMs ? noteSlow(run, input) : undefined;
}

async function finish(
  run: Run,
  input: Input,
  { pending, started }: { readonly pending: Promise<unknown>; readonly started: number },
): Promise<void> {
  try {
    await pending;
    run.counts.read += 1;
  } catch (error) {
    noteError(run, input, error);
  }
  if (performance.now() - started > run.slowestMs) await noteSlow(run, input);
}

function noteError(run: Run, { decoder, bytes }: Input, error: unknown): void {
  if (error instanceof Refusal) run.counts.refused += 1;
  else run.findings.push({ decoder, problem: String(error), input: bytes.slice() });
}

/** The machine may have been busy with something else: the best of three counts. */
async function noteSlow(run: Run, { decoder, bytes }: Input): Promise<void> {
  const decode: Decoder = DECODERS[decoder];
  let best = Infinity;
  for (let i = 0; i < 3; i++) {
    const started = performance.now();
    try {
      await decode(bytes);
    } catch {
      // What it ends in was judged the first time.
    }
    best = Math.min(best, performance.now() - started);
  }
  run.slowestMs = Math.max(run.slowestMs, best);
  if (best > SLOW_MS) {
    run.findings.push({ decoder, problem: `took ${best.toFixed(0)} ms`, input: bytes.slice() });
  }
}
