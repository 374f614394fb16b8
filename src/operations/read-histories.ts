// Everything on record of a contract, and of one of its people, for the bank's staff. Reads only.
import {
  MEMBER_ACTIONS,
  type MemberAction,
  mayDo,
  type Standing,
  standingOf,
} from '../banking/company.ts';
import type { Identity } from '../banking/identity.ts';
import type { MailPlace } from '../banking/mail-address.ts';
import type { Contract, Person } from '../banking/person.ts';
import type { UserCertificate } from '../banking/user-certificate.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import { openAcquisitionsOf } from '../store/acquisitions.ts';
import { findContract, type RecordedContract } from '../store/contracts.ts';
import type { Db } from '../store/database.ts';
import {
  listEntries,
  listNoticesTo,
  listSessions,
  type NumberedEntry,
  type PastNotice,
  type PastSession,
} from '../store/histories.ts';
import { policyAt } from '../store/institutions.ts';
import { findMailPlace } from '../store/mail-addresses.ts';
import { mailsOfPerson, type PastMail } from '../store/mail-desk.ts';
import {
  countOtherAdministrators,
  listCertificates,
  listMembers,
  listSlots,
} from '../store/members.ts';
import { findNames, findPerson } from '../store/persons.ts';
import { authoriseReader } from './authorise-staff.ts';
import type { AuthenticatedUser } from './resume-session.ts';

type Needs = { readonly db: Db; readonly clock: Clock };

/** An entry of the audit log, as the histories show it. */
export type HistoryEntry = NumberedEntry;

/** One person of a contract, in a line. */
export type ContractMember = {
  readonly person: Person;
  readonly lastLoginAt: Date | null;
  readonly standing: Standing;
  readonly certificate: UserCertificate | undefined;
};

/** A contract with its people and what happened. */
export type ContractHistory = {
  readonly contract: RecordedContract;
  readonly members: readonly ContractMember[];
  readonly entries: readonly NumberedEntry[];
  /** Whether the older entries are on another page. */
  readonly hasMore: boolean;
};

/** A person with everything on record of them. */
export type PersonHistory = {
  readonly person: Person;
  /** How the name is read; null where that is not known. */
  readonly kana: string | null;
  readonly contract: Contract;
  readonly slots: readonly PersonSlot[];
  readonly certificates: readonly UserCertificate[];
  readonly sessions: readonly PastSession[];
  readonly notices: readonly PastNotice[];
  readonly mails: readonly PastMail[];
  /** Where they are written to. */
  readonly mail: MailPlace;
  readonly entries: readonly NumberedEntry[];
  readonly hasMore: boolean;
};

/** One place for a certificate, and what two of the bank's staff can do there. */
export type PersonSlot = {
  readonly slot: number;
  readonly standing: Standing;
  readonly offerEndsAt: Date | null;
  readonly actions: readonly MemberAction[];
};

const MOST_ENTRIES = 100;
const MOST_OTHERS = 50;
const MOST_MAILS = 20;

/** Reads it; refuses `not-in-role` and `not-found`. */
export async function readContractHistory(
  asked: {
    readonly user: AuthenticatedUser;
    readonly institution: string;
    readonly contract: string;
    readonly before?: number | undefined;
  },
  { db, clock }: Needs,
): Promise<ContractHistory> {
  const { user, institution } = asked;
  await authoriseReader({ user, action: 'read-history', institution }, db);
  const contract = await findContract(asked, db);
  if (contract === undefined) throw new Refusal('not-found', 'no such contract');
  const now = clock.now();
  const [members, certificates, offers, policy, entries] = await Promise.all([
    listMembers(asked, db),
    listCertificates(asked, db),
    openAcquisitionsOf(asked, db),
    policyAt(institution, now, db),
    listEntries({ institution, contract: asked.contract, before: asked.before, ...PAGE }, db),
  ]);
  const listed = members.map(({ person, lastLoginAt }) => {
    const isTheirs = ({ identity }: { readonly identity: Identity }) =>
      identity.user === person.identity.user;
    const own = certificates.filter(isTheirs);
    const held = own.filter(({ endedAt }) => endedAt === null);
    const slot = { held, hasHadOne: own.some(({ provedAt }) => provedAt !== null) };
    const member = { person, slot, vouchedBy: [] };
    const standing = standingOf(member, offers.find(isTheirs)?.expiresAt, {
      policy,
      now,
    });
    const certificate = held.find(({ provedAt }) => provedAt !== null) ?? held[0];
    return { person, lastLoginAt, standing, certificate };
  });
  return { contract, members: listed, ...pageOf(entries) };
}

/** Reads it; refuses `not-in-role` and `not-found`. */
export async function readPersonHistory(
  asked: {
    readonly user: AuthenticatedUser;
    readonly identity: Identity;
    readonly before?: number | undefined;
  },
  needs: Needs,
): Promise<PersonHistory> {
  const { user, identity, before } = asked;
  const { institution } = identity;
  const { db } = needs;
  await authoriseReader({ user, action: 'read-history', institution }, db);
  const [person, names, contract] = await Promise.all([
    findPerson(identity, db),
    findNames(identity, db),
    findContract(identity, db),
  ]);
  if (person === undefined || contract === undefined) {
    throw new Refusal('not-found', 'the contract has no such user');
  }
  const [all, sessions, notices, mails, mail, entries] = await Promise.all([
    listCertificates(identity, db),
    listSessions(identity, MOST_OTHERS, db),
    listNoticesTo(identity, MOST_OTHERS, db),
    mailsOfPerson(identity, MOST_MAILS, db),
    findMailPlace(identity, db),
    listEntries({ ...identity, before, ...PAGE }, db),
  ]);
  const certificates = all.filter((one) => one.identity.user === identity.user);
  const slots = await slotsOf(person, certificates, needs);
  const others = { sessions, notices, mails, mail };
  const kana = names?.kana ?? null;
  return { person, kana, contract, slots, certificates, ...others, ...pageOf(entries) };
}

const PAGE = { atMost: MOST_ENTRIES + 1 };

function pageOf(entries: readonly NumberedEntry[]) {
  return { entries: entries.slice(0, MOST_ENTRIES), hasMore: entries.length > MOST_ENTRIES };
}

async function slotsOf(
  person: Person,
  certificates: readonly UserCertificate[],
  { db, clock }: Needs,
): Promise<readonly PersonSlot[]> {
  const { identity } = person;
  const now = clock.now();
  const policy = await policyAt(identity.institution, now, db);
  const [slots, offers, otherAdministrators] = await Promise.all([
    listSlots(identity, db),
    openAcquisitionsOf(identity, db),
    countOtherAdministrators(identity, db),
  ]);
  const own = slots.filter((one) => one.identity.user === identity.user);
  return own.map(({ slot }) => {
    const here = certificates.filter((one) => one.slot === slot);
    const held = here.filter(({ endedAt }) => endedAt === null);
    const standing = { held, hasHadOne: here.some(({ provedAt }) => provedAt !== null) };
    const slotCount = own.length;
    const member = { person, slot: standing, slotCount, vouchedBy: [], otherAdministrators };
    const offer = offers.find((one) => one.identity.user === identity.user && one.slot === slot);
    const under = { policy, now, by: '', isBank: true } as const;
    return {
      slot,
      standing: standingOf(member, offer?.expiresAt, under),
      offerEndsAt: offer?.expiresAt ?? null,
      actions: MEMBER_ACTIONS.filter((action) => mayDo(action, member, under)),
    };
  });
}
