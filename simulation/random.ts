// Chance that comes out the same for the same words: who does what depends on the seed and on nothing else.
import { createHash } from 'node:crypto';

/** Chance drawn from a seed. */
export type Chance = {
  /** At least 0, below 1. */
  readonly unit: () => number;
  /** A whole number from `least` to `most`, both included. */
  readonly whole: (least: number, most: number) => number;
  /** True with this probability. */
  readonly happens: (probability: number) => boolean;
  /** One of a table, by weight. */
  readonly oneOf: <T extends string>(weights: Readonly<Record<T, number>>) => T;
};

/** Chance of its own for these words. */
export function chanceOf(...words: readonly (string | number)[]): Chance {
  let state = createHash('sha256').update(words.join('\n')).digest().readUInt32LE(0);
  const unit = () => {
    // mulberry32, by its published constants.
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const oneOf = <T extends string>(weights: Readonly<Record<T, number>>): T => {
    const table = Object.entries(weights) as [T, number][];
    let left = unit() * table.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [name, weight] of table) {
      left -= weight;
      if (left < 0) return name;
    }
    throw new Error('a table of weights is empty');
  };
  return {
    unit,
    whole: (least, most) => least + Math.floor(unit() * (most - least + 1)),
    happens: (probability) => unit() < probability,
    oneOf,
  };
}
