// Institutions with their policy and authorities. Read at start and when one is founded.
import { sql } from 'kysely';
import type { Institution } from '../banking/institution.ts';
import { DEFAULT_POLICY, type Policy } from '../banking/policy.ts';
import type { Db, Tx } from './database.ts';

// Advisory lock of the database; the number only has to be ours alone.
const FOUNDING_LOCK = 7_301_004;

/** A CA certificate of an institution and the SHA-256 of its public key. */
export type AuthorityRecord = {
  readonly purpose: 'root' | 'issuing';
  readonly issuer: Uint8Array;
  readonly certificate: Uint8Array;
};

/** All institutions of this installation, by code. */
export async function listInstitutions(db: Db): Promise<readonly Institution[]> {
  const rows = await db.selectFrom('institution').selectAll().orderBy('institution').execute();
  return rows.map((row) => ({
    code: row.institution,
    kind: row.kind,
    name: row.name,
    nameEnglish: row.name_english,
    publicHost: row.public_host,
    membersDomain: row.members_domain,
    passkeyDomain: row.passkey_domain,
    publicationBase: row.publication_base,
    certificatePolicy: row.certificate_policy,
    contact: row.contact,
  }));
}

/** Keeps others from founding an institution until the transaction's end. */
export async function lockFounding(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${FOUNDING_LOCK})`.execute(tx);
}

/** Adds an institution with the first version of its policy. */
export async function insertInstitution(
  founded: { readonly institution: Institution; readonly policy: Policy; readonly at: Date },
  tx: Tx,
): Promise<void> {
  const { institution, policy, at } = founded;
  await tx
    .insertInto('institution')
    .values({
      institution: institution.code,
      kind: institution.kind,
      name: institution.name,
      name_english: institution.nameEnglish,
      public_host: institution.publicHost,
      members_domain: institution.membersDomain,
      passkey_domain: institution.passkeyDomain,
      publication_base: institution.publicationBase,
      certificate_policy: institution.certificatePolicy,
      contact: JSON.stringify(institution.contact),
      created_at: at,
    })
    .execute();
  await insertPolicy({ institution: institution.code, version: 1, policy, at }, tx);
}

/** Adds a version of an institution's policy, in force from then on. */
export async function insertPolicy(
  added: {
    readonly institution: string;
    readonly version: number;
    readonly policy: Policy;
    readonly at: Date;
  },
  tx: Tx,
): Promise<void> {
  await tx
    .insertInto('policy')
    .values({
      institution: added.institution,
      version: added.version,
      settings: JSON.stringify(added.policy),
      valid_from: added.at,
    })
    .execute();
}

/** One version of an institution's policy. */
export async function policyOfVersion(
  { institution, version }: { readonly institution: string; readonly version: number },
  db: Db,
): Promise<Policy> {
  const row = await db
    .selectFrom('policy')
    .select('settings')
    .where('institution', '=', institution)
    .where('version', '=', version)
    .executeTakeFirstOrThrow();
  return { ...DEFAULT_POLICY, ...row.settings };
}

/** The latest version of an institution's policy. */
export async function policyVersion(institution: string, db: Db): Promise<number> {
  const { version } = await db
    .selectFrom('policy')
    .select((eb) => eb.fn.max('version').as('version'))
    .where('institution', '=', institution)
    .executeTakeFirstOrThrow();
  return version;
}

/** The policy in force at an instant. */
export async function policyAt(institution: string, now: Date, db: Db): Promise<Policy> {
  const row = await db
    .selectFrom('policy')
    .select('settings')
    .where('institution', '=', institution)
    .where('valid_from', '<=', now)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) throw new Error(`institution ${institution} has no policy in force`);
  return { ...DEFAULT_POLICY, ...row.settings };
}

/** The CA certificates of an institution that are not retired. */
export async function listAuthorities(
  institution: string,
  db: Db,
): Promise<readonly AuthorityRecord[]> {
  return await db
    .selectFrom('authority')
    .select(['purpose', 'issuer', 'certificate'])
    .where('institution', '=', institution)
    .where('retired_at', 'is', null)
    .execute();
}

/** The CA certificates of every institution, retired ones too. */
export async function listAllAuthorities(
  db: Db,
): Promise<readonly { readonly certificate: Uint8Array }[]> {
  return await db.selectFrom('authority').select('certificate').execute();
}

/** Adds a CA certificate of an institution. */
export async function insertAuthority(
  added: { readonly institution: string; readonly authority: AuthorityRecord; readonly at: Date },
  tx: Tx,
): Promise<void> {
  await tx
    .insertInto('authority')
    .values({
      institution: added.institution,
      ...added.authority,
      created_at: added.at,
      retired_at: null,
    })
    .execute();
}
