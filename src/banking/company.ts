// What an administrator may do for the other people of their contract, as a table. Not for themselves: what
// concerns an administrator alone is the bank's. Each operation holds what it changes against the same table.
import { acquisitionOf, isOfferOver, type SlotStanding } from './acquisition.ts';
import type { Person } from './person.ts';
import type { Policy } from './policy.ts';
import { mayRenew } from './renewal.ts';
import { isExpired } from './user-certificate.ts';

/** What can be done for a member of a contract. */
export type MemberAction =
  | 'offer'
  | 'reissue'
  | 'suspend'
  | 'lift'
  | 'revoke'
  | 'unlock'
  | 'reset-pin'
  | 'stop'
  | 'resume'
  | 'confirm-rights'
  | 'add-slot'
  | 'change-mail'
  | 'change-name'
  | 'appoint'
  | 'dismiss';

/** Why a certificate is to be reissued. */
export type ReissueReason = 'lost' | 'new-pc' | 'vanished' | 'theft';

/** A person of a contract with one slot, as it is now. */
export type Member = {
  readonly person: Person;
  readonly slot: SlotStanding;
  /** How many slots the person has. */
  readonly slotCount: number;
  /** Who gave the codes of the reissues since which the person's rights are frozen: user IDs. */
  readonly vouchedBy: readonly string[];
  /** How many others of the contract, who are not stopped, are administrators. */
  readonly otherAdministrators: number;
};

/** The policy in force, and when. */
export type Under = { readonly policy: Policy; readonly now: Date };

/** The same, and by whom it is to be done: a user ID, or two of the bank's staff. */
export type DoneBy = Under & { readonly by: string; readonly isBank?: true };

/** Every action, in the order in which pages offer them. */
export const MEMBER_ACTIONS = [
  'offer',
  'unlock',
  'confirm-rights',
  'lift',
  'resume',
  'reset-pin',
  'reissue',
  'suspend',
  'revoke',
  'add-slot',
  'change-mail',
  'change-name',
  'appoint',
  'dismiss',
  'stop',
] as const satisfies readonly MemberAction[];

/** What is done to what one slot holds; the others are done to the person. */
export const SLOT_ACTIONS: ReadonlySet<MemberAction> = new Set([
  'offer',
  'lift',
  'reissue',
  'suspend',
  'revoke',
]);

/** Revoking or stopping an administrator, and ending that, takes two of the bank's staff. */
const BANK_ONLY: ReadonlySet<MemberAction> = new Set(['revoke', 'stop', 'resume']);

/**
 * Makes an administrator of a user, or a user of one. Whoever could do that alone would have somebody of their own to
 * confirm what takes another administrator, or nobody who looks.
 */
const ROLE_ACTIONS: ReadonlySet<MemberAction> = new Set(['appoint', 'dismiss']);

/** What the bank does for anybody of a contract. */
const BY_BANK_FOR_ALL: ReadonlySet<MemberAction> = new Set(['appoint', 'dismiss', 'change-name']);

/** What takes something that is typed: of the bank's staff, by requests or commands of their own. */
export const TYPED_ACTIONS: ReadonlySet<MemberAction> = new Set(['change-mail', 'change-name']);

/** What the bank can be asked to do for an administrator, with nothing typed. */
export const BANK_ACTIONS: readonly MemberAction[] = MEMBER_ACTIONS.filter(
  (action) => !TYPED_ACTIONS.has(action),
);

const ALLOWED: Readonly<Record<MemberAction, (member: Member, under: DoneBy) => boolean>> = {
  offer: (member, under) => !member.person.isStopped && mayAcquire(member.slot, under),
  reissue: ({ person, slot }, { policy }) =>
    !person.isStopped &&
    holds(slot, 'current', 'suspended') &&
    // The old one would have to be revoked first.
    !(person.role === 'administrator' && policy.revokeFirst),
  suspend: ({ slot }) => holds(slot, 'current', 'issued'),
  lift: ({ slot }) => holds(slot, 'suspended'),
  revoke: ({ slot }) => slot.held.length > 0,
  unlock: ({ person }) => person.isLocked,
  'reset-pin': ({ person }) => !person.isStopped,
  stop: ({ person }) => !person.isStopped,
  resume: ({ person }) => person.isStopped,
  'add-slot': ({ person, slotCount }, { policy }) =>
    !person.isStopped && slotCount < policy.slotsPerUser,
  // Of who is stopped too: who has left is to be mailed no more.
  'change-mail': () => true,
  'change-name': () => true,
  // Whose reissue nobody has confirmed yet is not to confirm others'.
  appoint: ({ person }) => person.role === 'user' && !person.isStopped && !person.isFrozen,
  // Somebody is to be left who can help the others. Who is stopped stays the bank's to let go on.
  dismiss: ({ person, otherAdministrators }) =>
    person.role === 'administrator' && !person.isStopped && otherAdministrators > 0,
  // Bankers' association, 2014: who vouches for a reissue does not also confirm the rights.
  'confirm-rights': ({ person, vouchedBy }, { by }) => person.isFrozen && !vouchedBy.includes(by),
};

/**
 * Whether an administrator may do this for another member of their contract now; or the bank for an administrator,
 * who may have nobody else, or for a user who is to become one.
 */
export function mayDo(action: MemberAction, member: Member, under: DoneBy): boolean {
  if (under.isBank === true) {
    const isAdministrator = member.person.role === 'administrator';
    const isTheirs =
      BY_BANK_FOR_ALL.has(action) || (isAdministrator && BANK_ACTIONS.includes(action));
    return isTheirs && ALLOWED[action](member, under);
  }
  if (ROLE_ACTIONS.has(action)) return false;
  if (member.person.role === 'administrator' && BANK_ONLY.has(action)) return false;
  return ALLOWED[action](member, under);
}

function mayAcquire(slot: SlotStanding, { policy, now }: Under): boolean {
  const kind = acquisitionOf(slot, policy, now);
  return kind !== 'works' && kind !== 'revoke-first';
}

function holds({ held }: SlotStanding, ...states: readonly string[]): boolean {
  return held.some(({ state }) => states.includes(state));
}

/** How a slot stands, as a list shows it. */
export type Standing =
  | 'none'
  | 'offered'
  | 'unproven'
  | 'current'
  | 'ending'
  | 'expired'
  | 'suspended';

/** How a member's slot stands; `offerEndsAt` is the end of its open offer. */
export function standingOf(
  { slot: { held } }: Pick<Member, 'slot'>,
  offerEndsAt: Date | undefined,
  { policy, now }: Under,
): Standing {
  const proved = held.find(({ provedAt }) => provedAt !== null);
  if (proved !== undefined) {
    if (proved.state === 'suspended') return 'suspended';
    if (isExpired(proved, now)) return 'expired';
    return mayRenew(proved, policy, now) ? 'ending' : 'current';
  }
  if (held.length > 0) return 'unproven';
  return offerEndsAt === undefined || isOfferOver(offerEndsAt, now) ? 'none' : 'offered';
}

/** Whether an administrator should look at a member: they cannot log in, or soon will not be able to. */
export function needsAttention(
  { person }: Pick<Member, 'person'>,
  standings: readonly Standing[],
): boolean {
  if (person.isLocked || person.isFrozen) return true;
  if (person.isStopped) return false;
  // A place that was given up waits for nobody, as long as another one serves.
  const isServed = standings.some((one) => one === 'current' || one === 'ending');
  return standings.some((one) => one !== 'current' && !(one === 'none' && isServed));
}
