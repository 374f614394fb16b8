// What people do in the year, by the operations of the system, and what comes of it in the model: a deed that is
// refused changes neither. Not what is mailed of it.
import type { MemberAction } from '../../src/banking/company.ts';
import type { UserCertificate } from '../../src/banking/user-certificate.ts';
import { Refusal } from '../../src/errors.ts';
import { type Administrator, checkAdministrator } from '../../src/operations/administrator.ts';
import { doForMember } from '../../src/operations/do-for-member.ts';
import { renewCertificate } from '../../src/operations/issue-certificate.ts';
import { logIn } from '../../src/operations/log-in.ts';
import { type AuthenticatedUser, resumeSession } from '../../src/operations/resume-session.ts';
import { withdrawOwnCertificate } from '../../src/operations/withdraw-own-certificate.ts';
import { makeRequest } from '../../src/sample/request.ts';
import { findCertificate } from '../../src/store/certificates.ts';
import { policyAt } from '../../src/store/institutions.ts';
import { companyNeeds } from '../../test/system/company-people.ts';
import { TEST_PIN } from '../../test/system/test-bank.ts';
import type { Expectations } from './expected.ts';
import type { DeedKind } from './plan.ts';
import type { PostOffice } from './post-office.ts';
import { heldOf, needsOf, type Settled } from './settle.ts';
import { administratorsOf, type Held, type Member, waitingOf, worksAt } from './town.ts';

/** What deeds are done to. */
export type World = Settled & {
  readonly expectations: Expectations;
  readonly office: PostOffice;
  /** Called when somebody's certificate has been proved: another life begins. */
  readonly onProved: (member: Member, held: Held) => void;
};

const HOUR_MS = 60 * 60 * 1000;
const WRONG_PIN = 'wrong1234';
const INQUIRY = '00000000';

/** Does it; false where it is refused, or there is nothing that it could be done to. */
export async function doDeed(kind: DeedKind, member: Member, world: World): Promise<boolean> {
  try {
    return await DOES[kind](member, world);
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

type Do = (member: Member, world: World) => Promise<boolean>;

const DOES: Readonly<Record<DeedKind, Do>> = {
  renew: async (member, world) => await renew('keep', member, world),
  'renew-again': async (member, world) => await renew('replace', member, world),
  prove,
  suspend: async (member, world) =>
    await byAdministrator('suspend', member, world, () => withdraw(member, 'suspended')),
  lift: async (member, world) => await byAdministrator('lift', member, world, () => lift(member)),
  revoke: async (member, world) =>
    await byAdministrator('revoke', member, world, () => withdraw(member, 'revoked')),
  stop: async (member, world) =>
    await byAdministrator('stop', member, world, () => {
      member.isStopped = true;
    }),
  resume: async (member, world) =>
    await byAdministrator('resume', member, world, () => {
      member.isStopped = false;
    }),
  unlock: async (member, world) => await byAdministrator('unlock', member, world, () => {}),
  'suspend-own': async (member, world) => await withdrawOwn('suspend', member, world),
  'revoke-own': async (member, world) => await withdrawOwn('revoke', member, world),
  lock,
  'new-address': async (member, world) => {
    const hour = Math.floor(world.site.clock.now().getTime() / HOUR_MS);
    return await enter(`${member.id}+${hour}@mail.example`, member, world);
  },
  'no-address': async (member, world) => await enter(null, member, world),
  'mailbox-gone': async ({ address }, { office }) =>
    await atTheServer(address, (mailbox) => office.gone.add(mailbox)),
  'mailbox-full': async ({ address }, { office }) =>
    await atTheServer(address, (mailbox) => office.full.add(mailbox)),
  'mailbox-emptied': async ({ address }, { office }) =>
    await atTheServer(address, (mailbox) => office.full.delete(mailbox)),
};

async function atTheServer(
  address: string | null,
  change: (mailbox: string) => void,
): Promise<boolean> {
  if (address !== null) change(address);
  return await Promise.resolve(address !== null);
}

async function renew(unproven: 'keep' | 'replace', member: Member, world: World): Promise<boolean> {
  const { site, banks, expectations } = world;
  const bank = banks.get(member.institution);
  const works = worksAt(member, site.clock.now());
  const waiting = waitingOf(member);
  if (works === undefined || bank === undefined) return false;
  if ((unproven === 'replace') !== (waiting !== undefined)) return false;
  if (member.isStopped) return false;
  const current = await recorded(works, member, world);
  const policy = await policyAt(member.institution, site.clock.now(), site.db);
  const issued = await renewCertificate(
    {
      current,
      policy,
      waiting: waiting && Buffer.from(waiting.sha256, 'hex'),
      key: makeRequest().csr,
      unproven,
      touch: null,
    },
    bank,
    needsOf(site),
  );
  const held = heldOf(issued);
  member.certificates.push(held);
  expectations.renewed('issued', member, held);
  if (waiting === undefined) return true;
  waiting.state = 'replaced';
  expectations.renewed('replaced', member, waiting);
  return true;
}

async function prove(member: Member, world: World): Promise<boolean> {
  const { site, expectations } = world;
  const waiting = waitingOf(member);
  if (waiting === undefined) return false;
  const certificate = await recorded(waiting, member, world);
  await logIn({ evidence: { kind: 'mutual-tls', certificate }, pin: TEST_PIN }, needsOf(site));
  for (const one of member.certificates) {
    if (one.state === 'current') one.state = 'superseded';
  }
  waiting.state = 'current';
  waiting.provedAt = site.clock.now();
  expectations.renewed('proved', member, waiting);
  world.onProved(member, waiting);
  return true;
}

async function byAdministrator(
  action: MemberAction,
  member: Member,
  world: World,
  after: () => void,
): Promise<boolean> {
  const { site, town, expectations } = world;
  for (const one of administratorsOf(member, town, [member.id])) {
    const by = await administrator(one, world);
    if (by === undefined) continue;
    const asked = { by, user: member.id, slot: 1, reissue: null };
    await doForMember(action, asked, companyNeeds(site));
    after();
    expectations.told(TOLD[action] ?? action, member, one.id, site.clock.now());
    return true;
  }
  return false;
}

const TOLD: Readonly<Partial<Record<MemberAction, string>>> = {
  suspend: 'suspended',
  lift: 'lifted',
  revoke: 'revoked',
  unlock: 'unlocked',
  stop: 'stopped',
  resume: 'resumed',
};

async function withdrawOwn(
  kind: 'suspend' | 'revoke',
  member: Member,
  world: World,
): Promise<boolean> {
  const { site, expectations } = world;
  const user = await session(member, world);
  if (user === undefined) return false;
  await withdrawOwnCertificate(user, { kind, pin: TEST_PIN, inquiry: INQUIRY }, needsOf(site));
  const state = kind === 'suspend' ? 'suspended' : 'revoked';
  withdraw(member, state);
  expectations.told(state, member, member.id, site.clock.now());
  return true;
}

/** Types a wrong PIN until it is locked. */
async function lock(member: Member, world: World): Promise<boolean> {
  const { site, expectations } = world;
  const works = worksAt(member, site.clock.now());
  if (works === undefined || member.isStopped) return false;
  const certificate = await recorded(works, member, world);
  const { pinErrorLimit } = await policyAt(member.institution, site.clock.now(), site.db);
  const evidence = { kind: 'mutual-tls', certificate } as const;
  for (let error = 1; error <= pinErrorLimit; error++) {
    const code = await refusalOf(logIn({ evidence, pin: WRONG_PIN }, needsOf(site)));
    if (code === 'pin-locked' && error === 1) return false;
    if (code !== (error < pinErrorLimit ? 'wrong-pin' : 'pin-locked')) throw new Error(code);
  }
  expectations.told('locked', member, null, site.clock.now());
  return true;
}

async function enter(address: string | null, member: Member, { site }: World): Promise<boolean> {
  await site.db
    .updateTable('person')
    .set({ mail_address: address, mail_bounced_at: null })
    .where('institution', '=', member.institution)
    .where('contract', '=', member.contract)
    .where('user_id', '=', member.id)
    .execute();
  member.address = address;
  member.hasBounced = false;
  return true;
}

function withdraw({ certificates }: Member, state: 'suspended' | 'revoked'): void {
  for (const one of certificates) {
    const isHeld = ['issued', 'current', 'suspended'].includes(one.state);
    if (isHeld) one.state = state;
  }
}

function lift({ certificates }: Member): void {
  for (const one of certificates) {
    if (one.state === 'suspended') one.state = one.provedAt === null ? 'issued' : 'current';
  }
}

async function administrator(member: Member, world: World): Promise<Administrator | undefined> {
  const user = await session(member, world);
  return user && checkAdministrator(user);
}

/** Logs somebody in with what they have; undefined where nothing of it works. */
async function session(member: Member, world: World): Promise<AuthenticatedUser | undefined> {
  const { site, banks } = world;
  const works = worksAt(member, site.clock.now());
  const bank = banks.get(member.institution);
  if (works === undefined || bank === undefined || member.isStopped) return undefined;
  const certificate = await recorded(works, member, world);
  const evidence = { kind: 'mutual-tls', certificate } as const;
  const needs = needsOf(site);
  const opened = await logIn({ evidence, pin: TEST_PIN }, needs).catch((error: unknown) => {
    // Their PIN is locked.
    if (error instanceof Refusal) return undefined;
    throw error;
  });
  if (opened === undefined) return undefined;
  const leaf = await derOf(works, member, world);
  return await resumeSession({ leaf, inquiry: INQUIRY, token: opened.token }, bank, needs);
}

async function recorded(held: Held, member: Member, { site }: World): Promise<UserCertificate> {
  const sha256 = Buffer.from(held.sha256, 'hex');
  const found = await findCertificate(member.institution, sha256, site.db);
  if (found?.state !== held.state) {
    throw new Error(`${member.id}: ${held.sha256} is ${found?.state}, not ${held.state}`);
  }
  return found;
}

async function derOf(held: Held, { institution }: Member, { site }: World): Promise<Uint8Array> {
  const { der } = await site.db
    .selectFrom('certificate')
    .select('der')
    .where('institution', '=', institution)
    .where('sha256', '=', Buffer.from(held.sha256, 'hex'))
    .executeTakeFirstOrThrow();
  return der;
}

async function refusalOf(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
    return 'done';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}
