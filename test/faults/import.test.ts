// A file of thirty thousand users is broken off half way: the program or PostgreSQL is killed while it is done. Nothing
// is half done, and after the restart all of it is done once.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import type { ImportUnit } from '../../src/banking/import-plan.ts';
import { STAFF_POLICY } from '../../src/banking/staff.ts';
import { systemClock } from '../../src/clock.ts';
import { appointStaff } from '../../src/operations/appoint-staff.ts';
import { foundInstitution } from '../../src/operations/found-institution.ts';
import { registerPerson } from '../../src/operations/register-person.ts';
import { SAMPLE_STAFF_AUTHORITIES, sampleStaffHouse } from '../../src/sample/institution.ts';
import { makeServerKeyPairs } from '../../src/sample/server-key-pairs.ts';
import { findImport, type ImportKey } from '../../src/store/imports.ts';
import { APPROVES, ASKS, approvedImport } from '../system/approved-import.ts';
import { contractId, fileOf, goodLines } from '../system/import-files.ts';
import { TEST_PIN } from '../system/test-bank.ts';
import { type CrashSite, openCrashSite } from './crash-site.ts';

const CONTRACTS = 1_500;
const USERS_EACH = 20;
const USERS = CONTRACTS * USERS_EACH;
const DEADLINE_MS = 60_000;

let site: CrashSite;

suite('a file of users that is broken off', { concurrency: false }, () => {
  before(async () => {
    site = await openCrashSite();
    await addStaff();
  });
  after(async () => {
    await site[Symbol.asyncDispose]();
  });

  const CASES: readonly (readonly ['koshin' | 'postgres', ImportUnit])[] = [
    ['koshin', 'file'],
    ['koshin', 'contract'],
    ['postgres', 'file'],
    ['postgres', 'contract'],
  ];
  for (const [place, [killed, unit]] of CASES.entries()) {
    test(`nothing is half done when ${killed} is killed, by ${unit}`, async () => {
      const from = (place + 1) * 10_000;
      const file = fileOf(goodLines(CONTRACTS, USERS_EACH, from));
      await site.raise();
      const key = await approvedImport(file, unit, { db: site.house.db, clock: systemClock });
      await underWay(key);
      if (killed === 'koshin') await site.koshin.kill();
      else site.killPostgres();
      await site.raiseDatabase();
      const left = await onRecord(from);
      assert.deepEqual(left.halfDone, []);
      if (unit === 'file') assert.ok(left.people === 0 || left.people === USERS);
      assert.equal(left.people, left.slots);
      assert.equal(left.people, left.registered);
      assert.equal(left.contracts, left.opened);
      await site.raise();
      await done(key);
      const all = {
        contracts: CONTRACTS,
        opened: CONTRACTS,
        people: USERS,
        slots: USERS,
        registered: USERS,
      };
      assert.deepEqual(await onRecord(from), { ...all, halfDone: [] });
      const kept = await findImport(key, site.house.db);
      assert.deepEqual(kept?.result, { contracts: CONTRACTS, users: USERS, leftOut: 0 });
    });
  }
});

/** Two of the staff; their house has its key pairs, so that the program starts again with it. */
async function addStaff(): Promise<void> {
  const { house, bank } = site;
  const needs = { ...house, clock: systemClock };
  const institution = sampleStaffHouse(8080);
  const founding = { institution, policy: STAFF_POLICY, ...SAMPLE_STAFF_AUTHORITIES };
  const anyhow = { equalNames: 'refused', checkTogether: () => {} } as const;
  await foundInstitution({ ...founding, ...anyhow }, needs);
  await makeServerKeyPairs(
    house.tlsFolder,
    Object.fromEntries(
      [bank, institution].flatMap(({ publicHost, membersDomain }) => [
        [publicHost, [publicHost]],
        [membersDomain, [membersDomain, `*.${membersDomain}`]],
      ]),
    ),
    new Date(),
  );
  const at = { institution: institution.code, contract: '00000000000' };
  for (const user of [ASKS, APPROVES]) {
    const identity = { ...at, user };
    await registerPerson({ identity, name: user, role: 'user', pin: TEST_PIN }, needs);
    await appointStaff({ user, role: 'approver', scope: 'all' }, needs);
  }
}

/** Waits until some of it was written, and not all. */
async function underWay(key: ImportKey): Promise<void> {
  await until(async () => {
    const kept = await findImport(key, site.house.db);
    assert.equal(kept?.state, 'approved', 'it was done before it could be broken off');
    return kept.progress?.stage === 'doing' && kept.progress.done > 0;
  });
}

async function done(key: ImportKey): Promise<void> {
  await until(async () => (await findImport(key, site.house.db))?.state === 'done');
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + DEADLINE_MS;
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error('it did not come to that');
    await delay(5);
  }
}

/** What is on record of the file's contracts, and which of them have some of their users. */
async function onRecord(from: number) {
  const asked = sql<{
    contracts: number;
    opened: number;
    people: number;
    slots: number;
    registered: number;
    halfDone: readonly string[];
  }>`
    with named as (select institution, contract from contract
      where contract between ${contractId(from)} and ${contractId(from + CONTRACTS - 1)}),
    of as (select contract, count(user_id)::integer as users
      from named left join person using (institution, contract) group by contract)
    select (select count(*)::integer from named) as contracts,
      (select coalesce(sum(users), 0)::integer from of) as people,
      (select count(*)::integer from slot join named using (institution, contract)) as slots,
      (select count(*)::integer from audit_entry where event = 'person-registered'
        and contract between ${contractId(from)} and ${contractId(from + CONTRACTS - 1)}) as registered,
      (select count(*)::integer from audit_entry where event = 'contract-opened'
        and contract between ${contractId(from)} and ${contractId(from + CONTRACTS - 1)}) as opened,
      (select coalesce(array_agg(contract), '{}') from of where users <> ${USERS_EACH}) as "halfDone"`;
  const { rows } = await asked.execute(site.house.db);
  return rows[0] ?? assert.fail('nothing was answered');
}
