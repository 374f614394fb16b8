// Sessions long over leave the database; those that may still be asked for stay, and so does every record of
// what a session did.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_POLICY } from '../../src/banking/policy.ts';
import { deleteOldSessions, SESSIONS_KEPT_DAYS } from '../../src/operations/delete-old-sessions.ts';
import { deleteSessionsHourly } from '../../src/start/by-itself.ts';
import { change, loggedInByPasskey, makeDeviceCustomer, renewOnDevice } from './device-client.ts';
import { SoftwarePasskey } from './software-passkey.ts';
import { openTestKoshin, type TestKoshin } from './test-koshin.ts';

const OPENED = '2027-12-20T03:00:00Z';
const DAY_MS = 24 * 60 * 60 * 1000;
const LONGEST_MS = DEFAULT_POLICY.sessionTotalMinutes * 60_000;
const KEPT_UNTIL = new Date(OPENED).getTime() + LONGEST_MS + SESSIONS_KEPT_DAYS * DAY_MS;
/** More than one transaction deletes. */
const MANY = 2_500;

/** A customer who has begun a 確認 in a session by passkey. */
async function renewing(koshin: TestKoshin) {
  const holding = await makeDeviceCustomer('suzuki01', koshin);
  koshin.clock.set(OPENED);
  const session = await loggedInByPasskey(koshin, holding);
  await renewOnDevice(session, new SoftwarePasskey());
  assert.equal((await change(session, '/renewal/confirm', { 'proof-token': '' })).status, 200);
  return holding;
}

async function sessionsOf({ house: { db } }: TestKoshin): Promise<number> {
  return (await db.selectFrom('session').select('token_hash').execute()).length;
}

async function auditOf({ house: { db } }: TestKoshin) {
  const entries = db.selectFrom('audit_entry').select(['entry', 'event', 'detail']);
  return await entries.orderBy('entry').execute();
}

const deletion = ({ house: { db }, clock }: TestKoshin) => deleteOldSessions({ db, clock });

test('a session is kept for thirty days after its longest life, and deleted then with its tokens', async () => {
  await using koshin = await openTestKoshin();
  await renewing(koshin);
  koshin.clock.set(new Date(KEPT_UNTIL));
  // The one that proved the first certificate, nearly a year before.
  assert.equal(await deletion(koshin), 1);
  assert.equal(await sessionsOf(koshin), 1);
  koshin.clock.set(new Date(KEPT_UNTIL + 1));
  const earlier = await auditOf(koshin);
  assert.equal(await deletion(koshin), 1);
  assert.equal(await sessionsOf(koshin), 0);
  const [told, ...more] = (await auditOf(koshin)).slice(earlier.length);
  assert.deepEqual(more, []);
  assert.equal(told?.event, 'sessions-deleted');
  assert.deepEqual(told?.detail, {
    count: 1,
    openedBefore: new Date(OPENED).toISOString().replace('00.000', '00.001'),
  });
  assert.deepEqual((await auditOf(koshin)).slice(0, earlier.length), earlier);
  assert.equal(await deletion(koshin), 0);
  assert.equal((await auditOf(koshin)).length, earlier.length + 1);
});

test('what a session signed is on record after its row is gone', async () => {
  await using koshin = await openTestKoshin();
  await renewing(koshin);
  koshin.clock.set(new Date(KEPT_UNTIL + 1));
  await deletion(koshin);
  const signed = (await auditOf(koshin)).filter(({ detail }) => 'signature' in detail);
  assert.deepEqual(
    signed.map(({ event }) => event),
    ['logged-in', 'logged-in', 'certificate-issued', 'proof-begun'],
  );
});

test('who comes with the cookie of a deleted session is told that it has ended', async () => {
  await using koshin = await openTestKoshin();
  const holding = await makeDeviceCustomer('suzuki01', koshin);
  const session = await loggedInByPasskey(koshin, holding);
  koshin.clock.set(new Date(koshin.clock.now().getTime() + LONGEST_MS + 31 * DAY_MS));
  assert.equal(await deletion(koshin), 2);
  const page = await session.visitor.get(`${session.origin}/notices`);
  assert.equal(page.status, 403);
  await loggedInByPasskey(koshin, holding);
});

test('a running system deletes all of them in the first hour, each institution its own', async () => {
  await using koshin = await openTestKoshin();
  const { house, clock, betsu } = koshin;
  await makeDeviceCustomer('suzuki01', koshin);
  await makeDeviceCustomer('tanaka02', koshin, { bank: betsu });
  const { db } = house;
  const one = await db
    .selectFrom('session')
    .selectAll()
    .where('institution', '=', '1394')
    .executeTakeFirstOrThrow();
  for (let made = 0; made < MANY; made += 500) {
    const copies = Array.from({ length: 500 }, (_, i) => {
      const token_hash = Buffer.alloc(32);
      token_hash.writeUInt32BE(made + i);
      return { ...one, token_hash, fresh_assertion: JSON.stringify(one.fresh_assertion) };
    });
    await db.insertInto('session').values(copies).execute();
  }
  assert.equal(await sessionsOf(koshin), MANY + 2);
  clock.set(new Date(clock.now().getTime() + LONGEST_MS + 31 * DAY_MS));
  const log = { info: () => {}, warn: () => {}, error: () => assert.fail('an error was logged') };
  await using _deleting = await deleteSessionsHourly(house, { clock, log });
  assert.equal(await sessionsOf(koshin), 0);
  const counts = (await auditOf(koshin))
    .filter(({ event }) => event === 'sessions-deleted')
    .map(({ detail }) => detail['count']);
  assert.deepEqual(counts, [1_000, 1_000, MANY + 1 - 2_000, 1]);
});
