// A year of mail as it is drawn from a seed before it begins: the institutions, their people, what everybody does
// around the end of each certificate, and when nothing runs. Not what is to be mailed of it: that is expected.ts.
import { type Chance, chanceOf } from '../random.ts';

/** What an institution decides of its mails and certificates. */
export type MailPolicy = {
  readonly mailDaysBefore: readonly number[];
  readonly mailDayAfterEnd: boolean;
  readonly validityDays: number;
  readonly renewalWindowDays: number;
};

/** The institutions by code; their days differ, and the second one's certificates end several times in a year. */
export const POLICIES: Readonly<Record<string, MailPolicy>> = {
  '1394': {
    mailDaysBefore: [30, 10],
    mailDayAfterEnd: true,
    validityDays: 398,
    renewalWindowDays: 40,
  },
  '1395': {
    mailDaysBefore: [40, 20, 7, 1],
    mailDayAfterEnd: true,
    validityDays: 120,
    renewalWindowDays: 50,
  },
  '1396': {
    mailDaysBefore: [14, 3],
    mailDayAfterEnd: false,
    validityDays: 398,
    renewalWindowDays: 20,
  },
};

/** Somebody, as the year begins. */
export type Plan = {
  readonly id: string;
  readonly institution: string;
  readonly contract: string;
  readonly isAdministrator: boolean;
  readonly address: string | null;
  /** Day of the year on which the first certificate ends. */
  readonly endsOn: number;
};

/** What happens to somebody; the steps of one certificate are of one life. */
export type DeedKind =
  | 'renew'
  | 'renew-again'
  | 'prove'
  | 'suspend'
  | 'lift'
  | 'revoke'
  | 'suspend-own'
  | 'revoke-own'
  | 'stop'
  | 'resume'
  | 'lock'
  | 'unlock'
  | 'new-address'
  | 'no-address'
  | 'mailbox-gone'
  | 'mailbox-full'
  | 'mailbox-emptied';

/** A deed and the day on which it happens; the hour is a share of the day. */
export type Deed = {
  readonly person: string;
  readonly kind: DeedKind;
  readonly day: number;
  readonly hour: number;
};

const CONTRACT = { least: 3, most: 12 };
const ADMINISTRATORS = 2;
const NO_ADDRESS = 0.05;

/** Draws so many people, in contracts of some, with two administrators where there are three people. */
export function drawPeople(users: number, seed: number): readonly Plan[] {
  const plans: Plan[] = [];
  const institutions = Object.keys(POLICIES);
  for (let number = 0; plans.length < users; number++) {
    const chance = chanceOf(seed, 'contract', number);
    const institution = institutions[number % institutions.length] ?? '';
    const { validityDays } = POLICIES[institution] ?? raise(institution);
    const size = Math.min(chance.whole(CONTRACT.least, CONTRACT.most), users - plans.length);
    for (let place = 0; place < size; place++) {
      const id = `p${String(plans.length + 1).padStart(4, '0')}`;
      plans.push({
        id,
        institution,
        contract: String(10_000_000_000 + number),
        isAdministrator: place < ADMINISTRATORS,
        address: chance.happens(NO_ADDRESS) ? null : `${id}@mail.example`,
        endsOn: chance.whole(2, validityDays - 3),
      });
    }
  }
  return plans;
}

/** Everything that is drawn for one certificate of somebody. */
export function drawLife(
  { id, isAdministrator }: Pick<Plan, 'id' | 'isAdministrator'>,
  { endsOn, policy }: { readonly endsOn: number; readonly policy: MailPolicy },
  chance: Chance,
): readonly Deed[] {
  const at = (kind: DeedKind, day: number, hour = chance.unit()): Deed => ({
    person: id,
    kind,
    day,
    hour,
  });
  const anywhere = () => endsOn - chance.whole(-4, policy.renewalWindowDays);
  return [
    ...renewalOf(endsOn, { policy, at, chance }),
    ...mishapOf(isAdministrator, { at, anywhere, chance }),
    ...addressOf({ at, anywhere, chance }),
  ];
}

type At = (kind: DeedKind, day: number, hour?: number) => Deed;

/** Early on the day, when the reminder that was put off at eight is still on its way. */
const MORNING = 8.5 / 24;

function renewalOf(
  endsOn: number,
  { policy, at, chance }: { readonly policy: MailPolicy; readonly at: At; readonly chance: Chance },
): readonly Deed[] {
  const days = policy.mailDaysBefore;
  const [first = 1, second = 0] = days;
  const when = chance.oneOf({ before: 20, between: 30, morning: 15, late: 20, never: 15 });
  if (when === 'never') return [];
  const left = {
    before: () => chance.whole(first + 1, policy.renewalWindowDays),
    between: () => chance.whole(second, first),
    morning: () => days[chance.whole(0, days.length - 1)] ?? 1,
    late: () => chance.whole(0, days.at(-1) ?? 1),
  }[when]();
  const day = endsOn - left;
  const renew = at('renew', day, when === 'morning' ? MORNING : undefined);
  const proof = chance.oneOf({ 'at-once': 60, later: 30, never: 10 });
  if (proof === 'never') return [renew];
  if (proof === 'at-once') return [renew, at('prove', day, renew.hour)];
  const later = day + chance.whole(1, 4);
  const again = chance.happens(0.3) ? [at('renew-again', later, 0.2)] : [];
  return [renew, ...again, at('prove', later, 0.6)];
}

type Drawing = { readonly at: At; readonly anywhere: () => number; readonly chance: Chance };

function mishapOf(isAdministrator: boolean, { at, anywhere, chance }: Drawing): readonly Deed[] {
  const day = anywhere();
  const later = day + chance.whole(1, 20);
  // What takes two of the bank's staff is not done to administrators here.
  const what = chance.oneOf({
    none: 64,
    suspended: 8,
    revoked: isAdministrator ? 0 : 5,
    own: 3,
    stopped: isAdministrator ? 0 : 8,
    locked: 6,
    suspendedForEver: 2,
    revokedByHolder: 2,
    gone: isAdministrator ? 0 : 2,
  });
  return {
    none: () => [],
    suspended: () => [at('suspend', day), at('lift', later)],
    revoked: () => [at('revoke', day)],
    own: () => [at('suspend-own', day), at('lift', later)],
    stopped: () => [at('stop', day), at('resume', later)],
    locked: () => [at('lock', day), at('unlock', later)],
    suspendedForEver: () => [at('suspend', day)],
    revokedByHolder: () => [at('revoke-own', day)],
    gone: () => [at('stop', day)],
  }[what]();
}

function addressOf({ at, anywhere, chance }: Drawing): readonly Deed[] {
  const day = anywhere();
  const what = chance.oneOf({ stays: 78, changes: 7, removed: 3, gone: 8, full: 4 });
  if (what === 'changes') return [at('new-address', day)];
  if (what === 'removed') return [at('no-address', day), at('new-address', day + 25)];
  if (what === 'stays') return [];
  if (what === 'full') {
    return [at('mailbox-full', day), at('mailbox-emptied', day + chance.whole(2, 12))];
  }
  const isMended = chance.happens(0.6);
  return [
    at('mailbox-gone', day),
    ...(isMended ? [at('new-address', day + chance.whole(2, 30))] : []),
  ];
}

/** Days from one to another, both included. */
export type Days = { readonly first: number; readonly last: number };

/** What goes on around the people: by day, from the first to the last. */
export type Weather = {
  /** Nothing of Koshin's mail runs. */
  readonly standsStill: readonly Days[];
  /** The mail server accepts connections and breaks every mail off. */
  readonly isSilent: readonly Days[];
  /** It relays nothing for us. */
  readonly refusesUs: readonly Days[];
};

/** Draws it: a standstill each eighty days, a silence longer than any server would be waited for, a refusal. */
export function drawWeather(days: number, seed: number): Weather {
  const chance = chanceOf(seed, 'weather');
  const standsStill: Days[] = [];
  for (let from = 40; from + 20 < days; from += 80) {
    const first = from + chance.whole(0, 10);
    standsStill.push({ first, last: first + chance.whole(2, 8) });
  }
  return {
    standsStill,
    isSilent: daysAt(days * 0.25, 7),
    refusesUs: daysAt(days * 0.6, 3),
  };
}

function daysAt(day: number, length: number): readonly Days[] {
  const first = Math.round(day);
  return [{ first, last: first + length - 1 }];
}

/** Whether a day is one of them. */
export function isAmong(day: number, days: readonly Days[]): boolean {
  return days.some(({ first, last }) => first <= day && day <= last);
}

function raise(institution: string): never {
  throw new Error(`no institution ${institution}`);
}
