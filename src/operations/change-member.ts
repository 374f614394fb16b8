// Something an administrator does for another member of their contract, or the bank for an administrator: what holds for each such change.
// What is changed is the caller's, and runs inside the transaction that checked it.
import type { AuditEntry } from '../audit/entry.ts';
import type { CodeWay } from '../banking/acquisition.ts';
import { type Member, type MemberAction, mayDo } from '../banking/company.ts';
import { type Identity, parseIdentity } from '../banking/identity.ts';
import type { Person } from '../banking/person.ts';
import type { Policy } from '../banking/policy.ts';
import type { ToldEvent } from '../banking/told.ts';
import type { UserCertificate } from '../banking/user-certificate.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import { vouchersOf } from '../store/acquisitions.ts';
import { appendAudit } from '../store/audit-log.ts';
import { lockSlot, type Slot } from '../store/certificates.ts';
import { lockContract } from '../store/contracts.ts';
import { type Db, inTransaction, type Tx } from '../store/database.ts';
import {
  countOtherAdministrators,
  hasHadCertificate,
  lockPerson,
  slotsOf,
} from '../store/members.ts';
import { findPerson } from '../store/persons.ts';
import {
  type Actor,
  checkIsNamed,
  contractOf,
  isOrder,
  nameOf,
  recordedOf,
  toldBy,
} from './actor.ts';
import { type Administrator, checkAdministrator, checkIsOther } from './administrator.ts';
import { checkIsStillOpen } from './check-still-open.ts';
import { type Happened, tellCompany } from './tell-company.ts';

/** Who does what for whom. */
export type Asked = {
  readonly by: Actor;
  /** User ID of the other member. */
  readonly user: string;
  readonly slot: number;
  /** What the form carried, so that it does the same when it is sent twice. */
  readonly once?: string;
  /** How a code gets to the member; shown where nothing else is said. */
  readonly way?: CodeWay;
};

/** A member as this transaction has locked them, and under what the change is made. */
export type Changing = {
  readonly person: Person;
  readonly slot: Slot;
  readonly held: readonly UserCertificate[];
  readonly hasHadOne: boolean;
  /** The numbers of the person's slots. */
  readonly slots: readonly number[];
  /** Who is recorded. */
  readonly by: string;
  /** Two of the bank's staff act, who may revoke an administrator's certificates. */
  readonly byBank?: true;
  readonly policy: Policy;
  readonly now: Date;
};

/** What came of a change: what to record, and what the company is told of it; null where all was so already. */
export type Changed<T> = {
  readonly entries: readonly AuditEntry[];
  readonly told: ToldEvent | null;
  readonly answer: T;
  /** How it is told, where that is special to the change. */
  readonly telling?: Partial<Pick<Happened, 'about' | 'formerAddress' | 'member'>>;
};

/** Needs of every change. */
export type ChangeNeeds = { readonly db: Db; readonly clock: Clock };

/**
 * Makes a change in one transaction with its audit entries and notices. Refuses `not-permitted` (oneself, or
 * nobody of the contract) and `not-for-member` (not for this member now).
 */
export async function changeMember<T>(
  action: MemberAction,
  asked: Asked,
  needs: ChangeNeeds & {
    readonly work: (changing: Changing, tx: Tx) => Promise<Changed<T>>;
    /** What came of it when this very form was sent before; undefined where it was not. */
    readonly repeated?: (changing: Changing, tx: Tx) => Promise<T | undefined>;
  },
): Promise<T> {
  const identity = memberOf(asked);
  const { policy } = asked.by;
  const byBank = isOrder(asked.by);
  const now = needs.clock.now();
  return await inTransaction(needs.db, async (tx) => {
    const slot = { identity, slot: asked.slot };
    const by = nameOf(asked.by);
    // Of two who change what administrators there are, the second sees what the first did.
    if (byBank) await lockContract(identity, tx);
    const { slots, ...member } = await lockMember(slot, tx);
    await checkMayStillAct(asked.by, tx);
    const { person } = member;
    const bank = byBank ? { byBank } : {};
    const changing = { person, slot, ...member.slot, slots, by, ...bank, policy, now };
    const before = await needs.repeated?.(changing, tx);
    if (before !== undefined) return before;
    if (!mayDo(action, member, { policy, now, by, ...(byBank && { isBank: true }) })) {
      throw new Refusal('not-for-member', `not for this member now: ${action}`);
    }
    const { entries, told, answer, telling } = await needs.work(changing, tx);
    if (told === null) return answer;
    await appendAudit(recordedOf(entries, asked.by), tx);
    await tellCompany({ event: told, member: person, ...toldBy(asked.by), ...telling, now }, tx);
    return answer;
  });
}

/** The audit entry of a change that concerns the person and not a certificate. */
export function personEntry(
  event: AuditEntry['event'],
  { person, by, now }: Pick<Changing, 'person' | 'by' | 'now'>,
  detail: AuditEntry['detail'] = {},
): AuditEntry {
  const { identity } = person;
  return {
    institution: identity.institution,
    at: now,
    event,
    person: identity,
    detail: { by, ...detail },
  };
}

/** Another member of the actor's contract; refuses (`not-permitted`) themselves, and whom an order does not name. */
export function memberOf({ by, user }: Pick<Asked, 'by' | 'user'>): Identity {
  if (isOrder(by)) checkIsNamed(by, user);
  else checkIsOther(by, user);
  const { institution, contract } = contractOf(by);
  return parseIdentity({ institution, contract, user });
}

/**
 * Refuses an administrator whose session has ended, or who may manage nobody any more. Of an order both has been
 * asked in this transaction, in which it was approved.
 */
export async function checkMayStillAct(by: Actor, tx: Tx): Promise<void> {
  if (!isOrder(by)) await checkAdministratorStill(by, tx);
}

async function checkAdministratorStill(by: Administrator, tx: Tx): Promise<void> {
  await checkIsStillOpen(by.session, tx);
  const person = await findPerson(by.person.identity, tx);
  if (person === undefined) throw new Error('a session names a person who is not recorded');
  checkAdministrator({ ...by, person });
}

/** The person first, then the slot: the order in which a login locks them too. */
async function lockMember(
  slot: Slot,
  tx: Tx,
): Promise<Member & { readonly slots: readonly number[] }> {
  const person = await lockPerson(slot.identity, tx);
  const otherAdministrators = await countOtherAdministrators(slot.identity, tx);
  const slots = await slotsOf(slot.identity, tx);
  if (person === undefined || !slots.includes(slot.slot)) {
    // Not as a page that is not there: who tries it is known to us, and it goes on record.
    throw new Refusal('not-permitted', 'the contract has no such user, or the user no such slot');
  }
  const held = await lockSlot(slot, tx);
  const vouchers = person.isFrozen ? await vouchersOf(slot.identity, tx) : null;
  const vouchedBy = vouchers?.get(slot.identity.user) ?? [];
  const hasHadOne = await hasHadCertificate(slot, tx);
  const counted = { slotCount: slots.length, slots, vouchedBy, otherAdministrators };
  return { person, slot: { held, hasHadOne }, ...counted };
}
