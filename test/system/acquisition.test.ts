// Acquiring a certificate by a one-time code: who vouches, what a wrong code or PIN does, and what becomes of the
// certificate that was there.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReissueReason } from '../../src/banking/company.ts';
import type { Identity } from '../../src/banking/identity.ts';
import { acquireCertificate } from '../../src/operations/acquire-certificate.ts';
import { beginAcquisition } from '../../src/operations/begin-acquisition.ts';
import { confirmRights, resetPin } from '../../src/operations/change-access.ts';
import { renewCertificate } from '../../src/operations/issue-certificate.ts';
import { offerAcquisition, reissueCertificate } from '../../src/operations/offer-acquisition.ts';
import { registerMember } from '../../src/operations/register-member.ts';
import { withdrawFromMember } from '../../src/operations/withdraw-member.ts';
import { makeRequest } from '../../src/sample/request.ts';
import { findCertificate } from '../../src/store/certificates.ts';
import { findPerson } from '../../src/store/persons.ts';
import {
  acquire,
  type Entered,
  inquiry,
  OTHER_CODE,
  OWN_PIN,
  prove,
  registered,
  stateOf,
} from './acquiring.ts';
import { administratorOf, companyNeeds, recordingLog } from './company-people.ts';
import { openTestBank, TEST_PIN } from './test-bank.ts';

test('a registered user acquires, chooses a PIN, and the first login proves the certificate', async () => {
  await using bank = await openTestBank();
  const { given, identity } = await registered(bank);
  const issued = await acquire(bank, identity, { ...given, newPin: OWN_PIN });
  assert.equal(issued.certificate.state, 'issued');
  await prove(bank, issued, OWN_PIN);
  assert.equal(await stateOf(bank, issued), 'current');
  assert.equal((await findPerson(identity, bank.db))?.hasInitialPin, false);
  const again = acquire(bank, identity, { code: given.code, pin: OWN_PIN });
  await assert.rejects(again, { code: 'acquisition-ended' });
});

test('a first PIN has to be changed, and a bad new one changes nothing', async () => {
  await using bank = await openTestBank();
  const { given, identity } = await registered(bank);
  await assert.rejects(acquire(bank, identity, given), { code: 'invalid-input' });
  await assert.rejects(acquire(bank, identity, { ...given, newPin: 'suzuki01' }), {
    code: 'invalid-input',
  });
  const issued = await acquire(bank, identity, { ...given, newPin: OWN_PIN });
  assert.equal(await stateOf(bank, issued), 'issued');
});

test('whatever is wrong, strangers are told the same, and nobody’s PIN is locked', async () => {
  await using bank = await openTestBank();
  const { given, identity } = await registered(bank);
  const needs = companyNeeds(bank);
  const wrong: readonly (Identity & Entered)[] = [
    { ...identity, ...given, code: OTHER_CODE },
    { ...identity, ...given, pin: 'wrong123' },
    { ...identity, ...given, user: 'nobody' },
    { ...identity, ...given, contract: '99999999999' },
    { ...identity, ...given, contract: 'x' },
    { ...identity, ...given, code: 'short' },
  ];
  const answers = await Promise.allSettled(
    wrong.map((one) => beginAcquisition({ ...one, inquiry }, needs)),
  );
  const told = answers.map((one) =>
    one.status === 'rejected' ? String(one.reason.code) : 'let in',
  );
  assert.deepEqual(new Set(told), new Set(['acquisition-refused']));
  for (let i = 0; i < 20; i += 1) {
    await assert.rejects(
      beginAcquisition({ ...identity, ...given, code: OTHER_CODE, inquiry }, needs),
    );
  }
  assert.equal((await findPerson(identity, bank.db))?.isLocked, false);
  await beginAcquisition({ ...identity, ...given, inquiry }, needs);
});

test('with the right code, the sixth wrong PIN ends the code, exactly', async () => {
  await using bank = await openTestBank();
  const { given, identity } = await registered(bank);
  const needs = companyNeeds(bank);
  for (let i = 1; i <= 5; i += 1) {
    await assert.rejects(
      beginAcquisition({ ...identity, ...given, pin: 'wrong123', inquiry }, needs),
    );
  }
  await beginAcquisition({ ...identity, ...given, inquiry }, needs);
  await assert.rejects(
    beginAcquisition({ ...identity, ...given, pin: 'wrong123', inquiry }, needs),
  );
  await assert.rejects(beginAcquisition({ ...identity, ...given, inquiry }, needs), {
    code: 'acquisition-ended',
  });
  assert.equal((await bank.audit()).filter((one) => one === 'acquisition-ended').length, 1);
  assert.equal((await findPerson(identity, bank.db))?.isLocked, false);
});

test('twenty attempts with one ticket at once have one outcome', async () => {
  await using bank = await openTestBank();
  const { given, identity } = await registered(bank);
  const needs = companyNeeds(bank);
  const { ticket } = await beginAcquisition({ ...identity, ...given, inquiry }, needs);
  const attempts = Array.from({ length: 20 }, async () => {
    const key = makeRequest().csr;
    const asked = { ticket, key, newPin: OWN_PIN, unproven: 'keep' } as const;
    return await acquireCertificate(asked, bank.bank, needs);
  });
  const outcomes = await Promise.allSettled(attempts);
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
  assert.equal((await bank.audit()).filter((one) => one === 'certificate-issued').length, 2);
});

test('a file lost before the proof is replaced by the same code; the first is dead', async () => {
  await using bank = await openTestBank();
  const { given, identity } = await registered(bank);
  const lost = await acquire(bank, identity, { ...given, newPin: OWN_PIN });
  const entered = { code: given.code, pin: OWN_PIN };
  await assert.rejects(acquire(bank, identity, entered), { code: 'unproven-exists' });
  const second = await acquire(bank, identity, entered, 'replace');
  await assert.rejects(prove(bank, lost, OWN_PIN));
  await prove(bank, second, OWN_PIN);
  assert.deepEqual(
    [await stateOf(bank, lost), await stateOf(bank, second)],
    ['replaced', 'current'],
  );
});

test('asking for a new code ends the old one', async () => {
  await using bank = await openTestBank();
  const { by, given, identity } = await registered(bank);
  const needs = companyNeeds(bank);
  const asked = { by, user: identity.user, slot: 1 };
  const { code } = await offerAcquisition(asked, needs);
  const { pin } = given;
  await assert.rejects(beginAcquisition({ ...identity, ...given, inquiry }, needs), {
    code: 'acquisition-ended',
  });
  await beginAcquisition({ ...identity, pin, code, inquiry }, needs);
});

test('the code’s deadline is the policy’s, to its last second in Tokyo', async () => {
  await using bank = await openTestBank({ policy: { firstAcquisitionDays: 2 } });
  const { given, identity } = await registered(bank);
  assert.equal(given.expiresAt.toISOString(), '2027-01-07T14:59:59.000Z');
  bank.clock.set('2027-01-07T14:59:59.900Z');
  await beginAcquisition({ ...identity, ...given, inquiry }, companyNeeds(bank));
  bank.clock.set('2027-01-07T15:00:00Z');
  const late = beginAcquisition({ ...identity, ...given, inquiry }, companyNeeds(bank));
  await assert.rejects(late, { code: 'acquisition-over' });
});

test('after the end, within grace, the same page gives a new one and the old is superseded', async () => {
  await using bank = await openTestBank();
  const old = await bank.customer('suzuki01');
  bank.clock.set('2028-01-20T03:00:00Z');
  const by = await administratorOf(bank, 'kanri01');
  const needs = companyNeeds(bank);
  const { code, expiresAt } = await offerAcquisition({ by, user: 'suzuki01', slot: 1 }, needs);
  assert.equal(expiresAt.toISOString(), '2028-04-04T14:59:59.000Z');
  const { identity } = old.certificate;
  const issued = await acquire(bank, identity, { code, pin: TEST_PIN });
  await prove(bank, issued, TEST_PIN);
  assert.deepEqual(
    [await stateOf(bank, old), await stateOf(bank, issued)],
    ['superseded', 'current'],
  );
  assert.equal((await findPerson(identity, bank.db))?.isFrozen, false);
});

test('after grace it is a reissue, with rights frozen', async () => {
  await using bank = await openTestBank();
  const { certificate } = await bank.customer('suzuki01');
  bank.clock.set('2028-06-01T03:00:00Z');
  const by = await administratorOf(bank, 'kanri01');
  const needs = companyNeeds(bank);
  const { code } = await offerAcquisition({ by, user: 'suzuki01', slot: 1 }, needs);
  const { identity } = certificate;
  await prove(bank, await acquire(bank, identity, { code, pin: TEST_PIN }), TEST_PIN);
  assert.equal((await findPerson(identity, bank.db))?.isFrozen, true);
});

test('a bank without grace, and one that wants the old certificate revoked first', async () => {
  await using bank = await openTestBank({ policy: { graceDays: 0, revokeFirst: true } });
  await bank.customer('suzuki01');
  bank.clock.set('2028-01-20T03:00:00Z');
  const by = await administratorOf(bank, 'kanri01');
  const needs = companyNeeds(bank);
  const asked = { by, user: 'suzuki01', slot: 1 };
  await assert.rejects(offerAcquisition(asked, needs), { code: 'not-for-member' });
  await withdrawFromMember('revoke', asked, needs);
  await offerAcquisition(asked, needs);
  const offered = await bank.db.selectFrom('acquisition').select('kind').execute();
  assert.deepEqual(offered, [{ kind: 'reissue' }]);
});

test('a reissue suspends at once, revokes on proof, and gives rights back when another confirms', async () => {
  await using bank = await openTestBank();
  const old = await bank.customer('suzuki01');
  const by = await administratorOf(bank, 'kanri01');
  const needs = companyNeeds(bank);
  const asked = { by, user: 'suzuki01', slot: 1 };
  const { code } = await reissueCertificate({ ...asked, reason: 'lost' }, needs);
  assert.equal(await stateOf(bank, old), 'suspended');
  await assert.rejects(prove(bank, old, TEST_PIN));
  const { identity } = old.certificate;
  const issued = await acquire(bank, identity, { code, pin: TEST_PIN });
  assert.equal(await stateOf(bank, old), 'suspended');
  await prove(bank, issued, TEST_PIN);
  assert.deepEqual([await stateOf(bank, old), await stateOf(bank, issued)], ['revoked', 'current']);
  assert.equal((await findPerson(identity, bank.db))?.isFrozen, true);
  // Who vouched does not confirm too.
  await assert.rejects(confirmRights(asked, needs), { code: 'not-for-member' });
  const other = await administratorOf(bank, 'kanri02');
  await confirmRights({ ...asked, by: other }, needs);
  assert.equal((await findPerson(identity, bank.db))?.isFrozen, false);
});

test('after theft the old certificate is revoked at once', async () => {
  await using bank = await openTestBank();
  const old = await bank.customer('suzuki01');
  const by = await administratorOf(bank, 'kanri01');
  const asked = { by, user: 'suzuki01', slot: 1, reason: 'theft' } as const;
  await reissueCertificate(asked, companyNeeds(bank));
  assert.equal(await stateOf(bank, old), 'revoked');
});

test('what is found again is lifted, and the reissue under way dies with its code', async () => {
  await using bank = await openTestBank();
  const old = await bank.customer('suzuki01');
  const by = await administratorOf(bank, 'kanri01');
  const needs = companyNeeds(bank);
  const asked = { by, user: 'suzuki01', slot: 1 };
  const { code } = await reissueCertificate({ ...asked, reason: 'lost' }, needs);
  const { identity } = old.certificate;
  const entered = { code, pin: TEST_PIN };
  const issued = await acquire(bank, identity, entered);
  await withdrawFromMember('lift', asked, needs);
  assert.deepEqual([await stateOf(bank, old), await stateOf(bank, issued)], ['current', 'revoked']);
  await prove(bank, old, TEST_PIN);
  await assert.rejects(prove(bank, issued, TEST_PIN));
  await assert.rejects(acquire(bank, identity, entered), { code: 'acquisition-ended' });
});

test('nothing outlives a withdrawal: revoking ends what was acquired and the code', async () => {
  await using bank = await openTestBank();
  const { by, given, identity } = await registered(bank);
  const needs = companyNeeds(bank);
  const issued = await acquire(bank, identity, { ...given, newPin: OWN_PIN });
  await withdrawFromMember('revoke', { by, user: identity.user, slot: 1 }, needs);
  assert.equal(await stateOf(bank, issued), 'revoked');
  const again = acquire(bank, identity, { code: given.code, pin: OWN_PIN });
  await assert.rejects(again, { code: 'acquisition-ended' });
});

test('certificates that vanish one after the other raise an alarm', async () => {
  await using bank = await openTestBank();
  const by = await administratorOf(bank, 'kanri01');
  const log = recordingLog();
  const reissue = async (user: string, reason: ReissueReason): Promise<void> => {
    await bank.customer(user);
    await reissueCertificate({ by, user, slot: 1, reason }, companyNeeds(bank, log));
  };
  // A move to new PCs is none of it.
  for (const user of ['p1', 'p2', 'p3', 'p4']) await reissue(user, 'new-pc');
  for (const user of ['a1', 'b2']) await reissue(user, 'vanished');
  assert.deepEqual(log.errors, []);
  await reissue('c3', 'vanished');
  assert.deepEqual(log.errors, ['certificates of one contract vanish in a row']);
  assert.ok((await bank.audit()).includes('reissues-in-a-row'));
});

test('two administrators reissue and revoke one user at once: nothing of the old or new stays in use', async () => {
  for (let round = 0; round < 3; round += 1) {
    await using bank = await openTestBank();
    const old = await bank.customer('suzuki01');
    const [one, other] = [
      await administratorOf(bank, 'kanri01'),
      await administratorOf(bank, 'kanri02'),
    ];
    const needs = companyNeeds(bank);
    const asked = { user: 'suzuki01', slot: 1 };
    await Promise.allSettled([
      reissueCertificate({ ...asked, by: one, reason: 'lost' }, needs),
      withdrawFromMember('revoke', { ...asked, by: other }, needs),
    ]);
    assert.equal(await stateOf(bank, old), 'revoked');
    const open = await bank.db
      .selectFrom('acquisition')
      .select('kind')
      .where('ended_at', 'is', null)
      .execute();
    assert.deepEqual(open, []);
  }
});

test('a reissue begun while a successor waits is acquired all the same', async () => {
  await using bank = await openTestBank();
  const old = await bank.customer('suzuki01');
  bank.clock.set('2027-12-20T03:00:00Z');
  const by = await administratorOf(bank, 'kanri01');
  const needs = companyNeeds(bank);
  const { certificate: current } = old;
  const renewal = { current, policy: by.policy, waiting: undefined, touch: null } as const;
  const key = makeRequest().csr;
  const waiting = await renewCertificate({ ...renewal, key, unproven: 'keep' }, bank.bank, needs);
  const { code } = await reissueCertificate(
    { by, user: 'suzuki01', slot: 1, reason: 'lost' },
    needs,
  );
  const entered = { code, pin: TEST_PIN };
  const issued = await acquire(bank, current.identity, entered, 'replace');
  await prove(bank, issued, TEST_PIN);
  const states = [
    await stateOf(bank, old),
    await stateOf(bank, waiting),
    await stateOf(bank, issued),
  ];
  assert.deepEqual(states, ['revoked', 'replaced', 'current']);
});

test('a ticket dies with the PIN it was given for', async () => {
  await using bank = await openTestBank();
  const { by, given, identity } = await registered(bank);
  const needs = companyNeeds(bank);
  const { ticket } = await beginAcquisition({ ...identity, ...given, inquiry }, needs);
  const pin = await resetPin({ by, user: identity.user, slot: 1 }, needs);
  const asked = { ticket, key: makeRequest().csr, newPin: OWN_PIN, unproven: 'keep' } as const;
  await assert.rejects(acquireCertificate(asked, bank.bank, needs), { code: 'acquisition-ended' });
  const issued = await acquire(bank, identity, { code: given.code, pin, newPin: OWN_PIN });
  await prove(bank, issued, OWN_PIN);
});

test('no reason revokes another administrator', async () => {
  await using bank = await openTestBank();
  const by = await administratorOf(bank, 'kanri01');
  const other = await administratorOf(bank, 'kanri02');
  const asked = { by, user: 'kanri02', slot: 1, reason: 'theft' } as const;
  await reissueCertificate(asked, companyNeeds(bank));
  const found = await findCertificate(bank.bank.code, other.certificate.sha256, bank.db);
  assert.equal(found?.state, 'suspended');
});

test('an administrator who was suspended meanwhile does nothing more', async () => {
  await using bank = await openTestBank();
  await bank.customer('suzuki01');
  const by = await administratorOf(bank, 'kanri01');
  const other = await administratorOf(bank, 'kanri02');
  const needs = companyNeeds(bank);
  await withdrawFromMember('suspend', { by: other, user: 'kanri01', slot: 1 }, needs);
  await assert.rejects(withdrawFromMember('suspend', { by, user: 'suzuki01', slot: 1 }, needs), {
    code: 'session-ended',
  });
  await assert.rejects(registerMember({ by, user: 'new01', name: '新人' }, needs), {
    code: 'session-ended',
  });
});
