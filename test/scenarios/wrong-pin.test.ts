// The PIN on a members' host: wrong, no PIN at all, and the lock; each with its page and its record.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { PIN, WRONG_PIN } from '../../src/words/login.ts';
import { enter, type Holding, makeCustomer, submitPin, visitorOf } from '../system/customers.ts';
import { assertRefused, entriesOf } from '../system/refusals.ts';
import { TEST_PIN } from '../system/test-bank.ts';
import { openTestKoshin, type TestKoshin } from '../system/test-koshin.ts';

const [wrong = ''] = WRONG_PIN.ja;

let koshin: TestKoshin;
let users = 0;

suite('the PIN', () => {
  before(async () => {
    koshin = await openTestKoshin();
  });
  after(async () => await koshin[Symbol.asyncDispose]());

  test('the sixth wrong PIN locks: its page, then the same page for the right PIN, each on record', async () => {
    const own = await customer();
    const visitor = visitorOf(koshin, own.shows);
    const page = await enter(visitor, koshin.mihon, koshin);
    for (let error = 1; error <= 5; error += 1) {
      const again = await submitPin(visitor, page, 'wrong123');
      assert.equal(again.status, 403);
      assert.equal(again.heading, PIN.title.ja);
      assert.ok(again.text.includes(wrong));
      assert.equal(again.text.includes(`あと${6 - error}回`), error >= 3);
      const [entry] = await entriesOf(again, koshin);
      assert.deepEqual([entry?.event, entry?.detail], ['pin-wrong', { attempts: error }]);
    }
    for (const pin of ['wrong123', TEST_PIN]) {
      const locked = await submitPin(visitor, page, pin);
      assertRefused(locked, 'pin-locked');
      const entry = (await entriesOf(locked, koshin)).find(
        ({ event }) => event === 'request-refused',
      );
      assert.equal(entry?.user_id, own.certificate.identity.user);
      assert.equal(entry?.detail['code'], 'pin-locked');
    }
    const notices = await visitor.get(new URL('/notices', page.url).href);
    assertRefused(notices, 'session-ended');
  });

  test('what can be no PIN is not counted, but is on record under the number that is shown', async () => {
    const own = await customer();
    const visitor = visitorOf(koshin, own.shows);
    const page = await enter(visitor, koshin.mihon, koshin);
    const answer = await submitPin(visitor, page, '');
    assert.equal(answer.status, 400);
    assert.ok(answer.text.includes(PIN.invalid.ja));
    const [entry] = await entriesOf(answer, koshin);
    assert.equal(entry?.user_id, own.certificate.identity.user);
    assert.deepEqual(entry?.detail, { code: 'invalid-input', asked: 'POST /pin' });
    const person = await koshin.house.db
      .selectFrom('person')
      .select('pin_errors')
      .where('user_id', '=', own.certificate.identity.user)
      .executeTakeFirstOrThrow();
    assert.equal(person.pin_errors, 0);
  });

  test('with another user’s certificate one’s own PIN is wrong, and counts against nobody else', async () => {
    const owner = await customer('owner123');
    await customer('mine1234');
    const visitor = visitorOf(koshin, owner.shows);
    const page = await enter(visitor, koshin.mihon, koshin);
    assert.ok(page.text.includes(owner.certificate.identity.user));
    const answer = await submitPin(visitor, page, 'mine1234');
    assert.equal(answer.heading, PIN.title.ja);
    assert.ok(answer.text.includes(wrong));
    const attempts = await koshin.house.db
      .selectFrom('person')
      .select('user_id')
      .where('pin_errors', '>', 0)
      .where('pin_locked_at', 'is', null)
      .execute();
    assert.deepEqual(attempts, [{ user_id: owner.certificate.identity.user }]);
  });
});

async function customer(pin = TEST_PIN): Promise<Holding> {
  users += 1;
  return await makeCustomer(`user${users}`, koshin, { pin });
}
