// What is to be mailed to whom, by the rules as they are written down (docs/mail.md) and not by the program's own
// code: a second opinion. It is told what was done and when the mail ran, and says which mails there are to be.
import { administratorsOf, type Held, type Member, type Town } from './town.ts';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
/** Tokyo's offset; it has no summer time. */
const TOKYO_MS = 9 * HOUR_MS;
/** Reminders are of eight in the morning in Tokyo. */
const MORNING_MS = 8 * HOUR_MS;
/** For how many days it is said that a certificate has ended. */
const SAID_FOR_DAYS = 7;

/** A mail that is to be. */
export type Expected = {
  readonly key: string;
  readonly to: Member;
  /** What the subject of its mail says. */
  readonly kind: MailKind;
  /** The certificate of a reminder, and whose it is; null where the mail stays true. */
  readonly reminds: Held | null;
  readonly since: Date;
};

/** The kinds of mail that the year knows. */
export type MailKind = 'ending' | 'ended' | 'told' | 'issued' | 'proved' | 'replaced';

/** A certificate's event that its holder and the administrators are mailed. */
type OfRenewal = {
  readonly kind: 'issued' | 'proved' | 'replaced';
  readonly member: Member;
  readonly held: Held;
};

/** The expectations of a year, which grow with it. */
export class Expectations {
  readonly all = new Map<string, Expected>();
  /** Reminders that another took the place of, since nothing ran when they were due. */
  caughtUp = 0;
  readonly #town: Town;
  #renewals: OfRenewal[] = [];

  constructor(town: Town) {
    this.#town = town;
  }

  /** Something was done to a member by somebody of the contract, or by nobody of it (null): they and the administrators. */
  told(event: string, about: Member, by: string | null, at: Date): void {
    const to = by === about.id ? [] : [about];
    for (const one of [...to, ...administratorsOf(about, this.#town, [by, about.id])]) {
      this.#add(one, 'told', toldKey(event, about.id, at), null, at);
    }
  }

  /** A renewal went on; it is mailed when the mail runs next. */
  renewed(kind: OfRenewal['kind'], member: Member, held: Held): void {
    this.#renewals.push({ kind, member, held });
  }

  /** The mail runs: what is due by now is to be mailed. */
  ran(now: Date): void {
    for (const { kind, member, held } of this.#renewals) {
      for (const to of [member, ...administratorsOf(member, this.#town, [member.id])]) {
        this.#add(to, kind, `${kind} ${held.sha256}`, null, now);
      }
    }
    this.#renewals = [];
    for (const member of this.#town.values()) {
      if (member.isStopped) continue;
      for (const held of member.certificates) this.#remind(member, held, now);
    }
  }

  #remind(member: Member, held: Held, now: Date): void {
    if (held.state !== 'current' || held.provedAt === null) return;
    const left = tokyoDay(held.endsAt) - tokyoDay(new Date(now.getTime() - MORNING_MS));
    const days = thresholdOf(left, member);
    if (days === undefined) return;
    // Whoever was given it after the moment of the reminder needs none.
    const dueAt = (tokyoDay(held.endsAt) - days) * DAY_MS - TOKYO_MS + MORNING_MS;
    if (held.provedAt.getTime() >= dueAt) return;
    const kind = days < 0 ? 'ended' : 'ending';
    if (this.#add(member, kind, reminderKey(kind, days, held.sha256), held, now)) {
      this.#countMissed(member, held, { days, left });
    }
  }

  /** Thresholds before this one that were never mailed although they were due. */
  #countMissed(
    { id, policy }: Member,
    held: Held,
    { days, left }: { readonly days: number; readonly left: number },
  ): void {
    const missed = policy.mailDaysBefore.filter(
      (most) =>
        most > days &&
        left < most &&
        isBefore(held, most) &&
        !this.all.has(`${id} ${reminderKey('ending', most, held.sha256)}`),
    );
    this.caughtUp += missed.length;
  }

  #add(to: Member, kind: MailKind, about: string, reminds: Held | null, since: Date): boolean {
    const key = `${to.id} ${about}`;
    if (this.all.has(key)) return false;
    this.all.set(key, { key, to, kind, reminds, since });
    return true;
  }
}

/** What makes a reminder the only one of its recipient. */
export function reminderKey(kind: 'ending' | 'ended', days: number, sha256: string): string {
  return `${kind} ${days} ${sha256}`;
}

/** What makes a mail of a deed the only one of its recipient. */
export function toldKey(event: string, about: string, at: Date): string {
  return `told ${event} ${about} ${at.toISOString()}`;
}

/** Whether a mail may arrive now: a reminder, only while its certificate is used and no other has taken its place. */
export function mayArrive({ to, kind, reminds }: Expected, now: Date): boolean {
  if (reminds === null) return true;
  if (to.isStopped || reminds.state !== 'current') return false;
  if (kind === 'ending') return reminds.endsAt > now;
  return (
    reminds.endsAt < now &&
    !to.certificates.some(({ state, endsAt }) => state === 'current' && endsAt > now)
  );
}

/** The reminder whose days these are: the latest that is due. */
function thresholdOf(left: number, { policy }: Member): number | undefined {
  if (left >= 0) {
    const due = policy.mailDaysBefore.filter((days) => days >= left);
    return due.length === 0 ? undefined : Math.min(...due);
  }
  return policy.mailDayAfterEnd && left >= -SAID_FOR_DAYS ? -1 : undefined;
}

function isBefore({ provedAt, endsAt }: Held, days: number): boolean {
  const dueAt = (tokyoDay(endsAt) - days) * DAY_MS - TOKYO_MS + MORNING_MS;
  return provedAt !== null && provedAt.getTime() < dueAt;
}

/** The number of the day in Tokyo. */
function tokyoDay(at: Date): number {
  return Math.floor((at.getTime() + TOKYO_MS) / DAY_MS);
}
