// Admits requests to the work of one process: some at once, the next wait in turn, and who would wait too long is
// turned away cheaply. How long that is, is measured. Each address has its own place in the turn: whoever
// sends the most waits the longest.
import { Refusal } from '../errors.ts';

/** The bounds; a request is in flight from its last byte to its answer. */
export type LoadLimits = {
  /** Requests that are worked on at once; more would only wait for each other further inside. */
  readonly atOnce: number;
  /** How long a request may wait, and in the mean how long it may take from its last byte to its answer. */
  readonly waitMilliseconds: number;
  /** Requests in flight in all, with those that wait in a queue of their own. */
  readonly inFlight: number;
  /** Timers that come later than this, twice in a row, say that the process cannot follow. */
  readonly loopDelayMilliseconds: number;
};

/** A request's place; it is left when the answer is ready, or its sender is gone. */
export type Place = {
  /** Settles when it is the request's turn; refuses (`overloaded`) when that takes too long. */
  readonly turn: Promise<void>;
  readonly leave: () => void;
};

type Waiting = {
  readonly since: number;
  readonly start: () => void;
  readonly refuse: (refusal: Refusal) => void;
};

const PROBE_MILLISECONDS = 100;
/** The newest request counts for a twentieth: the mean of the last second or so of a busy process. */
const NEWEST_SHARE = 0.05;
/** So many are always begun: a standstill that is over says nothing of the next request. */
const ALWAYS_AT_ONCE = 8;

/** The load of one process, shared by its faces. */
export class Load {
  readonly #limits: LoadLimits;
  readonly #probe: NodeJS.Timeout;
  /** Those who wait, by address; the address whose turn is next comes first. */
  readonly #waiting = new Map<string, Set<Waiting>>();
  #waitingInAll = 0;
  #working = 0;
  #inOwnQueues = 0;
  /** From one answer to the next while requests are worked on, in the mean: what each costs the others. */
  #costMilliseconds = 0;
  #probedAt = performance.now();
  #loopDelay = 0;
  #loopDelayBefore = 0;

  constructor(limits: LoadLimits) {
    this.#limits = limits;
    this.#probe = setInterval(() => this.#measure(), PROBE_MILLISECONDS).unref();
  }

  /** Whether the process cannot even follow with what costs next to nothing. */
  get isLate(): boolean {
    const delay = Math.min(this.#loopDelay, this.#loopDelayBefore);
    return delay > this.#limits.loopDelayMilliseconds;
  }

  /** Whether a new request of this address should be turned away. */
  isOver(address: string): boolean {
    const inFlight = this.#working + this.#waitingInAll + this.#inOwnQueues;
    if (inFlight >= this.#limits.inFlight || this.isLate) return true;
    return this.#expectedWait(address) > this.#limits.waitMilliseconds;
  }

  /** Takes a place for a request of this address, or refuses (`overloaded`). */
  enter(address: string): Place {
    if (this.isOver(address)) throw overloaded();
    const { promise: turn, resolve, reject } = Promise.withResolvers<void>();
    let leave = (): void => {};
    const start = () => {
      leave = this.#work();
      resolve();
    };
    if (this.#working < this.#limits.atOnce) start();
    else leave = this.#wait(address, { since: performance.now(), start, refuse: reject });
    return { turn, leave: () => leave() };
  }

  /** Takes a place for a request that waits elsewhere, in a queue that has its own bounds. */
  enterOwnQueue(): Place {
    if (this.isOver('')) throw overloaded();
    return { turn: Promise.resolve(), leave: this.#countOwnQueue() };
  }

  [Symbol.dispose](): void {
    clearInterval(this.#probe);
  }

  #countOwnQueue(): () => void {
    let counted = 1;
    this.#inOwnQueues += counted;
    return () => {
      this.#inOwnQueues -= counted;
      counted = 0;
    };
  }

  #work(): () => void {
    const began = performance.now();
    let isOpen = true;
    this.#working += 1;
    return () => {
      if (!isOpen) return;
      isOpen = false;
      this.#measureCost((performance.now() - began) / this.#working);
      this.#working -= 1;
      this.#next();
    };
  }

  #wait(address: string, one: Waiting): () => void {
    const lane = this.#waiting.get(address) ?? new Set();
    this.#waiting.set(address, lane.add(one));
    this.#waitingInAll += 1;
    return () => {
      if (this.#forget(address, one)) one.refuse(overloaded());
    };
  }

  #forget(address: string, one: Waiting): boolean {
    const lane = this.#waiting.get(address);
    if (lane === undefined || !lane.delete(one)) return false;
    this.#waitingInAll -= 1;
    if (lane.size === 0) this.#waiting.delete(address);
    return true;
  }

  #next(): void {
    for (const [address, lane] of this.#waiting) {
      const [one] = lane;
      if (one === undefined) continue;
      // The address goes to the end of the turn.
      this.#waiting.delete(address);
      this.#waiting.set(address, lane);
      this.#forget(address, one);
      one.start();
      return;
    }
  }

  #measureCost(milliseconds: number): void {
    const counted = Math.min(milliseconds, this.#limits.waitMilliseconds / ALWAYS_AT_ONCE);
    this.#costMilliseconds += NEWEST_SHARE * (counted - this.#costMilliseconds);
  }

  /** Until the answer; others are served in between, but nobody waits for more than all who are here. */
  #expectedWait(address: string): number {
    if (this.#working === 0) return 0;
    const ownTurn = (this.#waiting.get(address)?.size ?? 0) + 1;
    const before = Math.min(this.#waitingInAll + 1, ownTurn * (this.#waiting.size + 1));
    return (this.#working + before) * this.#costMilliseconds;
  }

  #measure(): void {
    const now = performance.now();
    this.#loopDelayBefore = this.#loopDelay;
    this.#loopDelay = now - this.#probedAt - PROBE_MILLISECONDS;
    this.#probedAt = now;
    this.#refuseLate(now);
  }

  /** What was expected may be wrong, as when the database stops: nobody waits longer for that. */
  #refuseLate(now: number): void {
    for (const [address, lane] of this.#waiting) {
      for (const one of lane) {
        if (now - one.since <= this.#limits.waitMilliseconds) break;
        this.#forget(address, one);
        one.refuse(overloaded());
      }
    }
  }
}

function overloaded(): Refusal {
  return new Refusal('overloaded', 'too many requests at once');
}
