// What is on record of the contracts that a file of users names. Reads only.
import type { RecordedContract, RecordedUser } from '../banking/import-plan.ts';
import type { Db } from './database.ts';

/** The contracts of these IDs that there are, each with all of its users. */
export async function recordedContracts(
  institution: string,
  ids: readonly string[],
  db: Db,
): Promise<ReadonlyMap<string, RecordedContract>> {
  const contracts = await db
    .selectFrom('contract')
    .leftJoin('contract_address', (join) =>
      join
        .onRef('contract_address.institution', '=', 'contract.institution')
        .onRef('contract_address.contract', '=', 'contract.contract'),
    )
    .select(['contract.contract', 'name', 'kana', 'postal_code', 'address'])
    .where('contract.institution', '=', institution)
    .where((eb) => eb('contract.contract', '=', eb.fn.any(eb.val([...ids]))))
    .execute();
  const users = await recordedUsers(
    institution,
    contracts.map(({ contract }) => contract),
    db,
  );
  return new Map(
    contracts.map(({ contract, name, kana, postal_code: postalCode, address }) => [
      contract,
      { name, kana, postalCode, address, users: users.get(contract) ?? [] },
    ]),
  );
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
