// Challenges that were used, by their hash, until they would have ended by themselves.
// Those that were only given out are not here: nothing is kept of them.
import type { Tx } from './database.ts';

/** A challenge as it is kept. */
export type UsedChallenge = { readonly hash: Uint8Array; readonly expiresAt: Date };

/**
 * Uses a challenge up, in the transaction of its effect; false where it was used before, or ended between
 * its check and its use: then what an earlier use left may be gone.
 */
export async function useChallengeUp(
  institution: string,
  challenge: UsedChallenge,
  now: Date,
  tx: Tx,
): Promise<boolean> {
  if (challenge.expiresAt < now) return false;
  await tx
    .deleteFrom('used_challenge')
    .where('institution', '=', institution)
    .where('expires_at', '<', now)
    .execute();
  const used = await tx
    .insertInto('used_challenge')
    .values({ institution, hash: challenge.hash, expires_at: challenge.expiresAt })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (used.numInsertedOrUpdatedRows ?? 0n) > 0n;
}
