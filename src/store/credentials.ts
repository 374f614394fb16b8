// Passkeys as records: to which certificate each belongs, and how often it has signed.
// Of the key nothing is kept here: the certificate alone tells which it is.
import type { UserCertificate } from '../banking/user-certificate.ts';
import { COLUMNS, certificateOf } from './certificates.ts';
import type { Db, Tx } from './database.ts';

/** A passkey as it is kept. */
export type CredentialRecord = {
  readonly credentialId: Uint8Array;
  /** What its counter said last; 0 for passkeys that do not count. */
  readonly signCount: number;
  /** Whether its maker may copy it to other devices. */
  readonly isBackupEligible: boolean;
};

/** A passkey with its certificate and that one's DER. */
export type CertifiedCredential = {
  readonly credential: CredentialRecord;
  readonly certificate: UserCertificate;
  readonly der: Uint8Array;
  /** The offer by which it was acquired; null for a successor's. */
  readonly acquisition: string | null;
};

/** The passkey of an institution with this ID, whatever became of its certificate. */
export async function findCredential(
  institution: string,
  credentialId: Uint8Array,
  db: Db,
): Promise<CertifiedCredential | undefined> {
  const row = await certified(institution, db)
    .where('k.credential_id', '=', credentialId)
    .executeTakeFirst();
  return row && certifiedOf(row);
}

/** The passkey of a certificate (by its SHA-256); undefined where its key lives elsewhere. */
export async function credentialOf(
  institution: string,
  certificate: Uint8Array,
  db: Db,
): Promise<CertifiedCredential | undefined> {
  const row = await certified(institution, db)
    .where('k.certificate', '=', certificate)
    .executeTakeFirst();
  return row && certifiedOf(row);
}

/** Adds the passkey of a certificate recorded in the same transaction; false where its ID is taken. */
export async function insertCredential(
  { identity, sha256, issuedAt }: Pick<UserCertificate, 'identity' | 'sha256' | 'issuedAt'>,
  credential: CredentialRecord & Pick<CertifiedCredential, 'acquisition'>,
  tx: Tx,
): Promise<boolean> {
  const added = await tx
    .insertInto('credential')
    .values({
      institution: identity.institution,
      credential_id: credential.credentialId,
      certificate: sha256,
      sign_count: credential.signCount,
      backup_eligible: credential.isBackupEligible,
      created_at: issuedAt,
      acquisition: credential.acquisition,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (added.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Notes a passkey's counter; false where it did not go forward (0 and 0: it does not count). */
export async function advanceCounter(
  credential: { readonly institution: string; readonly credentialId: Uint8Array },
  signCount: number,
  tx: Tx,
): Promise<boolean> {
  const advanced = await tx
    .updateTable('credential')
    .set({ sign_count: signCount })
    .where('institution', '=', credential.institution)
    .where('credential_id', '=', credential.credentialId)
    .where((eb) => (signCount === 0 ? eb('sign_count', '=', 0) : eb('sign_count', '<', signCount)))
    .executeTakeFirst();
  return advanced.numUpdatedRows > 0n;
}

function certified(institution: string, db: Db) {
  return db
    .selectFrom('credential as k')
    .innerJoin('certificate as c', (join) =>
      join.onRef('c.institution', '=', 'k.institution').onRef('c.sha256', '=', 'k.certificate'),
    )
    .select(COLUMNS.map((column) => `c.${column}` as const))
    .select(['c.der', 'k.credential_id', 'k.sign_count', 'k.backup_eligible', 'k.acquisition'])
    .where('k.institution', '=', institution);
}

type Row = NonNullable<Awaited<ReturnType<ReturnType<typeof certified>['executeTakeFirst']>>>;

function certifiedOf(row: Row): CertifiedCredential {
  return {
    credential: {
      credentialId: row.credential_id,
      signCount: row.sign_count,
      isBackupEligible: row.backup_eligible,
    },
    certificate: certificateOf(row),
    der: row.der,
    acquisition: row.acquisition,
  };
}
