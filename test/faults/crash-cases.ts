// The cases: every write of every journey, with every way in which it can be broken. Records the writes
// by a journey that nothing breaks, then breaks one write a case and judges what is left.
import { pick, seededRandom } from '../fuzz/random.ts';
import { Broken } from './broken.ts';
import type { CrashSite } from './crash-site.ts';
import type { Strike } from './database-proxy.ts';
import type { Trying } from './finish-renewal.ts';
import { brokenRules } from './invariants.ts';
import { JOURNEYS, type JourneyName, type Traveller, travel } from './journeys.ts';

/** A write as it passed in a journey that nothing broke. */
export type PassedWrite = {
  readonly journey: JourneyName;
  readonly step: string;
  /** Its place in the journey, from 0. */
  readonly at: number;
  readonly sql: string;
};

type Act = (site: CrashSite) => Promise<void>;
const nothing: Act = async () => {}; // the connection is cut, and that is all
const killKoshin: Act = async ({ koshin }) => await koshin.kill();
const killPostgres: Act = async ({ killPostgres: kill }) => kill();

/** The ways to break a write. */
export const FAULTS = {
  'kill -9 of Koshin before it': { when: 'before', act: killKoshin },
  'kill -9 of Koshin after it': { when: 'after', act: killKoshin },
  'kill -9 of PostgreSQL before it': { when: 'before', act: killPostgres },
  'kill -9 of PostgreSQL after it': { when: 'after', act: killPostgres },
  'its connection lost': { when: 'before', act: nothing },
  'its answer lost': { when: 'after', act: nothing },
} as const satisfies Readonly<Record<string, { when: Strike['when']; act: Act }>>;

/** A fault's name. */
export type FaultName = keyof typeof FAULTS;

/** One write broken in one way, and how the person goes on. */
export type CrashCase = {
  readonly write: PassedWrite;
  readonly fault: FaultName;
  readonly trying: Trying;
};

/** What came of a case: what was wrong (nothing, one hopes), and what the person met. */
export type Outcome = {
  readonly wrong: readonly string[];
  /** What the person met at the fault, and how often they had to try again after it. */
  readonly met: 'nothing' | 'a page' | 'a broken connection';
  readonly retries: number;
};

/** The writes of every journey, in order. */
export async function recordWrites(site: CrashSite): Promise<PassedWrite[]> {
  const passed: PassedWrite[] = [];
  for (const journey of journeyNames()) {
    const { steps } = await JOURNEYS[journey](site);
    site.proxy.watch();
    let at = 0;
    for (const { name: step, take } of steps) {
      await take();
      const { writes } = site.proxy;
      for (; at < writes.length; at += 1) passed.push({ journey, step, at, sql: writes[at] ?? '' });
    }
  }
  return passed;
}

/** Every write with every fault; which certificate is tried first changes from case to case. */
export function casesOf(writes: readonly PassedWrite[]): CrashCase[] {
  const faults = Object.keys(FAULTS) as FaultName[];
  return writes.flatMap((write, i) =>
    faults.map((fault, j) => ({
      write,
      fault,
      trying: (i + j) % 2 === 0 ? ('newest-first' as const) : ('oldest-first' as const),
    })),
  );
}

/** One case of each fault, drawn by a seed. */
export function drawnCases(cases: readonly CrashCase[], seed: number): CrashCase[] {
  const random = seededRandom(seed);
  const faults = Object.keys(FAULTS);
  return faults.map((fault) =>
    pick(
      random,
      cases.filter((one) => one.fault === fault),
    ),
  );
}

/** Runs one case on a person of its own. */
export async function runCase(
  { write, fault, trying }: CrashCase,
  site: CrashSite,
): Promise<Outcome> {
  const { db } = site.house;
  const earlier = await brokenRules(db); // of other people, and told already
  const traveller = await JOURNEYS[write.journey](site);
  const { when, act } = FAULTS[fault];
  site.proxy.watch({ at: write.at, when, act: async () => await act(site) });
  const met = await meet(traveller);
  const wrong = [...met.wrong];
  if (!site.proxy.hasStruck) return { wrong: ['the write did not come'], met: met.met, retries: 0 };
  await site.proxy.struck();
  if (site.proxy.writes[write.at] !== write.sql) wrong.push('another write came in its place');
  await site.raise();
  site.proxy.watch();
  wrong.push(...(await brokenRules(db)), ...(await traveller.unrecorded(db)));
  let retries = 0;
  try {
    ({ retries } = await traveller.goOn(trying));
    wrong.push(...(await traveller.unfinished(db)));
  } catch (stuck) {
    wrong.push(`cannot go on: ${stuck instanceof Error ? stuck.message : String(stuck)}`);
  }
  wrong.push(...(await brokenRules(db)), ...(await traveller.unrecorded(db)));
  return { wrong: wrong.filter((line) => !earlier.includes(line)), met: met.met, retries };
}

/** Travels until something breaks; tells what the person saw of it. */
async function meet(traveller: Traveller): Promise<Pick<Outcome, 'met' | 'wrong'>> {
  try {
    await travel(traveller);
    return { met: 'nothing', wrong: [] };
  } catch (broken) {
    if (!(broken instanceof Broken)) throw broken;
    if (broken.answer === undefined) return { met: 'a broken connection', wrong: [] };
    return { met: 'a page', wrong: [...faultsOfAnswer(broken)] };
  }
}

const INTERNALS =
  /\bat .*\.[jt]s|node_modules|insert into|ECONN|\bpg\b|postgres|kysely|terminated/i;

/** RFC 9110 §15.6: what a fault of ours is answered with; and nothing of our insides is shown. */
function* faultsOfAnswer({ message, answer, isOutage }: Broken): Generator<string> {
  if (!isOutage) yield `the fault was laid to the person: ${message}`;
  const inside = INTERNALS.exec(answer?.body ?? '');
  if (inside !== null) yield `the answer shows ${inside[0]}`;
}

function journeyNames(): JourneyName[] {
  return Object.keys(JOURNEYS) as JourneyName[];
}
