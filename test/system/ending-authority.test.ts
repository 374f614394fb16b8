// An issuing CA near its end: what is issued under it, what the page says beforehand, and the log.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { issueFirstCertificate, renewCertificate } from '../../src/operations/issue-certificate.ts';
import { logIn } from '../../src/operations/log-in.ts';
import { readRenewal } from '../../src/operations/read-renewal.ts';
import { warnOfAuthorityEnds } from '../../src/operations/warn-of-authority-ends.ts';
import { makeRequest } from '../../src/sample/request.ts';
import { parseCertificate } from '../../src/x509/certificate.ts';
import { KEY_HOME_CASES } from './key-homes.ts';
import { openTestBank, TEST_PIN, type TestBank } from './test-bank.ts';

// Its issuing CA ends on 2027-06-02 at 3:00 UTC, at noon in Tokyo: the last whole day is the one before.
const FOUNDED = '2017-06-01T15:00:00Z';
const LAST_END = '2027-06-01T14:59:59.000Z';

for (const { home, newKey, evidence, resume } of KEY_HOME_CASES) {
  test(`${home}: no certificate outlives its CA, and the page shows the end that is issued`, async () => {
    await using world = await openTestBank({ founded: FOUNDED, now: '2027-01-05T03:00:00Z' });
    const first = await world.customer('suzuki01', await newKey());
    assert.equal(parseCertificate(first.der).notAfter.toISOString(), LAST_END);
    world.clock.set('2027-05-20T03:00:00Z');
    const { certificate: current } = first;
    const { token } = await logIn({ evidence: evidence(current), pin: TEST_PIN }, world);
    const user = await resume(world, token, first.der);
    const standing = await readRenewal(user, world.bank, world);
    assert.equal(standing.kind, 'open');
    if (standing.kind === 'open') assert.equal(standing.successorEndsAt.toISOString(), LAST_END);
    const { policy, waiting } = user;
    const asked = {
      current,
      policy,
      waiting,
      key: await newKey(),
      unproven: 'keep',
      touch: null,
    } as const;
    const successor = await renewCertificate(asked, world.bank, world);
    assert.equal(parseCertificate(successor.der).notAfter.toISOString(), LAST_END);
  });
}

test('a CA that has ended issues nothing', async () => {
  await using world = await openTestBank({ founded: FOUNDED, now: '2027-06-02T04:00:00Z' });
  const slot = { identity: await world.register('suzuki01'), slot: 1 };
  await assert.rejects(
    issueFirstCertificate({ slot, key: makeRequest().csr }, world.bank, world),
    /the issuing CA has ended/,
  );
});

test('the log warns of a CA that cuts certificates short, and calls one that has ended an error', async () => {
  await using world = await openTestBank({ founded: FOUNDED });
  for (const [now, want] of [
    ['2026-04-28T00:00:00Z', []],
    [
      '2026-04-29T00:00:00Z',
      [['warn', 'a CA cuts certificates short', 'CN=みほん信用金庫 利用者認証局']],
    ],
    ['2027-06-03T00:00:00Z', [['error', 'a CA has ended', 'CN=みほん信用金庫 利用者認証局']]],
  ] as const) {
    world.clock.set(now);
    assert.deepEqual(await saidOf(world), want);
  }
});

async function saidOf({ db, clock }: TestBank): Promise<readonly (readonly string[])[]> {
  const said: string[][] = [];
  const to = (level: string) => (fields: Readonly<Record<string, unknown>>, message: string) => {
    said.push([level, message, String(fields['authority']).split(',')[0] ?? '']);
  };
  const log = { info: to('info'), warn: to('warn'), error: to('error') };
  await warnOfAuthorityEnds({ db, clock, log });
  return said;
}
