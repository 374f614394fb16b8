// What a benchmark yields, and how figures are made of measurements. Not the measuring itself.

/** One measured figure; a figure that is held to something says what is enough. */
export type Figure = {
  /** Dotted, the benchmark's name first. */
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly bar?: { readonly atLeast: number } | { readonly below: number };
};

/** The one in the middle; the mean of the middle two for an even number of values. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('no values to find the median of');
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? 0;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? 0) + upper) / 2 : upper;
}

/** A figure as one line of JSON; with its bar, and whether it is met. */
export function figureLine({ name, value, unit, bar }: Figure): string {
  const rounded = Number(value.toPrecision(4));
  if (bar === undefined) return JSON.stringify({ name, value: rounded, unit });
  const [limit, met] =
    'atLeast' in bar ? [bar.atLeast, value >= bar.atLeast] : [bar.below, value < bar.below];
  return JSON.stringify({ name, value: rounded, unit, bar: limit, met });
}
