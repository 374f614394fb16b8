// A bank for tests: real database, real keys, a clock that the test sets. No test itself.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Evidence } from '../../src/banking/evidence.ts';
import type { Identity } from '../../src/banking/identity.ts';
import type { Role } from '../../src/banking/person.ts';
import { DEFAULT_POLICY, type Policy } from '../../src/banking/policy.ts';
import type { Clock } from '../../src/clock.ts';
import { Refusal } from '../../src/errors.ts';
import { createSecrets, type Secrets } from '../../src/keys/secrets.ts';
import type { LoadedBank } from '../../src/operations/bank.ts';
import { foundInstitution } from '../../src/operations/found-institution.ts';
import {
  type IssuedCertificate,
  issueFirstCertificate,
} from '../../src/operations/issue-certificate.ts';
import { loadBanks } from '../../src/operations/load-bank.ts';
import { logIn } from '../../src/operations/log-in.ts';
import { PinHasher } from '../../src/operations/pin-hasher.ts';
import { openContract, registerPerson } from '../../src/operations/register-person.ts';
import type { VerifiedKey } from '../../src/operations/verified-key.ts';
import { SAMPLE_AUTHORITIES, sampleInstitution } from '../../src/sample/institution.ts';
import { makeRequest } from '../../src/sample/request.ts';
import type { Db } from '../../src/store/database.ts';
import type { DatabaseAddress } from '../../src/store/database-address.ts';
import { openTestDatabase } from './test-database.ts';

/** A clock that stands where the test puts it. */
export type SettableClock = Clock & { set: (to: Date | string) => void };

/** PIN of every person of a test bank. */
export const TEST_PIN = 'mihon1234';

const CONTRACT = '00012345678';
const FOUNDED = '2027-01-05T03:00:00Z';

/** A bank with one contract, and how to fill it. */
export type TestBank = AsyncDisposable & {
  readonly bank: LoadedBank;
  readonly db: Db;
  /** The database as the application. */
  readonly address: DatabaseAddress;
  /** The database as the owner of its tables. */
  readonly owner: DatabaseAddress;
  readonly clock: SettableClock;
  readonly pins: PinHasher;
  readonly secrets: Secrets;
  readonly folder: string;
  readonly register: (user: string, role?: Role) => Promise<Identity>;
  /** Registers a person and issues a first certificate, proved by a login. */
  readonly customer: (user: string, key?: VerifiedKey) => Promise<IssuedCertificate>;
  readonly audit: () => Promise<readonly string[]>;
};

/** A clock that stands still until it is set. */
export function settableClock(start: Date | string): SettableClock {
  let now = new Date(start);
  return {
    now: () => now,
    set: (to) => {
      now = new Date(to);
    },
  };
}

/** The code with which something is refused; `done` where it is not. */
export async function codeOf(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
    return 'done';
  } catch (refusal) {
    if (refusal instanceof Refusal) return refusal.code;
    throw refusal;
  }
}

/** Opens a bank in a fresh database; dispose of it at the test's end (`await using`). */
export async function openTestBank(
  choice: {
    readonly policy?: Partial<Policy>;
    readonly founded?: string;
    readonly now?: string;
  } = {},
): Promise<TestBank> {
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'koshin-bank-'));
  opened.defer(() => rm(folder, { recursive: true }));
  const { db, address, owner } = opened.use(await openTestDatabase());
  const founded = choice.founded ?? FOUNDED;
  const clock = settableClock(founded);
  const secrets = await createSecrets(join(folder, 'secret'));
  const pins = opened.use(
    new PinHasher({
      pepper: secrets('pin-pepper'),
      cost: { memory: 64, passes: 1, lanes: 1 },
      threads: 1,
      limit: 50,
      strangersLimit: 50,
    }),
  );
  const needs = { db, clock, secrets, keysFolder: folder, pins };
  const policy = { ...DEFAULT_POLICY, ...choice.policy };
  const institution = sampleInstitution(8080);
  await foundInstitution(
    {
      institution,
      policy,
      ...SAMPLE_AUTHORITIES,
      equalNames: 'refused',
      checkTogether: () => {}, // it is the only one
    },
    needs,
  );
  const [bank] = await loadBanks(needs);
  if (bank === undefined) throw new Error('the bank was not stored');
  await openContract(
    { institution: bank.code, contract: CONTRACT, name: '株式会社さくら商事' },
    needs,
  );
  clock.set(choice.now ?? founded);
  const register = async (user: string, role: Role = 'user'): Promise<Identity> => {
    const identity = { institution: bank.code, contract: CONTRACT, user };
    await registerPerson({ identity, name: '鈴木 太郎', role, pin: TEST_PIN }, needs);
    return identity;
  };
  const customer = async (
    user: string,
    key: VerifiedKey = makeRequest().csr,
  ): Promise<IssuedCertificate> => {
    const slot = { identity: await register(user), slot: 1 };
    const first = await issueFirstCertificate({ slot, key }, bank, needs);
    const { certificate } = first;
    const assertion = { authenticatorData: '', clientDataJson: '', signature: '' };
    const evidence: Evidence =
      certificate.home === 'file'
        ? { kind: 'mutual-tls', certificate }
        : { kind: 'signed-challenge', certificate, assertion };
    await logIn({ evidence, pin: TEST_PIN }, needs);
    return { ...first, certificate: { ...certificate, state: 'current', provedAt: clock.now() } };
  };
  const audit = async (): Promise<readonly string[]> =>
    (await db.selectFrom('audit_entry').select('event').orderBy('entry').execute()).map(
      ({ event }) => event,
    );
  const kept = opened.move();
  return {
    bank,
    db,
    address,
    owner,
    clock,
    pins,
    secrets,
    folder,
    register,
    customer,
    audit,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}
