// A withdrawal that arrives while a successor is being recorded waits for it, and takes it along:
// nothing outlives a withdrawal.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { DEFAULT_POLICY } from '../../src/banking/policy.ts';
import { identifyingOctets } from '../../src/ca/identifying-octets.ts';
import { sha256 } from '../../src/operations/certify.ts';
import {
  type IssuedCertificate,
  renewCertificate,
} from '../../src/operations/issue-certificate.ts';
import type { VerifiedKey } from '../../src/operations/verified-key.ts';
import {
  revokeCertificates,
  suspendCertificates,
} from '../../src/operations/withdraw-certificate.ts';
import { insertCertificate } from '../../src/store/certificates.ts';
import { inTransaction } from '../../src/store/database.ts';
import { KEY_HOME_CASES } from './key-homes.ts';
import { openTestBank, type TestBank } from './test-bank.ts';
import { whenWaiting } from './when-waiting.ts';

const IN_WINDOW = '2027-12-20T03:00:00Z';
const WITHDRAWALS = [
  { name: 'a revocation', withdraw: revokeCertificates, state: 'revoked' },
  { name: 'a suspension', withdraw: suspendCertificates, state: 'suspended' },
] as const;

const CASES = KEY_HOME_CASES.flatMap((each) => WITHDRAWALS.map((one) => ({ ...each, ...one })));

for (const { home, newKey, name, withdraw, state } of CASES) {
  test(`${home}: ${name} waits for a renewal under way and takes its successor along`, async () => {
    await using world = await openTestBank();
    const { certificate } = await world.customer('suzuki01', await newKey());
    const other = await world.customer('tanaka02', await newKey());
    world.clock.set(IN_WINDOW);
    const key = await newKey();
    const held = await holdKey(key, other, world);
    const renewal = renewCertificate(
      {
        current: certificate,
        policy: DEFAULT_POLICY,
        waiting: undefined,
        key,
        unproven: 'keep',
        touch: null,
      },
      world.bank,
      world,
    );
    await whenWaiting(1, world.db);
    const { identity, slot } = certificate;
    const withdrawal = withdraw({ identity, slot, by: 'admin01' }, world);
    await whenWaiting(2, world.db);
    await held.release();
    const successor = await renewal;
    await withdrawal;
    const states = await world.db
      .selectFrom('certificate')
      .select(['sha256', 'state'])
      .where('user_id', '=', identity.user)
      .execute();
    assert.deepEqual(
      new Map(states.map((row) => [Buffer.from(row.sha256).toString('hex'), row.state])),
      new Map([certificate, successor.certificate].map((one) => [hexOf(one.sha256), state])),
    );
  });
}

/** Holds a key in a transaction of its own, so that whoever certifies it waits; released by rollback. */
async function holdKey(
  key: VerifiedKey,
  { certificate, der }: IssuedCertificate,
  { db }: TestBank,
): Promise<{ readonly release: () => Promise<void> }> {
  const inserted = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const rolledBack = new Error('rolled back on purpose');
  const held = inTransaction(db, async (tx) => {
    const record = {
      ...certificate,
      slot: 1,
      serial: randomBytes(20),
      sha256: sha256(randomBytes(20)),
      spkiSha256: sha256(key.publicKey.der),
      keyIdentity: sha256(identifyingOctets(key.publicKey)),
      der,
      predecessor: null,
    };
    await insertCertificate(record, tx);
    inserted.resolve();
    await released.promise;
    throw rolledBack;
  });
  await Promise.race([inserted.promise, held]);
  return {
    release: async () => {
      released.resolve();
      await assert.rejects(held, rolledBack);
    },
  };
}

function hexOf(octets: Uint8Array): string {
  return Buffer.from(octets).toString('hex');
}
