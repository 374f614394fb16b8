// Who changes something for a member of a contract: an administrator of it, or two of the bank's staff by an order
// that one asked for and the other approved. One type, so that each change is written once.
import type { AuditEntry } from '../audit/entry.ts';
import type { Identity } from '../banking/identity.ts';
import { concernedBy, type Order } from '../banking/order.ts';
import type { Policy } from '../banking/policy.ts';
import { Refusal } from '../errors.ts';
import type { SessionRecord } from '../store/sessions.ts';
import type { Administrator } from './administrator.ts';
import type { AuthorisedStaff } from './authorise-staff.ts';
import { withTouch } from './freshness.ts';

/** An order in the transaction of its approval; only `approveOrder` makes one. */
export type ApprovedOrder = {
  readonly order: Order;
  readonly approvedBy: AuthorisedStaff;
  /** Of the institution, as it is now. */
  readonly policy: Policy;
  readonly __approvedOrder: true;
};

/** Either of the two. */
export type Actor = Administrator | ApprovedOrder;

/** Whether it is the bank that acts. */
export function isOrder(actor: Actor): actor is ApprovedOrder {
  return 'order' in actor;
}

/** The contract in which an actor may act, and its name where that is known. */
export function contractOf(actor: Actor): {
  readonly institution: string;
  readonly contract: string;
  readonly contractName: string;
} {
  if (!isOrder(actor)) {
    const { identity, contractName } = actor.person;
    return { institution: identity.institution, contract: identity.contract, contractName };
  }
  const { content } = actor.order;
  const contract = concernedBy(content)?.contract;
  if (contract === undefined)
    throw new Error(`an order of the kind ${content.kind} has no contract`);
  const contractName = content.kind === 'open-contract' ? content.name : '';
  return { institution: content.institution, contract, contractName };
}

/** The person who is there, and whose places in queues it takes. */
export function identityOf(actor: Actor): Identity {
  return isOrder(actor) ? actor.approvedBy.user.person.identity : actor.person.identity;
}

/** The session in which it is done; of an order, the approver's. */
export function sessionOf(actor: Actor): SessionRecord {
  return isOrder(actor) ? actor.approvedBy.user.session : actor.session;
}

/** Who is recorded: a user ID of the contract, or the staff member who approved, which no user ID looks like. */
export function nameOf(actor: Actor): string {
  return isOrder(actor) ? `staff:${staffId(actor)}` : actor.person.identity.user;
}

/** The user ID that is told to the contract; staff are not named to customers. */
export function toldBy(actor: Actor): { readonly by: string | null; readonly byBank?: true } {
  return isOrder(actor) ? { by: null, byBank: true } : { by: actor.person.identity.user };
}

/** The entries of what an actor did, with what they signed for it; of an order, with its number. */
export function recordedOf(entries: readonly AuditEntry[], actor: Actor): readonly AuditEntry[] {
  const session = sessionOf(actor);
  if (!isOrder(actor)) return withTouch(entries, session);
  const { order } = actor;
  const named = entries.map((one) => ({ ...one, detail: { ...one.detail, order: order.id } }));
  return withTouch(named, session);
}

/** Refuses (`not-permitted`) an order that is for another user than the one it names. */
export function checkIsNamed({ order }: ApprovedOrder, user: string): void {
  if (concernedBy(order.content)?.user === user) return;
  throw new Refusal('not-permitted', 'the order names another user');
}

function staffId({ approvedBy }: ApprovedOrder): string {
  return approvedBy.user.person.identity.user;
}
