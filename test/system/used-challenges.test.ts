// A challenge serves once, also at the moment when it ends.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Clock } from '../../src/clock.ts';
import { Refusal } from '../../src/errors.ts';
import { beginPasskeyLogin, identifyCredential } from '../../src/operations/identify-credential.ts';
import { passkeyHandle } from '../../src/operations/passkey-handle.ts';
import { useChallengeUp } from '../../src/store/used-challenges.ts';
import { certifiable } from './key-homes.ts';
import { SoftwarePasskey } from './software-passkey.ts';
import { openTestBank, settableClock } from './test-bank.ts';
import { quietLog } from './test-database.ts';

const MINUTE_MS = 60_000;

test('a challenge is used once until its end, and never after it', async () => {
  await using world = await openTestBank();
  const { db, bank } = world;
  const expiresAt = world.clock.now();
  const challenge = { hash: Buffer.alloc(32, 1), expiresAt };
  const use = async (now: Date) =>
    await db
      .transaction()
      .execute(async (tx) => await useChallengeUp(bank.code, challenge, now, tx));
  assert.equal(await use(expiresAt), true);
  assert.equal(await use(expiresAt), false);
  assert.equal(await use(new Date(expiresAt.getTime() + 1)), false);
});

test('a use that was held up is still known as the second, though others came after the end', async () => {
  await using world = await openTestBank();
  const { db, bank } = world;
  const expiresAt = world.clock.now();
  const later = new Date(expiresAt.getTime() + MINUTE_MS);
  const use = async (octet: number, end: Date, now: Date) =>
    await db
      .transaction()
      .execute(
        async (tx) =>
          await useChallengeUp(
            bank.code,
            { hash: Buffer.alloc(32, octet), expiresAt: end },
            now,
            tx,
          ),
      );
  assert.equal(await use(1, expiresAt, expiresAt), true);
  assert.equal(await use(2, later, later), true);
  assert.equal(await use(1, expiresAt, expiresAt), false);
});

/** A clock that goes on by a millisecond whenever it is read. */
function runningClock(start: Date): Clock {
  let next = start.getTime();
  return {
    now: () => {
      next += 1;
      return new Date(next);
    },
  };
}

test('signed once and sent twice while its challenge ends, it logs in once at most', async () => {
  await using world = await openTestBank();
  const { bank, db, secrets, clock } = world;
  const passkey = new SoftwarePasskey('ES256', { counts: false });
  const needs = {
    db,
    log: quietLog,
    challengeKey: secrets('passkey-challenges'),
    handleKey: secrets('passkey-handles'),
  };
  const { certificate } = await world.customer('suzuki01', await certifiable(passkey));
  passkey.handle = passkeyHandle({ ...certificate, acquisition: null }, needs);
  const host = bank.membersDomain;
  const site = {
    institution: bank.code,
    host,
    origin: `https://${host}`,
    passkeyDomain: bank.passkeyDomain,
  };
  const began = clock.now();
  const challenge = beginPasskeyLogin(site, { ...needs, clock: settableClock(began) });
  const signed = passkey.assertion({ challenge, domain: site.passkeyDomain }, site.origin);
  const assertion = {
    credentialId: signed['credential-id'] ?? '',
    authenticatorData: signed['authenticator-data'] ?? '',
    clientDataJson: signed['client-data'] ?? '',
    signature: signed['signature'] ?? '',
    userHandle: '',
  };
  const send = async (sentAt: number): Promise<string> => {
    const at = { ...needs, clock: runningClock(new Date(began.getTime() + sentAt)) };
    try {
      await identifyCredential({ assertion, inquiry: 'ABCD2345' }, { bank, site }, at);
      return 'done';
    } catch (refusal) {
      if (refusal instanceof Refusal) return refusal.code;
      throw refusal;
    }
  };
  assert.equal(await send(4 * MINUTE_MS), 'done');
  // Checked within its five minutes by a millisecond, used after them.
  assert.equal(await send(5 * MINUTE_MS - 1), 'challenge-used');
});
