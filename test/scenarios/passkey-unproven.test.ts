// A passkey whose certificate was issued and is not proved yet, a slot's first one and a successor: the first
// login with touch and PIN proves it, nothing less does, and nothing does where what it succeeds was withdrawn.
import assert from 'node:assert/strict';
import { after, before, beforeEach, suite, test } from 'node:test';
import {
  liftSuspension,
  revokeCertificates,
  suspendCertificates,
} from '../../src/operations/withdraw-certificate.ts';
import type { RefusalKind } from '../../src/words/refusals.ts';
import {
  change,
  type DeviceHolding,
  type DeviceSession,
  givePin,
  issueDeviceCustomer,
  loggedInByPasskey,
  loginOrigin,
  makeDeviceCustomer,
  renewOnDevice,
  showPasskey,
  touchAgain,
} from '../system/device-client.ts';
import { assertRefused, entriesOf } from '../system/refusals.ts';
import { codeOf } from '../system/renewal-client.ts';
import { SoftwarePasskey } from '../system/software-passkey.ts';
import { openTestKoshin, type TestKoshin } from '../system/test-koshin.ts';

// First certificates end on 2028-01-05, the renewal window opens on 2027-12-06; the deadline of acquisition
// is the end of 2027-03-26.
const ISSUED = '2027-01-05T03:00:00Z';
const LAST_SECOND = '2027-03-26T14:59:59Z';
const TOO_LATE = '2027-03-26T15:00:00Z';
const IN_WINDOW = '2027-12-20T03:00:00Z';
const AFTER_THE_END = '2028-01-10T03:00:00Z';
const WRONG_PIN = 'mihon9999';

let koshin: TestKoshin;
let users = 0;

const nextUser = () => {
  users += 1;
  return `device${users}`;
};

async function statesOf({ certificate }: DeviceHolding): Promise<readonly string[]> {
  const rows = await koshin.house.db
    .selectFrom('certificate')
    .select('state')
    .where('user_id', '=', certificate.identity.user)
    .orderBy('issued_at')
    .orderBy('ended_at')
    .execute();
  return rows.map(({ state }) => state);
}

/** A touch that is taken, and a PIN that is not. */
async function touchWithWrongPin(holding: Pick<DeviceHolding, 'passkey'>): Promise<void> {
  const { visitor, page } = await showPasskey(koshin, holding);
  assert.equal(page.status, 200, page.text);
  const origin = loginOrigin(koshin, koshin.mihon);
  assert.equal((await givePin(visitor, page, { origin, pin: WRONG_PIN })).status, 403);
}

async function assertRefusedOnRecord(
  { passkey, certificate }: DeviceHolding,
  kind: RefusalKind,
): Promise<void> {
  const { page } = await showPasskey(koshin, { passkey });
  assertRefused(page, kind);
  const [entry] = await entriesOf(page, koshin);
  assert.equal(entry?.event, 'certificate-refused');
  assert.equal(entry?.user_id, certificate.identity.user);
}

suite('passkeys that are not proved yet', { concurrency: false }, () => {
  before(async () => {
    koshin = await openTestKoshin();
  });
  after(async () => {
    await koshin[Symbol.asyncDispose]();
  });

  suite('of a first certificate', () => {
    let first: DeviceHolding;
    beforeEach(async () => {
      koshin.clock.set(ISSUED);
      first = await issueDeviceCustomer(nextUser(), koshin);
    });

    test('touch and PIN prove it, on the last day of acquisition as well', async () => {
      koshin.clock.set(LAST_SECOND);
      await loggedInByPasskey(koshin, first);
      assert.deepEqual(await statesOf(first), ['current']);
    });

    test('a touch without the PIN proves nothing', async () => {
      await touchWithWrongPin(first);
      assert.deepEqual(await statesOf(first), ['issued']);
    });

    test('after the deadline of acquisition it is refused, and stays unproven', async () => {
      koshin.clock.set(TOO_LATE);
      await assertRefusedOnRecord(first, 'acquisition-over');
      assert.deepEqual(await statesOf(first), ['issued']);
    });

    test('the deadline passes between touch and PIN: refused all the same', async () => {
      koshin.clock.set(LAST_SECOND);
      const { visitor, page } = await showPasskey(koshin, first);
      koshin.clock.set(TOO_LATE);
      const origin = loginOrigin(koshin, koshin.mihon);
      assertRefused(await givePin(visitor, page, { origin }), 'acquisition-over');
      assert.deepEqual(await statesOf(first), ['issued']);
    });

    for (const { kind, withdraw } of [
      { kind: 'suspended', withdraw: suspendCertificates },
      { kind: 'revoked', withdraw: revokeCertificates },
    ] as const) {
      test(`${kind} before its proof, it is refused as such`, async () => {
        await withdraw(withdrawalOf(first), needs());
        await assertRefusedOnRecord(first, kind);
        assert.deepEqual(await statesOf(first), [kind]);
      });
    }
  });

  suite('of a successor', () => {
    let own: DeviceHolding;
    let session: DeviceSession;
    let successor: DeviceHolding;
    beforeEach(async () => {
      koshin.clock.set(ISSUED);
      own = await makeDeviceCustomer(nextUser(), koshin);
      koshin.clock.set(IN_WINDOW);
      session = await loggedInByPasskey(koshin, own);
      successor = { ...own, passkey: new SoftwarePasskey() };
      assert.equal((await renewOnDevice(session, successor.passkey)).status, 200);
    });

    test('touch and PIN prove it, and end the old certificate with its session', async () => {
      await loggedInByPasskey(koshin, successor);
      assert.deepEqual(await statesOf(own), ['superseded', 'current']);
      assertRefused(await session.visitor.get(`${session.origin}/notices`), 'superseded');
      await assertRefusedOnRecord(own, 'superseded');
    });

    test('a touch without the PIN proves nothing, and the old passkey works', async () => {
      await touchWithWrongPin(successor);
      await loggedInByPasskey(koshin, own);
      assert.deepEqual(await statesOf(own), ['current', 'issued']);
    });

    test('it freshens no session of the old one', async () => {
      const { fresh } = session;
      const answer = await touchAgain(session, successor.passkey);
      assert.equal(codeOf(answer), 'assertion-invalid');
      assert.equal(session.fresh, fresh);
    });

    test('it is proved after the old one ended by time alone', async () => {
      koshin.clock.set(AFTER_THE_END);
      await assertRefusedOnRecord(own, 'expired');
      await loggedInByPasskey(koshin, successor);
      assert.deepEqual(await statesOf(own), ['superseded', 'current']);
    });

    for (const { kind, withdraw } of [
      { kind: 'suspended', withdraw: suspendCertificates },
      { kind: 'revoked', withdraw: revokeCertificates },
    ] as const) {
      test(`${kind} with the old one, it is refused as such`, async () => {
        await withdraw(withdrawalOf(own), needs());
        await assertRefusedOnRecord(successor, kind);
        assert.deepEqual(await statesOf(own), [kind, kind]);
      });
    }

    test('once the suspension of both is lifted, it may be proved', async () => {
      await suspendCertificates(withdrawalOf(own), needs());
      await liftSuspension(withdrawalOf(own), needs());
      await loggedInByPasskey(koshin, successor);
      assert.deepEqual(await statesOf(own), ['superseded', 'current']);
    });

    test('replaced before its proof, it is refused as such', async () => {
      await renewOnDevice(session, new SoftwarePasskey(), { unproven: 'replace' });
      await assertRefusedOnRecord(successor, 'replaced');
      assert.deepEqual(await statesOf(own), ['current', 'replaced', 'issued']);
    });

    // No operation leaves such records: a withdrawal takes both.
    test('where records say that the old one alone was withdrawn, it is refused as unproven', async () => {
      const at = koshin.clock.now();
      await koshin.house.db
        .updateTable('certificate')
        .set({ state: 'revoked', ended_at: at })
        .where('sha256', '=', own.certificate.sha256)
        .execute();
      await assertRefusedOnRecord(successor, 'unproven');
      assert.equal(codeOf(await change(session, '/renewal/device/proof-wanted')), 'revoked');
      assert.deepEqual(await statesOf(own), ['revoked', 'issued']);
    });
  });
});

function withdrawalOf({ certificate }: DeviceHolding) {
  return { ...certificate, by: 'kanri01' };
}

function needs() {
  return { ...koshin.house, clock: koshin.clock };
}
