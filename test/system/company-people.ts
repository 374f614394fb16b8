// Administrators of a test bank with a session of their own, and what their operations need. No test itself.
import type { Log } from '../../src/log.ts';
import { type Administrator, checkAdministrator } from '../../src/operations/administrator.ts';
import { issueFirstCertificate } from '../../src/operations/issue-certificate.ts';
import { logIn } from '../../src/operations/log-in.ts';
import { resumeSession } from '../../src/operations/resume-session.ts';
import { makeRequest } from '../../src/sample/request.ts';
import { makeCustomer } from './customers.ts';
import { TEST_PIN, type TestBank } from './test-bank.ts';
import { quietLog } from './test-database.ts';
import type { TestKoshin } from './test-koshin.ts';

/** What the operations of a company need. */
export function companyNeeds(
  { db, clock, pins, secrets }: Pick<TestBank, 'db' | 'clock' | 'pins' | 'secrets'>,
  log: Log = quietLog,
) {
  const codeKey = secrets('acquisition-codes');
  return { db, clock, pins, log, codeKey, sealKey: secrets('mailed-codes') };
}

/** Registers an administrator, gives them a certificate and logs them in. */
export async function administratorOf(bank: TestBank, user: string): Promise<Administrator> {
  const needs = companyNeeds(bank);
  const identity = await bank.register(user, 'administrator');
  const slot = { identity, slot: 1 };
  const issued = await issueFirstCertificate({ slot, key: makeRequest().csr }, bank.bank, needs);
  const evidence = { kind: 'mutual-tls', certificate: issued.certificate } as const;
  const { token } = await logIn({ evidence, pin: TEST_PIN }, needs);
  const shown = { leaf: issued.der, inquiry: '00000000', token };
  return checkAdministrator(await resumeSession(shown, bank.bank, needs));
}

/** A log that keeps what was said as an error. */
export function recordingLog(): Log & { readonly errors: readonly string[] } {
  const errors: string[] = [];
  return {
    ...quietLog,
    errors,
    error: (_fields, message) => {
      errors.push(message);
    },
  };
}

/** The same in a running system. */
export async function administratorAt(koshin: TestKoshin, user: string): Promise<Administrator> {
  const { house, clock, mihon } = koshin;
  const { certificate, der } = await makeCustomer(user, koshin, { role: 'administrator' });
  const needs = { ...house, clock };
  const evidence = { kind: 'mutual-tls', certificate } as const;
  const { token } = await logIn({ evidence, pin: TEST_PIN }, needs);
  const shown = { leaf: der, inquiry: '00000000', token };
  return checkAdministrator(await resumeSession(shown, mihon, needs));
}
