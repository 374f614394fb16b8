// A PC's browser as far as certificates go: what is in its store, and what its picker offers. It hides what
// has ended, as browsers do, and says so to nobody.
import type { ClientIdentity } from '../test/system/visitor.ts';

/** A certificate with its key in a store. */
export type Held = {
  /** The ID of the person it is of. */
  readonly owner: string;
  readonly shows: ClientIdentity;
  readonly notAfter: Date;
};

/** The store of one PC; people who share the PC share it. */
export class Browser {
  #held: Held[] = [];

  /** What the picker lists, the one that ends last first. */
  offered(now: Date): readonly Held[] {
    return this.#held
      .filter(({ notAfter }) => now <= notAfter)
      .toSorted((a, b) => b.notAfter.getTime() - a.notAfter.getTime());
  }

  /** Imports a certificate with its key. */
  take(held: Held): void {
    this.#held.push(held);
  }

  /** Deletes certificates from the list. */
  drop(isDropped: (held: Held) => boolean): void {
    this.#held = this.#held.filter((held) => !isDropped(held));
  }
}
