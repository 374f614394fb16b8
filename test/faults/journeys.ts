// What people do from login to the proved successor, in steps, and how they end after a crash.
// Steps write; which writes those are is recorded, not written down here.

import type { Db } from '../../src/store/database.ts';
import { REFUSALS } from '../../src/words/refusals.ts';
import { Acquirer, finishAcquisition, notAcquired } from './acquirer.ts';
import { Broken } from './broken.ts';
import type { CrashSite } from './crash-site.ts';
import { DevicePerson } from './device-person.ts';
import { finishOnDevice } from './finish-on-device.ts';
import { finishRenewal, type GoneOn, type Trying } from './finish-renewal.ts';
import {
  notChanged,
  notLocked,
  unfinished,
  unfinishedOnDevice,
  unrecorded,
  unrecordedPasskeys,
} from './invariants.ts';
import { NEW_PIN, Person } from './person.ts';

/** Somebody under way on a journey. */
export type Traveller = {
  readonly steps: readonly { readonly name: string; readonly take: () => Promise<unknown> }[];
  /** What they do after a crash, to the journey's end. */
  readonly goOn: (trying: Trying) => Promise<GoneOn>;
  /** What they were given and is not on record. */
  readonly unrecorded: (db: Db) => Promise<string[]>;
  /** What is not as it should be at the end. */
  readonly unfinished: (db: Db) => Promise<string[]>;
};

type Plan<P> = {
  /** The person before the first step; what is written for that is no part of the journey. */
  readonly setOut: (site: CrashSite) => Promise<P>;
  readonly steps: readonly {
    readonly name: string;
    readonly take: (person: P) => Promise<unknown>;
  }[];
  readonly goOn: (person: P, trying: Trying) => Promise<GoneOn>;
  readonly unrecorded: (person: P, db: Db) => Promise<string[]>;
  readonly unfinished: (person: P, db: Db) => Promise<string[]>;
};

type Journey = (site: CrashSite) => Promise<Traveller>;

const LIMIT = 6;

const withFile = {
  setOut: async (site: CrashSite) => new Person(await site.customer(), site),
  goOn: finishRenewal,
  unrecorded,
  unfinished,
};

const onDevice = {
  setOut: async (site: CrashSite) =>
    new DevicePerson({ home: 'device', holding: await site.deviceCustomer() }, site),
  goOn: finishOnDevice,
  unrecorded: unrecordedPasskeys,
  unfinished: unfinishedOnDevice,
};

const byCode = {
  goOn: finishAcquisition,
  unrecorded,
  unfinished: notAcquired,
};

/** The journeys; together they pass every write of login, renewal, 取得し直す, touch, proof, hand-over, acquisition and a change of PIN. */
export const JOURNEYS = {
  'proved by 確認': journey({
    ...withFile,
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
  }),
  'proved by a login': journey({
    ...withFile,
    steps: [
      { name: 'logs in', take: async (person) => await person.logIn(person.newest) },
      { name: '更新', take: async (person) => await person.renew('keep') },
      { name: 'logs in anew', take: async (person) => await person.logIn(person.newest) },
    ],
  }),
  'the PIN is locked': journey({
    ...withFile,
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
  }),
  'the PIN is changed': journey({
    ...withFile,
    steps: [
      { name: 'logs in', take: async (person) => await person.logIn(person.newest) },
      { name: 'changes the PIN', take: async (person) => await person.changePin() },
    ],
    goOn: logInWithEither,
    unfinished: notChanged,
  }),
  'on the device': journey({
    ...onDevice,
    steps: [
      { name: 'logs in', take: async (person) => await person.logIn('first') },
      { name: 'touches', take: async (person) => await person.touch() },
      { name: '更新', take: async (person) => await person.renew('keep') },
      { name: '取得し直す', take: async (person) => await person.renew('replace') },
      { name: 'proves', take: async (person) => await person.prove() },
      { name: 'shows the old one', take: async (person) => await person.showEnded() },
    ],
  }),
  'on the device, proved by a login': journey({
    ...onDevice,
    setOut: async (site) => {
      const person = await onDevice.setOut(site);
      await person.logIn('first');
      await person.renew('keep');
      return person;
    },
    steps: [{ name: 'logs in', take: async (person) => await person.logIn(person.newest) }],
  }),
  'from the file to the device': journey({
    ...onDevice,
    setOut: async (site) => {
      const person = new DevicePerson({ home: 'file', person: await withFile.setOut(site) }, site);
      await person.logIn('first');
      return person;
    },
    steps: [
      { name: '更新', take: async (person) => await person.renew('keep') },
      { name: 'proves', take: async (person) => await person.prove() },
      { name: 'arrives', take: async (person) => await person.arrive() },
    ],
  }),
  'acquired by a code': journey({
    ...byCode,
    setOut: async (site) => await Acquirer.new(site),
    steps: [
      { name: 'enters code and PIN', take: async (person) => await person.begin() },
      { name: '取得', take: async (person) => await person.get('keep') },
      { name: 'begins anew', take: async (person) => await person.beginAnew() },
      { name: '取得 anew', take: async (person) => await person.get('replace') },
      { name: 'logs in', take: async (person) => await person.logIn() },
    ],
  }),
  'acquired by a code that was asked for': journey({
    ...byCode,
    setOut: async (site) => await Acquirer.afterEnd(site),
    steps: [
      { name: 'asks for a code', take: async (person) => await person.ask() },
      { name: 'enters code and PIN', take: async (person) => await person.begin() },
      { name: '取得', take: async (person) => await person.get('keep') },
      { name: 'logs in', take: async (person) => await person.logIn() },
    ],
  }),
  'acquired after a loss': journey({
    ...byCode,
    setOut: async (site) => await Acquirer.afterLoss(site),
    steps: [
      { name: 'enters code and PIN', take: async (person) => await person.begin() },
      { name: '取得', take: async (person) => await person.get('keep') },
      { name: 'logs in', take: async (person) => await person.logIn() },
    ],
  }),
} as const satisfies Readonly<Record<string, Journey>>;

/** A journey's name. */
export type JourneyName = keyof typeof JOURNEYS;

/** Takes the steps of a journey; throws `Broken` at the first that does not succeed. */
export async function travel({ steps }: Traveller): Promise<void> {
  for (const { take } of steps) await take();
}

function journey<P>({ setOut, ...plan }: Plan<P>): Journey {
  return async (site) => {
    const person = await setOut(site);
    return {
      steps: plan.steps.map(({ name, take }) => ({ name, take: async () => await take(person) })),
      goOn: async (trying) => await plan.goOn(person, trying),
      unrecorded: async (db) => await plan.unrecorded(person, db),
      unfinished: async (db) => await plan.unfinished(person, db),
    };
  };
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
