// Builds the sample by the system's own operations, on a clock that is set into the past, so that
// its certificates are as real as any. Writes certificate and key of each person as PEM.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Institution } from '../banking/institution.ts';
import { DEFAULT_POLICY, type Policy } from '../banking/policy.ts';
import { STAFF_POLICY } from '../banking/staff.ts';
import { addDays, startOfTokyoDay, tokyoDayOf } from '../banking/tokyo-calendar.ts';
import type { Clock } from '../clock.ts';
import type { Secrets } from '../keys/secrets.ts';
import { appointStaff } from '../operations/appoint-staff.ts';
import type { LoadedBank } from '../operations/bank.ts';
import { foundInstitution } from '../operations/found-institution.ts';
import {
  type IssuedCertificate,
  issueFirstCertificate,
  renewCertificate,
} from '../operations/issue-certificate.ts';
import { loadBanks } from '../operations/load-bank.ts';
import { logIn } from '../operations/log-in.ts';
import type { PinHasher } from '../operations/pin-hasher.ts';
import { publishNotice } from '../operations/publish-notice.ts';
import { openContract, registerPerson } from '../operations/register-person.ts';
import { revokeCertificates, suspendCertificates } from '../operations/withdraw-certificate.ts';
import type { Db } from '../store/database.ts';
import { encodePem } from '../x509/pem.ts';
import {
  SAMPLE_AUTHORITIES,
  SAMPLE_NOTICES,
  SAMPLE_STAFF_AUTHORITIES,
  sampleInstitution,
  sampleStaffHouse,
} from './institution.ts';
import {
  SAMPLE_CONTRACTS,
  SAMPLE_PEOPLE,
  SAMPLE_PIN,
  SAMPLE_STAFF,
  type SamplePerson,
} from './people.ts';
import { makeRequest } from './request.ts';

type Needs = {
  readonly db: Db;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly keysFolder: string;
  readonly pins: PinHasher;
};

const FOUNDED_DAYS_AGO = 500;
const RENEWED_DAYS_AGO = 5;
const HOUR_MS = 60 * 60 * 1000;

/** Builds the whole sample; the PEM files go into the folder. */
export async function buildSample(
  folder: string,
  publicationPort: number,
  needs: Needs,
): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const past = (days: number): Needs => ({ ...needs, clock: daysAgo(days, needs.clock) });
  const founded = past(FOUNDED_DAYS_AGO);
  const institution = sampleInstitution(publicationPort);
  await found({ institution, policy: DEFAULT_POLICY, ...SAMPLE_AUTHORITIES }, founded);
  const staffHouse = sampleStaffHouse(publicationPort);
  const staffed = { institution: staffHouse, policy: STAFF_POLICY, ...SAMPLE_STAFF_AUTHORITIES };
  await found(staffed, founded);
  const banks = await loadBanks(needs);
  const bank = bankOf(institution, banks);
  for (const contract of SAMPLE_CONTRACTS) {
    await openContract({ institution: bank.code, ...contract }, past(FOUNDED_DAYS_AGO));
  }
  for (const { daysAgo: days, ...notice } of SAMPLE_NOTICES) {
    await publishNotice({ institution: bank.code, ...notice }, past(days));
  }
  for (const person of SAMPLE_PEOPLE) await settle(person, bank, { folder, past });
  const house = bankOf(staffHouse, banks);
  for (const { appointed, ...person } of SAMPLE_STAFF) {
    await settle(person, house, { folder, past });
    await appointStaff({ user: person.user, ...appointed }, past(RENEWED_DAYS_AGO));
  }
}

async function found(
  founding: {
    readonly institution: Institution;
    readonly policy: Policy;
    readonly rootName: string;
    readonly issuingName: string;
  },
  needs: Needs,
): Promise<void> {
  // Their hosts are known to be apart.
  await foundInstitution({ ...founding, equalNames: 'refused', checkTogether: () => {} }, needs);
}

function bankOf({ code }: Institution, banks: readonly LoadedBank[]): LoadedBank {
  const bank = banks.find((one) => one.code === code);
  if (bank === undefined) throw new Error('the sample institution was not stored');
  return bank;
}

type Places = { readonly folder: string; readonly past: (days: number) => Needs };

async function settle(person: SamplePerson, bank: LoadedBank, places: Places): Promise<void> {
  const identity = { institution: bank.code, contract: person.contract, user: person.user };
  const then = places.past(DEFAULT_POLICY.validityDays - person.endsInDays);
  const { name, kana, role } = person;
  const mail = `${person.user}@mail.example`;
  await registerPerson({ identity, name, kana, role, mail, pin: SAMPLE_PIN }, then);
  const { privateKey, csr } = makeRequest();
  const slot = { identity, slot: 1 };
  const first = await issueFirstCertificate({ slot, key: csr }, bank, then);
  await prove(first, then);
  const file = join(places.folder, `${person.contract}-${person.user}`);
  await writePem(file, first, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  const withdrawal = { ...slot, by: 'sample' };
  switch (person.fate) {
    case 'in-use':
      return;
    case 'renewed':
      return await renew(first, bank, { file, needs: places.past(RENEWED_DAYS_AGO) });
    case 'revoked':
      return await revokeCertificates(withdrawal, places.past(RENEWED_DAYS_AGO));
    case 'suspended':
      return await suspendCertificates(withdrawal, places.past(RENEWED_DAYS_AGO));
  }
}

async function renew(
  first: IssuedCertificate,
  bank: LoadedBank,
  there: { readonly file: string; readonly needs: Needs },
): Promise<void> {
  const { privateKey, csr } = makeRequest();
  const successor = await renewCertificate(
    {
      current: { ...first.certificate, state: 'current' },
      policy: DEFAULT_POLICY,
      waiting: undefined,
      key: csr,
      unproven: 'keep',
      touch: null,
    },
    bank,
    there.needs,
  );
  await prove(successor, there.needs);
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  await writePem(`${there.file}-new`, successor, pem);
}

async function prove({ certificate }: IssuedCertificate, needs: Needs): Promise<void> {
  await logIn({ evidence: { kind: 'mutual-tls', certificate }, pin: SAMPLE_PIN }, needs);
}

async function writePem(file: string, issued: IssuedCertificate, keyPem: string): Promise<void> {
  const text = `${encodePem(issued.der, 'CERTIFICATE')}${keyPem}`;
  await writeFile(`${file}.pem`, text, { mode: 0o600 });
}

function daysAgo(days: number, clock: Clock): Clock {
  const noon = startOfTokyoDay(addDays(tokyoDayOf(clock.now()), -days)).getTime() + 12 * HOUR_MS;
  return { now: () => new Date(noon) };
}
