// Certificates of a former authority: added as they are imported, found by number, and filled in when they are first
// shown. Once filled in they are records as all others (certificates.ts).
import { sql } from 'kysely';
import pg from 'pg';
import type { Identity } from '../banking/identity.ts';
import type { UserCertificate } from '../banking/user-certificate.ts';
import { Refusal } from '../errors.ts';
import { COLUMNS, certificateOf, type NewCertificate, NOT_ENDED } from './certificates.ts';
import type { Db, Tx } from './database.ts';
import type { FormerKey } from './former-authorities.ts';

/** One to be imported; its DER is empty, and its digests stand-ins, where no more is known than its number. */
export type ImportedCertificate = Omit<NewCertificate, 'predecessor' | 'acquiredAs' | 'home'> & {
  readonly state: 'current' | 'suspended' | 'revoked';
  readonly renewableFrom: Date;
};

/** Adds some hundred of them. */
export async function insertImported(
  certificates: readonly ImportedCertificate[],
  tx: Tx,
): Promise<void> {
  await tx
    .insertInto('certificate')
    .values(
      certificates.map((one) => ({
        institution: one.identity.institution,
        issuer: one.issuer,
        serial: one.serial,
        sha256: one.sha256,
        spki_sha256: one.spkiSha256,
        key_identity: one.keyIdentity,
        der: one.der,
        contract: one.identity.contract,
        user_id: one.identity.user,
        slot: one.slot,
        common_name: one.commonName,
        home: 'file' as const,
        state: one.state,
        not_before: one.notBefore,
        not_after: one.notAfter,
        issued_at: one.issuedAt,
        // Its holder has been using it elsewhere: there is nothing to be proved.
        proved_at: one.issuedAt,
        ended_at: one.state === 'revoked' ? one.issuedAt : null,
        predecessor: null,
        acquired_as: 'first' as const,
        renewable_from: one.renewableFrom,
      })),
    )
    .execute();
}

/** A record found by its number, and whether more is known of it than that. */
export type NumberedCertificate = {
  readonly certificate: UserCertificate;
  readonly isFilledIn: boolean;
};

/** The certificates of a former authority with these numbers. */
export async function findBySerials(
  { institution, issuer }: FormerKey,
  serials: readonly Uint8Array[],
  db: Db,
): Promise<readonly NumberedCertificate[]> {
  const rows = await db
    .selectFrom('certificate')
    .select([...COLUMNS, 'der'])
    .where('issuer', '=', issuer)
    .where('serial', 'in', serials)
    .where('institution', '=', institution)
    .where('renewable_from', 'is not', null)
    .execute();
  return rows.map((row) => ({ certificate: certificateOf(row), isFilledIn: row.der.length > 0 }));
}

/** What a certificate says that was imported by its number alone. */
export type Filling = Pick<
  NewCertificate,
  'issuer' | 'serial' | 'sha256' | 'spkiSha256' | 'keyIdentity' | 'der' | 'commonName'
> & { readonly identity: Identity; readonly notBefore: Date; readonly notAfter: Date };

const UNIQUE_VIOLATION = '23505';

/**
 * Fills a record in; false where it was filled in already. Refuses `key-blocked`, and `key-already-certified` where
 * another certificate on record has the key.
 */
export async function fillInImported(filling: Filling, tx: Tx): Promise<boolean> {
  const blocked = await tx
    .selectFrom('blocked_key')
    .select('reason')
    .where('spki_sha256', '=', filling.spkiSha256)
    .executeTakeFirst();
  if (blocked !== undefined) throw new Refusal('key-blocked', 'this key is known to be unsafe');
  try {
    // By a function of the owner's: the application's role changes nothing that a certificate says.
    const { rows } = await sql<{ filled: boolean }>`
      select fill_in_certificate(${filling.identity.institution}, ${filling.issuer},
        ${filling.serial}, ${filling.sha256}, ${filling.spkiSha256}, ${filling.keyIdentity},
        ${filling.der}, ${filling.commonName}, ${filling.notBefore}, ${filling.notAfter})
        as filled`.execute(tx);
    return rows[0]?.filled === true;
  } catch (cause) {
    if (!(cause instanceof pg.DatabaseError) || cause.code !== UNIQUE_VIOLATION) throw cause;
    // biome-ignore lint/style/useErrorCause: the cause is passed, in the third place.
    throw new Refusal('key-already-certified', 'another certificate has this key', { cause });
  }
}

/** Which of these keys have a certificate in the institution, or are on the owner's list. */
export async function findTakenKeys(
  institution: string,
  keys: { readonly identities: readonly Uint8Array[]; readonly spkis: readonly Uint8Array[] },
  db: Db,
): Promise<{ readonly certified: readonly Uint8Array[]; readonly blocked: readonly Uint8Array[] }> {
  const { identities, spkis } = keys;
  if (identities.length === 0) return { certified: [], blocked: [] };
  const certified = await db
    .selectFrom('certificate')
    .select('key_identity')
    .where('key_identity', 'in', identities)
    .where('institution', '=', institution)
    .execute();
  const blocked = await db
    .selectFrom('blocked_key')
    .select('spki_sha256')
    .where('spki_sha256', 'in', spkis)
    .execute();
  return {
    certified: certified.map((row) => row.key_identity),
    blocked: blocked.map((row) => row.spki_sha256),
  };
}

/** A place for a certificate, and whether something is in it. */
export type PlaceState = {
  readonly contract: string;
  readonly user: string;
  readonly slot: number;
  readonly isTaken: boolean;
};

/** The slots of people of a contract, locked for this transaction, and which hold a certificate that has not ended. */
export async function placesOf(
  { institution, contract }: { readonly institution: string; readonly contract: string },
  users: readonly string[],
  tx: Tx,
): Promise<readonly PlaceState[]> {
  const rows = await tx
    .selectFrom('slot')
    .select((eb) => [
      'slot.user_id',
      'slot.slot',
      // By the partial indexes of those that have not ended, slot by slot.
      eb
        .exists(
          eb
            .selectFrom('certificate')
            .select('sha256')
            .whereRef('certificate.institution', '=', 'slot.institution')
            .whereRef('certificate.contract', '=', 'slot.contract')
            .whereRef('certificate.user_id', '=', 'slot.user_id')
            .whereRef('certificate.slot', '=', 'slot.slot')
            .where(NOT_ENDED),
        )
        .as('is_taken'),
    ])
    .where('slot.institution', '=', institution)
    .where('slot.contract', '=', contract)
    .where('slot.user_id', 'in', users)
    .forNoKeyUpdate('slot')
    .execute();
  return rows.map((row) => ({
    contract,
    user: row.user_id,
    slot: row.slot,
    isTaken: Boolean(row.is_taken),
  }));
}
