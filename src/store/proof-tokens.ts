// One-time tokens of 確認, kept by their hash. What a token proves is decided by operations.
import type { Db, Tx } from './database.ts';

/** A token as it is kept. */
export type ProofToken = {
  /** Hash of the session token of the session that began the proof. */
  readonly session: Uint8Array;
  /** SHA-256 of the certificate to be proved. */
  readonly certificate: Uint8Array;
  /** The host whose page began the 確認. */
  readonly begunOn: string;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
};

/** Where a token is kept. */
export type ProofTokenKey = { readonly institution: string; readonly tokenHash: Uint8Array };

/** Keeps a new token. */
export async function keepProofToken(
  key: ProofTokenKey,
  token: Omit<ProofToken, 'usedAt'>,
  tx: Tx,
): Promise<void> {
  await tx
    .insertInto('proof_token')
    .values({
      institution: key.institution,
      token_hash: key.tokenHash,
      session: token.session,
      certificate: token.certificate,
      begun_on: token.begunOn,
      expires_at: token.expiresAt,
      used_at: null,
    })
    .execute();
}

/** Forgets the tokens of an institution that ended before this instant. */
export async function forgetOldTokens(institution: string, now: Date, tx: Tx): Promise<void> {
  await tx
    .deleteFrom('proof_token')
    .where('institution', '=', institution)
    .where('expires_at', '<', now)
    .execute();
}

/** The token of this hash, if it is kept. */
export async function findProofToken(key: ProofTokenKey, db: Db): Promise<ProofToken | undefined> {
  return await tokenRows(key, db).executeTakeFirst();
}

/** The same, locked for this transaction. */
export async function lockProofToken(key: ProofTokenKey, tx: Tx): Promise<ProofToken | undefined> {
  return await tokenRows(key, tx).forNoKeyUpdate().executeTakeFirst();
}

/** Uses a token up. */
export async function useProofToken(key: ProofTokenKey, at: Date, tx: Tx): Promise<void> {
  await tx
    .updateTable('proof_token')
    .set({ used_at: at })
    .where('institution', '=', key.institution)
    .where('token_hash', '=', key.tokenHash)
    .where('used_at', 'is', null)
    .returning('used_at')
    .executeTakeFirstOrThrow();
}

function tokenRows({ institution, tokenHash }: ProofTokenKey, db: Db) {
  return db
    .selectFrom('proof_token')
    .select([
      'session',
      'certificate',
      'begun_on as begunOn',
      'expires_at as expiresAt',
      'used_at as usedAt',
    ])
    .where('institution', '=', institution)
    .where('token_hash', '=', tokenHash);
}
