// A company leaves: all of its people are stopped and all of their certificates revoked, in one transaction. What is
// on record stays, and no certificate comes back.
import type { AuditEntry } from '../audit/entry.ts';
import type { Identity } from '../banking/identity.ts';
import type { ContentOf } from '../banking/order.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import { endAcquisition } from '../store/acquisitions.ts';
import { appendAudit } from '../store/audit-log.ts';
import { lockSlot } from '../store/certificates.ts';
import { type ContractKey, findContract, lockContract, setClosed } from '../store/contracts.ts';
import { type Db, inTransaction, type Tx } from '../store/database.ts';
import { listCertificates, listMembers, lockPerson, slotsOf } from '../store/members.ts';
import { stopPerson } from '../store/persons.ts';
import { endSessionsOfPerson } from '../store/sessions.ts';
import { type ApprovedOrder, nameOf, recordedOf } from './actor.ts';
import { personEntry } from './change-member.ts';
import { tellAdministrators } from './tell-company.ts';
import { endedOffer, moveHeld } from './withdraw-certificate.ts';

/** What is still to be taken from a contract: people who are not stopped, and certificates that are not over. */
export type Closing = {
  readonly name: string;
  readonly users: number;
  readonly certificates: number;
};

/** Counts it; undefined without the contract. */
export async function countClosing(contract: ContractKey, db: Db): Promise<Closing | undefined> {
  const [found, members, certificates] = await Promise.all([
    findContract(contract, db),
    listMembers(contract, db),
    listCertificates(contract, db),
  ]);
  return (
    found && {
      name: found.name,
      users: members.filter(({ person }) => !person.isStopped).length,
      certificates: certificates.filter(({ endedAt }) => endedAt === null).length,
    }
  );
}

/** Refuses (`invalid-input`) a contract that there is not, and one that is closed already. */
export async function checkCloses(contract: ContractKey, tx: Tx): Promise<void> {
  const found = await findContract(contract, tx);
  if (found === undefined) throw new Refusal('invalid-input', 'there is no such contract');
  if (found.closedAt === null) return;
  throw new Refusal('invalid-input', 'the contract is closed already');
}

/** Closes it; refuses `order-over` where somebody else did meanwhile. */
export async function closeContract(
  { institution, contract, name }: ContentOf<'close-contract'>,
  order: ApprovedOrder,
  needs: { readonly db: Db; readonly clock: Clock },
): Promise<void> {
  const key = { institution, contract };
  const now = needs.clock.now();
  const by = nameOf(order);
  await inTransaction(needs.db, async (tx) => {
    // Nobody is registered meanwhile.
    await lockContract(key, tx);
    if (!(await setClosed(key, now, tx))) {
      throw new Refusal('order-over', 'the contract was closed meanwhile');
    }
    // By mail: none of them can read a notice any more.
    const told = { event: 'contract-closed', name, user: contract } as const;
    await tellAdministrators(key, { told, now }, tx);
    const entries: AuditEntry[] = [];
    for (const { person } of await listMembers(key, tx)) {
      entries.push(...(await closePerson(person.identity, { by, now }, tx)));
    }
    const count = (event: AuditEntry['event']) =>
      entries.filter((one) => one.event === event).length;
    const [users, revoked] = [count('user-stopped'), count('certificate-revoked')];
    const detail = { by, users, revoked };
    const closed = { institution, at: now, event: 'contract-closed', contract, detail } as const;
    await appendAudit(recordedOf([...entries, closed], order), tx);
  });
}

/** Stops a person, ends their sessions, revokes what each slot holds and ends what it is offered; what to record. */
async function closePerson(
  identity: Identity,
  done: { readonly by: string; readonly now: Date },
  tx: Tx,
): Promise<readonly AuditEntry[]> {
  const { by, now } = done;
  const person = await lockPerson(identity, tx);
  if (person === undefined) throw new Error('a person of a locked contract is not there');
  const entries: AuditEntry[] = [];
  if (!person.isStopped) {
    await stopPerson(identity, now, tx);
    entries.push(personEntry('user-stopped', { person, by, now }));
  }
  for (const number of await slotsOf(identity, tx)) {
    const slot = { identity, slot: number };
    const held = await lockSlot(slot, tx);
    if (held.length > 0) {
      const withdrawal = { ...slot, by };
      entries.push(...(await moveHeld('revoke', { withdrawal, held, now }, tx)));
    } else if (await endAcquisition(slot, { reason: 'withdrawn', at: now }, tx)) {
      entries.push(endedOffer(slot, done));
    }
  }
  await endSessionsOfPerson(identity, { reason: 'stopped', at: now }, tx);
  return entries;
}
