// What is on record of the contracts that a file of users names. Reads only.
import { factsOf } from '../banking/contract-facts.ts';
import type { ContractWithUsers, RecordedUser } from '../banking/import-plan.ts';
import { findContracts } from './contracts.ts';
import type { Db } from './database.ts';

/** The contracts of these IDs that there are, each with all of its users. */
export async function recordedContracts(
  institution: string,
  ids: readonly string[],
  db: Db,
): Promise<ReadonlyMap<string, ContractWithUsers>> {
  const contracts = await findContracts(institution, ids, db);
  const users = await recordedUsers(institution, [...contracts.keys()], db);
  const recorded = [...contracts].map(
    ([contract, found]) =>
      [
        contract,
        { ...factsOf(found), closedAt: found.closedAt, users: users.get(contract) ?? [] },
      ] as const,
  );
  return new Map(recorded);
}

async function recordedUsers(
  institution: string,
  ids: readonly string[],
  db: Db,
): Promise<ReadonlyMap<string, readonly RecordedUser[]>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('person')
    .select(['contract', 'user_id as user', 'name', 'kana', 'role', 'mail_address as mail'])
    .where('institution', '=', institution)
    .where((eb) => eb('contract', '=', eb.fn.any(eb.val([...ids]))))
    .execute();
  return Map.groupBy(rows, ({ contract }) => contract);
}
