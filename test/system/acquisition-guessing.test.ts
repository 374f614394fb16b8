// What a stranger who guesses learns, counted in work done and not in time, which would tell of the machine; and what
// comes of the same second and of one code in twenty places.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KyselyPlugin } from 'kysely';
import type { Identity } from '../../src/banking/identity.ts';
import { beginAcquisition } from '../../src/operations/begin-acquisition.ts';
import { offerAcquisition } from '../../src/operations/offer-acquisition.ts';
import { type HashPlace, PinHasher } from '../../src/operations/pin-hasher.ts';
import { findPerson } from '../../src/store/persons.ts';
import { acquire, inquiry, OTHER_CODE, OWN_PIN, prove, registered, stateOf } from './acquiring.ts';
import { administratorOf, companyNeeds } from './company-people.ts';
import { codeOf, openTestBank, TEST_PIN, type TestBank } from './test-bank.ts';

/** A hasher that counts what it is asked for. */
class CountingHasher extends PinHasher {
  hashes = 0;

  override reserveForStranger(person: Identity): HashPlace {
    const place = super.reserveForStranger(person);
    return {
      ...place,
      matches: async (pin, stored) => {
        this.hashes += 1;
        return await place.matches(pin, stored);
      },
    };
  }
}

/** What one attempt costs: hashes, and statements to the database. */
async function workOf(
  bank: TestBank,
  entered: Identity & { readonly pin: string; readonly code: string },
): Promise<{
  readonly told: string;
  readonly hashes: number;
  readonly statements: readonly string[];
}> {
  const statements: string[] = [];
  const counting: KyselyPlugin = {
    transformQuery: ({ node }) => {
      statements.push(node.kind);
      return node;
    },
    transformResult: async ({ result }) => await Promise.resolve(result),
  };
  await using pins = new CountingHasher({
    pepper: bank.secrets('pin-pepper'),
    cost: { memory: 64, passes: 1, lanes: 1 },
    threads: 1,
    limit: 50,
    strangersLimit: 50,
  });
  const needs = { ...companyNeeds(bank), db: bank.db.withPlugin(counting), pins };
  const told = await codeOf(beginAcquisition({ ...entered, inquiry }, needs));
  return { told, hashes: pins.hashes, statements };
}

test('an ID that exists costs what one costs that does not: one hash, the same statements, the same answer', async () => {
  await using bank = await openTestBank();
  const { by, identity, given } = await registered(bank);
  await bank.customer('tanaka02');
  for (let i = 0; i < 5; i += 1) {
    await offerAcquisition({ by, user: identity.user, slot: 1 }, companyNeeds(bank));
  }
  const guessed = { pin: 'wrong123', code: OTHER_CODE };
  const nobody = await workOf(bank, { ...identity, ...guessed, user: 'nobody' });
  assert.deepEqual([nobody.told, nobody.hashes], ['acquisition-refused', 1]);
  for (const who of [
    { ...identity, ...guessed },
    { ...identity, ...guessed, pin: given.pin },
    { ...identity, ...guessed, user: 'tanaka02' },
    { ...identity, ...guessed, user: 'tanaka02', pin: TEST_PIN },
    { ...identity, ...guessed, user: 'kanri01' },
    { ...identity, ...guessed, contract: '99999999999' },
  ]) {
    assert.deepEqual(await workOf(bank, who), nobody, JSON.stringify(who));
  }
});

test('twenty attempts with one code at once have one outcome', async () => {
  await using bank = await openTestBank();
  const { given, identity } = await registered(bank);
  const attempts = Array.from(
    { length: 20 },
    async () => await acquire(bank, identity, { ...given, newPin: OWN_PIN }),
  );
  const outcomes = await Promise.allSettled(attempts);
  const issued = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  assert.equal(issued.length, 1);
  for (const one of outcomes) {
    if (one.status === 'rejected')
      assert.notEqual(await codeOf(Promise.reject(one.reason)), 'done');
  }
  const rows = await bank.db
    .selectFrom('certificate')
    .select('state')
    .where('user_id', '=', identity.user)
    .execute();
  assert.deepEqual(rows, [{ state: 'issued' }]);
  assert.equal((await findPerson(identity, bank.db))?.isLocked, false);
  const [one] = issued;
  assert.ok(one);
  await prove(bank, one, OWN_PIN);
});

test('in the second in which a certificate ends it logs in or is acquired anew, never both and never neither', async () => {
  const ends = '2028-01-05T14:59:59.';
  for (const [now, outcome] of [
    [`${ends}000Z`, ['done', 'not-for-member']],
    [`${ends}999Z`, ['done', 'not-for-member']],
    ['2028-01-05T15:00:00.000Z', ['session-ended', 'done']],
  ] as const) {
    await using bank = await openTestBank();
    const old = await bank.customer('suzuki01');
    bank.clock.set('2028-01-05T03:00:00Z');
    const by = await administratorOf(bank, 'kanri01');
    bank.clock.set(now);
    const asked = { by, user: 'suzuki01', slot: 1 };
    const [login, offer] = await Promise.all([
      codeOf(prove(bank, old, TEST_PIN)),
      codeOf(offerAcquisition(asked, companyNeeds(bank))),
    ]);
    assert.deepEqual([login, offer], outcome, now);
  }
});

test('a code begun in the last second of grace and used in the next gives nothing, and a new one does', async () => {
  await using bank = await openTestBank();
  const old = await bank.customer('suzuki01');
  bank.clock.set('2028-01-20T03:00:00Z');
  const by = await administratorOf(bank, 'kanri01');
  const needs = companyNeeds(bank);
  const { code, expiresAt } = await offerAcquisition({ by, user: 'suzuki01', slot: 1 }, needs);
  const { identity } = old.certificate;
  const entered = { code, pin: TEST_PIN };
  bank.clock.set(new Date(expiresAt.getTime() + 999));
  const issued = await acquire(bank, identity, entered);
  bank.clock.set(new Date(expiresAt.getTime() + 1000));
  const [again, proof] = await Promise.all([
    codeOf(acquire(bank, identity, entered, 'replace')),
    codeOf(prove(bank, issued, TEST_PIN)),
  ]);
  // What was issued in time is proved in time: its own deadline is another.
  assert.deepEqual(
    [again, proof, await stateOf(bank, issued)],
    ['acquisition-over', 'done', 'current'],
  );
});

test('no grace alone: on the day after the end it is a reissue', async () => {
  await using bank = await openTestBank({ policy: { graceDays: 0 } });
  await bank.customer('suzuki01');
  bank.clock.set('2028-01-05T15:00:00Z');
  const by = await administratorOf(bank, 'kanri01');
  const { code } = await offerAcquisition({ by, user: 'suzuki01', slot: 1 }, companyNeeds(bank));
  const offered = await bank.db.selectFrom('acquisition').select('kind').execute();
  assert.deepEqual(offered, [{ kind: 'reissue' }]);
  const identity = { ...by.person.identity, user: 'suzuki01' };
  await prove(bank, await acquire(bank, identity, { code, pin: TEST_PIN }), TEST_PIN);
  assert.equal((await findPerson(identity, bank.db))?.isFrozen, true);
});
