// Finds contracts, people and certificates by what the bank's staff type. Each by an index of its own, the
// institution last, so that no search reads an institution; only the first of what is found is returned.
import { type SqlBool, sql } from 'kysely';
import type { Identity } from '../banking/identity.ts';
import type { Contract } from '../banking/person.ts';
import type { SearchText } from '../banking/search-text.ts';
import type { StaffScope } from '../banking/staff.ts';
import type { UserCertificate } from '../banking/user-certificate.ts';
import { COLUMNS, certificateOf } from './certificates.ts';
import type { Db } from './database.ts';

/** A person as a list of hits shows them. */
export type FoundPerson = {
  readonly identity: Identity;
  readonly name: string;
  readonly kana: string | null;
  readonly contractName: string;
};

/** In whose institutions to look, and how much is wanted. */
export type SearchBounds = { readonly scope: StaffScope; readonly atMost: number };

/** The last of all texts that begin with a key; keys are compared octet by octet. */
const LAST = '\u{10ffff}';

/** Contracts by ID or its beginning, by name or its reading. */
export async function searchContracts(
  { contract, name }: SearchText,
  { scope, atMost }: SearchBounds,
  db: Db,
): Promise<readonly Contract[]> {
  const conditions = [
    ...(contract === undefined
      ? []
      : [
          sql<SqlBool>`contract.contract >= ${contract} and contract.contract <= ${contract.padEnd(11, '9')}`,
        ]),
    ...(name === undefined
      ? []
      : [beginning('name_key', 'company', name), beginning('kana_key', 'company', name)]),
  ];
  const found = new Map<string, Contract>();
  for (const condition of conditions) {
    const rows = await db
      .selectFrom('contract')
      .select(['institution', 'contract', 'name', 'kana', 'created_at', 'closed_at'])
      .where(condition)
      .$if(scope !== 'all', (query) => query.where('institution', 'in', listOf(scope)))
      .limit(atMost)
      .execute();
    for (const { created_at: openedAt, closed_at: closedAt, ...row } of rows) {
      found.set(`${row.institution} ${row.contract}`, { ...row, openedAt, closedAt });
    }
  }
  return [...found.values()].slice(0, atMost);
}

/** People by user ID, name or its reading. */
export async function searchPeople(
  { user, name }: SearchText,
  { scope, atMost }: SearchBounds,
  db: Db,
): Promise<readonly FoundPerson[]> {
  const conditions = [
    ...(user === undefined ? [] : [sql<SqlBool>`lower(user_id) = ${user}`]),
    ...(name === undefined
      ? []
      : [beginning('name_key', 'person', name), beginning('kana_key', 'person', name)]),
  ];
  const found = new Map<string, FoundPerson>();
  for (const condition of conditions) {
    const rows = await db
      .selectFrom('person')
      .innerJoin('contract', (join) =>
        join
          .onRef('contract.institution', '=', 'person.institution')
          .onRef('contract.contract', '=', 'person.contract'),
      )
      .select(['person.institution', 'person.contract', 'user_id', 'person.name', 'person.kana'])
      .select('contract.name as company')
      .where(condition)
      .$if(scope !== 'all', (query) => query.where('person.institution', 'in', listOf(scope)))
      .limit(atMost)
      .execute();
    for (const { institution, contract, user_id, name: own, kana, company } of rows) {
      const identity = { institution, contract, user: user_id };
      const person = { identity, name: own, kana, contractName: company };
      found.set(`${institution} ${contract} ${user_id}`, person);
    }
  }
  return [...found.values()].slice(0, atMost);
}

/** Certificates by serial number, of any authority of the installation. */
export async function searchCertificates(
  { serials }: SearchText,
  { scope, atMost }: SearchBounds,
  db: Db,
): Promise<readonly UserCertificate[]> {
  if (serials.length === 0) return [];
  // DER writes a leading zero where the first bit would say that it is negative.
  const written = serials.flatMap((one) => [one, Uint8Array.of(0, ...one)]);
  const rows = await db
    .selectFrom('certificate')
    .select(COLUMNS)
    // The key begins with the issuer, of which there are few.
    .where('issuer', 'in', (eb) => eb.selectFrom('authority').select('issuer'))
    .where('serial', 'in', written)
    .$if(scope !== 'all', (query) => query.where('institution', 'in', listOf(scope)))
    .limit(atMost)
    .execute();
  return rows.map(certificateOf);
}

function beginning(column: 'name_key' | 'kana_key', table: 'company' | 'person', typed: string) {
  const name = sql.ref(table === 'company' ? `contract.${column}` : `person.${column}`);
  const key = table === 'company' ? sql`company_search_key(${typed})` : sql`search_key(${typed})`;
  return sql<SqlBool>`${key} <> '' and ${name} >= ${key} and ${name} < ${key} || ${LAST}`;
}

function listOf(scope: StaffScope): readonly string[] {
  return scope === 'all' ? [] : scope;
}
