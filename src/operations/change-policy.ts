// A new version of an institution's policy, in force from the moment of its approval on.
import { checkPolicy } from '../banking/check-policy.ts';
import type { ContentOf } from '../banking/order.ts';
import type { Policy } from '../banking/policy.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import { appendAudit } from '../store/audit-log.ts';
import { type Db, inTransaction } from '../store/database.ts';
import { insertPolicy, policyVersion } from '../store/institutions.ts';
import { type ApprovedOrder, nameOf, recordedOf } from './actor.ts';

/** Refuses `order-over` where another version came meanwhile, and `invalid-input`. */
export async function changePolicy(
  { institution, fromVersion, policy }: ContentOf<'change-policy'>,
  by: ApprovedOrder,
  needs: { readonly db: Db; readonly clock: Clock },
): Promise<void> {
  checkPolicy(policy);
  const at = needs.clock.now();
  await inTransaction(needs.db, async (tx) => {
    if ((await policyVersion(institution, tx)) !== fromVersion) {
      throw new Refusal('order-over', 'the policy has been changed meanwhile');
    }
    const version = fromVersion + 1;
    await insertPolicy({ institution, version, policy, at }, tx);
    const detail = { by: nameOf(by), version, ...changedIn(by.policy, policy) };
    const entry = { institution, at, event: 'policy-changed', detail } as const;
    await appendAudit(recordedOf([entry], by), tx);
  });
}

/** What is different, each as `before → after`. */
function changedIn(before: Policy, after: Policy): Readonly<Record<string, string>> {
  const names = Object.keys(after) as (keyof Policy)[];
  return Object.fromEntries(
    names
      .filter((name) => String(before[name]) !== String(after[name]))
      .map((name) => [name, `${String(before[name])} → ${String(after[name])}`]),
  );
}
