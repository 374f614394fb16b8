// One of the bank's staff asks for something that another has to approve. What cannot be done anyway is refused
// at once; it is judged again when it is approved.
import { randomUUID } from 'node:crypto';
import type { AuditEntry, AuditEvent } from '../audit/entry.ts';
import type { Identity } from '../banking/identity.ts';
import {
  concernedBy,
  type Order,
  type OrderContent,
  orderEndsAt,
  orderText,
} from '../banking/order.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import { appendAudit } from '../store/audit-log.ts';
import { type Db, inTransaction, type Tx } from '../store/database.ts';
import { insertOrder, type OrderKey } from '../store/orders.ts';
import { authoriseStaff } from './authorise-staff.ts';
import { sha256 } from './certify.ts';
import { checkOrderFits } from './check-order.ts';
import { withTouch } from './freshness.ts';
import type { AuthenticatedUser } from './resume-session.ts';

const LONGEST_REASON = 1_000;

/** What is asked for, why, and by which paper. */
export type OrderRequest = {
  readonly user: AuthenticatedUser;
  readonly content: OrderContent;
  readonly reason: string;
  readonly reference: string | null;
};

/** Keeps the order until it is decided or expires. Refuses `not-in-role`, and `invalid-input` what cannot be done. */
export async function requestOrder(
  { user, content, reason, reference }: OrderRequest,
  needs: { readonly db: Db; readonly clock: Clock },
): Promise<OrderKey> {
  const at = needs.clock.now();
  const { institution, kind } = content;
  return await inTransaction(needs.db, async (tx) => {
    await authoriseStaff({ user, action: `request-${kind}`, institution }, tx);
    const by = user.person.identity;
    const { key, entry } = await fileOrder({ content, reason, reference, by, at }, tx);
    await appendAudit(withTouch([entry], user.session), tx);
    return key;
  });
}

/** Keeps the order of who was authorised in this transaction; the entry is theirs to write. */
export async function fileOrder(
  asked: Omit<OrderRequest, 'user'> & { readonly by: Identity; readonly at: Date },
  tx: Tx,
): Promise<{ readonly key: OrderKey; readonly entry: AuditEntry }> {
  const { content, by, at } = asked;
  const reason = parseReason(asked.reason);
  const reference = parseReference(asked.reference);
  const text = orderText(content);
  const id = randomUUID();
  const sum = sha256(Buffer.from(text));
  await checkOrderFits(content, at, tx);
  const order = { id, content, text, sha256: sum, reason, reference, expiresAt: orderEndsAt(at) };
  await insertOrder({ ...order, by, at }, tx);
  const entry = orderEntry('order-requested', order, { by: `staff:${by.user}`, at });
  return { key: { institution: content.institution, id }, entry };
}

/** What is recorded of an order: what it is, whom it concerns, and the sum of its content. */
export function orderEntry(
  event: AuditEvent,
  order: Pick<Order, 'id' | 'content' | 'sha256' | 'reason' | 'reference'>,
  { by, at, why }: { readonly by: string; readonly at: Date; readonly why?: string | null },
): AuditEntry {
  const { content } = order;
  const { institution } = content;
  return {
    institution,
    at,
    event,
    ...concernedIn(institution, concernedBy(content)),
    detail: {
      by,
      order: order.id,
      kind: content.kind,
      ...(content.kind === 'change-administrator' && { action: content.action }),
      payload: Buffer.from(order.sha256).toString('hex'),
      reason: order.reason,
      ...(order.reference !== null && { reference: order.reference }),
      ...(typeof why === 'string' && why !== '' && { decision: why }),
    },
  };
}

/** A reason as it is kept; refuses (`invalid-input`) none, and one that is too long. */
export function parseReason(text: string): string {
  const reason = text.trim();
  if (reason !== '' && reason.length <= LONGEST_REASON) return reason;
  throw new Refusal('invalid-input', `a reason has 1 to ${LONGEST_REASON} characters`);
}

function parseReference(text: string | null): string | null {
  const reference = text?.trim() ?? '';
  if (reference.length > 100) throw new Refusal('invalid-input', 'a reference is too long');
  return reference === '' ? null : reference;
}

/** Whom an entry about an order concerns: a person, a whole contract, or nobody. */
function concernedIn(
  institution: string,
  concerned: ReturnType<typeof concernedBy>,
): Pick<AuditEntry, 'person' | 'contract'> {
  if (concerned === null) return {};
  const { contract, user } = concerned;
  return user === null ? { contract } : { person: { institution, contract, user } };
}
