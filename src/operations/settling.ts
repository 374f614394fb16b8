// From which number on the audit log must be searched for entries that are not in the tree. Entries get
// their numbers before they are committed, so a smaller one can appear after a greater one.

/** How far the numbers are settled: no entry up to there can still appear. */
export class Settling {
  #settled: number;
  #next: number;
  /** Who may still commit an entry up to `#next`; undefined as long as it was not asked. */
  #writers: ReadonlySet<string> | undefined;

  constructor(settled: number) {
    this.#settled = settled;
    this.#next = settled;
  }

  /** Every entry up to this number is in the tree, or was never committed. */
  get settled(): number {
    return this.#settled;
  }

  /** Whether asking who writes could settle more. */
  get isPending(): boolean {
    return this.#next > this.#settled;
  }

  /** Told who writes now; the number up to which a search that begins after this misses nothing. */
  seenBy(writers: ReadonlySet<string>): number {
    if (!this.isPending) return this.#settled;
    // Whoever took such a number did so before it was noticed, and held the lock then already.
    this.#writers = this.#writers?.intersection(writers) ?? writers;
    return this.#writers.size === 0 ? this.#next : this.#settled;
  }

  /** Told that everything up to `settled` is in the tree, and that a search has seen `newest`. */
  advance(settled: number, newest: number): void {
    this.#settled = settled;
    if (this.isPending) return;
    this.#next = Math.max(newest, settled);
    this.#writers = undefined;
  }
}
