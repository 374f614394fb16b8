// Users of a test bank whose slot stands in each way that a slot can stand. No test itself.
import type { UserCertificate } from '../../src/banking/user-certificate.ts';
import { acquireCertificate } from '../../src/operations/acquire-certificate.ts';
import type { Administrator } from '../../src/operations/administrator.ts';
import { beginAcquisition } from '../../src/operations/begin-acquisition.ts';
import { stopMember } from '../../src/operations/change-access.ts';
import { renewCertificate } from '../../src/operations/issue-certificate.ts';
import { logIn } from '../../src/operations/log-in.ts';
import { offerAcquisition, reissueCertificate } from '../../src/operations/offer-acquisition.ts';
import {
  revokeCertificates,
  suspendCertificates,
} from '../../src/operations/withdraw-certificate.ts';
import { withdrawFromMember } from '../../src/operations/withdraw-member.ts';
import { makeRequest } from '../../src/sample/request.ts';
import { inTransaction } from '../../src/store/database.ts';
import { policyAt } from '../../src/store/institutions.ts';
import { lockPin } from '../../src/store/pins.ts';
import { companyNeeds } from './company-people.ts';
import { TEST_PIN, type TestBank } from './test-bank.ts';

/** A user whose slot was brought into a state: the certificate that matters there, and an open code. */
export type Placed = {
  readonly certificate: UserCertificate | undefined;
  readonly code: string | undefined;
};

/** How a slot is brought into a state: while the bank is young, and once its day has come. */
export type SlotState = {
  readonly name: string;
  /** The day on which the actions are tried. */
  readonly day: string;
  readonly place: (user: string, by: Administrator, bank: TestBank) => Promise<Placed>;
};

const SOON = '2027-01-06T03:00:00Z';
const IN_WINDOW = '2027-12-20T03:00:00Z';
const IN_GRACE = '2028-01-20T03:00:00Z';
const AFTER_GRACE = '2028-06-01T03:00:00Z';
const PAST_DEADLINE = '2027-06-01T03:00:00Z';
const FOUNDED = '2027-01-05T03:00:00Z';

async function empty(user: string, _by: Administrator, bank: TestBank): Promise<Placed> {
  await bank.register(user);
  return { certificate: undefined, code: undefined };
}

async function offered(user: string, by: Administrator, bank: TestBank): Promise<Placed> {
  await bank.register(user);
  const { code } = await offerAcquisition({ by, user, slot: 1 }, companyNeeds(bank));
  return { certificate: undefined, code };
}

async function unproven(user: string, by: Administrator, bank: TestBank): Promise<Placed> {
  const { code } = await offered(user, by, bank);
  return { certificate: await acquired(user, by, code ?? '', bank), code };
}

async function current(user: string, _by: Administrator, bank: TestBank): Promise<Placed> {
  const { certificate } = await bank.customer(user);
  return { certificate, code: undefined };
}

async function withSuccessor(user: string, by: Administrator, bank: TestBank): Promise<Placed> {
  const placed = await at(FOUNDED, bank, () => current(user, by, bank));
  const { certificate } = placed;
  if (certificate === undefined) throw new Error('no certificate');
  const policy = await policyAt(bank.bank.code, bank.clock.now(), bank.db);
  const asked = { current: certificate, policy, waiting: undefined, key: makeRequest().csr };
  const needs = companyNeeds(bank);
  await renewCertificate({ ...asked, unproven: 'keep', touch: null }, bank.bank, needs);
  return placed;
}

async function suspended(user: string, by: Administrator, bank: TestBank): Promise<Placed> {
  const placed = await current(user, by, bank);
  const { identity } = placed.certificate ?? by.certificate;
  await suspendCertificates({ identity, slot: 1, by: 'test' }, companyNeeds(bank));
  return placed;
}

async function suspendedWithSuccessor(
  user: string,
  by: Administrator,
  bank: TestBank,
): Promise<Placed> {
  const { certificate } = await withSuccessor(user, by, bank);
  const asked = { by, user, slot: 1, reason: 'lost' } as const;
  const { code } = await reissueCertificate(asked, companyNeeds(bank));
  return { certificate, code };
}

async function unprovenSuspended(user: string, by: Administrator, bank: TestBank): Promise<Placed> {
  const { certificate } = await unproven(user, by, bank);
  const needs = companyNeeds(bank);
  await withdrawFromMember('suspend', { by, user, slot: 1 }, needs);
  return { certificate, code: undefined };
}

async function revoked(user: string, by: Administrator, bank: TestBank): Promise<Placed> {
  const placed = await current(user, by, bank);
  const { identity } = placed.certificate ?? by.certificate;
  await revokeCertificates({ identity, slot: 1, by: 'test' }, companyNeeds(bank));
  return placed;
}

async function reissuing(user: string, by: Administrator, bank: TestBank): Promise<Placed> {
  const { certificate } = await current(user, by, bank);
  const asked = { by, user, slot: 1, reason: 'lost' } as const;
  const { code } = await reissueCertificate(asked, companyNeeds(bank));
  return { certificate, code };
}

async function reissued(user: string, by: Administrator, bank: TestBank): Promise<Placed> {
  const { code } = await reissuing(user, by, bank);
  return { certificate: await acquired(user, by, code ?? '', bank), code };
}

async function frozen(user: string, by: Administrator, bank: TestBank): Promise<Placed> {
  const { certificate } = await reissued(user, by, bank);
  if (certificate === undefined) throw new Error('no certificate');
  const evidence = { kind: 'mutual-tls', certificate } as const;
  await logIn({ evidence, pin: TEST_PIN }, companyNeeds(bank));
  return { certificate, code: undefined };
}

async function locked(user: string, by: Administrator, bank: TestBank): Promise<Placed> {
  const placed = await current(user, by, bank);
  const { identity } = placed.certificate ?? by.certificate;
  await inTransaction(bank.db, async (tx) => await lockPin(identity, bank.clock.now(), tx));
  return placed;
}

async function stopped(user: string, by: Administrator, bank: TestBank): Promise<Placed> {
  const placed = await current(user, by, bank);
  await stopMember({ by, user, slot: 1 }, companyNeeds(bank));
  return placed;
}

async function acquired(
  user: string,
  by: Administrator,
  code: string,
  bank: TestBank,
): Promise<UserCertificate> {
  const needs = companyNeeds(bank);
  const identity = { ...by.person.identity, user };
  const entered = { ...identity, pin: TEST_PIN, code, inquiry: '7K3M9Q01' };
  const { ticket } = await beginAcquisition(entered, needs);
  const asked = { ticket, key: makeRequest().csr, newPin: null, unproven: 'keep' } as const;
  const { certificate } = await acquireCertificate(asked, bank.bank, needs);
  return certificate;
}

/** Does something on another day. */
async function at<T>(day: string, bank: TestBank, work: () => Promise<T>): Promise<T> {
  const today = bank.clock.now();
  bank.clock.set(day);
  const done = await work();
  bank.clock.set(today);
  return done;
}

/** Brings it about on the first day, and comes back. */
function onFirstDay(place: SlotState['place']): SlotState['place'] {
  return async (user, by, bank) => await at(FOUNDED, bank, () => place(user, by, bank));
}

/** Every state of a slot. */
export const SLOT_STATES: readonly SlotState[] = [
  { name: 'empty', day: SOON, place: empty },
  { name: 'offered', day: SOON, place: offered },
  { name: 'offer past its deadline', day: PAST_DEADLINE, place: onFirstDay(offered) },
  { name: 'first, unproven', day: SOON, place: unproven },
  { name: 'first, unproven, past its deadline', day: PAST_DEADLINE, place: onFirstDay(unproven) },
  { name: 'current', day: SOON, place: current },
  { name: 'current, window open', day: IN_WINDOW, place: onFirstDay(current) },
  { name: 'current, successor waits', day: IN_WINDOW, place: withSuccessor },
  { name: 'expired, in grace', day: IN_GRACE, place: onFirstDay(current) },
  { name: 'expired, grace over', day: AFTER_GRACE, place: onFirstDay(current) },
  { name: 'suspended', day: SOON, place: suspended },
  { name: 'suspended with its successor', day: IN_WINDOW, place: suspendedWithSuccessor },
  { name: 'first, unproven, suspended', day: SOON, place: unprovenSuspended },
  { name: 'suspended, reissue offered', day: SOON, place: reissuing },
  { name: 'suspended, reissued one unproven', day: SOON, place: reissued },
  { name: 'reissued, rights frozen', day: SOON, place: frozen },
  { name: 'revoked', day: SOON, place: revoked },
  { name: 'current, PIN locked', day: SOON, place: locked },
  { name: 'current, user stopped', day: SOON, place: stopped },
];
