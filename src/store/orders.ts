// What staff ask for and others decide. The rules are banking's; what may never be is a constraint of the table.
import type { Identity } from '../banking/identity.ts';
import { type Order, type OrderState, orderContent } from '../banking/order.ts';
import type { StaffScope } from '../banking/staff.ts';
import type { Db, Tx } from './database.ts';
import type { ApprovalRequestRow } from './tables.ts';

/** Where an order is found. */
export type OrderKey = { readonly institution: string; readonly id: string };

/** Adds an order that waits for a decision. */
export async function insertOrder(
  order: Pick<
    Order,
    'id' | 'content' | 'text' | 'sha256' | 'reason' | 'reference' | 'expiresAt'
  > & {
    readonly by: Identity;
    readonly at: Date;
  },
  tx: Tx,
): Promise<void> {
  await tx
    .insertInto('approval_request')
    .values({
      institution: order.content.institution,
      request: order.id,
      kind: order.content.kind,
      payload: order.text,
      payload_sha256: order.sha256,
      reason: order.reason,
      reference: order.reference,
      staff_house: order.by.institution,
      requested_by: order.by.user,
      requested_at: order.at,
      expires_at: order.expiresAt,
      state: 'waiting',
      decided_by: null,
      decided_at: null,
      decision_reason: null,
    })
    .execute();
}

/** An order, or undefined where there is none. */
export async function findOrder(key: OrderKey, db: Db): Promise<Order | undefined> {
  const row = await db
    .selectFrom('approval_request')
    .selectAll()
    .where((eb) => eb.and(keyOf(key)))
    .executeTakeFirst();
  return row && orderOf(row);
}

/** The same, locked for this transaction: of two who decide at once, the second sees what the first did. */
export async function lockOrder(key: OrderKey, tx: Tx): Promise<Order | undefined> {
  const row = await tx
    .selectFrom('approval_request')
    .selectAll()
    .where((eb) => eb.and(keyOf(key)))
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row && orderOf(row);
}

/** Ends the waiting of an order that this transaction has locked. */
export async function decideOrder(
  key: OrderKey,
  decision: {
    readonly state: Exclude<OrderState, 'waiting'>;
    readonly by: string | null;
    readonly at: Date;
    readonly reason: string | null;
  },
  tx: Tx,
): Promise<void> {
  await tx
    .updateTable('approval_request')
    .set({
      state: decision.state,
      decided_by: decision.by,
      decided_at: decision.at,
      decision_reason: decision.reason,
    })
    .where((eb) => eb.and(keyOf(key)))
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow();
}

/** The orders of a scope that wait for a decision, the oldest first. */
export async function listWaitingOrders(
  asked: { readonly scope: StaffScope; readonly now: Date; readonly atMost: number },
  db: Db,
): Promise<readonly Order[]> {
  const { scope } = asked;
  const rows = await db
    .selectFrom('approval_request')
    .selectAll()
    .where('state', '=', 'waiting')
    .where('expires_at', '>', asked.now)
    .$if(scope !== 'all', (query) => query.where('institution', 'in', listOf(scope)))
    .orderBy('requested_at')
    .limit(asked.atMost)
    .execute();
  return rows.map(orderOf);
}

/** The latest orders of a scope, however they stand, the newest first. */
export async function listLatestOrders(
  { scope, atMost }: { readonly scope: StaffScope; readonly atMost: number },
  db: Db,
): Promise<readonly Order[]> {
  const rows = await db
    .selectFrom('approval_request')
    .selectAll()
    .$if(scope !== 'all', (query) => query.where('institution', 'in', listOf(scope)))
    .orderBy('requested_at', 'desc')
    .limit(atMost)
    .execute();
  return rows.map(orderOf);
}

/** Orders that nobody has decided in time, locked for this transaction. */
export async function lockOverdueOrders(
  { now, atMost }: { readonly now: Date; readonly atMost: number },
  tx: Tx,
): Promise<readonly Order[]> {
  const rows = await tx
    .selectFrom('approval_request')
    .selectAll()
    .where('state', '=', 'waiting')
    .where('expires_at', '<=', now)
    .orderBy('expires_at')
    .limit(atMost)
    .forNoKeyUpdate()
    .skipLocked()
    .execute();
  return rows.map(orderOf);
}

function listOf(scope: StaffScope): readonly string[] {
  return scope === 'all' ? [] : scope;
}

function keyOf({ institution, id }: OrderKey) {
  return { institution, request: id };
}

function orderOf(row: ApprovalRequestRow): Order {
  return {
    id: row.request,
    content: orderContent(row.payload),
    text: row.payload,
    sha256: row.payload_sha256,
    reason: row.reason,
    reference: row.reference,
    requestedBy: row.requested_by,
    requestedAt: row.requested_at,
    expiresAt: row.expires_at,
    state: row.state,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    decisionReason: row.decision_reason,
  };
}
