// What the figures of a policy may be. Each bound keeps an institution from locking its own people out, or from
// promising what certificates cannot hold.
import { Refusal } from '../errors.ts';
import type { Policy } from './policy.ts';

/** The figures of a policy. */
export type PolicyFigure = {
  readonly [K in keyof Policy]: Policy[K] extends number ? K : never;
}[keyof Policy];

/** The switches of a policy. */
export type PolicySwitch = {
  readonly [K in keyof Policy]: Policy[K] extends boolean ? K : never;
}[keyof Policy];

/** The bounds of each figure, both of them allowed. */
export const POLICY_FIGURES: Readonly<
  Record<PolicyFigure, { readonly least: number; readonly most: number }>
> = {
  validityDays: { least: 1, most: 400 },
  // Server and client programs refuse certificates of more.
  maximumLifetimeDays: { least: 1, most: 400 },
  renewalWindowDays: { least: 1, most: 120 },
  graceDays: { least: 0, most: 365 },
  firstAcquisitionDays: { least: 1, most: 180 },
  pinErrorLimit: { least: 3, most: 10 },
  usersPerContract: { least: 1, most: 9_999 },
  slotsPerUser: { least: 1, most: 9 },
  sessionIdleMinutes: { least: 1, most: 60 },
  sessionTotalMinutes: { least: 5, most: 1_440 },
};

/** Each switch. */
export const POLICY_SWITCHES: readonly PolicySwitch[] = [
  'revokeFirst',
  'freezesAfterReissue',
  'deviceBoundOnly',
  'monthInName',
  'mailDayAfterEnd',
  'mailsCodeAfterEnd',
];

/** The bounds of `mailDaysBefore`: how many days there are, and how large each. */
export const MAIL_DAYS = { most: 5, largest: 120 } as const;

/** Refuses (`invalid-input`) a policy whose figures are out of bounds or contradict each other. */
export function checkPolicy(policy: Policy): void {
  for (const [name, { least, most }] of Object.entries(POLICY_FIGURES)) {
    const value = policy[name as PolicyFigure];
    if (!Number.isInteger(value) || value < least || value > most) {
      throw new Refusal('invalid-input', `${name} is from ${least} to ${most}`);
    }
  }
  if (policy.validityDays > policy.maximumLifetimeDays) {
    throw new Refusal('invalid-input', 'validityDays is more than maximumLifetimeDays');
  }
  if (policy.renewalWindowDays >= policy.validityDays) {
    throw new Refusal('invalid-input', 'renewalWindowDays is not less than validityDays');
  }
  checkMailDays(policy);
  if (policy.sessionIdleMinutes > policy.sessionTotalMinutes) {
    throw new Refusal('invalid-input', 'sessionIdleMinutes is more than sessionTotalMinutes');
  }
}

function checkMailDays({ mailDaysBefore: days }: Policy): void {
  const isFew = days.length <= MAIL_DAYS.most;
  const fall = days.every((day, index) => index === 0 || day < (days[index - 1] ?? 0));
  const fit = days.every((day) => Number.isInteger(day) && day >= 1 && day <= MAIL_DAYS.largest);
  if (isFew && fall && fit) return;
  const { most, largest } = MAIL_DAYS;
  throw new Refusal(
    'invalid-input',
    `mailDaysBefore has at most ${most} days from 1 to ${largest}, the most first`,
  );
}
