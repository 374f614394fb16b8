// Tells the people of a contract what happened to one of its members, by a notice and by mail, inside the transaction
// in which it did.
import { randomUUID } from 'node:crypto';
import type { Identity } from '../banking/identity.ts';
import type { Person } from '../banking/person.ts';
import { addDays, endOfTokyoDay, tokyoDayOf } from '../banking/tokyo-calendar.ts';
import { isImportant, type Told } from '../banking/told.ts';
import type { Tx } from '../store/database.ts';
import { queueMails } from '../store/mails.ts';
import { listAdministrators } from '../store/members.ts';
import { insertToldNotices } from '../store/notices.ts';

const SHOWN_DAYS = 90;

/** What happened to a member, by whom and when. */
export type Happened = Pick<Told, 'event' | 'by' | 'byBank' | 'reason'> & {
  readonly member: Person;
  readonly now: Date;
  /** A mail address that was the member's until now, and is told as well. */
  readonly formerAddress?: string;
  /** What makes the mails of this the only ones; anew for each where nothing is said. */
  readonly about?: string;
};

/** Tells the member and the contract's administrators, but for whoever did it. */
export async function tellCompany(happened: Happened, tx: Tx): Promise<void> {
  const { member, now, event, by, byBank, reason } = happened;
  const { identity, name } = member;
  const administrators = await listAdministrators(identity, tx);
  const others = administrators.filter(({ user }) => user !== by && user !== identity.user);
  const told: Told = {
    event,
    name,
    user: identity.user,
    by,
    ...(byBank && { byBank }),
    ...(reason && { reason }),
  };
  const to: readonly Identity[] = by === identity.user ? others : [identity, ...others];
  const about = happened.about ?? aboutTold();
  await tell(to, { told, now, about }, tx);
  const { formerAddress: address } = happened;
  if (address === undefined) return;
  const facts = { kind: 'told', told, at: now.toISOString(), address } as const;
  await queueMails({ to: [identity], facts, about: `${about}:former`, at: now }, tx);
}

/** Tells a contract's administrators what the bank changed of the contract itself. */
export async function tellAdministrators(
  contract: Pick<Identity, 'institution' | 'contract'>,
  happened: { readonly told: Pick<Told, 'event' | 'name' | 'user'>; readonly now: Date },
  tx: Tx,
): Promise<void> {
  const told = { ...happened.told, by: null, byBank: true } as const;
  const to = await listAdministrators(contract, tx);
  await tell(to, { told, now: happened.now, about: aboutTold() }, tx);
}

function aboutTold(): string {
  return `told:${randomUUID()}`;
}

async function tell(
  to: readonly Identity[],
  { told, now, about }: { readonly told: Told; readonly now: Date; readonly about: string },
  tx: Tx,
): Promise<void> {
  const untilAt = endOfTokyoDay(addDays(tokyoDayOf(now), SHOWN_DAYS));
  const important = isImportant(told.event);
  await insertToldNotices({ to, told, isImportant: important, publishedAt: now, untilAt }, tx);
  const facts = { kind: 'told', told, at: now.toISOString() } as const;
  await queueMails({ to, about, facts, at: now }, tx);
}
