// Challenges that were used, by their hash, until a while after they would have ended by themselves.
// Those that were only given out are not here: nothing is kept of them.
import type { Tx } from './database.ts';

/** A use whose clock was read before its challenge ended may be written after that. */
const KEPT_AFTER_END_MS = 10 * 60_000;

/** A challenge as it is kept. */
export type UsedChallenge = { readonly hash: Uint8Array; readonly expiresAt: Date };

/**
 * Uses a challenge up, in the transaction of its effect; false where it was used before, or ended between
 * its check and its use.
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
    .where('expires_at', '<', new Date(now.getTime() - KEPT_AFTER_END_MS))
    .execute();
  const used = await tx
    .insertInto('used_challenge')
    .values({ institution, hash: challenge.hash, expires_at: challenge.expiresAt })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (used.numInsertedOrUpdatedRows ?? 0n) > 0n;
}
