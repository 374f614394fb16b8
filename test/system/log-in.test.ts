import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { UserCertificate } from '../../src/banking/user-certificate.ts';
import { identifyCertificate } from '../../src/operations/identify-certificate.ts';
import { issueFirstCertificate } from '../../src/operations/issue-certificate.ts';
import { logIn } from '../../src/operations/log-in.ts';
import { logOff } from '../../src/operations/log-off.ts';
import { resumeSession } from '../../src/operations/resume-session.ts';
import { makeRequest } from '../../src/sample/request.ts';
import { codeOf, openTestBank, TEST_PIN, type TestBank } from './test-bank.ts';

const evidence = (certificate: UserCertificate) => ({ kind: 'mutual-tls' as const, certificate });

const resume = (world: TestBank, token: string, leaf: Uint8Array) =>
  resumeSession({ token, leaf, inquiry: 'ABCD2345' }, world.bank, world);

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

test('guesses at once, again and again, are hashed six times in all, and then the PIN is locked', async () => {
  await using world = await openTestBank();
  const { certificate } = await world.customer('suzuki01');
  const guess = () => codeOf(logIn({ evidence: evidence(certificate), pin: 'wrong123' }, world));
  const codes: string[] = [];
  while (!codes.includes('pin-locked')) {
    codes.push(...(await Promise.all(Array.from({ length: 40 }, guess))));
  }
  assert.equal(codes.filter((code) => code === 'wrong-pin').length, 5);
  assert.equal((await world.audit()).filter((event) => event === 'pin-wrong').length, 6);
  const right = logIn({ evidence: evidence(certificate), pin: TEST_PIN }, world);
  assert.equal(await codeOf(right), 'pin-locked');
});

test('a hundred logins of one user at once keep nobody else waiting', async () => {
  await using world = await openTestBank();
  const busy = await world.customer('suzuki01');
  const other = await world.customer('tanaka02');
  const attempt = ({ certificate }: typeof busy) =>
    codeOf(logIn({ evidence: evidence(certificate), pin: TEST_PIN }, world));
  const crowd = Array.from({ length: 100 }, () => attempt(busy));
  assert.equal(await attempt(other), 'done');
  const codes = await Promise.all(crowd);
  assert.equal(codes.filter((code) => code === 'overloaded').length, 96);
  assert.equal(await attempt(busy), 'done');
});

test('right and wrong ones at once: the lock falls on the sixth error after the last right one', async () => {
  await using world = await openTestBank();
  const { certificate } = await world.customer('suzuki01');
  const attempt = (pin: string) => codeOf(logIn({ evidence: evidence(certificate), pin }, world));
  for (let round = 0; round < 5; round += 1) {
    const first = await Promise.all([attempt('wrong123'), attempt(TEST_PIN), attempt('wrong123')]);
    assert.equal(first[1], 'done', first.join());
    let errors = 0;
    const state = () => world.db.selectFrom('person').selectAll().executeTakeFirstOrThrow();
    errors = (await state()).pin_errors;
    assert.ok(errors <= 2);
    for (; errors < 5; errors += 1) assert.equal(await attempt('wrong123'), 'wrong-pin');
    assert.equal((await state()).pin_locked_at, null);
    assert.equal(await attempt(TEST_PIN), 'done');
  }
  for (let error = 1; error <= 5; error += 1) assert.equal(await attempt('wrong123'), 'wrong-pin');
  assert.equal(await attempt('wrong123'), 'pin-locked');
});

test('attempts that a crash left unanswered are no errors: they are forgotten after a minute', async () => {
  await using world = await openTestBank();
  const { certificate } = await world.customer('suzuki01');
  const left = { pin_errors: 3, pin_running: 3, pin_attempt_at: world.clock.now() };
  await world.db.updateTable('person').set(left).execute();
  const attempt = () => codeOf(logIn({ evidence: evidence(certificate), pin: TEST_PIN }, world));
  assert.equal(await attempt(), 'overloaded');
  world.clock.set(new Date(world.clock.now().getTime() + 61_000));
  assert.equal(await attempt(), 'done');
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
  const by = (shown: Uint8Array | undefined) => ({ kind: 'mutual-tls' as const, shown });
  const leaving = { institution: world.bank.code, token, by: by(certificate.sha256) };
  assert.equal(await logOff({ ...leaving, by: by(undefined) }, world), 'not-theirs');
  const elsewhere = { kind: 'signed-challenge' } as const;
  assert.equal(await logOff({ ...leaving, by: elsewhere }, world), 'not-theirs');
  const other = (await world.customer('tanaka02')).certificate.sha256;
  assert.equal(await logOff({ ...leaving, by: by(other) }, world), 'not-theirs');
  assert.equal(await codeOf(resume(world, token, der)), 'done');
  assert.equal(await logOff(leaving, world), 'logged-off');
  assert.equal(await logOff(leaving, world), 'logged-off');
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
    const issued = { slot, key: csr };
    const { certificate, der } = await issueFirstCertificate(issued, world.bank, world);
    world.clock.set(at);
    const shown = { leaf: der, inquiry: 'ABCD2345' };
    assert.equal(await codeOf(identifyCertificate(shown, world.bank, world)), want);
    const login = logIn({ evidence: evidence(certificate), pin: TEST_PIN }, world);
    assert.equal(await codeOf(login), want);
  });
}
