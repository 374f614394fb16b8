// The people of an administrator's contract with what each holds and what can be done for them. Reads only.
import { type AcquisitionKind, acquisitionOf, type Hindrance } from '../banking/acquisition.ts';
import {
  MEMBER_ACTIONS,
  type MemberAction,
  mayDo,
  type Standing,
  standingOf,
} from '../banking/company.ts';
import type { MailPlace } from '../banking/mail-address.ts';
import type { Person } from '../banking/person.ts';
import type { UserCertificate } from '../banking/user-certificate.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import { type Acquisition, openAcquisitionsOf, vouchersOf } from '../store/acquisitions.ts';
import type { Db } from '../store/database.ts';
import { type MailStateSince, mailStates } from '../store/mail-desk.ts';
import { listCertificates, listMembers, listSlots } from '../store/members.ts';
import type { Administrator } from './administrator.ts';
import { aboutOffer } from './mailed-code.ts';

export type { MailStateSince };

/** One slot of a member. */
export type ListedSlot = {
  readonly slot: number;
  readonly standing: Standing;
  /** The certificate in use there, or the one that waits for its proof. */
  readonly certificate: UserCertificate | undefined;
  readonly offer: Acquisition | undefined;
  /** How the mail with the code of that offer stands; undefined where it was not mailed. */
  readonly codeMail: MailStateSince | undefined;
  readonly actions: readonly MemberAction[];
  /** As what a certificate would be acquired there now, or why none is. */
  readonly acquisition: AcquisitionKind | Hindrance;
};

/** A member as administrators see them. */
export type ListedMember = {
  readonly person: Person;
  /** How the name is read; null where that is not known. */
  readonly kana: string | null;
  readonly lastLoginAt: Date | null;
  readonly mail: MailPlace;
  readonly isSelf: boolean;
  readonly slots: readonly ListedSlot[];
};

type Needs = { readonly db: Db; readonly clock: Clock };

/** Everybody of the contract, by user ID. */
export async function listCompany(
  by: Administrator,
  needs: Needs,
): Promise<readonly ListedMember[]> {
  const { identity } = by.person;
  const now = needs.clock.now();
  const [members, slots, certificates, offers, vouchers] = await Promise.all([
    listMembers(identity, needs.db),
    listSlots(identity, needs.db),
    listCertificates(identity, needs.db),
    openAcquisitionsOf(identity, needs.db),
    vouchersOf(identity, needs.db),
  ]);
  const about = offers.map(({ id }) => aboutOffer(id));
  const mails = await mailStates(identity, about, needs.db);
  return members.map(({ person, kana, lastLoginAt, mail }) => {
    const { user } = person.identity;
    const isSelf = user === identity.user;
    const vouchedBy = vouchers.get(user) ?? [];
    const otherAdministrators = members.filter(
      ({ person: { role, isStopped, identity: one } }) =>
        role === 'administrator' && !isStopped && one.user !== user,
    ).length;
    const own = slots.filter((one) => one.identity.user === user);
    const listed = own.map(({ slot }) => {
      const isHere = (one: UserCertificate | Acquisition) =>
        one.identity.user === user && one.slot === slot;
      const here = certificates.filter(isHere);
      const held = here.filter(({ endedAt }) => endedAt === null);
      const hasHadOne = here.some(({ provedAt }) => provedAt !== null);
      const offer = offers.find(isHere);
      const counted = { slotCount: own.length, vouchedBy, otherAdministrators };
      const member = { person, slot: { held, hasHadOne }, ...counted };
      const under = { policy: by.policy, now, by: identity.user };
      return {
        slot,
        standing: standingOf(member, offer?.expiresAt, under),
        certificate: held.find(({ provedAt }) => provedAt !== null) ?? held[0],
        offer,
        codeMail: offer && mails.get(aboutOffer(offer.id)),
        acquisition: acquisitionOf(member.slot, by.policy, now),
        actions: isSelf ? [] : MEMBER_ACTIONS.filter((action) => mayDo(action, member, under)),
      };
    });
    return { person, kana, lastLoginAt, mail, isSelf, slots: listed };
  });
}

/** One member of the contract; refuses (`not-found`) an ID that nobody of it has. */
export async function findListed(
  by: Administrator,
  user: string,
  needs: Needs,
): Promise<ListedMember> {
  const listed = (await listCompany(by, needs)).find(({ person }) => person.identity.user === user);
  if (listed === undefined) throw new Refusal('not-found', 'the contract has no such user');
  return listed;
}
