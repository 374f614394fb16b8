// People whose certificates may be renewed today, made by the system's own operations, and the
// folders from which the load generator takes their certificates, headers and requests.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_POLICY } from '../../src/banking/policy.ts';
import type { UserCertificate } from '../../src/banking/user-certificate.ts';
import { type Clock, systemClock } from '../../src/clock.ts';
import { makeFormToken } from '../../src/http/form-token.ts';
import { issueFirstCertificate } from '../../src/operations/issue-certificate.ts';
import {
  type OpenedSession,
  openSession,
  sessionTokenHash,
} from '../../src/operations/open-session.ts';
import { openContract, registerPerson } from '../../src/operations/register-person.ts';
import { makeRequest } from '../../src/sample/request.ts';
import { inTransaction } from '../../src/store/database.ts';
import { encodePem } from '../../src/x509/pem.ts';
import { inParallel } from './in-parallel.ts';
import type { MeasuredKoshin } from './koshin.ts';
import type { PreparedRequest } from './prepared-request.ts';

/** A person with a current certificate and its key. */
export type Person = {
  readonly certificate: UserCertificate;
  readonly certificatePem: string;
  readonly keyPem: string;
};

/** What the load generator reads: a certificate and headers for each person, and the bodies. */
export type LoadFolders = {
  readonly certs: string;
  readonly headers: string;
  readonly bodies: string;
};

const PIN = 'mihon1234';
const USERS_A_CONTRACT = 90;
const AT_ONCE = 16;
const DAY_MS = 24 * 60 * 60 * 1000;
const ENDS_IN_DAYS = 20;

/** Makes so many people, 90 of each contract, with proved certificates that end in 20 days. */
export async function makePeople(count: number, koshin: MeasuredKoshin): Promise<Person[]> {
  const { bank, house } = koshin;
  const then = daysAgo(DEFAULT_POLICY.validityDays - ENDS_IN_DAYS);
  const needs = { ...house, clock: then };
  const contracts = Array.from({ length: Math.ceil(count / USERS_A_CONTRACT) }, (_, i) => ({
    institution: bank.code,
    contract: String(i).padStart(11, '0'),
  }));
  for (const contract of contracts) {
    await openContract({ ...contract, name: '株式会社さくら商事' }, needs);
  }
  const places = Array.from({ length: count }, (_, i) => i);
  return await inParallel(places, AT_ONCE, async (place) => {
    const contract = contracts[Math.floor(place / USERS_A_CONTRACT)];
    if (contract === undefined) throw new Error('a person without a contract');
    const user = `user${String(place).padStart(5, '0')}`;
    const identity = { ...contract, user };
    await registerPerson({ identity, name: '鈴木 太郎', role: 'user', pin: PIN }, needs);
    const { privateKey, csr } = makeRequest();
    const slot = { identity, slot: 1 };
    const issued = await issueFirstCertificate({ slot, key: csr }, bank, needs);
    const { certificate } = issued;
    await openSessionAt(then.now(), certificate, koshin);
    return {
      certificate: { ...certificate, state: 'current' as const, provedAt: then.now() },
      certificatePem: encodePem(issued.der, 'CERTIFICATE'),
      keyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    };
  });
}

/** Opens a session for each person, as a login just before the renewal does, and writes the folders. */
export async function writeFolders(
  name: string,
  load: { readonly people: readonly Person[]; readonly requests: readonly PreparedRequest[] },
  koshin: MeasuredKoshin,
): Promise<LoadFolders> {
  const [certs, headers, bodies] = ['certs', 'headers', 'bodies'].map((kind) =>
    join(koshin.folder, 'load', name, kind),
  ) as [string, string, string];
  for (const folder of [certs, headers, bodies]) await mkdir(folder, { recursive: true });
  await inParallel(load.people, AT_ONCE, async (person) => {
    const { user } = person.certificate.identity;
    await writeFile(join(certs, `${user}.crt`), person.certificatePem);
    await writeFile(join(certs, `${user}.key`), person.keyPem);
    await writeFile(join(headers, `${user}.txt`), await sessionHeaders(person, koshin));
  });
  const isEachOnes = load.people.length === load.requests.length;
  await inParallel([...load.requests.entries()], AT_ONCE, async ([i, { body }]) => {
    const user = isEachOnes ? load.people[i]?.certificate.identity.user : undefined;
    await writeFile(join(bodies, `${user ?? String(i).padStart(6, '0')}.form`), body);
  });
  return { certs, headers, bodies };
}

/** The header lines with which the page's script sends a renewal. */
async function sessionHeaders(person: Person, koshin: MeasuredKoshin): Promise<string> {
  const { house, origin } = koshin;
  const { token } = await openSessionAt(systemClock.now(), person.certificate, koshin);
  const session = Buffer.from(sessionTokenHash(token)).toString('hex');
  const binding = { key: house.secrets('form-tokens'), boundTo: ['session', session] };
  return [
    `Cookie: __Host-session=${token}`,
    `Origin: ${origin}`,
    `Form-Token: ${makeFormToken(binding, systemClock.now())}`,
    'Accept: application/json',
    '',
  ].join('\n');
}

/** What a login does once the PIN was right; the first one proves the certificate. */
async function openSessionAt(
  now: Date,
  certificate: UserCertificate,
  { house }: MeasuredKoshin,
): Promise<OpenedSession> {
  const evidence = { kind: 'mutual-tls', certificate } as const;
  const opening = { policy: DEFAULT_POLICY, now, by: 'pin' } as const;
  return await inTransaction(house.db, (tx) => openSession(evidence, opening, tx));
}

function daysAgo(days: number): Clock {
  const then = new Date(systemClock.now().getTime() - days * DAY_MS);
  return { now: () => then };
}
