// A session that is ended while its 確認 waits for the person's row: the proof sees it and proves nothing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Identity } from '../../src/banking/identity.ts';
import { beginProof, proveByToken } from '../../src/operations/confirm-renewal.ts';
import { renewCertificate } from '../../src/operations/issue-certificate.ts';
import { logIn } from '../../src/operations/log-in.ts';
import { resumeSession } from '../../src/operations/resume-session.ts';
import { makeRequest } from '../../src/sample/request.ts';
import { findCertificate } from '../../src/store/certificates.ts';
import { inTransaction, type Tx } from '../../src/store/database.ts';
import { stopPerson } from '../../src/store/persons.ts';
import { lockPinStanding } from '../../src/store/pins.ts';
import { endSessionsOfPerson } from '../../src/store/sessions.ts';
import { codeOf, openTestBank, TEST_PIN, type TestBank } from './test-bank.ts';
import { whenWaiting } from './when-waiting.ts';

const IN_WINDOW = '2027-12-20T03:00:00Z';

for (const { name, end, code } of [
  {
    name: 'the PIN was changed',
    end: async (identity: Identity, at: Date, tx: Tx) =>
      await endSessionsOfPerson(identity, { reason: 'pin-changed', at }, tx),
    code: 'proof-token-invalid',
  },
  {
    name: 'the user was stopped',
    end: async (identity: Identity, at: Date, tx: Tx) => await stopPerson(identity, at, tx),
    code: 'user-stopped',
  },
]) {
  test(`${name} while the proof waited: nothing is proved`, async () => {
    await using world = await openTestBank();
    const { identity, evidence, token } = await atTheProof(world);
    const held = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    const ending = inTransaction(world.db, async (tx) => {
      await lockPinStanding(identity, tx);
      held.resolve();
      await go.promise;
      await end(identity, world.clock.now(), tx);
    });
    await held.promise;
    const presented = { institution: world.bank.code, token };
    const proof = codeOf(proveByToken(evidence, presented, world));
    await whenWaiting(1, world.db);
    go.resolve();
    await ending;
    assert.equal(await proof, code);
    const successor = await findCertificate(world.bank.code, evidence.certificate.sha256, world.db);
    assert.equal(successor?.state, 'issued');
  });
}

/** A user whose successor waits, with the token of its 確認. */
async function atTheProof(world: TestBank) {
  const { certificate, der } = await world.customer('suzuki01');
  world.clock.set(IN_WINDOW);
  const shown = { evidence: { kind: 'mutual-tls', certificate }, pin: TEST_PIN } as const;
  const { token } = await logIn(shown, world);
  const asked = { token, leaf: der, inquiry: 'ABCD2345' };
  const user = await resumeSession(asked, world.bank, world);
  const renewal = { current: certificate, policy: user.policy, waiting: undefined, touch: null };
  const key = makeRequest().csr;
  const successor = await renewCertificate(
    { ...renewal, key, unproven: 'keep' },
    world.bank,
    world,
  );
  const begun = await beginProof(user, 'members.test', world);
  const evidence = { kind: 'mutual-tls', certificate: successor.certificate } as const;
  return { identity: certificate.identity, evidence, token: begun.token };
}
