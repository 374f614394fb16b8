// Counts by which strangers are held back: bounded in memory whatever they send, and forgotten on restart.
// Not here: the counts of wrong PINs, which the database keeps.
import type { Log } from '../log.ts';
import { shareOf } from './share.ts';

/** A bucket for each key: `capacity` at once, refilled at `perMinute`; the keys longest unseen are forgotten. */
export type BucketLimits = {
  readonly capacity: number;
  readonly perMinute: number;
  readonly maxKeys: number;
};

/** Whole numbers, so that no rounding loses a token: one is worth as many units as a minute has milliseconds. */
type Bucket = { units: number; atMilliseconds: number };

const TOKEN = 60_000;

/** Token buckets by key, such as an address or an address with an action's name. */
export class TokenBuckets {
  readonly #limits: BucketLimits;
  readonly #buckets = new Map<string, Bucket>();

  constructor(limits: BucketLimits) {
    this.#limits = limits;
  }

  /** Whether one more is allowed for this key now, by any steady clock; if so, it is counted. */
  take(key: string, nowMilliseconds: number): boolean {
    const bucket = this.#refilled(key, Math.floor(nowMilliseconds));
    const isAllowed = bucket.units >= TOKEN;
    if (isAllowed) bucket.units -= TOKEN;
    this.#remember(key, bucket);
    return isAllowed;
  }

  /** How many keys are remembered. */
  get size(): number {
    return this.#buckets.size;
  }

  #refilled(key: string, atMilliseconds: number): Bucket {
    const { capacity, perMinute } = this.#limits;
    const known = this.#buckets.get(key);
    if (known === undefined) return { units: capacity * TOKEN, atMilliseconds };
    const elapsed = Math.max(0, atMilliseconds - known.atMilliseconds);
    return {
      units: Math.min(capacity * TOKEN, known.units + elapsed * perMinute),
      atMilliseconds: known.atMilliseconds + elapsed,
    };
  }

  #remember(key: string, bucket: Bucket): void {
    this.#buckets.delete(key);
    this.#buckets.set(key, bucket);
    if (this.#buckets.size <= this.#limits.maxKeys) return;
    for (const oldest of this.#buckets.keys()) {
      this.#buckets.delete(oldest);
      break;
    }
  }
}

const LOG_LIMITS: BucketLimits = { capacity: 20, perMinute: 10, maxKeys: 10_000 };
const TOTAL_LOG_LIMITS: BucketLimits = { capacity: 500, perMinute: 500, maxKeys: 1 };

/** Logs what strangers cause: a bounded number of lines for each address and in all, and how many were left out. */
export class StrangersLog {
  readonly #log: Log;
  readonly #byAddress: TokenBuckets;
  readonly #inAll: TokenBuckets;
  #leftOut = 0;

  /** Each of several processes counts by itself and has its share of the lines. */
  constructor(log: Log, processes = 1) {
    this.#log = log;
    this.#byAddress = new TokenBuckets(shareOfBucket(LOG_LIMITS, processes));
    this.#inAll = new TokenBuckets(shareOfBucket(TOTAL_LOG_LIMITS, processes));
  }

  /** Writes the line, or counts it. */
  note(address: string, fields: Readonly<Record<string, unknown>>, message: string): void {
    const now = performance.now();
    if (!this.#byAddress.take(address, now) || !this.#inAll.take('', now)) {
      this.#leftOut += 1;
      return;
    }
    const leftOut = this.#leftOut;
    this.#leftOut = 0;
    this.#log.info({ ...fields, address, ...(leftOut > 0 && { leftOut }) }, message);
  }
}

function shareOfBucket(limits: BucketLimits, processes: number): BucketLimits {
  return {
    ...limits,
    capacity: shareOf(limits.capacity, processes),
    perMinute: shareOf(limits.perMinute, processes),
  };
}
