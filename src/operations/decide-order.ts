// Another of the bank's staff approves or rejects what was asked for, or who asked takes it back. An approval does
// what the order says in the transaction of the decision: both are, or neither is.
import type { AuditEvent } from '../audit/entry.ts';
import { isOrderId, type Order, stateOf } from '../banking/order.ts';
import type { ConsoleAction } from '../banking/staff-actions.ts';
import { Refusal } from '../errors.ts';
import { appendAudit } from '../store/audit-log.ts';
import { inTransaction, type Tx } from '../store/database.ts';
import { policyAt } from '../store/institutions.ts';
import { decideOrder, lockOrder, type OrderKey } from '../store/orders.ts';
import type { ApprovedOrder } from './actor.ts';
import { type AuthorisedStaff, authoriseStaff } from './authorise-staff.ts';
import { checkOrderFits } from './check-order.ts';
import { type DoNeeds, doOrder, type HandedOver } from './do-order.ts';
import { withTouch } from './freshness.ts';
import { orderEntry, parseReason } from './request-order.ts';
import type { AuthenticatedUser } from './resume-session.ts';

/** Who decides about which order. */
export type Decision = { readonly user: AuthenticatedUser; readonly key: OrderKey };

type Ended = { readonly state: 'done' | 'rejected' | 'withdrawn'; readonly why: string | null };

const EVENTS = {
  done: 'order-approved',
  rejected: 'order-rejected',
  withdrawn: 'order-withdrawn',
} as const satisfies Record<Ended['state'], AuditEvent>;

/**
 * Approves and does it; what is to be handed over is told once. `seen` is the SHA-256, in hexadecimal, of the
 * content that the page showed. Refuses `not-in-role`, `own-order`, `order-over`, `order-changed`, and what the
 * operation refuses that does it.
 */
export async function approveOrder(
  decision: Decision & { readonly seen: string },
  needs: DoNeeds,
): Promise<HandedOver | undefined> {
  const now = needs.clock.now();
  return await inTransaction(needs.db, async (tx) => {
    const { order, staff } = await checkMayDecide(decision, now, tx);
    if (decision.seen !== Buffer.from(order.sha256).toString('hex')) {
      throw new Refusal('order-changed', 'the page showed another content');
    }
    await checkStillFits(order, now, tx);
    await end(order, staff, { state: 'done', why: null }, now, tx);
    const policy = await policyAt(order.content.institution, now, tx);
    const approved = { order, approvedBy: staff, policy } as ApprovedOrder;
    return await doOrder(approved, { ...needs, db: tx });
  });
}

/** Rejects it, with a reason. Refuses as `approveOrder` does. */
export async function rejectOrder(
  decision: Decision & { readonly why: string },
  needs: Pick<DoNeeds, 'db' | 'clock'>,
): Promise<void> {
  const why = parseReason(decision.why);
  const now = needs.clock.now();
  await inTransaction(needs.db, async (tx) => {
    const { order, staff } = await checkMayDecide(decision, now, tx);
    await end(order, staff, { state: 'rejected', why }, now, tx);
  });
}

/** Takes back what one has asked for oneself. Refuses `not-permitted` to others. */
export async function withdrawOrder(
  decision: Decision,
  needs: Pick<DoNeeds, 'db' | 'clock'>,
): Promise<void> {
  const now = needs.clock.now();
  await inTransaction(needs.db, async (tx) => {
    const { order, staff } = await lockedFor('request', decision, tx);
    if (order.requestedBy !== decision.user.person.identity.user) {
      throw new Refusal('not-in-role', 'only who asked takes it back');
    }
    checkWaits(order, now);
    await end(order, staff, { state: 'withdrawn', why: null }, now, tx);
  });
}

type Locked = { readonly order: Order; readonly staff: AuthorisedStaff };

async function checkMayDecide(decision: Decision, now: Date, tx: Tx): Promise<Locked> {
  const locked = await lockedFor('decide', decision, tx);
  if (locked.order.requestedBy === decision.user.person.identity.user) {
    throw new Refusal('own-order', 'nobody decides what they asked for themselves');
  }
  checkWaits(locked.order, now);
  return locked;
}

/** What it was asked for has changed since: it can be rejected or taken back, and asked for anew. */
async function checkStillFits({ content }: Order, now: Date, tx: Tx): Promise<void> {
  try {
    await checkOrderFits(content, now, tx);
  } catch (cause) {
    if (!(cause instanceof Refusal) || cause.code !== 'invalid-input') throw cause;
    // biome-ignore lint/style/useErrorCause: the cause is passed, in the third place.
    throw new Refusal('order-over', 'it can no longer be done as it was asked for', { cause });
  }
}

/** Whether an order is there is told to those alone who may see the institution's. */
async function lockedFor(
  right: 'request' | 'decide',
  { user, key }: Decision,
  tx: Tx,
): Promise<Locked> {
  const { institution } = key;
  await authoriseStaff({ user, action: 'read-orders', institution }, tx);
  const order = isOrderId(key.id) ? await lockOrder(key, tx) : undefined;
  if (order === undefined) throw new Refusal('not-found', 'no such order');
  const action: ConsoleAction = `${right}-${order.content.kind}`;
  return { order, staff: await authoriseStaff({ user, action, institution }, tx) };
}

function checkWaits(order: Order, now: Date): void {
  const state = stateOf(order, now);
  if (state !== 'waiting') throw new Refusal('order-over', `the order is ${state}`);
}

async function end(
  order: Order,
  { user }: AuthorisedStaff,
  { state, why }: Ended,
  now: Date,
  tx: Tx,
): Promise<void> {
  const by = user.person.identity.user;
  const { institution } = order.content;
  await decideOrder({ institution, id: order.id }, { state, by, at: now, reason: why }, tx);
  const entry = orderEntry(EVENTS[state], order, { by: `staff:${by}`, at: now, why });
  const asked = {
    ...entry,
    detail: { ...entry.detail, requestedBy: `staff:${order.requestedBy}` },
  };
  await appendAudit(withTouch([asked], user.session), tx);
}
