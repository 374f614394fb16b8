// The staff house is an institution as any other, of which there is one; its people are made staff members on
// the server.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readSettings } from '../../src/config/settings.ts';
import { addStaffMember, appointStaff } from '../../src/operations/appoint-staff.ts';
import { parseFounding } from '../../src/operations/parse-founding.ts';
import {
  SAMPLE_AUTHORITIES,
  SAMPLE_STAFF_AUTHORITIES,
  sampleInstitution,
  sampleStaffHouse,
} from '../../src/sample/institution.ts';
import { openHouse, type Surroundings } from '../../src/start/house.ts';
import { found } from '../../src/start/institutions.ts';
import { findStaffMember } from '../../src/store/staff-members.ts';
import { settableClock } from './test-bank.ts';
import { openTestDatabase, quietLog } from './test-database.ts';
import { urlOf } from './test-koshin.ts';

const { code: _code, ...STAFF_HOUSE } = sampleStaffHouse(8080);
const { passkeyDomain: _domain, ...FILE } = { ...STAFF_HOUSE, ...SAMPLE_STAFF_AUTHORITIES };
const BANK = { ...sampleInstitution(8080), ...SAMPLE_AUTHORITIES };

test('the staff house is founded from its file, once, and its staff are added to it', async (t) => {
  await using opened = await openFoundedHouse();
  const { house, around, needs } = opened;
  await t.test('a file without a code gives it 0000, and a policy of its own', async () => {
    const [first] = await house.db.selectFrom('institution').selectAll().execute();
    assert.equal(first?.institution, '0000');
    assert.equal(first.kind, 'staff');
    const policy = await house.db
      .selectFrom('policy')
      .select('settings')
      .where('institution', '=', '0000')
      .executeTakeFirstOrThrow();
    assert.equal(policy.settings.usersPerContract, 9_999);
  });
  await t.test('a second one is refused', async () => {
    const second = { ...FILE, code: '0001', publicHost: 'b.localhost', rootName: 'b' };
    await assert.rejects(found(parseFounding(JSON.stringify(second)), house, around), {
      code: 'invalid-input',
      message: 'kind: there is a staff house already',
    });
  });
  const added = { user: 'tanto01', name: '青木 直子', role: 'operator' } as const;
  const identity = { institution: '0000', contract: '00000000000', user: 'tanto01' };
  await t.test('a scope that names no bank is refused, and nobody is added', async () => {
    for (const code of ['0000', '9999']) {
      await assert.rejects(addStaffMember({ ...added, scope: [code] }, needs), {
        code: 'invalid-input',
        message: `scope: there is no bank ${code}`,
      });
    }
    assert.deepEqual(await house.db.selectFrom('person').select('user_id').execute(), []);
  });
  await t.test('a staff member gets a first PIN and a code, once', async () => {
    const given = await addStaffMember({ ...added, scope: ['1394'] }, needs);
    assert.match(given.code, /^[0-9A-Z]{8}$/);
    assert.match(given.pin, /^[a-z2-9]{8}$/);
    assert.deepEqual(await findStaffMember(identity, house.db), {
      role: 'operator',
      scope: ['1394'],
    });
    await assert.rejects(addStaffMember({ ...added, user: 'TANTO01', scope: 'all' }, needs), {
      message: 'user-id: there is a staff member TANTO01 already',
    });
  });
  await t.test('another role and scope take their place, with an entry', async () => {
    await appointStaff({ user: 'tanto01', role: 'approver', scope: 'all' }, needs);
    assert.deepEqual(await findStaffMember(identity, house.db), { role: 'approver', scope: 'all' });
    await assert.rejects(appointStaff({ user: 'nobody', role: 'approver', scope: 'all' }, needs), {
      message: 'user-id: there is no staff member nobody',
    });
    const entries = await house.db
      .selectFrom('audit_entry')
      .select(['event', 'detail'])
      .where('user_id', '=', 'tanto01')
      .orderBy('entry')
      .execute();
    assert.deepEqual(
      entries.map(({ event, detail }) => [event, detail['role']]),
      [
        ['person-registered', 'user'],
        ['acquisition-offered', undefined],
        ['staff-appointed', 'operator'],
        ['staff-appointed', 'approver'],
      ],
    );
  });
});

test('a database refuses a second staff house, and staff of a bank’s customers', async () => {
  await using opened = await openFoundedHouse();
  const { house } = opened;
  const { db } = house;
  await assert.rejects(
    db
      .insertInto('institution')
      .columns([
        'institution',
        'kind',
        'name',
        'name_english',
        'public_host',
        'members_domain',
        'passkey_domain',
        'publication_base',
        'certificate_policy',
        'contact',
        'created_at',
      ])
      .expression((eb) =>
        eb
          .selectFrom('institution')
          .select([
            eb.val('0001').as('institution'),
            'kind',
            'name',
            'name_english',
            eb.val('x.localhost').as('public_host'),
            eb.val('login.x.localhost').as('members_domain'),
            eb.val('x.localhost').as('passkey_domain'),
            'publication_base',
            'certificate_policy',
            'contact',
            'created_at',
          ])
          .where('kind', '=', 'staff'),
      )
      .execute(),
    { constraint: 'one_staff_house' },
  );
  await assert.rejects(
    db
      .insertInto('staff_member')
      .values({
        institution: '1394',
        contract: '00012345678',
        user_id: 'suzuki01',
        role: 'operator',
        scope: null,
        changed_at: new Date(),
      })
      .execute(),
    { constraint: 'staff_member_contract_check' },
  );
});

async function openFoundedHouse() {
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'koshin-staff-'));
  opened.defer(() => rm(folder, { recursive: true }));
  const { address } = opened.use(await openTestDatabase());
  const clock = settableClock('2027-01-05T03:00:00Z');
  const settings = {
    ...readSettings({ KOSHIN_DATA: folder, KOSHIN_DATABASE_URL: urlOf(address) }),
    pinCost: { memory: 64, passes: 1, lanes: 1 },
    pinThreads: 1,
  };
  const around: Surroundings = { settings, clock, log: quietLog };
  const house = opened.use(await openHouse(around));
  await found(parseFounding(JSON.stringify(FILE)), house, around);
  await found(parseFounding(JSON.stringify(BANK)), house, around);
  const needs = { ...house, clock, codeKey: house.secrets('acquisition-codes') };
  const kept = opened.move();
  return { house, around, needs, [Symbol.asyncDispose]: async () => await kept.disposeAsync() };
}
