// How attempts at a PIN are counted: errors that were told, and attempts whose hash is being computed.
// Both together never exceed the limit, so that the lock is exact however many come at once.

/** What is counted since the last right PIN. */
export type PinCount = {
  /** Wrong PINs that were told. */
  readonly errors: number;
  /** Attempts under way. */
  readonly running: number;
  /** When the last attempt began. */
  readonly attemptAt: Date | null;
};

/** No attempt is under way for longer; what a crash left of it told nobody anything. */
export const ATTEMPT_LIFE_MS = 60_000;

/**
 * The count with one more attempt under way. `busy`: as many are under way as errors are left;
 * `full`: no error is left.
 */
export function begun(count: PinCount, limit: number, now: Date): PinCount | 'busy' | 'full' {
  const { errors } = count;
  const since = now.getTime() - (count.attemptAt?.getTime() ?? now.getTime());
  const running = since > ATTEMPT_LIFE_MS ? 0 : count.running;
  if (errors >= limit) return 'full';
  if (errors + running >= limit) return 'busy';
  return { errors, running: running + 1, attemptAt: now };
}

/** The count after an attempt ended with a wrong PIN. */
export function ended(count: PinCount, by: 'wrong-pin' | 'right-pin'): PinCount {
  return {
    errors: by === 'wrong-pin' ? count.errors + 1 : 0,
    running: Math.max(0, count.running - 1),
    attemptAt: count.attemptAt,
  };
}
