// Everybody of a simulation, drawn from a seed before anything happens: so the same people can be put
// under another rule. Not here: what comes of it.
import {
  DAYS_BETWEEN,
  EVENTS,
  MISHAPS,
  type Mishap,
  PEOPLE_OF_CONTRACT,
  RENEWS,
  type RenewsWhen,
  SHARES_A_PC,
  SOLE_ADMINISTRATOR,
} from './habits.ts';
import { type Chance, chanceOf } from './random.ts';

/** Days after the beginning on which the last person acquires their certificate. */
const ACQUIRED_WITHIN_DAYS = 40;
const VALIDITY_DAYS = 365;

/** What one person will do and meet; days count from the beginning. */
export type Plan = {
  readonly id: string;
  readonly contract: string;
  readonly isAdministrator: boolean;
  readonly acquiresOn: number;
  readonly daysBetween: number;
  readonly renews: RenewsWhen;
  /** Days after the opening of the window, or after the end, on which they set to it. */
  readonly renewsAfter: number;
  readonly mishap: Mishap;
  /** Who shares the PC, by their ID. */
  readonly sharesWith: string | undefined;
  readonly newPcOn: number | undefined;
  readonly certificateGoneOn: number | undefined;
  readonly forgetsPinOn: number | undefined;
  readonly typesUntilLockedOn: number | undefined;
};

/** Draws so many people in contracts of some. */
export function drawPlans(users: number, seed: number): readonly Plan[] {
  const plans: Plan[] = [];
  for (let number = 1; plans.length < users; number++) {
    const chance = chanceOf(seed, 'contract', number);
    const { least, most } = PEOPLE_OF_CONTRACT;
    const size = Math.min(chance.whole(least, most), users - plans.length);
    const administrators = chance.happens(SOLE_ADMINISTRATOR) || size < 2 ? 1 : 2;
    const contract = String(10_000_000_000 + number);
    for (let place = 0; place < size; place++) {
      const id = `p${String(plans.length + 1).padStart(4, '0')}`;
      const before = plans.at(-1);
      const partner = before?.contract === contract && !before.isAdministrator ? before : undefined;
      plans.push(
        drawPlan(
          { id, contract, isAdministrator: place < administrators, partner },
          chanceOf(seed, id),
        ),
      );
    }
  }
  return plans;
}

type Place = Pick<Plan, 'id' | 'contract' | 'isAdministrator'> & {
  readonly partner: Plan | undefined;
};

function drawPlan({ partner, ...place }: Place, chance: Chance): Plan {
  const renews = chance.oneOf(RENEWS);
  // Administrators have theirs before anybody else can have one.
  const acquiresOn = place.isAdministrator ? 0 : chance.whole(1, ACQUIRED_WITHIN_DAYS);
  const once = (probability: number) =>
    chance.happens(probability) ? acquiresOn + chance.whole(20, VALIDITY_DAYS - 60) : undefined;
  return {
    ...place,
    acquiresOn,
    daysBetween: chance.whole(DAYS_BETWEEN.least, DAYS_BETWEEN.most),
    renews,
    renewsAfter: DAYS_AFTER[renews](chance),
    mishap: chance.oneOf(MISHAPS),
    sharesWith:
      !place.isAdministrator && partner?.sharesWith === undefined && chance.happens(SHARES_A_PC)
        ? partner?.id
        : undefined,
    newPcOn: once(EVENTS.newPc),
    certificateGoneOn: once(EVENTS.certificateGone),
    forgetsPinOn: once(EVENTS.forgetsPin),
    typesUntilLockedOn: once(EVENTS.typesUntilLocked),
  };
}

const DAYS_AFTER: Readonly<Record<RenewsWhen, (chance: Chance) => number>> = {
  'at-once': (chance) => chance.whole(0, 2),
  'some-day': (chance) => chance.whole(3, 22),
  'last-week': (chance) => chance.whole(23, 29),
  'last-day': () => 30,
  'after-the-end': (chance) => chance.whole(1, 85),
  'long-after': (chance) => chance.whole(92, 110),
};
