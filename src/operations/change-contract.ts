// Changes what is on record of a contract: its name, its reading, and where letters go. A changed address is how
// letters would be led astray: the administrators are told.
import { recordedChange } from '../banking/changed-facts.ts';
import { CONTRACT_FACTS, changedFacts } from '../banking/contract-facts.ts';
import type { ContentOf } from '../banking/order.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import { appendAudit } from '../store/audit-log.ts';
import { findContract, lockContract, setContractFacts } from '../store/contracts.ts';
import { type Db, inTransaction, type Tx } from '../store/database.ts';
import { type ApprovedOrder, nameOf, recordedOf } from './actor.ts';
import { tellAdministrators } from './tell-company.ts';

type Content = ContentOf<'change-contract'>;

/** Refuses `invalid-input` without the contract, and `order-over` where it was changed meanwhile. */
export async function changeContract(
  content: Content,
  by: ApprovedOrder,
  needs: { readonly db: Db; readonly clock: Clock },
): Promise<void> {
  const { institution, contract, from, to } = content;
  const at = needs.clock.now();
  await inTransaction(needs.db, async (tx) => {
    await lockContract(content, tx);
    // What was judged before may have been changed by who held the lock.
    await checkContractChange(content, tx);
    await setContractFacts(content, to, { tx, at });
    const detail = { by: nameOf(by), ...recordedChange(CONTRACT_FACTS, from, to) };
    const entry = { institution, at, event: 'contract-changed', contract, detail } as const;
    await appendAudit(recordedOf([entry], by), tx);
    const told = { event: 'contract-changed', name: to.name, user: contract } as const;
    await tellAdministrators({ institution, contract }, { told, now: at }, tx);
  });
}

/** Whether the order changes something, and what it changes is what is on record. */
export async function checkContractChange(
  { institution, contract, from, to }: Content,
  tx: Tx,
): Promise<void> {
  const recorded = await findContract({ institution, contract }, tx);
  if (recorded === undefined) throw new Refusal('invalid-input', 'there is no such contract');
  if (changedFacts(recorded, from).length > 0) {
    throw new Refusal('order-over', 'the contract has been changed meanwhile');
  }
  if (changedFacts(from, to).length > 0) return;
  throw new Refusal('invalid-input', 'nothing of the contract is changed');
}
