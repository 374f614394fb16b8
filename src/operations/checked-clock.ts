// A clock that gives no time rather than a wrong one: it is held against counters that nobody can set.
// What it cannot know is whether the time was right at the start: see check-clock-at-start.ts.
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import type { Log } from '../log.ts';

/** Counters of the machine in milliseconds, from any beginning. */
export type Counters = {
  /** Stands still while the machine sleeps; cheap to read. */
  readonly awake: () => number;
  /** Goes on while the machine sleeps. */
  readonly inAll: () => number;
};

/** What time servers put right in small steps is no jump. */
export const CLOCK_TOLERANCE_MS = 5 * 60 * 1000;
const SAY_AGAIN_MS = 60 * 1000;

/** Refuses (`unavailable`), with an alarm, while the clock has been set by more than five minutes. */
export class CheckedClock implements Clock {
  readonly #clock: Clock;
  readonly #counters: Counters;
  readonly #log: Log;
  /** The time at which each counter began. */
  readonly #beganInAll: number;
  #beganAwake: number;
  #saidAt: number | undefined;

  constructor(clock: Clock, counters: Counters, log: Log) {
    const now = clock.now().getTime();
    this.#clock = clock;
    this.#counters = counters;
    this.#log = log;
    this.#beganInAll = now - counters.inAll();
    this.#beganAwake = now - counters.awake();
  }

  now(): Date {
    const now = this.#clock.now();
    const awake = this.#counters.awake();
    const isAsCounted = isNear(now.getTime(), this.#beganAwake + awake);
    if (!isAsCounted) this.#checkSleep(now, awake);
    if (this.#saidAt !== undefined) this.#sayRight(now);
    return now;
  }

  /** A machine that slept has another time than the cheap counter says, and the right one. */
  #checkSleep(now: Date, awake: number): void {
    const counted = this.#beganInAll + this.#counters.inAll();
    if (!isNear(now.getTime(), counted)) {
      this.#sayWrong(now, counted);
      throw new Refusal('unavailable', 'the clock has been set: no time is known');
    }
    this.#beganAwake = now.getTime() - awake;
  }

  #sayWrong(now: Date, counted: number): void {
    const at = this.#counters.inAll();
    if (this.#saidAt !== undefined && at - this.#saidAt < SAY_AGAIN_MS) return;
    this.#saidAt = at;
    const seconds = Math.round((now.getTime() - counted) / 1000);
    this.#log.error(
      { clock: now, setBySeconds: seconds },
      'the clock of this machine was set: everything is refused until it is right, or until a restart',
    );
  }

  #sayRight(now: Date): void {
    this.#saidAt = undefined;
    this.#log.warn({ clock: now }, 'the clock of this machine is right again');
  }
}

function isNear(one: number, other: number): boolean {
  return Math.abs(one - other) <= CLOCK_TOLERANCE_MS;
}
