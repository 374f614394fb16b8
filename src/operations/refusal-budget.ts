// How many refusals of strangers go on record in an hour: enough for the help desk, too few to fill the audit log.

const HOUR_MS = 60 * 60 * 1000;

/** Counts by the hour, in this process. */
export class RefusalBudget {
  readonly #perHour: number;
  #hour = 0;
  #taken = 0;

  constructor(perHour: number) {
    this.#perHour = perHour;
  }

  /** Whether one more may go on record. */
  take(now: Date): boolean {
    const hour = Math.floor(now.getTime() / HOUR_MS);
    if (hour !== this.#hour) {
      this.#hour = hour;
      this.#taken = 0;
    }
    this.#taken += 1;
    return this.#taken <= this.#perHour;
  }
}
