// What people do from login to the proved successor, in steps, and how they end after a crash.
// Steps write; which writes those are is recorded, not written down here.

import type { Db } from '../../src/store/database.ts';
import { REFUSALS } from '../../src/words/refusals.ts';
import { Broken } from './broken.ts';
import { finishRenewal, type GoneOn, type Trying } from './finish-renewal.ts';
import { notChanged, notLocked, unfinished } from './invariants.ts';
import { NEW_PIN, type Person } from './person.ts';

type Step = { readonly name: string; readonly take: (person: Person) => Promise<unknown> };

type Journey = {
  readonly steps: readonly Step[];
  /** What the person does after a crash, to the journey's end. */
  readonly goOn: (person: Person, trying: Trying) => Promise<GoneOn>;
  /** What is not as it should be at the end. */
  readonly unfinished: (person: Person, db: Db) => Promise<string[]>;
};

const LIMIT = 6;

/** The journeys; together they pass every write of login, renewal, 取得し直す, proof and a change of PIN. */
export const JOURNEYS = {
  'proved by 確認': {
    steps: [
      { name: 'mistypes the PIN', take: async (person) => await person.mistypePin() },
      { name: 'logs in', take: async (person) => await person.logIn(person.newest) },
      { name: 'pauses', take: async (person) => await person.pause() },
      { name: '更新', take: async (person) => await person.renew('keep') },
      { name: '取得し直す', take: async (person) => await person.renew('replace') },
      { name: '確認', take: async (person) => await person.prove() },
      { name: 'logs off', take: async (person) => await person.logOff() },
      { name: 'logs in anew', take: async (person) => await person.logIn(person.newest) },
      { name: 'shows the old one', take: async (person) => await person.showEnded() },
    ],
    goOn: finishRenewal,
    unfinished,
  },
  'proved by a login': {
    steps: [
      { name: 'logs in', take: async (person) => await person.logIn(person.newest) },
      { name: '更新', take: async (person) => await person.renew('keep') },
      { name: 'logs in anew', take: async (person) => await person.logIn(person.newest) },
    ],
    goOn: finishRenewal,
    unfinished,
  },
  'the PIN is locked': {
    steps: [
      {
        name: 'mistypes the PIN for the last time',
        take: async (person) => {
          await person.hasMistyped(LIMIT - 1);
          await person.mistypePin();
        },
      },
    ],
    goOn: mistypeUntilLocked,
    unfinished: notLocked,
  },
  'the PIN is changed': {
    steps: [
      { name: 'logs in', take: async (person) => await person.logIn(person.newest) },
      { name: 'changes the PIN', take: async (person) => await person.changePin() },
    ],
    goOn: logInWithEither,
    unfinished: notChanged,
  },
} as const satisfies Readonly<Record<string, Journey>>;

/** A journey's name. */
export type JourneyName = keyof typeof JOURNEYS;

/** Takes the steps of a journey; throws `Broken` at the first that does not succeed. */
export async function travel(journey: JourneyName, person: Person): Promise<void> {
  for (const { take } of JOURNEYS[journey].steps) await take(person);
}

/** The new PIN logs in, or the old one still does and is changed then: never neither. */
async function logInWithEither(person: Person): Promise<GoneOn> {
  try {
    await person.logIn(person.newest, NEW_PIN);
  } catch (broken) {
    if (!(broken instanceof Broken) || broken.isOutage) throw broken;
    await person.logIn(person.newest);
    await person.changePin();
    await person.logIn(person.newest, NEW_PIN);
  }
  return { retries: 0 };
}

/** One attempt more, at most, and the PIN is locked; the right one does not open it any more. */
async function mistypeUntilLocked(person: Person): Promise<GoneOn> {
  await person.waitAMinute();
  const heading = await person.mistypePin();
  if (heading !== REFUSALS['pin-locked'].title.ja) throw new Error(`not locked but ${heading}`);
  try {
    await person.logIn(person.newest);
  } catch (broken) {
    if (!(broken instanceof Broken) || broken.isOutage) throw broken;
    return { retries: 0 };
  }
  throw new Error('a locked PIN opened a session');
}
