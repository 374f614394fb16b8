// The same people on the same days under the rule of today: the old certificate dies when the new one is
// issued, and after the end there is no way but a reissue. A model, not a system: it counts what the rule
// alone decides, of what these people really did in the run.
import type { Mishap } from './habits.ts';
import type { Incident } from './world.ts';

/**
 * Mishaps after which nothing is in the person's hand while the old certificate is dead already. Who saved
 * and imported the file, pressed twice, or chose the old one for a proof that is not asked there, has one.
 */
const LEAVES_NOTHING: ReadonlySet<Mishap> = new Set([
  'answer-lost',
  'tab-closed',
  'file-lost',
  'pc-changed',
]);

/** Who would have been locked out, and when: in a renewal that broke, or by coming after the end. */
export type TodaysRule = {
  readonly broken: readonly Incident[];
  readonly late: readonly Incident[];
};

/** Puts what happened under today's rule; nobody counts twice. */
export function underTodaysRule(happened: {
  readonly renewals: readonly (Incident & { readonly mishap: Mishap })[];
  readonly cameLate: readonly Incident[];
}): TodaysRule {
  const broken = happened.renewals.filter(({ mishap }) => LEAVES_NOTHING.has(mishap));
  const isCounted = new Set(broken.map(({ person }) => person));
  return { broken, late: happened.cameLate.filter(({ person }) => !isCounted.has(person)) };
}
