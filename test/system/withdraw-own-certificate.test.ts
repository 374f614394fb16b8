// A user withdraws the certificate they are logged in with: against the PIN, once, and nothing of it stays open.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renewCertificate } from '../../src/operations/issue-certificate.ts';
import { logIn } from '../../src/operations/log-in.ts';
import { type AuthenticatedUser, resumeSession } from '../../src/operations/resume-session.ts';
import { revokeCertificates } from '../../src/operations/withdraw-certificate.ts';
import { withdrawOwnCertificate } from '../../src/operations/withdraw-own-certificate.ts';
import { makeRequest } from '../../src/sample/request.ts';
import { codeOf, openTestBank, TEST_PIN, type TestBank } from './test-bank.ts';

async function userOf(
  user: string,
  world: TestBank,
): Promise<AuthenticatedUser & { der: Uint8Array }> {
  const { certificate, der } = await world.customer(user);
  const evidence = { kind: 'mutual-tls', certificate } as const;
  const { token } = await logIn({ evidence, pin: TEST_PIN }, world);
  const resumed = await resumeSession({ token, leaf: der, inquiry: 'ABCD2345' }, world.bank, world);
  return { ...resumed, der };
}

const withdraw = async (
  user: AuthenticatedUser,
  kind: 'suspend' | 'revoke',
  world: TestBank & { readonly typed?: string },
) =>
  await withdrawOwnCertificate(
    user,
    { kind, pin: world.typed ?? TEST_PIN, inquiry: 'WXYZ6789' },
    world,
  );

const states = async ({ db }: TestBank) =>
  (await db.selectFrom('certificate').select('state').orderBy('issued_at').execute()).map(
    ({ state }) => state,
  );

for (const { kind, state, event } of [
  { kind: 'suspend', state: 'suspended', event: 'certificate-suspended' },
  { kind: 'revoke', state: 'revoked', event: 'certificate-revoked' },
] as const) {
  test(`${kind}: the certificate and its unproven successor, with the session, on record as the user’s deed`, async () => {
    await using world = await openTestBank({ now: '2027-12-20T03:00:00Z' });
    const user = await userOf('suzuki01', world);
    world.clock.set('2028-12-10T03:00:00Z');
    const { certificate, policy } = user;
    const before = { current: certificate, policy, waiting: undefined, touch: null };
    const asked = { ...before, unproven: 'keep' } as const;
    await renewCertificate({ ...asked, key: makeRequest().csr }, world.bank, world);
    await withdraw(user, kind, world);
    assert.deepEqual(await states(world), [state, state]);
    const sessions = await world.db.selectFrom('session').select('end_reason').execute();
    assert.ok(sessions.every(({ end_reason }) => end_reason === state));
    const entries = await world.db
      .selectFrom('audit_entry')
      .select(['user_id', 'detail'])
      .where('event', '=', event)
      .execute();
    assert.deepEqual(
      entries.map(({ user_id, detail }) => [user_id, detail['by']]),
      [
        ['suzuki01', 'suzuki01'],
        ['suzuki01', 'suzuki01'],
      ],
    );
  });
}

test('with a wrong PIN nothing is withdrawn, and it counts', async () => {
  await using world = await openTestBank();
  const user = await userOf('suzuki01', world);
  const wrong = { ...world, typed: 'wrong123' };
  assert.equal(await codeOf(withdraw(user, 'revoke', wrong)), 'wrong-pin');
  assert.deepEqual(await states(world), ['current']);
  const person = await world.db.selectFrom('person').selectAll().executeTakeFirstOrThrow();
  assert.equal(person.pin_errors, 1);
});

test('pressed twice at once it happens once', async () => {
  await using world = await openTestBank();
  const user = await userOf('suzuki01', world);
  const both = [withdraw(user, 'revoke', world), withdraw(user, 'suspend', world)];
  const codes = await Promise.all(both.map(codeOf));
  assert.deepEqual(codes.toSorted(), ['done', 'session-ended']);
});

test('what the administrator withdrew meanwhile stays as it is', async () => {
  await using world = await openTestBank();
  const user = await userOf('suzuki01', world);
  await revokeCertificates({ identity: user.person.identity, slot: 1, by: 'admin01' }, world);
  assert.equal(await codeOf(withdraw(user, 'suspend', world)), 'session-ended');
  assert.deepEqual(await states(world), ['revoked']);
});
