// Who vouches for a reissue does not confirm it too; what a code issued falls with the code; and neither codes nor tickets
// renew what is bounded.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acquireCertificate } from '../../src/operations/acquire-certificate.ts';
import { beginDeviceAcquisition } from '../../src/operations/acquire-on-device.ts';
import { beginAcquisition } from '../../src/operations/begin-acquisition.ts';
import { confirmRights, resetPin } from '../../src/operations/change-access.ts';
import { findListed } from '../../src/operations/list-company.ts';
import { offerAcquisition, reissueCertificate } from '../../src/operations/offer-acquisition.ts';
import { makeRequest } from '../../src/sample/request.ts';
import { findPerson } from '../../src/store/persons.ts';
import { acquire, inquiry, OWN_PIN, prove, registered, stateOf } from './acquiring.ts';
import { administratorOf, companyNeeds } from './company-people.ts';
import { openTestBank, TEST_PIN, type TestBank } from './test-bank.ts';

const WRONG_PIN = 'wrong123';

test('each who vouched since the rights were frozen is no one to confirm them, and the page offers it to others alone', async () => {
  await using bank = await openTestBank();
  const { certificate } = await bank.customer('suzuki01');
  const { identity } = certificate;
  const [one, other, third] = [
    await administratorOf(bank, 'kanri01'),
    await administratorOf(bank, 'kanri02'),
    await administratorOf(bank, 'kanri03'),
  ];
  const needs = companyNeeds(bank);
  for (const by of [one, other]) {
    const asked = { by, user: 'suzuki01', slot: 1, reason: 'lost' } as const;
    const { code } = await reissueCertificate(asked, needs);
    await prove(bank, await acquire(bank, identity, { code, pin: TEST_PIN }), TEST_PIN);
  }
  const offered: boolean[] = [];
  for (const by of [one, other, third]) {
    const { slots } = await findListed(by, 'suzuki01', needs);
    offered.push(slots.some(({ actions }) => actions.includes('confirm-rights')));
  }
  assert.deepEqual(offered, [false, false, true]);
  for (const by of [one, other]) {
    const confirming = confirmRights({ by, user: 'suzuki01', slot: 1 }, needs);
    await assert.rejects(confirming, { code: 'not-for-member' });
  }
  await confirmRights({ by: third, user: 'suzuki01', slot: 1 }, needs);
  assert.equal((await findPerson(identity, bank.db))?.isFrozen, false);
});

test('a voucher of an earlier reissue, long confirmed, may confirm the next', async () => {
  await using bank = await openTestBank();
  const { certificate } = await bank.customer('suzuki01');
  const { identity } = certificate;
  const one = await administratorOf(bank, 'kanri01');
  const other = await administratorOf(bank, 'kanri02');
  const needs = companyNeeds(bank);
  for (const [by, confirmedBy, day] of [
    [one, other, '2027-01-06T03:00:00Z'],
    [other, one, '2027-01-07T03:00:00Z'],
  ] as const) {
    const asked = { by, user: 'suzuki01', slot: 1 };
    const { code } = await reissueCertificate({ ...asked, reason: 'lost' }, needs);
    await prove(bank, await acquire(bank, identity, { code, pin: TEST_PIN }), TEST_PIN);
    await confirmRights({ ...asked, by: confirmedBy }, needs);
    bank.clock.set(day);
  }
  assert.equal((await findPerson(identity, bank.db))?.isFrozen, false);
});

test('a new code withdraws what the old one issued', async () => {
  await using bank = await openTestBank();
  const { by, given, identity } = await registered(bank);
  const stolen = await acquire(bank, identity, { ...given, newPin: OWN_PIN });
  const needs = companyNeeds(bank);
  const { code } = await offerAcquisition({ by, user: identity.user, slot: 1 }, needs);
  assert.equal(await stateOf(bank, stolen), 'replaced');
  await assert.rejects(prove(bank, stolen, OWN_PIN));
  const own = await acquire(bank, identity, { code, pin: OWN_PIN });
  await prove(bank, own, OWN_PIN);
  assert.ok((await bank.audit()).includes('certificate-replaced'));
});

test('asking for codes does not renew the guessing: one attempt is left, until a day has passed or the PIN is new', async () => {
  await using bank = await openTestBank({ policy: { pinErrorLimit: 4 } });
  const { by, given, identity } = await registered(bank);
  const asked = { by, user: identity.user, slot: 1 };
  const needs = companyNeeds(bank);
  assert.equal(await guesses(given.code, bank), 4);
  const second = await offerAcquisition(asked, needs);
  assert.equal(await guesses(second.code, bank), 1);
  const third = await offerAcquisition(asked, needs);
  await beginAcquisition({ ...identity, pin: given.pin, code: third.code, inquiry }, needs);
  assert.equal(await guesses(third.code, bank), 1);
  const pin = await resetPin(asked, needs);
  const fourth = await offerAcquisition(asked, needs);
  await beginAcquisition({ ...identity, pin, code: fourth.code, inquiry }, needs);
  assert.equal(await guesses(fourth.code, bank), 4);
  bank.clock.set('2027-01-06T03:00:01Z');
  const fifth = await offerAcquisition(asked, needs);
  assert.equal(await guesses(fifth.code, bank), 4);
});

/** How many wrong PINs a code takes before it ends. */
async function guesses(code: string, bank: TestBank): Promise<number> {
  const needs = companyNeeds(bank);
  const identity = { institution: bank.bank.code, contract: '00012345678', user: 'suzuki01' };
  for (let tried = 1; tried < 20; tried += 1) {
    const entered = { ...identity, pin: WRONG_PIN, code, inquiry };
    await assert.rejects(beginAcquisition(entered, needs), { code: 'acquisition-refused' });
    const open = await bank.db
      .selectFrom('acquisition')
      .select('acquisition')
      .where('ended_at', 'is', null)
      .execute();
    if (open.length === 0) return tried;
  }
  throw new Error('the code never ends');
}

test('one code gives ten certificates and no more, however often it is begun anew', async () => {
  await using bank = await openTestBank();
  const { given, identity } = await registered(bank);
  await acquire(bank, identity, { ...given, newPin: OWN_PIN });
  const entered = { code: given.code, pin: OWN_PIN };
  const needs = companyNeeds(bank);
  const { ticket } = await beginAcquisition({ ...identity, ...entered, inquiry }, needs);
  const asked = { ticket, newPin: null, unproven: 'replace' } as const;
  let last = makeRequest().csr;
  for (let i = 2; i <= 10; i += 1) {
    last = makeRequest().csr;
    await acquireCertificate({ ...asked, key: last }, bank.bank, needs);
  }
  const more = acquireCertificate({ ...asked, key: makeRequest().csr }, bank.bank, needs);
  await assert.rejects(more, { code: 'acquisition-ended' });
  await assert.rejects(acquire(bank, identity, entered, 'replace'), { code: 'acquisition-ended' });
  // The last one waits all the same, and a double click is answered with it.
  const begun = await beginAcquisition({ ...identity, ...entered, inquiry }, needs);
  const same = { ...asked, ticket: begun.ticket, key: last };
  await prove(bank, await acquireCertificate(same, bank.bank, needs), OWN_PIN);
});

test('each offer has its own handle for a passkey: the one in use is not written over by a reissue', async () => {
  await using bank = await openTestBank();
  const { by, given, identity } = await registered(bank);
  const needs = { ...companyNeeds(bank), ...passkeyKeys(bank) };
  const handleOf = async (code: string, pin: string): Promise<string> => {
    const { ticket } = await beginAcquisition({ ...identity, pin, code, inquiry }, needs);
    const there = { bank: bank.bank, site: siteOf(bank) };
    return (await beginDeviceAcquisition(ticket, there, needs)).handle;
  };
  const first = await handleOf(given.code, given.pin);
  assert.equal(await handleOf(given.code, given.pin), first);
  const { code } = await offerAcquisition({ by, user: identity.user, slot: 1 }, needs);
  assert.notEqual(await handleOf(code, given.pin), first);
});

function passkeyKeys({ secrets }: TestBank) {
  return { challengeKey: secrets('passkey-challenges'), handleKey: secrets('passkey-handles') };
}

function siteOf({ bank }: TestBank) {
  const { code: institution, passkeyDomain } = bank;
  return {
    institution,
    host: bank.publicHost,
    origin: `https://${bank.publicHost}`,
    passkeyDomain,
  };
}
