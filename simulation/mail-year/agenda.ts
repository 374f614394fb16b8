// Who does what when, as far as it is known: each certificate of somebody begins a life of its own. Not the doing.
import { chanceOf } from '../random.ts';
import { type Deed, drawLife } from './plan.ts';
import type { Held, Member } from './town.ts';

const HOURS = 24;

/** The deeds that are to be done, by day and hour. */
export class Agenda {
  readonly #seed: number;
  readonly #hours: readonly number[];
  readonly #deeds = new Map<string, Deed[]>();

  constructor(seed: number, hours: readonly number[]) {
    this.#seed = seed;
    this.#hours = hours;
  }

  /** Draws what somebody does around the end of a certificate, which is on that day; what lies behind is left out. */
  begin(member: Member, held: Held, { today, endsOn }: { today: number; endsOn: number }): void {
    const life = member.certificates.indexOf(held);
    const chance = chanceOf(this.#seed, member.id, life);
    for (const deed of drawLife(member, { endsOn, policy: member.policy }, chance)) {
      if (deed.day > today) this.#enter(deed);
    }
  }

  /** What is to be done then; it is done once. */
  take(day: number, hour: number): readonly Deed[] {
    const key = `${day} ${hour}`;
    const deeds = this.#deeds.get(key) ?? [];
    this.#deeds.delete(key);
    return deeds;
  }

  #enter(deed: Deed): void {
    const hour = this.#hours.find((one) => one >= deed.hour * HOURS) ?? this.#hours.at(-1);
    const key = `${deed.day} ${hour}`;
    this.#deeds.set(key, [...(this.#deeds.get(key) ?? []), deed]);
  }
}
