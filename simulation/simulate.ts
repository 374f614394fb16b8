// The days of a simulation, one after the other: whoever vouches in the morning, everybody else in the hours
// after, several at a time; from time to time everything recorded is held against the rules.
import { addDays, startOfTokyoDay, tokyoDayOf } from '../src/banking/tokyo-calendar.ts';
import { openContract } from '../src/operations/register-person.ts';
import { makeCustomer } from '../test/system/customers.ts';
import type { TestKoshin } from '../test/system/test-koshin.ts';
import { Browser } from './browser.ts';
import { brokenInvariants } from './invariants.ts';
import { logIn } from './login.ts';
import { Person } from './person.ts';
import type { Plan } from './plan.ts';
import { answerAsks, register } from './vouching.ts';
import { type Judgement, World } from './world.ts';

const HOUR_MS = 3_600_000;
const OPENS_AT = 9;
const HOURS = 8;
const AT_ONCE = 8;
const CHECKED_EVERY_DAYS = 60;
/** Until the last who comes back long after the end has had the time to get in. */
const DAYS = 545;

/** What a run came to. */
export type Simulated = { readonly world: World; readonly judgement: Judgement };

/** Runs it; everybody of the plans is in the one institution of the system. */
export async function simulate(
  { plans, seed }: { readonly plans: readonly Plan[]; readonly seed: number },
  koshin: TestKoshin,
  say: (line: string) => void,
): Promise<Simulated> {
  const world = new World(koshin);
  const first = tokyoDayOf(koshin.clock.now());
  const people = await settle(plans, { world, seed });
  for (let day = 1; day <= DAYS; day++) {
    world.day = day;
    const midnight = startOfTokyoDay(addDays(first, day)).getTime();
    koshin.clock.set(new Date(midnight + OPENS_AT * HOUR_MS - HOUR_MS / 2));
    await answerAll(people, world);
    for (let hour = 0; hour < HOURS; hour++) {
      koshin.clock.set(new Date(midnight + (OPENS_AT + hour) * HOUR_MS));
      const now = people.filter(({ plan }) => hourOf(plan) === hour);
      await severalAtOnce(now, async (person) => await person.act(day));
    }
    if (day % CHECKED_EVERY_DAYS === 0 || day === DAYS) {
      world.judgement.doubled.push(...(await brokenInvariants(koshin.house.db)));
      say(`day ${day} of ${DAYS}: ${JSON.stringify(world.counts)}`);
    }
  }
  for (const person of people) {
    if (!person.isInTrouble) continue;
    const { id } = person.plan;
    const isKnown = world.judgement.lockedOut.some((one) => one.person === id);
    if (!isKnown) world.judgement.lockedOut.push({ person: id, at: world.now, told: 'no end yet' });
  }
  return { world, judgement: world.judgement };
}

/** The bank opens the contracts with their administrators, who register everybody else. */
async function settle(
  plans: readonly Plan[],
  there: { readonly world: World; readonly seed: number },
): Promise<readonly Person[]> {
  const { world } = there;
  const people = new Map<string, Person>();
  for (const plan of plans) {
    const shared = plan.sharesWith === undefined ? undefined : people.get(plan.sharesWith)?.browser;
    people.set(plan.id, new Person(plan, { ...there, browser: shared ?? new Browser() }));
  }
  for (const [contract, members] of byContract([...people.values()])) {
    await open(contract, members, world);
  }
  return [...people.values()];
}

async function open(
  contract: string,
  members: readonly Person[],
  { koshin }: World,
): Promise<void> {
  const institution = koshin.mihon.code;
  const needs = { ...koshin.house, clock: koshin.clock };
  await openContract({ institution, contract, name: `株式会社${contract}` }, needs);
  const administrators = members.filter(({ plan }) => plan.isAdministrator);
  for (const person of administrators) {
    const { plan, pin } = person;
    const made = await makeCustomer(plan.id, koshin, { contract, pin, role: 'administrator' });
    await person.receive(made.shows);
    person.take(made.shows);
  }
  const [administrator] = administrators;
  if (administrator === undefined) throw new Error(`${contract} has no administrator`);
  const session = await logIn(administrator);
  if ('told' in session) throw new Error(`${administrator.plan.id} is told ${session.told}`);
  for (const { plan } of members) {
    if (!plan.isAdministrator) await register(administrator, session, plan.id);
  }
  administrator.close();
}

async function answerAll(people: readonly Person[], world: World): Promise<void> {
  const waiting = byContract(people).filter(([contract]) => world.asks.get(contract)?.length);
  await severalAtOnce(waiting, async ([contract, members]) => await answerAsks(members, contract));
}

function byContract(people: readonly Person[]): [string, Person[]][] {
  return Object.entries(Object.groupBy(people, ({ plan }) => plan.contract)).map(
    ([contract, members = []]) => [contract, members],
  );
}

/** The hour after opening at which somebody comes. */
function hourOf({ id }: Plan): number {
  return Number(id.slice(1)) % HOURS;
}

async function severalAtOnce<T>(all: readonly T[], act: (one: T) => Promise<void>): Promise<void> {
  const left = [...all];
  const next = async (): Promise<void> => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) await act(one);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
}
