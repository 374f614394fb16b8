import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_POLICY } from '../../src/banking/policy.ts';
import type { UserCertificate } from '../../src/banking/user-certificate.ts';
import { renewCertificate } from '../../src/operations/issue-certificate.ts';
import { logIn } from '../../src/operations/log-in.ts';
import type { VerifiedKey } from '../../src/operations/verified-key.ts';
import {
  liftSuspension,
  revokeCertificates,
  suspendCertificates,
} from '../../src/operations/withdraw-certificate.ts';
import { KEY_HOME_CASES, type KeyHomeCase } from './key-homes.ts';
import { codeOf, openTestBank, TEST_PIN, type TestBank } from './test-bank.ts';

// First certificates end on 2028-01-05; the window opens on 2027-12-06.
const IN_WINDOW = '2027-12-20T03:00:00Z';

async function inWindow({ newKey }: KeyHomeCase): Promise<{
  world: TestBank;
  first: { certificate: UserCertificate; der: Uint8Array };
}> {
  const world = await openTestBank();
  const first = await world.customer('suzuki01', await newKey());
  world.clock.set(IN_WINDOW);
  return { world, first };
}

for (const each of KEY_HOME_CASES) {
  const { home, newKey, evidence, show, resume } = each;

  const renew = async (
    world: TestBank,
    current: UserCertificate,
    more: { key?: VerifiedKey; unproven?: 'keep' | 'replace' } = {},
  ) =>
    await renewCertificate(
      {
        current,
        policy: DEFAULT_POLICY,
        waiting: undefined,
        key: more.key ?? (await newKey()),
        unproven: more.unproven ?? 'keep',
        touch: null,
      },
      world.bank,
      world,
    );

  const shown = async (world: TestBank, der: Uint8Array) => await codeOf(show(world, der));

  test(`${home}: a renewal takes nothing away: the old certificate works until the new one is proved`, async () => {
    const { world, first } = await inWindow(each);
    await using _ = world;
    const successor = await renew(world, first.certificate);
    assert.equal(await shown(world, first.der), 'done');
    assert.equal(
      await codeOf(logIn({ evidence: evidence(first.certificate), pin: TEST_PIN }, world)),
      'done',
    );
    const { token } = await logIn({ evidence: evidence(first.certificate), pin: TEST_PIN }, world);
    await logIn({ evidence: evidence(successor.certificate), pin: TEST_PIN }, world);
    assert.equal(await shown(world, first.der), 'superseded');
    assert.equal(await shown(world, successor.der), 'done');
    assert.equal(await codeOf(resume(world, token, first.der)), 'superseded');
  });

  test(`${home}: the same key again returns the same certificate, six times at once too`, async () => {
    const { world, first } = await inWindow(each);
    await using _ = world;
    const key = await newKey();
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => renew(world, first.certificate, { key })),
    );
    const distinct = new Set(answers.map(({ der }) => Buffer.from(der).toString('hex')));
    assert.equal(distinct.size, 1);
    assert.equal((await world.audit()).filter((event) => event === 'certificate-issued').length, 2);
  });

  test(`${home}: another key while a successor waits is refused unless it replaces it`, async () => {
    const { world, first } = await inWindow(each);
    await using _ = world;
    const waiting = await renew(world, first.certificate);
    assert.equal(await codeOf(renew(world, first.certificate)), 'unproven-exists');
    const again = await renew(world, first.certificate, { unproven: 'replace' });
    assert.equal(await shown(world, waiting.der), 'replaced');
    assert.equal(await shown(world, again.der), 'done');
  });

  test(`${home}: a key that has a certificate is refused: the current one and anybody else`, async () => {
    const { world, first } = await inWindow(each);
    await using _ = world;
    const key = await newKey();
    const other = await world.customer('tanaka02', await newKey());
    const late = new Date(new Date(IN_WINDOW).getTime() + 355 * 24 * 60 * 60 * 1000);
    await renew(world, first.certificate, { key });
    world.clock.set(late);
    assert.equal(await codeOf(renew(world, other.certificate, { key })), 'key-already-certified');
  });

  test(`${home}: nothing outlives a withdrawal: the successor of a revoked certificate is dead`, async () => {
    const { world, first } = await inWindow(each);
    await using _ = world;
    const successor = await renew(world, first.certificate);
    await revokeCertificates({ ...first.certificate, by: 'kanri01' }, world);
    assert.equal(await shown(world, first.der), 'revoked');
    assert.equal(await shown(world, successor.der), 'revoked');
    assert.equal(
      await codeOf(logIn({ evidence: evidence(successor.certificate), pin: TEST_PIN }, world)),
      'session-ended',
    );
    assert.equal(await codeOf(renew(world, first.certificate)), 'transition-forbidden');
  });

  test(`${home}: suspension holds both, lifting gives back what was: the unproven one stays unproven`, async () => {
    const { world, first } = await inWindow(each);
    await using _ = world;
    const successor = await renew(world, first.certificate);
    const { token } = await logIn({ evidence: evidence(first.certificate), pin: TEST_PIN }, world);
    await suspendCertificates({ ...first.certificate, by: 'kanri01' }, world);
    assert.equal(await shown(world, first.der), 'suspended');
    assert.equal(await shown(world, successor.der), 'suspended');
    assert.equal(await codeOf(resume(world, token, first.der)), 'suspended');
    await liftSuspension({ ...first.certificate, by: 'kanri01' }, world);
    assert.equal(await shown(world, first.der), 'done');
    assert.equal(await codeOf(resume(world, token, first.der)), 'session-ended');
    const { state } = await show(world, successor.der);
    assert.equal(state, 'issued');
  });

  test(`${home}: a successor lives past the end of the old one and is proved when it has ended by time`, async () => {
    const { world, first } = await inWindow(each);
    await using _ = world;
    const successor = await renew(world, first.certificate);
    world.clock.set('2028-01-10T03:00:00Z');
    assert.equal(await shown(world, first.der), 'expired');
    assert.equal(
      await codeOf(logIn({ evidence: evidence(successor.certificate), pin: TEST_PIN }, world)),
      'done',
    );
    assert.equal(await shown(world, first.der), 'superseded');
  });

  test(`${home}: a certificate is refused before its time, and everything refused is recorded with a number`, async () => {
    const { world, first } = await inWindow(each);
    await using _ = world;
    world.clock.set('2026-06-01T00:00:00Z');
    assert.equal(await shown(world, first.der), 'not-yet-valid');
    const entries = await world.db
      .selectFrom('audit_entry')
      .select(['inquiry', 'user_id'])
      .where('event', '=', 'certificate-refused')
      .execute();
    assert.equal(entries.length, 1);
    assert.equal(entries[0]?.inquiry, 'ABCD2345');
    assert.equal(entries[0]?.user_id, 'suzuki01');
  });
}
