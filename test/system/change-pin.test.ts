// Changing one's PIN: what it needs, what it ends, and that whoever guesses meets the lock of the login.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changePin, NewPinRefusal } from '../../src/operations/change-pin.ts';
import { settleRightPin, withRightPin } from '../../src/operations/check-pin.ts';
import { logIn } from '../../src/operations/log-in.ts';
import { type AuthenticatedUser, resumeSession } from '../../src/operations/resume-session.ts';
import { revokeCertificates } from '../../src/operations/withdraw-certificate.ts';
import { inTransaction } from '../../src/store/database.ts';
import { codeOf, openTestBank, TEST_PIN, type TestBank } from './test-bank.ts';

const NEW_PIN = 'Kabe72mori';

type Customer = Awaited<ReturnType<TestBank['customer']>>;

const evidenceOf = ({ certificate }: Customer) => ({ kind: 'mutual-tls' as const, certificate });

async function userOf(customer: Customer, world: TestBank): Promise<AuthenticatedUser> {
  const { token } = await logIn({ evidence: evidenceOf(customer), pin: TEST_PIN }, world);
  return await resumeSession({ token, leaf: customer.der, inquiry: 'ABCD2345' }, world.bank, world);
}

const change = async (
  user: AuthenticatedUser,
  world: TestBank,
  typed: Record<string, string> = {},
) =>
  await changePin(
    user,
    { current: TEST_PIN, wanted: NEW_PIN, repeated: NEW_PIN, inquiry: 'WXYZ6789', ...typed },
    world,
  );

test('a changed PIN opens, the old one does not, and the change is on record without either', async () => {
  await using world = await openTestBank();
  const customer = await world.customer('suzuki01');
  await change(await userOf(customer, world), world);
  const attempt = (pin: string) => codeOf(logIn({ evidence: evidenceOf(customer), pin }, world));
  assert.equal(await attempt(TEST_PIN), 'wrong-pin');
  assert.equal(await attempt(NEW_PIN), 'done');
  const entries = await world.db
    .selectFrom('audit_entry')
    .select(['user_id', 'detail'])
    .where('event', '=', 'pin-changed')
    .execute();
  assert.deepEqual(entries, [{ user_id: 'suzuki01', detail: { by: 'suzuki01' } }]);
});

test('the session that changed it goes on, every other one of the person ends, others’ do not', async () => {
  await using world = await openTestBank();
  const customer = await world.customer('suzuki01');
  const elsewhere = await userOf(customer, world);
  const mine = await userOf(customer, world);
  const other = await userOf(await world.customer('tanaka02'), world);
  await change(mine, world);
  const reasonOf = async ({ session }: AuthenticatedUser) =>
    await world.db
      .selectFrom('session')
      .select('end_reason')
      .where('token_hash', '=', session.tokenHash)
      .executeTakeFirstOrThrow();
  assert.deepEqual(await reasonOf(mine), { end_reason: null });
  assert.deepEqual(await reasonOf(elsewhere), { end_reason: 'pin-changed' });
  assert.deepEqual(await reasonOf(other), { end_reason: null });
});

for (const { title, typed, faults } of [
  { title: 'a rule', typed: { wanted: 'abc123', repeated: 'abc123' }, faults: ['not-simple'] },
  {
    title: 'several rules',
    typed: { wanted: 'suzuki', repeated: 'suzuki' },
    faults: ['mixed'],
  },
  {
    title: 'the old PIN',
    typed: { wanted: TEST_PIN, repeated: TEST_PIN },
    faults: ['same-as-current'],
  },
  { title: 'two that differ', typed: { repeated: 'Kabe72morl' }, faults: ['repeated-otherwise'] },
]) {
  test(`a new PIN is refused for ${title}, and no attempt is counted`, async () => {
    await using world = await openTestBank();
    const user = await userOf(await world.customer('suzuki01'), world);
    const refused = change(user, world, {
      ...typed,
      ...(faults[0] === 'same-as-current' ? {} : { current: 'wrong123' }),
    });
    await assert.rejects(refused, (refusal) => {
      assert.ok(refusal instanceof NewPinRefusal);
      assert.deepEqual(refusal.faults, faults);
      return true;
    });
    const person = await world.db.selectFrom('person').selectAll().executeTakeFirstOrThrow();
    assert.deepEqual([person.pin_errors, person.pin_running], [0, 0]);
  });
}

test('wrong PINs here and at login count together: the sixth locks and ends the session', async () => {
  await using world = await openTestBank();
  const customer = await world.customer('suzuki01');
  const user = await userOf(customer, world);
  const guess = () => codeOf(change(user, world, { current: 'wrong123' }));
  const login = (pin: string) => codeOf(logIn({ evidence: evidenceOf(customer), pin }, world));
  for (let error = 1; error <= 3; error += 1) assert.equal(await guess(), 'wrong-pin');
  for (let error = 4; error <= 5; error += 1) assert.equal(await login('wrong123'), 'wrong-pin');
  assert.equal(await guess(), 'pin-locked');
  assert.equal(await codeOf(change(user, world)), 'pin-locked');
  assert.equal(await login(TEST_PIN), 'pin-locked');
  const found = await world.db
    .selectFrom('audit_entry')
    .select('event')
    .where('inquiry', '=', 'WXYZ6789')
    .execute();
  assert.equal(found.filter(({ event }) => event === 'pin-wrong').length, 4);
});

test('guesses at once, again and again, are hashed six times in all', async () => {
  await using world = await openTestBank();
  const user = await userOf(await world.customer('suzuki01'), world);
  const codes: string[] = [];
  while (!codes.includes('pin-locked')) {
    const guesses = Array.from({ length: 30 }, () =>
      codeOf(change(user, world, { current: 'wrong123' })),
    );
    codes.push(...(await Promise.all(guesses)));
  }
  assert.equal(codes.filter((code) => code === 'wrong-pin').length, 5);
  assert.equal((await world.audit()).filter((event) => event === 'pin-wrong').length, 6);
});

test('of two changes at once from one PIN, one is made', async () => {
  await using world = await openTestBank();
  const customer = await world.customer('suzuki01');
  const users = [await userOf(customer, world), await userOf(customer, world)];
  const wanted = ['Kabe72mori', 'Mado35hashi'];
  const codes = await Promise.all(
    users.map((user, i) => {
      const pin = wanted[i] ?? '';
      return codeOf(change(user, world, { wanted: pin, repeated: pin }));
    }),
  );
  assert.equal(codes.filter((code) => code === 'done').length, 1, codes.join());
  const kept = wanted[codes.indexOf('done')] ?? '';
  assert.equal(await codeOf(logIn({ evidence: evidenceOf(customer), pin: kept }, world)), 'done');
  assert.equal((await world.audit()).filter((event) => event === 'pin-changed').length, 1);
});

test('a PIN that was right when it was typed, and is not any more, opens nothing', async () => {
  await using world = await openTestBank();
  const customer = await world.customer('suzuki01');
  const user = await userOf(customer, world);
  const { certificate } = user;
  const late = withRightPin(
    { certificate, pin: TEST_PIN },
    async (right) => {
      await change(user, world);
      await inTransaction(world.db, async (tx) => await settleRightPin(right, tx));
    },
    world,
  );
  assert.equal(await codeOf(late), 'session-ended');
});

test('a session that was ended while the page was open changes nothing', async () => {
  await using world = await openTestBank();
  const customer = await world.customer('suzuki01');
  const user = await userOf(customer, world);
  await revokeCertificates({ identity: user.person.identity, slot: 1, by: 'admin01' }, world);
  assert.equal(await codeOf(change(user, world)), 'session-ended');
  assert.ok(!(await world.audit()).includes('pin-changed'));
});
