// Contracts and what is on record of them beside their people.
import type { ContractFacts } from '../banking/contract-facts.ts';
import type { Identity } from '../banking/identity.ts';
import type { Contract } from '../banking/person.ts';
import type { Db, Tx } from './database.ts';

/** Where a contract is found. */
export type ContractKey = Pick<Identity, 'institution' | 'contract'>;

/** Adds a contract. */
export async function insertContract(
  contract: {
    readonly institution: string;
    readonly contract: string;
    readonly name: string;
    /** How the name is read, in any kana; null where that is not known. */
    readonly kana?: string | null;
    readonly at: Date;
  },
  tx: Tx,
): Promise<void> {
  const { at, kana = null, ...row } = contract;
  await tx
    .insertInto('contract')
    .values({ ...row, kana, created_at: at, closed_at: null })
    .execute();
}

/** A contract with what is on record of it. */
export type RecordedContract = Contract & ContractFacts;

/** A contract, or undefined where the institution has none of that ID. */
export async function findContract(
  { institution, contract }: ContractKey,
  db: Db,
): Promise<RecordedContract | undefined> {
  return (await findContracts(institution, [contract], db)).get(contract);
}

/** The contracts of these IDs that there are, by ID. */
export async function findContracts(
  institution: string,
  ids: readonly string[],
  db: Db,
): Promise<ReadonlyMap<string, RecordedContract>> {
  const rows = await db
    .selectFrom('contract')
    .leftJoin('contract_address', (join) =>
      join
        .onRef('contract_address.institution', '=', 'contract.institution')
        .onRef('contract_address.contract', '=', 'contract.contract'),
    )
    .select(['contract.contract', 'name', 'kana', 'contract.created_at as openedAt'])
    .select('closed_at as closedAt')
    .select(['postal_code as postalCode', 'address'])
    .where('contract.institution', '=', institution)
    .where((eb) => eb('contract.contract', '=', eb.fn.any(eb.val([...ids]))))
    .execute();
  return new Map(rows.map((row) => [row.contract, { institution, ...row }]));
}

/** Locks a contract for this transaction, so that its people are counted, and it is changed or closed, by one at a time. */
export async function lockContract({ institution, contract }: ContractKey, tx: Tx): Promise<void> {
  await tx
    .selectFrom('contract')
    .select('contract')
    .where('institution', '=', institution)
    .where('contract', '=', contract)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
}

/** Marks a contract as closed, or as open again (null); whether it was not so already. */
export async function setClosed(
  { institution, contract }: ContractKey,
  at: Date | null,
  tx: Tx,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('contract')
    .set({ closed_at: at })
    .where('institution', '=', institution)
    .where('contract', '=', contract)
    .where('closed_at', at === null ? 'is not' : 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Puts other facts in the place of those on record. */
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
