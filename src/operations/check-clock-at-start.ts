// Holds the clock, before anything is served by it, against the times that are on record. A clock that is set
// while the system runs is another matter: see checked-clock.ts.
import type { Clock } from '../clock.ts';
import { latestTimeOnRecord } from '../store/audit-log.ts';
import type { Db } from '../store/database.ts';
import { CLOCK_TOLERANCE_MS } from './checked-clock.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** A bank without a login for so long is less likely than a clock that runs ahead. */
const LONGEST_SILENCE_DAYS = 90;

/** Throws where the clock is behind what is on record, or so far ahead that nobody can tell. */
export async function checkClockAtStart(needs: {
  readonly db: Db;
  readonly clock: Clock;
}): Promise<void> {
  const latest = await latestTimeOnRecord(needs.db);
  if (latest === undefined) return;
  const now = needs.clock.now();
  const ahead = now.getTime() - latest.getTime();
  if (ahead >= -CLOCK_TOLERANCE_MS && ahead <= LONGEST_SILENCE_DAYS * DAY_MS) return;
  const [clock, last] = [now.toISOString(), latest.toISOString()];
  throw new Error(
    `the clock of this machine says ${clock}, and the last record is of ${last}: set the clock, or start with --clock-is-right where it is`,
  );
}
