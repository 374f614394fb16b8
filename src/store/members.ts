// The people of a contract with what each holds, for its administrators. Reads only.
import { sql } from 'kysely';
import type { Identity } from '../banking/identity.ts';
import type { MailPlace } from '../banking/mail-address.ts';
import type { Person } from '../banking/person.ts';
import type { UserCertificate } from '../banking/user-certificate.ts';
import { COLUMNS, certificateOf, type Slot } from './certificates.ts';
import type { ContractKey } from './contracts.ts';
import type { Db, Tx } from './database.ts';
import { findPerson, PERSON_COLUMNS, personOf } from './persons.ts';

/** A person of a contract and when they were last there. */
export type MemberRecord = {
  readonly person: Person;
  /** How the name is read; null where that is not known. */
  readonly kana: string | null;
  readonly lastLoginAt: Date | null;
  readonly mail: MailPlace;
};

const MOST_CHANGED = 500;

/** The people of a contract, by user ID. */
export async function listMembers(
  { institution, contract }: ContractKey,
  db: Db,
): Promise<readonly MemberRecord[]> {
  const rows = await db
    .selectFrom('person')
    .innerJoin('contract', (join) =>
      join
        .onRef('contract.institution', '=', 'person.institution')
        .onRef('contract.contract', '=', 'person.contract'),
    )
    .select([...PERSON_COLUMNS, 'person.user_id', 'last_login_at'])
    .select(['person.kana', 'mail_address', 'mail_bounced_at'])
    .where('person.institution', '=', institution)
    .where('person.contract', '=', contract)
    .orderBy('person.user_id')
    .execute();
  return rows.map((row) => ({
    person: personOf({ institution, contract, user: row.user_id }, row),
    kana: row.kana,
    lastLoginAt: row.last_login_at,
    mail: { address: row.mail_address, bouncedAt: row.mail_bounced_at },
  }));
}

/** Every slot of a contract's people. */
export async function listSlots(
  { institution, contract }: ContractKey,
  db: Db,
): Promise<readonly Slot[]> {
  const rows = await db
    .selectFrom('slot')
    .select(['user_id', 'slot'])
    .where('institution', '=', institution)
    .where('contract', '=', contract)
    .orderBy('slot')
    .execute();
  return rows.map(({ user_id, slot }) => ({
    identity: { institution, contract, user: user_id },
    slot,
  }));
}

/** The certificates of a contract's people, ended ones too, the newest first. */
export async function listCertificates(
  { institution, contract }: ContractKey,
  db: Db,
): Promise<readonly UserCertificate[]> {
  const rows = await db
    .selectFrom('certificate')
    .select(COLUMNS)
    .where('institution', '=', institution)
    .where('contract', '=', contract)
    .orderBy('issued_at', 'desc')
    .execute();
  return rows.map(certificateOf);
}

/** Certificates of a user, or of everybody in the contract, that were issued, proved or ended since; with names. */
export async function certificatesChangedSince(
  { institution, contract, user }: ContractKey & { readonly user: string | null },
  since: Date,
  db: Db,
): Promise<readonly { readonly certificate: UserCertificate; readonly name: string }[]> {
  const certificates = db
    .selectFrom('certificate')
    .innerJoin('person', (join) =>
      join
        .onRef('person.institution', '=', 'certificate.institution')
        .onRef('person.contract', '=', 'certificate.contract')
        .onRef('person.user_id', '=', 'certificate.user_id'),
    )
    .select(COLUMNS.map((column) => `certificate.${column}` as const))
    .select('person.name')
    .where('certificate.institution', '=', institution)
    .where('certificate.contract', '=', contract)
    .where((eb) =>
      eb.or([
        eb('issued_at', '>=', since),
        eb('proved_at', '>=', since),
        eb('ended_at', '>=', since),
      ]),
    )
    .orderBy('issued_at', 'desc')
    .limit(MOST_CHANGED);
  const rows = user === null ? certificates : certificates.where('certificate.user_id', '=', user);
  return (await rows.execute()).map((row) => ({ certificate: certificateOf(row), name: row.name }));
}

/**
 * When one of those was last issued, proved or replaced, of imported ones when they were issued; null where none was.
 * One is replaced at the moment at which another is issued.
 */
export async function latestChange(
  { institution, contract, user }: ContractKey & { readonly user: string | null },
  db: Db,
): Promise<Date | null> {
  const whose = sql`institution = ${institution} and contract = ${contract}
    ${user === null ? sql`` : sql`and user_id = ${user}`}`;
  const { rows } = await sql<{ readonly at: Date | null }>`
    select greatest(
      (select max(issued_at) from certificate where ${whose}),
      (select max(proved_at) from certificate where ${whose} and renewable_from is null)
    ) as at`.execute(db);
  return rows[0]?.at ?? null;
}

/** Whether a certificate was ever in use in a slot. */
export async function hasHadCertificate({ identity, slot }: Slot, db: Db): Promise<boolean> {
  const row = await db
    .selectFrom('certificate')
    .select('sha256')
    .where('institution', '=', identity.institution)
    .where('contract', '=', identity.contract)
    .where('user_id', '=', identity.user)
    .where('slot', '=', slot)
    .where('proved_at', 'is not', null)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** The administrators of a contract who are not stopped. */
export async function listAdministrators(
  { institution, contract }: ContractKey,
  db: Db,
): Promise<readonly Identity[]> {
  const rows = await db
    .selectFrom('person')
    .select('user_id')
    .where('institution', '=', institution)
    .where('contract', '=', contract)
    .where('role', '=', 'administrator')
    .where('stopped_at', 'is', null)
    .orderBy('user_id')
    .execute();
  return rows.map(({ user_id }) => ({ institution, contract, user: user_id }));
}

/** How many others of the contract, who are not stopped, are administrators. */
export async function countOtherAdministrators(identity: Identity, db: Db): Promise<number> {
  const administrators = await listAdministrators(identity, db);
  return administrators.filter(({ user }) => user !== identity.user).length;
}

/** How many people a contract has. */
export async function countMembers(
  { institution, contract }: ContractKey,
  tx: Tx,
): Promise<number> {
  const { count } = await tx
    .selectFrom('person')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('institution', '=', institution)
    .where('contract', '=', contract)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** A person, locked for this transaction; undefined when the contract has none of that ID. */
export async function lockPerson(identity: Identity, tx: Tx): Promise<Person | undefined> {
  await tx
    .selectFrom('person')
    .select('user_id')
    .where('institution', '=', identity.institution)
    .where('contract', '=', identity.contract)
    .where('user_id', '=', identity.user)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return await findPerson(identity, tx);
}

/** Whether a contract has a user of this ID, in capitals or small letters. */
export async function isUserIdTaken(identity: Identity, tx: Tx): Promise<boolean> {
  const row = await tx
    .selectFrom('person')
    .select('user_id')
    .where('institution', '=', identity.institution)
    .where('contract', '=', identity.contract)
    .where((eb) => eb(eb.fn('lower', ['user_id']), '=', identity.user.toLowerCase()))
    .executeTakeFirst();
  return row !== undefined;
}

/** The numbers of a person's slots. */
export async function slotsOf(identity: Identity, tx: Tx): Promise<readonly number[]> {
  const rows = await tx
    .selectFrom('slot')
    .select('slot')
    .where('institution', '=', identity.institution)
    .where('contract', '=', identity.contract)
    .where('user_id', '=', identity.user)
    .orderBy('slot')
    .execute();
  return rows.map(({ slot }) => slot);
}
