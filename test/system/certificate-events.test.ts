// Every issue, proof and replacement is told to the user and to the contract's administrators, in one list; nobody else
// sees it, and it is calm: no notice for each.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renewCertificate } from '../../src/operations/issue-certificate.ts';
import { logIn } from '../../src/operations/log-in.ts';
import {
  readCertificateEvents,
  readLatestEvent,
} from '../../src/operations/read-certificate-events.ts';
import { readNotices } from '../../src/operations/read-notices.ts';
import { type AuthenticatedUser, resumeSession } from '../../src/operations/resume-session.ts';
import { makeRequest } from '../../src/sample/request.ts';
import { inTransaction } from '../../src/store/database.ts';
import { freezeRights } from '../../src/store/persons.ts';
import { administratorOf, companyNeeds } from './company-people.ts';
import { openTestBank, TEST_PIN, type TestBank } from './test-bank.ts';

const IN_WINDOW = '2027-12-20T03:00:00Z';

async function kindsFor(user: AuthenticatedUser, bank: TestBank): Promise<readonly string[]> {
  const events = await readCertificateEvents(user, companyNeeds(bank));
  assert.deepEqual(await readLatestEvent(user, companyNeeds(bank)), events[0]?.at);
  return events.map(({ kind, user: whose }) => `${whose} ${kind}`);
}

/** Renews twice, the second in place of the first, and proves it; the session of the new certificate. */
async function renewed(bank: TestBank, name: string): Promise<AuthenticatedUser> {
  const needs = companyNeeds(bank);
  const { certificate: current } = await bank.customer(name);
  bank.clock.set(IN_WINDOW);
  const { policy } = await administratorOf(bank, 'kanri01');
  const asked = { current, policy, touch: null };
  const first = await renewCertificate(
    { ...asked, waiting: undefined, key: makeRequest().csr, unproven: 'keep' },
    bank.bank,
    needs,
  );
  bank.clock.set('2027-12-20T04:00:00Z');
  const waiting = first.certificate.sha256;
  const second = await renewCertificate(
    { ...asked, waiting, key: makeRequest().csr, unproven: 'replace' },
    bank.bank,
    needs,
  );
  bank.clock.set('2027-12-20T05:00:00Z');
  const evidence = { kind: 'mutual-tls', certificate: second.certificate } as const;
  const { token } = await logIn({ evidence, pin: TEST_PIN }, needs);
  return await resumeSession({ leaf: second.der, inquiry: '00000000', token }, bank.bank, needs);
}

test('a renewal, its replacement and its proof are told to the user and to administrators, and to nobody else', async () => {
  await using bank = await openTestBank();
  const user = await renewed(bank, 'suzuki01');
  const told = [
    'suzuki01 proved',
    'suzuki01 renewed',
    'suzuki01 replaced',
    'suzuki01 renewed',
  ].toSorted((a, b) => a.localeCompare(b));
  const own = await kindsFor(user, bank);
  assert.deepEqual(
    own.toSorted((a, b) => a.localeCompare(b)),
    told,
  );
  const by = await administratorOf(bank, 'kanri02');
  const all = await kindsFor(by, bank);
  assert.deepEqual(
    all.filter((one) => one.startsWith('suzuki01')).toSorted((a, b) => a.localeCompare(b)),
    told,
  );
  assert.ok(all.includes('kanri02 proved'));
  const other = await bank.customer('tanaka02');
  const evidence = { kind: 'mutual-tls', certificate: other.certificate } as const;
  const { token } = await logIn({ evidence, pin: TEST_PIN }, companyNeeds(bank));
  const shown = { leaf: other.der, inquiry: '00000000', token };
  const tanaka = await resumeSession(shown, bank.bank, companyNeeds(bank));
  assert.deepEqual(
    new Set(await kindsFor(tanaka, bank)),
    new Set(['tanaka02 proved', 'tanaka02 acquired']),
  );
  assert.deepEqual(await readNotices(by, companyNeeds(bank)), []);
});

test('what is older than ninety days is told no more, and frozen rights show one’s own alone', async () => {
  await using bank = await openTestBank();
  await renewed(bank, 'suzuki01');
  const by = await administratorOf(bank, 'kanri02');
  await inTransaction(bank.db, async (tx) => {
    await freezeRights(by.person.identity, bank.clock.now(), tx);
  });
  const frozen = { ...by, person: { ...by.person, isFrozen: true } };
  assert.deepEqual(
    new Set(await kindsFor(frozen, bank)),
    new Set(['kanri02 proved', 'kanri02 acquired']),
  );
  bank.clock.set('2028-03-19T05:00:01Z');
  assert.deepEqual(await kindsFor(by, bank), []);
});
