// Notices that the process has more to do than it can, so that new requests are turned away cheaply.

/** More than `inFlight` requests at once, or timers later than `loopDelayMilliseconds`, is too much. */
export type LoadLimits = { readonly inFlight: number; readonly loopDelayMilliseconds: number };

const PROBE_MILLISECONDS = 100;

/** The load of one process, shared by its faces. */
export class Load {
  readonly #limits: LoadLimits;
  readonly #probe: NodeJS.Timeout;
  #inFlight = 0;
  #probedAt = performance.now();
  #loopDelay = 0;

  constructor(limits: LoadLimits) {
    this.#limits = limits;
    this.#probe = setInterval(() => this.#measure(), PROBE_MILLISECONDS).unref();
  }

  /** Whether a new request should be turned away. */
  get isOver(): boolean {
    return (
      this.#inFlight >= this.#limits.inFlight ||
      this.#loopDelay > this.#limits.loopDelayMilliseconds
    );
  }

  /** Counts a request until the returned function is called for the first time. */
  enter(): () => void {
    let counted = 1;
    this.#inFlight += counted;
    return () => {
      this.#inFlight -= counted;
      counted = 0;
    };
  }

  [Symbol.dispose](): void {
    clearInterval(this.#probe);
  }

  #measure(): void {
    const now = performance.now();
    this.#loopDelay = now - this.#probedAt - PROBE_MILLISECONDS;
    this.#probedAt = now;
  }
}
