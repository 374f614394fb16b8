// When a session is over by time alone. Not the ends that somebody decides.
import type { Policy } from './policy.ts';

/** The instants by which a session's age is judged. */
export type SessionTimes = { readonly openedAt: Date; readonly seenAt: Date };

const MINUTE_MS = 60_000;

/** Why a session is over by time: idle too long, or open too long; undefined while it is not. */
export function overBy(
  { openedAt, seenAt }: SessionTimes,
  policy: Policy,
  now: Date,
): 'idle' | 'total' | undefined {
  const isOlder = (since: Date, minutes: number): boolean =>
    now.getTime() - since.getTime() > minutes * MINUTE_MS;
  if (isOlder(seenAt, policy.sessionIdleMinutes)) return 'idle';
  return isOlder(openedAt, policy.sessionTotalMinutes) ? 'total' : undefined;
}
