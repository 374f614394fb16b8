// Staff whose key is a passkey: they arrive at the console of the login host, and whatever changes something needs a
// touch of a moment ago, which the record of it holds.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { STAFF_CONTRACT } from '../../src/banking/staff.ts';
import type { LoadedBank } from '../../src/operations/bank.ts';
import { findByInquiry } from '../../src/store/audit-log.ts';
import {
  change,
  type DeviceSession,
  loggedInByPasskey,
  makeDeviceCustomer,
} from '../system/device-client.ts';
import { appoint, contractForm, sumOn } from '../system/staff.ts';
import { TEST_PIN } from '../system/test-bank.ts';
import { openTestKoshin, type TestKoshin } from '../system/test-koshin.ts';

const MINUTES_6_MS = 6 * 60 * 1000;
const NEW = '/console/orders/new/open-contract';

let koshin: TestKoshin;
let bank: LoadedBank;

suite('the console by passkey', { concurrency: false }, () => {
  before(async () => {
    koshin = await openTestKoshin({ withStaff: true });
    assert.ok(koshin.staffHouse);
    bank = koshin.staffHouse;
  });
  after(async () => {
    await koshin[Symbol.asyncDispose]();
  });

  test('asking and approving need a touch, which is on record', async () => {
    const operator = await arrive('tanto01', 'operator');
    const home = await operator.visitor.get(`${operator.origin}/console`);
    assert.equal(home.status, 200);
    const sent = await change(operator, NEW, contractForm('00055544433'));
    assert.equal(sent.status, 303);
    const order = sent.location.replace('?done=sent', '');
    const approver = await arrive('shonin01', 'approver');
    const page = await approver.visitor.get(approver.origin + order);
    assert.match(page.body, /name="fresh"/);
    const payload = sumOn(page);
    for (const fresh of ['', 'A'.repeat(43)]) {
      const refused = await change({ ...approver, fresh }, `${order}/approve`, { payload });
      assert.equal(refused.status, 403);
    }
    const done = await change(approver, `${order}/approve`, { payload });
    assert.equal(done.status, 200);
    const { detail } = await koshin.house.db
      .selectFrom('audit_entry')
      .select('detail')
      .where('event', '=', 'order-approved')
      .executeTakeFirstOrThrow();
    assert.equal(typeof detail['signature'], 'string');
    koshin.clock.set(new Date(koshin.clock.now().getTime() + MINUTES_6_MS));
    const late = await change(operator, NEW, contractForm('00055544434'));
    assert.equal(late.status, 403);
  });

  test('what the form refuses is on record here, too', async () => {
    const operator = await arrive('tanto02', 'operator');
    const answer = await change(operator, NEW, contractForm('1'));
    assert.equal(answer.status, 400);
    const entries = await findByInquiry(answer.inquiry ?? '', koshin.house.db);
    assert.deepEqual(
      entries.map(({ person, detail }) => [person?.user, detail['code']]),
      [['tanto02', 'invalid-input']],
    );
  });
});

async function arrive(user: string, role: 'operator' | 'approver'): Promise<DeviceSession> {
  const holding = await makeDeviceCustomer(user, koshin, { bank, contract: STAFF_CONTRACT });
  await appoint(koshin, user, { role, scope: 'all' });
  return await loggedInByPasskey(koshin, holding, { bank, pin: TEST_PIN });
}
