import assert from 'node:assert/strict';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Log } from '../log.ts';
import { makeServerKeyPairs } from '../sample/server-key-pairs.ts';
import { KeyPairAlarm } from './key-pair-alarm.ts';

const HOST = 'www.own.example';
const MADE = new Date('2027-01-05T03:00:00Z');
const DAY_MS = 24 * 60 * 60 * 1000;
const LIFETIME_DAYS = 397;
const SOON = 'the certificate of a host ends soon';
const WITHIN_DAYS = 'the certificate of a host ends within days';
const ENDED = 'the certificate of a host has ended';
const UNUSABLE = 'the key pair of a host is not usable';

for (const { days, says } of [
  { days: 31, says: [] },
  { days: 29, says: [`warn ${SOON} 29`] },
  { days: 7, says: [`warn ${SOON} 7`] },
  { days: 6, says: [`error ${WITHIN_DAYS} 6`] },
  { days: 0, says: [`error ${WITHIN_DAYS} 0`] },
  { days: -1, says: [`error ${ENDED} -1`] },
]) {
  test(`with ${days} days left it says: ${says.join() || 'nothing'}`, async () => {
    await using watched = await watch();
    watched.daysLeft(days);
    await watched.alarm.check();
    assert.deepEqual(watched.said, says);
  });
}

test('it says so once a day, and at once when it becomes worse', async () => {
  await using watched = await watch();
  for (const days of [10, 9.9, 9.1, 9, 8.5, 6.9, 6.5, 5.9]) {
    watched.daysLeft(days);
    await watched.alarm.check();
  }
  assert.deepEqual(watched.said, [
    `warn ${SOON} 10`,
    `warn ${SOON} 9`,
    `error ${WITHIN_DAYS} 6`,
    `error ${WITHIN_DAYS} 5`,
  ]);
});

test('it says so where browsers would not take the certificate for a name, or not yet', async () => {
  await using watched = await watch();
  watched.daysLeft(LIFETIME_DAYS + 2);
  await watched.alarm.check();
  await makeServerKeyPairs(watched.folder, { [HOST]: ['login.own.example'] }, watched.now());
  await watched.alarm.check();
  assert.deepEqual(watched.said, [
    'error the certificate of a host is not valid yet',
    'error the certificate of a host is not for all of its names',
  ]);
});

test('a new certificate ends it, and one that cannot be used is an alarm of every day', async () => {
  await using watched = await watch();
  watched.daysLeft(1);
  await watched.alarm.check();
  await makeServerKeyPairs(watched.folder, { [HOST]: [HOST] }, watched.now());
  await watched.alarm.check();
  const key = join(watched.folder, `${HOST}.key`);
  await rename(key, `${key}.away`);
  await watched.alarm.check();
  await watched.alarm.check();
  watched.daysLeft(0);
  await watched.alarm.check();
  assert.deepEqual(watched.said, [
    `error ${WITHIN_DAYS} 1`,
    `error ${UNUSABLE}`,
    `error ${UNUSABLE}`,
  ]);
});

/** A host whose certificate was made on one day, and a clock that the test sets. */
async function watch() {
  const folder = await mkdtemp(join(tmpdir(), 'koshin-alarm-'));
  await makeServerKeyPairs(folder, { [HOST]: [HOST] }, MADE);
  let now = MADE;
  const said: string[] = [];
  const note = (level: string) => (fields: Readonly<Record<string, unknown>>, message: string) => {
    const { host, days } = fields;
    assert.equal(host, HOST);
    said.push(`${level} ${message}${typeof days === 'number' ? ` ${days}` : ''}`);
  };
  const log: Log = { info: note('info'), warn: note('warn'), error: note('error') };
  return {
    folder,
    said,
    now: () => now,
    /** Sets the clock to so many days before the end of the first certificate. */
    daysLeft: (days: number) => {
      now = new Date(MADE.getTime() + (LIFETIME_DAYS - days) * DAY_MS);
    },
    alarm: new KeyPairAlarm(folder, [{ host: HOST, names: [HOST] }], {
      clock: { now: () => now },
      log,
    }),
    [Symbol.asyncDispose]: async () => await rm(folder, { recursive: true }),
  };
}
