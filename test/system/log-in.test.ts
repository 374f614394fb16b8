import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { UserCertificate } from '../../src/banking/user-certificate.ts';
import { Refusal } from '../../src/errors.ts';
import { identifyCertificate } from '../../src/operations/identify-certificate.ts';
import { issueFirstCertificate } from '../../src/operations/issue-certificate.ts';
import { logIn } from '../../src/operations/log-in.ts';
import { logOff } from '../../src/operations/log-off.ts';
import { resumeSession } from '../../src/operations/resume-session.ts';
import { makeRequest } from '../../src/sample/request.ts';
import { openTestBank, TEST_PIN, type TestBank } from './test-bank.ts';

const evidence = (certificate: UserCertificate) => ({ kind: 'mutual-tls' as const, certificate });

const resume = (world: TestBank, token: string, leaf: Uint8Array) =>
  resumeSession({ token, leaf, inquiry: 'ABCD2345' }, world.bank, world);

async function codeOf(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
    return 'done';
  } catch (refusal) {
    if (refusal instanceof Refusal) return refusal.code;
    throw refusal;
  }
}

test('the sixth consecutive error locks the PIN, not the fifth and not the seventh', async () => {
  await using world = await openTestBank();
  const { certificate } = await world.customer('suzuki01');
  const attempt = (pin: string) => codeOf(logIn({ evidence: evidence(certificate), pin }, world));
  for (let error = 1; error <= 5; error += 1) assert.equal(await attempt('wrong123'), 'wrong-pin');
  assert.equal(await attempt('wrong123'), 'pin-locked');
  assert.equal(await attempt(TEST_PIN), 'pin-locked');
  const audit = await world.audit();
  assert.equal(audit.filter((event) => event === 'pin-wrong').length, 6);
  assert.equal(audit.filter((event) => event === 'pin-locked').length, 1);
});

test('a right PIN after five errors opens a session, and the count starts again', async () => {
  await using world = await openTestBank();
  const { certificate } = await world.customer('suzuki01');
  const attempt = (pin: string) => codeOf(logIn({ evidence: evidence(certificate), pin }, world));
  for (let error = 1; error <= 5; error += 1) await attempt('wrong123');
  assert.equal(await attempt(TEST_PIN), 'done');
  for (let error = 1; error <= 5; error += 1) assert.equal(await attempt('wrong123'), 'wrong-pin');
  assert.equal(await attempt(TEST_PIN), 'done');
});

test('forty guesses at once are hashed six times at most, and then the PIN is locked', async () => {
  await using world = await openTestBank();
  const { certificate } = await world.customer('suzuki01');
  const codes = await Promise.all(
    Array.from({ length: 40 }, () =>
      codeOf(logIn({ evidence: evidence(certificate), pin: 'wrong123' }, world)),
    ),
  );
  const tried = codes.filter((code) => code === 'wrong-pin' || code === 'pin-locked');
  assert.equal(codes.filter((code) => code === 'wrong-pin').length, 5);
  assert.ok(tried.length >= 6);
  assert.equal((await world.audit()).filter((event) => event === 'pin-wrong').length, 6);
  assert.equal(
    await codeOf(logIn({ evidence: evidence(certificate), pin: TEST_PIN }, world)),
    'pin-locked',
  );
});

test('attempts that a crash left unanswered lock only after a minute', async () => {
  await using world = await openTestBank();
  const { certificate } = await world.customer('suzuki01');
  await world.db
    .updateTable('person')
    .set({ pin_attempts: 6, pin_attempt_at: world.clock.now() })
    .execute();
  const attempt = () => codeOf(logIn({ evidence: evidence(certificate), pin: TEST_PIN }, world));
  assert.equal(await attempt(), 'overloaded');
  world.clock.set(new Date(world.clock.now().getTime() + 61_000));
  assert.equal(await attempt(), 'pin-locked');
});

test('a session belongs to the certificate that opened it', async () => {
  await using world = await openTestBank();
  const mine = await world.customer('suzuki01');
  const other = await world.customer('tanaka02');
  const { token } = await logIn({ evidence: evidence(mine.certificate), pin: TEST_PIN }, world);
  const user = await resume(world, token, mine.der);
  assert.equal(user.person.identity.user, 'suzuki01');
  assert.equal(await codeOf(resume(world, token, other.der)), 'certificate-changed');
  assert.ok((await world.audit()).includes('request-refused'));
});

for (const { title, minutes, step, want } of [
  { title: 'fifteen idle minutes', minutes: 15, step: 15, want: 'done' },
  { title: 'more than fifteen idle minutes', minutes: 16, step: 16, want: 'session-ended' },
  { title: 'eight busy hours', minutes: 480, step: 10, want: 'done' },
  { title: 'more than eight busy hours', minutes: 490, step: 10, want: 'session-ended' },
]) {
  test(`after ${title} a session is ${want === 'done' ? 'open' : 'over'}`, async () => {
    await using world = await openTestBank();
    const { certificate, der } = await world.customer('suzuki01');
    const { token } = await logIn({ evidence: evidence(certificate), pin: TEST_PIN }, world);
    const start = world.clock.now().getTime();
    let code = 'none';
    for (let passed = step; passed <= minutes; passed += step) {
      world.clock.set(new Date(start + passed * 60_000));
      code = await codeOf(resume(world, token, der));
    }
    assert.equal(code, want);
  });
}

test('after log off the token opens nothing, and logging off again is no error', async () => {
  await using world = await openTestBank();
  const { certificate, der } = await world.customer('suzuki01');
  const { token } = await logIn({ evidence: evidence(certificate), pin: TEST_PIN }, world);
  await logOff(token, world.bank.code, world);
  await logOff(token, world.bank.code, world);
  assert.equal(await codeOf(resume(world, token, der)), 'session-ended');
  assert.equal((await world.audit()).filter((event) => event === 'logged-off').length, 1);
});

test('the lock of the PIN ends the sessions that are open', async () => {
  await using world = await openTestBank();
  const { certificate, der } = await world.customer('suzuki01');
  const { token } = await logIn({ evidence: evidence(certificate), pin: TEST_PIN }, world);
  const guess = () => codeOf(logIn({ evidence: evidence(certificate), pin: 'wrong123' }, world));
  for (let error = 1; error <= 5; error += 1) assert.equal(await guess(), 'wrong-pin');
  assert.equal(await codeOf(resume(world, token, der)), 'done');
  assert.equal(await guess(), 'pin-locked');
  assert.equal(await codeOf(resume(world, token, der)), 'session-ended');
});

for (const { at, want } of [
  { at: '2027-03-26T14:59:59.999Z', want: 'done' },
  { at: '2027-03-26T15:00:00.000Z', want: 'acquisition-over' },
]) {
  test(`a first certificate of 5 January, first used at ${at}: ${want}`, async () => {
    await using world = await openTestBank();
    const slot = { identity: await world.register('suzuki01'), slot: 1 };
    const { csr } = makeRequest();
    const issued = { slot, key: csr, home: 'file' as const };
    const { certificate, der } = await issueFirstCertificate(issued, world.bank, world);
    world.clock.set(at);
    const shown = { leaf: der, inquiry: 'ABCD2345' };
    assert.equal(await codeOf(identifyCertificate(shown, world.bank, world)), want);
    const login = logIn({ evidence: evidence(certificate), pin: TEST_PIN }, world);
    assert.equal(await codeOf(login), want);
  });
}
