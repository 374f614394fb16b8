// From a file to the device, over two hosts: who was stopped or locked between the steps gets no further, and
// nothing changes.
import assert from 'node:assert/strict';
import { after, before, beforeEach, suite, test } from 'node:test';
import { parseEnteredPin } from '../../src/banking/pin.ts';
import { Refusal } from '../../src/errors.ts';
import { issueFirstCertificate } from '../../src/operations/issue-certificate.ts';
import { arrive } from '../../src/operations/prove-passkey.ts';
import { type Holding, loggedIn, makeCustomer } from '../system/customers.ts';
import {
  type DeviceSession,
  proveOnDevice,
  renewOnDevice,
  saidIn,
  whatStands,
} from '../system/device-client.ts';
import { certifiable } from '../system/key-homes.ts';
import { assertRefused, entriesOf } from '../system/refusals.ts';
import { codeOf } from '../system/renewal-client.ts';
import { SoftwarePasskey } from '../system/software-passkey.ts';
import { openTestBank } from '../system/test-bank.ts';
import { openTestKoshin, type TestKoshin } from '../system/test-koshin.ts';
import type { Answer } from '../system/visitor.ts';

const ISSUED = '2027-01-05T03:00:00Z';
const IN_WINDOW = '2027-12-20T03:00:00Z';

let koshin: TestKoshin;
let file: Holding;
let members: DeviceSession;
let passkey: SoftwarePasskey;
let wanted: Answer;
let users = 0;

async function setPerson(to: {
  stopped_at?: Date;
  pin_locked_at?: Date;
  pin_hash?: string;
}): Promise<void> {
  const { user } = file.certificate.identity;
  await koshin.house.db.updateTable('person').set(to).where('user_id', '=', user).execute();
}

suite('from a members’ host to the host of passkeys', { concurrency: false }, () => {
  before(async () => {
    koshin = await openTestKoshin();
  });
  after(async () => {
    await koshin[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    koshin.clock.set(ISSUED);
    users += 1;
    file = await makeCustomer(`file${users}`, koshin);
    koshin.clock.set(IN_WINDOW);
    members = { ...(await loggedIn(koshin, file)), fresh: '' };
    passkey = new SoftwarePasskey();
    wanted = await renewOnDevice(members, passkey);
  });

  test('a PIN that was locked meanwhile: nothing is proved', async () => {
    await setPerson({ pin_locked_at: koshin.clock.now() });
    const earlier = await whatStands(koshin);
    assert.equal(codeOf(await proveOnDevice(members, passkey, wanted)), 'pin-locked');
    assert.deepEqual(await whatStands(koshin), earlier);
  });

  test('a user who was stopped on the way does not arrive, and is on record', async () => {
    const proved = await proveOnDevice(members, passkey, wanted);
    const { action, seal } = saidIn(proved) as { action: string; seal: string };
    await setPerson({ stopped_at: koshin.clock.now() });
    const earlier = await whatStands(koshin);
    const { visitor, origin } = members;
    const answer = await visitor.post(action, { seal }, { origin });
    assertRefused(answer, 'user-stopped');
    assert.deepEqual(await whatStands(koshin), earlier);
    const [entry] = await entriesOf(answer, koshin);
    assert.equal(entry?.user_id, file.certificate.identity.user);
  });

  test('whose PIN was changed on the way does not arrive either', async () => {
    const proved = await proveOnDevice(members, passkey, wanted);
    const { action, seal } = saidIn(proved) as { action: string; seal: string };
    await setPerson({ pin_hash: await koshin.house.pins.hash(parseEnteredPin('another2027')) });
    const earlier = await whatStands(koshin);
    const { visitor, origin } = members;
    assertRefused(await visitor.post(action, { seal }, { origin }), 'session-ended');
    assert.deepEqual(await whatStands(koshin), earlier);
  });
});

test('a certificate that waits for its proof never arrives', async () => {
  await using world = await openTestBank();
  const slot = { identity: await world.register('suzuki01'), slot: 1 };
  const key = await certifiable(new SoftwarePasskey());
  const { certificate } = await issueFirstCertificate({ slot, key }, world.bank, world);
  const assertion = { authenticatorData: '', clientDataJson: '', signature: '' };
  const evidence = { kind: 'signed-challenge', certificate, assertion } as const;
  const once = { hash: Buffer.alloc(32, 1), expiresAt: world.clock.now() };
  await assert.rejects(
    arrive({ evidence, once }, world),
    (fault) => fault instanceof Refusal && fault.code === 'session-ended',
  );
});
