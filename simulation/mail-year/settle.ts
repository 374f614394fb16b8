// The banks of the year and their people, by the operations of the system itself: everybody has a certificate that is
// current when the year begins. The database is real; hashes of PINs cost the least.
import { DEFAULT_POLICY } from '../../src/banking/policy.ts';
import {
  addDays,
  endOfTokyoDay,
  tokyoDayOf,
  tokyoDaysBetween,
} from '../../src/banking/tokyo-calendar.ts';
import type { LoadedBank } from '../../src/operations/bank.ts';
import { foundInstitution } from '../../src/operations/found-institution.ts';
import {
  type IssuedCertificate,
  issueFirstCertificate,
} from '../../src/operations/issue-certificate.ts';
import { loadBanks } from '../../src/operations/load-bank.ts';
import { logIn } from '../../src/operations/log-in.ts';
import { openContract, registerPerson } from '../../src/operations/register-person.ts';
import { sampleInstitution } from '../../src/sample/institution.ts';
import { makeRequest } from '../../src/sample/request.ts';
import { openTestBank, TEST_PIN, type TestBank } from '../../test/system/test-bank.ts';
import { type MailPolicy, type Plan, POLICIES } from './plan.ts';
import { type Held, type Member, memberOf } from './town.ts';

/** Noon in Tokyo on the day before the first. */
const BEGINS = new Date('2027-01-05T03:00:00Z');
const FOUNDED = '2025-11-01T03:00:00Z';
const HOUR_MS = 60 * 60 * 1000;

/** The system and its people. */
export type Settled = {
  readonly site: TestBank;
  readonly banks: ReadonlyMap<string, LoadedBank>;
  readonly town: Map<string, Member>;
};

/** Noon in Tokyo of a day of the year. */
export function noonOf(day: number): Date {
  return new Date(BEGINS.getTime() + day * 24 * HOUR_MS);
}

/** The day of the year in which an instant falls. */
export function dayOf(at: Date): number {
  return tokyoDaysBetween(BEGINS, at);
}

/** Opens the banks; dispose of the site at the end. */
export async function openBanks(): Promise<Pick<Settled, 'site' | 'banks'>> {
  const [sample, ...others] = Object.entries(POLICIES);
  const [code, first] = sample ?? [];
  if (first === undefined || code !== sampleInstitution(8080).code) throw new Error('no sample');
  const site = await openTestBank({ policy: first, founded: FOUNDED });
  const needs = needsOf(site);
  for (const [other, policy] of others) await foundAnother(other, policy, needs);
  const loaded = await loadBanks(needs);
  return { site, banks: new Map(loaded.map((bank) => [bank.code, bank])) };
}

/** Opens the contracts and gives everybody their certificate, the oldest first. */
export async function settle(
  plans: readonly Plan[],
  { site, banks }: Pick<Settled, 'site' | 'banks'>,
): Promise<Settled['town']> {
  const needs = needsOf(site);
  const contracts = new Map(plans.map(({ institution, contract }) => [contract, institution]));
  for (const [contract, institution] of contracts) {
    await openContract({ institution, contract, name: `株式会社${contract}` }, needs);
  }
  const issuedOn = ({ institution, endsOn }: Plan) =>
    endsOn - (POLICIES[institution]?.validityDays ?? 0);
  const town = new Map<string, Member>();
  for (const plan of plans.toSorted((one, other) => issuedOn(one) - issuedOn(other))) {
    site.clock.set(noonOf(issuedOn(plan)));
    const bank = banks.get(plan.institution);
    if (bank === undefined) throw new Error(`no bank ${plan.institution}`);
    town.set(plan.id, memberOf(plan, await firstOf(plan, bank, site)));
  }
  site.clock.set(BEGINS);
  return town;
}

/** What the operations of the year need. */
export function needsOf({ db, clock, secrets, folder, pins }: TestBank) {
  return { db, clock, secrets, keysFolder: folder, pins };
}

/** A certificate of the system as the model keeps it. */
export function heldOf({ certificate }: IssuedCertificate): Held {
  const { sha256, notAfter } = certificate;
  return {
    sha256: Buffer.from(sha256).toString('hex'),
    endsAt: notAfter,
    provedAt: null,
    state: 'issued',
  };
}

async function firstOf(plan: Plan, bank: LoadedBank, site: TestBank): Promise<Held> {
  const { institution, contract, id: user, address: mail, isAdministrator } = plan;
  const identity = { institution, contract, user };
  const role = isAdministrator ? 'administrator' : 'user';
  const needs = needsOf(site);
  await registerPerson({ identity, name: `利用者 ${user}`, role, mail, pin: TEST_PIN }, needs);
  const slot = { identity, slot: 1 };
  const issued = await issueFirstCertificate({ slot, key: makeRequest().csr }, bank, needs);
  const evidence = { kind: 'mutual-tls', certificate: issued.certificate } as const;
  await logIn({ evidence, pin: TEST_PIN }, needs);
  const held = heldOf(issued);
  const planned = endOfTokyoDay(addDays(tokyoDayOf(BEGINS), plan.endsOn));
  if (held.endsAt.getTime() !== planned.getTime()) {
    throw new Error(`the certificate of ${user} ends on another day than planned`);
  }
  return { ...held, state: 'current', provedAt: site.clock.now() };
}

async function foundAnother(
  code: string,
  policy: MailPolicy,
  needs: ReturnType<typeof needsOf>,
): Promise<void> {
  const name = `みほん信用金庫${code}`;
  const institution = {
    ...sampleInstitution(8080),
    code,
    name,
    nameEnglish: `Mihon Shinkin Bank ${code}`,
    publicHost: `mihon${code}.localhost`,
    membersDomain: `login.mihon${code}.localhost`,
    passkeyDomain: `mihon${code}.localhost`,
  };
  await foundInstitution(
    {
      institution,
      policy: { ...DEFAULT_POLICY, ...policy },
      rootName: `${name} ルート認証局`,
      issuingName: `${name} 利用者認証局`,
      equalNames: 'refused',
      checkTogether: () => {}, // no browser comes
    },
    needs,
  );
}
