// A second place for a certificate: given by an administrator as far as policy allows, once for a form; what happens in one
// place leaves the other alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addSlot } from '../../src/operations/add-slot.ts';
import { beginAcquisition } from '../../src/operations/begin-acquisition.ts';
import { findListed } from '../../src/operations/list-company.ts';
import { offerAcquisition, reissueCertificate } from '../../src/operations/offer-acquisition.ts';
import { makeOnce } from '../../src/operations/once.ts';
import { withdrawFromMember } from '../../src/operations/withdraw-member.ts';
import { acquire, inquiry, prove, stateOf } from './acquiring.ts';
import { administratorOf, companyNeeds } from './company-people.ts';
import { codeOf, openTestBank, TEST_PIN, type TestBank } from './test-bank.ts';

async function bankWithTwo(): Promise<TestBank> {
  return await openTestBank({ policy: { slotsPerUser: 2 } });
}

test('the second place is acquired with the present PIN, and both certificates log in', async () => {
  await using bank = await bankWithTwo();
  const first = await bank.customer('suzuki01');
  const by = await administratorOf(bank, 'kanri01');
  const { code } = await addSlot({ by, user: 'suzuki01' }, companyNeeds(bank));
  const second = await acquire(bank, first.certificate.identity, { code, pin: TEST_PIN });
  assert.deepEqual([second.certificate.slot, second.certificate.acquiredAs], [2, 'first']);
  await prove(bank, second, TEST_PIN);
  await prove(bank, first, TEST_PIN);
  assert.deepEqual(
    [await stateOf(bank, first), await stateOf(bank, second)],
    ['current', 'current'],
  );
  const { slots } = await findListed(by, 'suzuki01', companyNeeds(bank));
  assert.deepEqual(
    slots.map(({ slot, standing }) => [slot, standing]),
    [
      [1, 'current'],
      [2, 'current'],
    ],
  );
  const events = await bank.audit();
  assert.equal(events.filter((event) => event === 'slot-added').length, 1);
});

test('no more places than policy allows, however many ask at once', async () => {
  await using bank = await bankWithTwo();
  await bank.customer('suzuki01');
  const needs = companyNeeds(bank);
  const [one, other] = [
    await administratorOf(bank, 'kanri01'),
    await administratorOf(bank, 'kanri02'),
  ];
  const asked = [one, other, one, other].map(
    async (by) => await codeOf(addSlot({ by, user: 'suzuki01' }, needs)),
  );
  assert.deepEqual(
    (await Promise.all(asked)).toSorted((a, b) => a.localeCompare(b)),
    ['done', 'not-for-member', 'not-for-member', 'not-for-member'],
  );
});

test('a bank with one place for each adds none', async () => {
  await using bank = await openTestBank();
  await bank.customer('suzuki01');
  const by = await administratorOf(bank, 'kanri01');
  const adding = addSlot({ by, user: 'suzuki01' }, companyNeeds(bank));
  assert.equal(await codeOf(adding), 'not-for-member');
  const { slots } = await findListed(by, 'suzuki01', companyNeeds(bank));
  assert.ok(slots.every(({ actions }) => !actions.includes('add-slot')));
});

test('a form sent twice adds one place and gives one code', async () => {
  await using bank = await openTestBank({ policy: { slotsPerUser: 5 } });
  await bank.customer('suzuki01');
  const by = await administratorOf(bank, 'kanri01');
  const asked = { by, user: 'suzuki01', once: makeOnce() };
  const [one, other] = await Promise.all([
    addSlot(asked, companyNeeds(bank)),
    addSlot(asked, companyNeeds(bank)),
  ]);
  assert.equal(one.code, other.code);
  const { slots } = await findListed(by, 'suzuki01', companyNeeds(bank));
  assert.deepEqual(
    slots.map(({ slot }) => slot),
    [1, 2],
  );
});

test('a reissue, a revocation and a new code of one place leave the other alone', async () => {
  await using bank = await bankWithTwo();
  const first = await bank.customer('suzuki01');
  const by = await administratorOf(bank, 'kanri01');
  const needs = companyNeeds(bank);
  const { identity } = first.certificate;
  const { code } = await addSlot({ by, user: 'suzuki01' }, needs);
  const inSecond = { by, user: 'suzuki01', slot: 2 };
  const second = await acquire(bank, identity, { code, pin: TEST_PIN });
  const newer = await offerAcquisition(inSecond, needs);
  assert.equal(await stateOf(bank, second), 'replaced');
  const third = await acquire(bank, identity, { code: newer.code, pin: TEST_PIN });
  await prove(bank, third, TEST_PIN);
  const { code: reissued } = await reissueCertificate({ ...inSecond, reason: 'lost' }, needs);
  assert.equal(await stateOf(bank, third), 'suspended');
  await prove(bank, first, TEST_PIN);
  // A code is one place's.
  const entered = { ...identity, pin: TEST_PIN, code: reissued, inquiry };
  const { acquisition } = await beginAcquisition(entered, needs);
  assert.equal(acquisition.slot, 2);
  await withdrawFromMember('revoke', inSecond, needs);
  assert.deepEqual(
    [await stateOf(bank, first), await stateOf(bank, third)],
    ['current', 'revoked'],
  );
  await prove(bank, first, TEST_PIN);
});
