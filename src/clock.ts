// Time as a parameter: only operations ask a clock, everything below them is given `now`.

export type Clock = { readonly now: () => Date };

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date() };
