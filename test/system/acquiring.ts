// Acquiring in a test bank: what an administrator gives, what a person enters, and how it stands afterwards. No test
// itself.
import type { Identity } from '../../src/banking/identity.ts';
import { parseEnteredPin } from '../../src/banking/pin.ts';
import { acquireCertificate } from '../../src/operations/acquire-certificate.ts';
import type { Administrator } from '../../src/operations/administrator.ts';
import { beginAcquisition } from '../../src/operations/begin-acquisition.ts';
import type { IssuedCertificate } from '../../src/operations/issue-certificate.ts';
import { logIn } from '../../src/operations/log-in.ts';
import { type Registered, registerMember } from '../../src/operations/register-member.ts';
import { makeRequest } from '../../src/sample/request.ts';
import { findCertificate } from '../../src/store/certificates.ts';
import { findPinHash } from '../../src/store/pins.ts';
import { administratorOf, companyNeeds } from './company-people.ts';
import type { TestBank } from './test-bank.ts';
import { TEST_CONTRACT, type TestKoshin } from './test-koshin.ts';

/** The PIN that people choose. */
export const OWN_PIN = 'sakura2027';
/** A code that nobody was given. */
export const OTHER_CODE = '00000000';
/** The number under which a refusal is shown. */
export const inquiry = '7K3M9Q01';

/** What is entered beside the IDs, and the PIN that is chosen where one is. */
export type Entered = { readonly pin: string; readonly code: string; readonly newPin?: string };

/** Both steps of the page. */
export async function acquire(
  bank: TestBank,
  identity: Identity,
  entered: Entered,
  unproven: 'keep' | 'replace' = 'keep',
): Promise<IssuedCertificate> {
  const needs = companyNeeds(bank);
  const { ticket } = await beginAcquisition({ ...identity, ...entered, inquiry }, needs);
  const key = makeRequest().csr;
  const newPin = entered.newPin ?? null;
  return await acquireCertificate({ ticket, key, newPin, unproven }, bank.bank, needs);
}

/** The first login. */
export async function prove(
  bank: TestBank,
  { certificate }: IssuedCertificate,
  pin: string,
): Promise<void> {
  await logIn({ evidence: { kind: 'mutual-tls', certificate }, pin }, companyNeeds(bank));
}

/** The state on record. */
export async function stateOf(
  bank: TestBank,
  { certificate }: IssuedCertificate,
): Promise<unknown> {
  return (await findCertificate(bank.bank.code, certificate.sha256, bank.db))?.state;
}

/** A user whom an administrator has just registered, with what is handed over. */
export async function registered(
  bank: TestBank,
  user = 'suzuki01',
): Promise<{
  readonly by: Administrator;
  readonly given: Registered;
  readonly identity: Identity;
}> {
  const by = await administratorOf(bank, 'kanri01');
  const given = await registerMember({ by, user, name: '鈴木 太郎' }, companyNeeds(bank));
  return { by, given, identity: { ...by.person.identity, user } };
}

/** Whether this is a person's PIN in a running system. */
export async function isPinOf(
  user: string,
  pin: string,
  { house, mihon }: TestKoshin,
): Promise<boolean> {
  const identity = { institution: mihon.code, contract: TEST_CONTRACT, user };
  using place = house.pins.reserve(identity);
  return await place.matches(parseEnteredPin(pin), await findPinHash(identity, house.db));
}
