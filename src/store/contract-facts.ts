// What is on record of contracts beside their people: read, and changed.
import type { ContractFacts } from '../banking/contract-facts.ts';
import type { Db, Tx } from './database.ts';

type ContractKey = { readonly institution: string; readonly contract: string };

/** The facts of a contract, or undefined where the institution has none of that ID. */
export async function findContractFacts(
  { institution, contract }: ContractKey,
  db: Db,
): Promise<ContractFacts | undefined> {
  return (await contractFacts(institution, [contract], db)).get(contract);
}

/** The facts of the contracts of these IDs that there are. */
export async function contractFacts(
  institution: string,
  ids: readonly string[],
  db: Db,
): Promise<ReadonlyMap<string, ContractFacts>> {
  const rows = await db
    .selectFrom('contract')
    .leftJoin('contract_address', (join) =>
      join
        .onRef('contract_address.institution', '=', 'contract.institution')
        .onRef('contract_address.contract', '=', 'contract.contract'),
    )
    .select(['contract.contract', 'name', 'kana', 'postal_code as postalCode', 'address'])
    .where('contract.institution', '=', institution)
    .where((eb) => eb('contract.contract', '=', eb.fn.any(eb.val([...ids]))))
    .execute();
  return new Map(rows.map(({ contract, ...facts }) => [contract, facts]));
}

/** Puts others in their place. */
export async function setContractFacts(
  { institution, contract }: ContractKey,
  { name, kana, postalCode, address }: ContractFacts,
  { tx, at }: { readonly tx: Tx; readonly at: Date },
): Promise<void> {
  await tx
    .updateTable('contract')
    .set({ name, kana })
    .where('institution', '=', institution)
    .where('contract', '=', contract)
    .executeTakeFirstOrThrow();
  if (address === null) {
    await tx
      .deleteFrom('contract_address')
      .where('institution', '=', institution)
      .where('contract', '=', contract)
      .execute();
    return;
  }
  const place = { postal_code: postalCode, address };
  await tx
    .insertInto('contract_address')
    .values({ institution, contract, ...place, created_at: at })
    .onConflict((on) => on.columns(['institution', 'contract']).doUpdateSet(place))
    .execute();
}
