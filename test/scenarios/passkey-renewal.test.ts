// Certificates whose key is a passkey, through the public routes and without a browser: login, renewal on
// the device with both kinds of key, from file to device and back.
import assert from 'node:assert/strict';
import { after, before, beforeEach, suite, test } from 'node:test';
import { COMPLETED } from '../../src/words/renewal.ts';
import { encodePem } from '../../src/x509/pem.ts';
import { loggedIn, makeCustomer } from '../system/customers.ts';
import {
  change,
  type DeviceHolding,
  type DeviceSession,
  freshIn,
  loggedInByPasskey,
  loginOrigin,
  makeDeviceCustomer,
  proveOnDevice,
  renewOnDevice,
  saidIn,
  showPasskey,
} from '../system/device-client.ts';
import { assertRefused, entriesOf } from '../system/refusals.ts';
import { newKey, presentProof } from '../system/renewal-client.ts';
import { SoftwarePasskey } from '../system/software-passkey.ts';
import { openTestKoshin, type TestKoshin } from '../system/test-koshin.ts';

// First certificates end on 2028-01-05; the renewal window opens on 2027-12-06.
const ISSUED = '2027-01-05T03:00:00Z';
const IN_WINDOW = '2027-12-20T03:00:00Z';
const IN_NEXT_WINDOW = '2028-12-20T03:00:00Z';

let koshin: TestKoshin;
let users = 0;

async function deviceCustomer(): Promise<DeviceHolding> {
  koshin.clock.set(ISSUED);
  users += 1;
  const made = await makeDeviceCustomer(`device${users}`, koshin);
  koshin.clock.set(IN_WINDOW);
  return made;
}

async function statesOf(user: string): Promise<readonly string[]> {
  const rows = await koshin.house.db
    .selectFrom('certificate')
    .select(['state', 'home'])
    .where('user_id', '=', user)
    .orderBy('issued_at')
    .orderBy('ended_at')
    .execute();
  return rows.map(({ state, home }) => `${home} ${state}`);
}

suite('passkeys', { concurrency: false }, () => {
  let own: DeviceHolding;
  let user: string;
  let session: DeviceSession;

  before(async () => {
    koshin = await openTestKoshin();
  });
  after(async () => {
    await koshin[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    own = await deviceCustomer();
    ({ user } = own.certificate.identity);
    session = await loggedInByPasskey(koshin, own);
  });

  test('login by passkey and PIN leads to the portal, on the host that asks for no certificate', async () => {
    const page = await session.visitor.get(`${session.origin}/notices`);
    assert.equal(page.status, 200);
    assert.match(page.text, /この端末 \(パスキー\)/);
    const again = await session.visitor.get(`${session.origin}/`);
    assert.equal(again.location, '/notices');
  });

  for (const kind of ['ES256', 'RS256'] as const) {
    test(`renewed twice in a row by ${kind}, each time proved by the new passkey`, async () => {
      let holding = own;
      for (const at of [IN_WINDOW, IN_NEXT_WINDOW]) {
        koshin.clock.set(at);
        const before = await loggedInByPasskey(koshin, holding);
        const passkey = new SoftwarePasskey(kind);
        const wanted = await renewOnDevice(before, passkey);
        assert.equal(wanted.status, 200, wanted.body);
        assert.equal((await statesOf(user)).at(-1), 'device issued');
        const proved = await proveOnDevice(before, passkey, wanted);
        assert.equal(saidIn(proved)['next'], '/renewal/completed', proved.body);
        const page = await before.visitor.get(`${before.origin}/renewal/completed`);
        assert.equal(page.heading, COMPLETED.title.ja);
        assert.match(
          page.body,
          new RegExp(`data-ended="${holding.passkey.id.toString('base64url')}"`),
        );
        const old = await showPasskey(koshin, holding);
        assertRefused(old.page, 'superseded');
        holding = { ...holding, passkey };
      }
      assert.deepEqual(await statesOf(user), [
        'device superseded',
        'device superseded',
        'device current',
      ]);
    });
  }

  test('registration alone proves nothing: the old passkey works, the new one with the PIN proves itself', async () => {
    const passkey = new SoftwarePasskey();
    assert.equal((await renewOnDevice(session, passkey)).status, 200);
    assert.deepEqual(await statesOf(user), ['device current', 'device issued']);
    await loggedInByPasskey(koshin, own);
    await loggedInByPasskey(koshin, { passkey });
    assert.deepEqual(await statesOf(user), ['device superseded', 'device current']);
  });

  test('from file to device: proved on the members’ host, the person goes on on the login host', async () => {
    koshin.clock.set(ISSUED);
    users += 1;
    const file = await makeCustomer(`file${users}`, koshin);
    koshin.clock.set(IN_WINDOW);
    const members = { ...(await loggedIn(koshin, file)), fresh: '' };
    const passkey = new SoftwarePasskey();
    const wanted = await renewOnDevice(members, passkey);
    const proved = await proveOnDevice(members, passkey, wanted);
    const { action, seal } = saidIn(proved) as { action: string; seal: string };
    assert.equal(action, `${loginOrigin(koshin, koshin.mihon)}/arrive`);
    assert.deepEqual(await statesOf(`file${users}`), ['file superseded', 'device current']);
    const { visitor, origin } = members;
    const arrived = await visitor.post(action, { seal }, { origin });
    const fresh = freshIn(arrived);
    assert.notEqual(fresh, '');
    const login = loginOrigin(koshin, koshin.mihon);
    const page = await visitor.get(`${login}/renewal/completed`);
    assert.equal(page.heading, COMPLETED.title.ja);
    const twice = await visitor.post(action, { seal }, { origin });
    assert.equal(twice.status, 409);
    const old = await visitor.get(`${origin}/notices`);
    assertRefused(old, 'superseded');
  });

  test('handed over too late, the person is told that the renewal is complete', async () => {
    koshin.clock.set(ISSUED);
    users += 1;
    const file = await makeCustomer(`file${users}`, koshin);
    koshin.clock.set(IN_WINDOW);
    const members = { ...(await loggedIn(koshin, file)), fresh: '' };
    const passkey = new SoftwarePasskey();
    const proved = await proveOnDevice(members, passkey, await renewOnDevice(members, passkey));
    const { action, seal } = saidIn(proved) as { action: string; seal: string };
    koshin.clock.set(new Date(koshin.clock.now().getTime() + 61_000));
    const { visitor, origin } = members;
    const late = await visitor.post(action, { seal }, { origin });
    assertRefused(late, 'hand-over-ended');
    assert.ok(!late.text.includes('何も変更されていません'));
    const [entry] = await entriesOf(late, koshin);
    assert.equal(entry?.user_id, `file${users}`);
    await loggedInByPasskey(koshin, { passkey });
  });

  test('from device to file: 確認 leads to a members’ host, and the device’s session ends', async () => {
    const key = newKey();
    const issued = await change(session, '/renewal', { request: key.request, unproven: 'keep' });
    assert.equal(issued.status, 200, issued.body);
    const der = Buffer.from(String(saidIn(issued)['certificate']), 'base64');
    const shows = { cert: encodePem(new Uint8Array(der), 'CERTIFICATE'), key: key.keyPem };
    const begun = saidIn(await change(session, '/renewal/confirm', { 'proof-token': '' }));
    const proof = { address: String(begun['action']), token: String(begun['token']) };
    const proved = await presentProof(koshin, proof, { origin: session.origin, shows });
    assert.equal(proved.answer.location, '/renewal/completed', proved.answer.text);
    assert.deepEqual(await statesOf(user), ['device superseded', 'file current']);
    const old = await session.visitor.get(`${session.origin}/notices`);
    assertRefused(old, 'superseded');
  });

  test('pressed twice, six times at once: one certificate, and it is proved once', async () => {
    const passkey = new SoftwarePasskey();
    const answers = await Promise.all(
      Array.from({ length: 6 }, async () => await renewOnDevice(session, passkey)),
    );
    for (const { status, body } of answers) assert.equal(status, 200, body);
    assert.deepEqual(await statesOf(user), ['device current', 'device issued']);
  });

  test('two tabs with two passkeys: the second is told that one waits', async () => {
    const answers = await Promise.all([
      renewOnDevice(session, new SoftwarePasskey()),
      renewOnDevice(session, new SoftwarePasskey()),
    ]);
    assert.deepEqual(
      answers.map(({ status }) => status).toSorted((a, b) => a - b),
      [200, 409],
    );
    assert.deepEqual(await statesOf(user), ['device current', 'device issued']);
  });

  test('取得し直す puts another passkey in the place of one that waits', async () => {
    const lost = new SoftwarePasskey();
    await renewOnDevice(session, lost);
    const passkey = new SoftwarePasskey();
    assert.equal((await renewOnDevice(session, passkey)).status, 409);
    const wanted = await renewOnDevice(session, passkey, { unproven: 'replace' });
    assert.equal((await proveOnDevice(session, passkey, wanted)).status, 200);
    assertRefused((await showPasskey(koshin, { passkey: lost })).page, 'replaced');
  });
});
