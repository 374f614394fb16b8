// Users with their contracts, in the order of their keys, some at a time. Reads only.
import { sql } from 'kysely';
import type { Role } from '../banking/person.ts';
import type { Db } from './database.ts';

/** A user as a file of users has them. */
export type ExportedUser = {
  readonly contract: string;
  readonly contractName: string;
  readonly contractKana: string | null;
  readonly postalCode: string | null;
  readonly address: string | null;
  readonly user: string;
  readonly name: string;
  readonly kana: string | null;
  readonly role: Role;
  readonly mail: string | null;
};

/** The users of an institution, or of one contract of it, that come after this one. */
export async function usersAfter(
  asked: {
    readonly institution: string;
    readonly contract: string | null;
    readonly after: Pick<ExportedUser, 'contract' | 'user'>;
    readonly atMost: number;
  },
  db: Db,
): Promise<readonly ExportedUser[]> {
  const { institution, contract, after, atMost } = asked;
  return await db
    .selectFrom('person')
    .innerJoin('contract', (join) =>
      join
        .onRef('contract.institution', '=', 'person.institution')
        .onRef('contract.contract', '=', 'person.contract'),
    )
    .leftJoin('contract_address', (join) =>
      join
        .onRef('contract_address.institution', '=', 'person.institution')
        .onRef('contract_address.contract', '=', 'person.contract'),
    )
    .select([
      'person.contract',
      'contract.name as contractName',
      'contract.kana as contractKana',
      'postal_code as postalCode',
      'address',
      'user_id as user',
      'person.name',
      'person.kana',
      'role',
      'mail_address as mail',
    ])
    .where('person.institution', '=', institution)
    .$if(contract !== null, (query) => query.where('person.contract', '=', contract ?? ''))
    .where(sql<boolean>`(person.contract, person.user_id) > (${after.contract}, ${after.user})`)
    .orderBy('person.contract')
    .orderBy('person.user_id')
    .limit(atMost)
    .execute();
}
