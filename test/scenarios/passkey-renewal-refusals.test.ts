// A renewal whose new key is a passkey: what is wrong of it is refused, nothing serves twice, and what changes
// something wants a touch.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, beforeEach, suite, test } from 'node:test';
import type { RefusalCode } from '../../src/errors.ts';
import {
  change,
  type DeviceHolding,
  type DeviceSession,
  loggedInByPasskey,
  makeDeviceCustomer,
  proveOnDevice,
  renewOnDevice,
  saidIn,
  touchAgain,
  whatStands,
} from '../system/device-client.ts';
import { codeOf } from '../system/renewal-client.ts';
import { SoftwarePasskey, type Twist } from '../system/software-passkey.ts';
import { openTestKoshin, type TestKoshin } from '../system/test-koshin.ts';
import type { Answer } from '../system/visitor.ts';

// First certificates end on 2028-01-05; the renewal window opens on 2027-12-06.
const ISSUED = '2027-01-05T03:00:00Z';
const IN_WINDOW = '2027-12-20T03:00:00Z';
const UV = 0x04;
const BACKED_UP = 0x18;

let koshin: TestKoshin;
let users = 0;
let own: DeviceHolding;

async function customer(): Promise<DeviceHolding> {
  koshin.clock.set(ISSUED);
  users += 1;
  const made = await makeDeviceCustomer(`device${users}`, koshin);
  koshin.clock.set(IN_WINDOW);
  return made;
}

const later = (minutes: number) =>
  koshin.clock.set(new Date(koshin.clock.now().getTime() + minutes * 60_000));

suite('refused passkeys at a renewal', { concurrency: false }, () => {
  let session: DeviceSession;

  before(async () => {
    koshin = await openTestKoshin();
  });
  after(async () => {
    await koshin[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    own = await customer();
    session = await loggedInByPasskey(koshin, own);
  });

  const WRONG_PASSKEYS: readonly { name: string; twist: Twist; code: RefusalCode }[] = [
    {
      name: 'made for another page',
      twist: { origin: 'https://evil.example' },
      code: 'assertion-invalid',
    },
    {
      name: 'made for another domain',
      twist: { domain: 'evil.example' },
      code: 'assertion-invalid',
    },
    { name: 'made without user verification', twist: { clear: UV }, code: 'user-not-verified' },
    {
      name: 'with an attestation nobody asked for',
      twist: { format: 'packed' },
      code: 'assertion-invalid',
    },
  ];
  for (const { name, twist, code } of WRONG_PASSKEYS) {
    test(`a passkey ${name} is refused: ${code}`, async () => {
      const earlier = await whatStands(koshin);
      assert.equal(codeOf(await renewOnDevice(session, new SoftwarePasskey(), { twist })), code);
      assert.deepEqual(await whatStands(koshin), earlier);
    });
  }

  const WRONG_SIGNATURES: readonly { name: string; twist: Twist; code: RefusalCode }[] = [
    {
      name: 'for another page',
      twist: { origin: 'https://evil.example' },
      code: 'assertion-invalid',
    },
    { name: 'for another domain', twist: { domain: 'evil.example' }, code: 'assertion-invalid' },
    { name: 'inside a foreign page', twist: { crossOrigin: true }, code: 'assertion-invalid' },
    { name: 'without user verification', twist: { clear: UV }, code: 'user-not-verified' },
    {
      name: 'suddenly of a copied passkey',
      twist: { set: BACKED_UP },
      code: 'assertion-invalid',
    },
    { name: 'with a counter that went back', twist: { counter: 1 }, code: 'counter-went-back' },
  ];
  for (const { name, twist, code } of WRONG_SIGNATURES) {
    test(`a touch ${name} is refused, and freshens nothing: ${code}`, async () => {
      const { fresh } = session;
      assert.equal(codeOf(await touchAgain(session, own.passkey, twist)), code);
      later(6);
      assert.equal(session.fresh, fresh);
      assert.equal(codeOf(await change(session, '/renewal/device/wanted')), 'touch-needed');
    });

    test(`a proof ${name} is refused, and proves nothing: ${code}`, async () => {
      const passkey = new SoftwarePasskey();
      const wanted = await renewOnDevice(session, passkey);
      const earlier = await whatStands(koshin);
      assert.equal(codeOf(await proveOnDevice(session, passkey, wanted, twist)), code);
      assert.deepEqual(await whatStands(koshin), earlier);
    });
  }

  test('a touch sent a second time is refused, and gives no secret', async () => {
    const wanted = saidIn(await change(session, '/touch/wanted'));
    const signed = own.passkey.assertion(wantedIn(wanted), session.origin);
    assert.equal((await change(session, '/touch', signed)).status, 200);
    assert.equal(codeOf(await change(session, '/touch', signed)), 'challenge-used');
  });

  test('a passkey of another institution freshens no session here, and proves nothing', async () => {
    koshin.clock.set(ISSUED);
    const elsewhere = await makeDeviceCustomer('elsewhere', koshin, { bank: koshin.betsu });
    koshin.clock.set(IN_WINDOW);
    assert.equal(codeOf(await touchAgain(session, elsewhere.passkey)), 'assertion-invalid');
    const wanted = await renewOnDevice(session, new SoftwarePasskey());
    const proof = await proveOnDevice(session, elsewhere.passkey, wanted);
    assert.equal(codeOf(proof), 'assertion-invalid');
  });

  test('another user’s passkey proves nothing, though it waits for its own proof', async () => {
    const other = await customer();
    const otherSession = await loggedInByPasskey(koshin, other);
    const foreign = new SoftwarePasskey();
    await renewOnDevice(otherSession, foreign);
    const wanted = await renewOnDevice(session, new SoftwarePasskey());
    assert.equal(codeOf(await proveOnDevice(session, foreign, wanted)), 'assertion-invalid');
  });

  test('one passkey is certified once: not again for its user, and not for another', async () => {
    assert.equal(codeOf(await renewOnDevice(session, own.passkey)), 'key-already-certified');
    const other = await customer();
    const otherSession = await loggedInByPasskey(koshin, other);
    assert.equal(codeOf(await renewOnDevice(otherSession, own.passkey)), 'key-already-certified');
  });

  test('another key under an ID that is known is refused', async () => {
    const passkey = new SoftwarePasskey();
    own.passkey.id.copy(passkey.id);
    assert.equal((await renewOnDevice(session, passkey)).status, 409);
  });

  for (const { idOctets, status } of [
    { idOctets: 1023, status: 200 },
    { idOctets: 1024, status: 400 },
  ]) {
    test(`a passkey with an ID of ${idOctets} octets is answered ${status}`, async () => {
      const passkey = new SoftwarePasskey('ES256', { idOctets });
      assert.equal((await renewOnDevice(session, passkey)).status, status);
    });
  }

  test('the same key again under another ID is refused, and the ID on record proves it', async () => {
    const passkey = new SoftwarePasskey();
    assert.equal((await renewOnDevice(session, passkey)).status, 200);
    const recorded = Buffer.from(passkey.id);
    randomBytes(recorded.length).copy(passkey.id);
    assert.equal(codeOf(await renewOnDevice(session, passkey)), 'key-already-certified');
    recorded.copy(passkey.id);
    const wanted = await change(session, '/renewal/device/proof-wanted');
    assert.equal((await proveOnDevice(session, passkey, wanted)).status, 200);
  });

  test('a lost answer is asked for again: the same certificate, once', async () => {
    const passkey = new SoftwarePasskey();
    const answers = [await renewOnDevice(session, passkey), await renewOnDevice(session, passkey)];
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200],
    );
  });

  test('a challenge of another session makes no passkey and proves none', async () => {
    const elsewhere = await loggedInByPasskey(koshin, own);
    const foreign = String(saidIn(await change(elsewhere, '/renewal/device/wanted'))['challenge']);
    const twist = { challenge: foreign };
    const passkey = new SoftwarePasskey();
    assert.equal(codeOf(await renewOnDevice(session, passkey, { twist })), 'challenge-invalid');
    const wanted = await renewOnDevice(session, passkey);
    const other = String(
      saidIn(await change(elsewhere, '/renewal/device/proof-wanted'))['challenge'],
    );
    const proof = await proveOnDevice(session, passkey, wanted, { challenge: other });
    assert.equal(codeOf(proof), 'challenge-invalid');
  });

  test('the old passkey does not prove the new certificate, and no challenge serves two purposes', async () => {
    const passkey = new SoftwarePasskey();
    const wanted = await renewOnDevice(session, passkey);
    assert.equal(codeOf(await proveOnDevice(session, own.passkey, wanted)), 'assertion-invalid');
    const touch = String(saidIn(await change(session, '/touch/wanted'))['challenge']);
    const crossed = await proveOnDevice(session, passkey, wanted, { challenge: touch });
    assert.equal(codeOf(crossed), 'challenge-invalid');
    assert.equal((await proveOnDevice(session, passkey, wanted)).status, 200);
  });

  test('a challenge for a passkey makes one passkey, also where another is to take its place', async () => {
    const wanted = saidIn(await change(session, '/renewal/device/wanted'));
    const challenge = String(wanted['challenge']);
    const made = async () =>
      await renewOnDevice(session, new SoftwarePasskey(), {
        unproven: 'replace',
        twist: { challenge },
      });
    assert.equal((await made()).status, 200);
    const earlier = await whatStands(koshin);
    assert.equal(codeOf(await made()), 'challenge-used');
    assert.deepEqual(await whatStands(koshin), earlier);
  });

  test('what a page of the session did not send is refused, with a challenge that is good', async () => {
    const passkey = new SoftwarePasskey();
    const asked = saidIn(await change(session, '/renewal/device/wanted'));
    const made = passkey.registration(wantedIn(asked), session.origin);
    const touch = saidIn(await change(session, '/touch/wanted'));
    const earlier = await whatStands(koshin);
    await refusedWithoutToken('/renewal/device', { ...made, unproven: 'keep' });
    await refusedWithoutToken('/touch/wanted', {});
    await refusedWithoutToken('/touch', own.passkey.assertion(wantedIn(touch), session.origin));
    assert.deepEqual(await whatStands(koshin), earlier);
    const issued = await change(session, '/renewal/device', { ...made, unproven: 'keep' });
    const signed = passkey.assertion(wantedIn(saidIn(issued)), session.origin);
    const unproved = await whatStands(koshin);
    await refusedWithoutToken('/renewal/device/proof', signed);
    assert.deepEqual(await whatStands(koshin), unproved);
    assert.equal((await change(session, '/renewal/device/proof', signed)).status, 200);
  });

  test('what was not preceded by a touch is refused, with a challenge that is good', async () => {
    const passkey = new SoftwarePasskey();
    const asked = saidIn(await change(session, '/renewal/device/wanted'));
    const made = passkey.registration(wantedIn(asked), session.origin);
    const stolen = { ...session, fresh: '' };
    const earlier = await whatStands(koshin);
    const fields = { ...made, unproven: 'keep' };
    assert.equal(codeOf(await change(stolen, '/renewal/device', fields)), 'touch-needed');
    assert.deepEqual(await whatStands(koshin), earlier);
    const issued = await change(session, '/renewal/device', fields);
    const signed = passkey.assertion(wantedIn(saidIn(issued)), session.origin);
    const unproved = await whatStands(koshin);
    assert.equal(codeOf(await change(stolen, '/renewal/device/proof', signed)), 'touch-needed');
    assert.deepEqual(await whatStands(koshin), unproved);
    assert.equal((await change(session, '/renewal/device/proof', signed)).status, 200);
  });

  /** Sends what is right in everything but the token that only a page of the session has. */
  async function refusedWithoutToken(
    path: string,
    fields: Readonly<Record<string, string>>,
  ): Promise<void> {
    const { visitor, origin, fresh } = session;
    const headers = { accept: 'application/json' };
    const answer = await visitor.post(`${origin}${path}`, { fresh, ...fields }, headers);
    assert.equal(codeOf(answer), 'missing-token', path);
  }

  test('a proof serves once', async () => {
    const passkey = new SoftwarePasskey();
    const wanted = await renewOnDevice(session, passkey);
    const answers: Answer[] = await Promise.all([
      proveOnDevice(session, passkey, wanted),
      proveOnDevice(session, passkey, wanted),
    ]);
    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
  });

  test('five minutes after the last touch a change asks for another, and gets it', async () => {
    later(6);
    assert.equal(codeOf(await change(session, '/renewal/device/wanted')), 'touch-needed');
    assert.equal((await touchAgain(session, own.passkey)).status, 200);
    assert.equal((await change(session, '/renewal/device/wanted')).status, 200);
  });

  test('a touch by another’s passkey, or for another session, freshens nothing', async () => {
    const other = await customer();
    later(6);
    const { fresh } = session;
    assert.equal(codeOf(await touchAgain(session, other.passkey)), 'assertion-invalid');
    const elsewhere = await loggedInByPasskey(koshin, own);
    const challenge = String(saidIn(await change(elsewhere, '/touch/wanted'))['challenge']);
    assert.equal(
      codeOf(await touchAgain(session, own.passkey, { challenge })),
      'challenge-invalid',
    );
    assert.equal(session.fresh, fresh);
    assert.equal(codeOf(await change(session, '/renewal/device/wanted')), 'touch-needed');
  });
});

function wantedIn(said: Readonly<Record<string, unknown>>) {
  return {
    challenge: String(said['challenge']),
    domain: String(said['domain']),
    handle: String(said['handle']),
  };
}
