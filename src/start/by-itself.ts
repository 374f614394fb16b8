// What is done by itself again and again while a house is served.
import { hostKeyFiles } from '../http/institution-key-pairs.ts';
import { KeyPairAlarm } from '../http/key-pair-alarm.ts';
import { repeat } from '../http/repeat.ts';
import { countEndings } from '../operations/count-endings.ts';
import { deleteOldImports } from '../operations/delete-old-imports.ts';
import { deleteOldSessions } from '../operations/delete-old-sessions.ts';
import { expireOrders } from '../operations/expire-orders.ts';
import { workOnImports } from '../operations/work-on-imports.ts';
import { listInstitutions } from '../store/institutions.ts';
import type { House, Surroundings } from './house.ts';

const HOUR_MILLISECONDS = 60 * 60 * 1000;
const COUNTED_EVERY_MILLISECONDS = 5 * 60 * 1000;
const LOOKED_FOR_FILES_MILLISECONDS = 1_000;
const SAID_EVERY_MILLISECONDS = 60_000;

/** Says in the log which of the house's server certificates are about to end, until disposed of. */
export async function watchServerCertificates(
  { db, tlsFolder }: House,
  { clock, log }: Surroundings,
): Promise<AsyncDisposable> {
  const institutions = await listInstitutions(db);
  const hosts = institutions.flatMap((one) => Object.values(hostKeyFiles(one)));
  const alarm = new KeyPairAlarm(tlsFolder, hosts, { clock, log });
  return repeat(async () => await alarm.check(), HOUR_MILLISECONDS);
}

/** Deletes sessions long over, now and every hour until disposed of; returns once it was done for the first time. */
export async function deleteSessionsHourly(
  { db }: Pick<House, 'db'>,
  { clock, log }: Pick<Surroundings, 'clock' | 'log'>,
): Promise<AsyncDisposable> {
  const first = Promise.withResolvers<void>();
  const deleting = repeat(async () => {
    await deleteOldSessions({ db, clock }).catch((error: unknown) => {
      // Nobody waits for it, and the next hour tries again.
      log.error({ err: error }, 'old sessions could not be deleted');
    });
    first.resolve();
  }, HOUR_MILLISECONDS);
  await first.promise;
  return deleting;
}

/** Counts what ends when for the console, now and every five minutes until disposed of. */
export function countEndingsAgainAndAgain(
  { db }: Pick<House, 'db'>,
  { clock, log }: Pick<Surroundings, 'clock' | 'log'>,
): AsyncDisposable {
  return repeat(async () => {
    await countEndings({ db, clock }).catch((error: unknown) => {
      // Nobody waits for it: the page says of when its figures are.
      log.error({ err: error }, 'the certificates that end soon could not be counted');
    });
  }, COUNTED_EVERY_MILLISECONDS);
}

/** Puts on record every hour which orders nobody has decided in time, until disposed of. */
export function expireOrdersHourly(
  { db }: Pick<House, 'db'>,
  { clock, log }: Pick<Surroundings, 'clock' | 'log'>,
): AsyncDisposable {
  return repeat(async () => {
    await expireOrders({ db, clock }).catch((error: unknown) => {
      // Nobody waits for it, and the next hour tries again.
      log.error({ err: error }, 'overdue orders could not be put on record');
    });
  }, HOUR_MILLISECONDS);
}

/** Looks through files of users and does those that were approved; what is under way when disposed of is undone. */
export function workOnImportsByItself(
  { db }: Pick<House, 'db'>,
  { clock, log }: Pick<Surroundings, 'clock' | 'log'>,
): AsyncDisposable {
  const stopping = new AbortController();
  const { signal } = stopping;
  let sayAt = 0;
  const working = repeat(async () => {
    await workOnImports({ db, clock, signal }).catch((error: unknown) => {
      if (signal.aborted || performance.now() < sayAt) return;
      sayAt = performance.now() + SAID_EVERY_MILLISECONDS;
      // Nothing is half done, and the next second tries again.
      log.error({ err: error }, 'a file of users could not be worked on');
    });
  }, LOOKED_FOR_FILES_MILLISECONDS);
  return {
    [Symbol.asyncDispose]: async () => {
      stopping.abort();
      await working[Symbol.asyncDispose]();
    },
  };
}

/** Deletes every hour what old files of users said, until disposed of. */
export function deleteImportsHourly(
  { db }: Pick<House, 'db'>,
  { clock, log }: Pick<Surroundings, 'clock' | 'log'>,
): AsyncDisposable {
  return repeat(async () => {
    await deleteOldImports({ db, clock }).catch((error: unknown) => {
      // Nobody waits for it, and the next hour tries again.
      log.error({ err: error }, 'old files of users could not be deleted');
    });
  }, HOUR_MILLISECONDS);
}
