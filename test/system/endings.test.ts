// The glance at renewals: how many certificates end on which day, how far each renewal is, and whom
// nobody reaches. Counted by the program, listed as they stand.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { ENDING_STANDINGS } from '../../src/banking/ending.ts';
import { DEFAULT_POLICY } from '../../src/banking/policy.ts';
import { countEndings } from '../../src/operations/count-endings.ts';
import {
  ENDINGS_A_PAGE,
  listEndingsOf,
  readEndingsGlance,
  readTomorrow,
} from '../../src/operations/endings.ts';
import {
  type IssuedCertificate,
  renewCertificate,
} from '../../src/operations/issue-certificate.ts';
import { logIn } from '../../src/operations/log-in.ts';
import { suspendCertificates } from '../../src/operations/withdraw-certificate.ts';
import { makeRequest } from '../../src/sample/request.ts';
import { connectionTo } from '../../src/store/database-address.ts';
import { openTestBank, TEST_PIN, type TestBank } from './test-bank.ts';

// First certificates end on 2028-01-05, 23:59:59 in Tokyo.
const LAST_DAY = { year: 2028, month: 1, day: 5 };
const ON_LAST_DAY = { first: LAST_DAY, last: LAST_DAY };
const IN_WINDOW = '2027-12-20T03:00:00Z';

test('each certificate is counted on its day, by how far its renewal is', async () => {
  await using world = await openTestBank();
  await fiveWhoEnd(world);
  assert.equal(await readEndingsGlance('1394', world), undefined);
  await countEndings(world);
  const glance = await readEndingsGlance('1394', world);
  const bar = glance?.days.find(({ first }) => first.month === 1 && first.day === 5);
  assert.deepEqual(bar, {
    ...ON_LAST_DAY,
    byStanding: { renewed: 1, started: 1, 'not-started': 2, suspended: 1 },
    unreached: 1,
  });
  const inAll = (bars: NonNullable<typeof glance>['days']) =>
    bars.reduce(
      (sum, { byStanding }) => sum + Object.values(byStanding).reduce((a, b) => a + b),
      0,
    );
  assert.equal(inAll(glance?.days ?? []), 5);
  assert.equal(inAll(glance?.weeks ?? []), 5);
  assert.equal(glance?.days.length, 42);
  assert.equal(glance?.weeks.length, 15);
  assert.deepEqual(glance?.countedAt, new Date(IN_WINDOW));
});

test('counting again forgets what has changed since', async () => {
  await using world = await openTestBank();
  const { waiting } = await fiveWhoEnd(world);
  await countEndings(world);
  await prove(waiting, world);
  await countEndings(world);
  const glance = await readEndingsGlance('1394', world);
  const bar = glance?.days.find(({ first }) => first.month === 1 && first.day === 5);
  assert.deepEqual(bar?.byStanding, { renewed: 2, started: 0, 'not-started': 2, suspended: 1 });
});

test('the list behind a bar names whoever stands so, and goes on where a page ends', async () => {
  await using world = await openTestBank();
  await fiveWhoEnd(world);
  const users = async (wanted: Omit<Parameters<typeof listEndingsOf>[1], 'span'>) => {
    const { certificates } = await listEndingsOf('1394', { span: ON_LAST_DAY, ...wanted }, world);
    return certificates.map(({ identity }) => identity.user).toSorted();
  };
  assert.deepEqual(await users({ standings: ['renewed'] }), ['done']);
  assert.deepEqual(await users({ standings: ['started'] }), ['begun']);
  assert.deepEqual(await users({ standings: ['suspended'] }), ['held']);
  assert.deepEqual(await users({ standings: ['not-started'] }), ['reached', 'silent']);
  assert.deepEqual(await users({ standings: ['not-started'], reach: 'no-address' }), ['silent']);
  const all = await listEndingsOf(
    '1394',
    { span: ON_LAST_DAY, standings: ENDING_STANDINGS },
    world,
  );
  assert.equal(all.more, false);
  const [first, ...rest] = all.certificates;
  assert.ok(first);
  const { certificates } = await listEndingsOf(
    '1394',
    { span: ON_LAST_DAY, standings: ENDING_STANDINGS, after: first },
    world,
  );
  assert.deepEqual(certificates, rest);
  assert.ok(ENDINGS_A_PAGE >= all.certificates.length);
});

test('tomorrow names those whose certificate ends and who have proved no successor', async () => {
  await using world = await openTestBank();
  await fiveWhoEnd(world);
  world.clock.set('2028-01-04T14:59:59Z'); // the last second of the day before, in Tokyo
  const { day, ends, offers } = await readTomorrow('1394', world);
  assert.deepEqual(day, LAST_DAY);
  assert.deepEqual(ends.map(({ identity }) => identity.user).toSorted(), [
    'begun',
    'held',
    'reached',
    'silent',
  ]);
  assert.deepEqual(offers, []);
  world.clock.set('2028-01-04T15:00:00Z');
  assert.deepEqual((await readTomorrow('1394', world)).ends, []);
});

test('two programs that count at once leave one count', async () => {
  await using world = await openTestBank();
  await fiveWhoEnd(world);
  await Promise.all(Array.from({ length: 4 }, async () => await countEndings(world)));
  const glance = await readEndingsGlance('1394', world);
  assert.equal(glance?.days.filter(({ unreached }) => unreached > 0).length, 1);
});

/** One renewed, one who began, one suspended, and two who did nothing, of whom a mail reaches one. */
async function fiveWhoEnd(world: TestBank): Promise<{ waiting: IssuedCertificate }> {
  for (const user of ['reached', 'silent']) await world.customer(user);
  const held = await world.customer('held');
  const begun = await world.customer('begun');
  const done = await world.customer('done');
  await giveAddress('reached', world);
  world.clock.set(IN_WINDOW);
  await suspendCertificates({ ...held.certificate, by: 'suzuki01' }, world);
  const waiting = await renew(begun, world);
  await prove(await renew(done, world), world);
  return { waiting };
}

async function renew({ certificate }: IssuedCertificate, world: TestBank) {
  const key = makeRequest().csr;
  return await renewCertificate(
    {
      ...{ current: certificate, policy: DEFAULT_POLICY, waiting: undefined, key },
      ...{ unproven: 'keep', touch: null },
    },
    world.bank,
    world,
  );
}

async function prove({ certificate }: IssuedCertificate, world: TestBank): Promise<void> {
  await logIn({ evidence: { kind: 'mutual-tls', certificate }, pin: TEST_PIN }, world);
}

/** As the owner of the tables: no page changes an address yet. */
async function giveAddress(user: string, { owner }: TestBank): Promise<void> {
  const client = new pg.Client(connectionTo(owner));
  await client.connect();
  try {
    await client.query(`update person set mail_address = $1 where user_id = $2`, [
      `${user}@sakura.example`,
      user,
    ]);
  } finally {
    await client.end();
  }
}
