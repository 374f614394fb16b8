// A mail that was taken came back later: its address is used no more until another is entered, and the console counts
// it. What came back is named by its Message-ID or by the address.
import type { Identity } from '../banking/identity.ts';
import { parseMailAddress } from '../banking/mail-address.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import { appendAudit } from '../store/audit-log.ts';
import { type Db, inTransaction, type Tx } from '../store/database.ts';
import { markBounced, personsAt } from '../store/mail-addresses.ts';
import { findMail, markCameBack, type SentMail } from '../store/mail-delivery.ts';

type Needs = { readonly db: Db; readonly clock: Clock };

/** A Message-ID of ours, with angle brackets or without: the mail's UUID and the institution's host. */
const MESSAGE_ID = /^<?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@[A-Za-z0-9.-]+>?$/;

/**
 * Marks the address of whoever it was for; returns how many people that are, 0 where they have another address by
 * now. Refuses `invalid-input` what is neither an address nor a Message-ID, `not-found` a mail that is not ours.
 */
export async function noteBounced(named: string, { db, clock }: Needs): Promise<number> {
  const at = clock.now();
  const [, mail] = MESSAGE_ID.exec(named.trim()) ?? [];
  return await inTransaction(db, async (tx) => {
    if (mail === undefined) return await addressBounced(named, at, tx);
    const sent = await findMail(mail, tx);
    if (sent?.sentTo == null) throw new Refusal('not-found', 'no such mail was sent');
    return await mailBounced({ ...sent, sentTo: sent.sentTo }, at, tx);
  });
}

async function mailBounced(
  { id, to, sentTo }: SentMail & { readonly sentTo: string },
  at: Date,
  tx: Tx,
): Promise<number> {
  await markCameBack({ institution: to.institution, id }, tx);
  return await mark([to], { address: sentTo, mail: id, at }, tx);
}

async function addressBounced(named: string, at: Date, tx: Tx): Promise<number> {
  const address = parseMailAddress(named);
  if (address === null) throw new Refusal('invalid-input', 'no address and no Message-ID');
  return await mark(await personsAt(address, tx), { address, at }, tx);
}

async function mark(
  people: readonly Identity[],
  { address, mail, at }: { readonly address: string; readonly mail?: string; readonly at: Date },
  tx: Tx,
): Promise<number> {
  let marked = 0;
  for (const person of people) {
    if (!(await markBounced(person, { address, at }, tx))) continue;
    marked += 1;
    const { institution } = person;
    const detail = mail === undefined ? {} : { mail };
    await appendAudit([{ institution, at, event: 'mail-came-back', person, detail }], tx);
  }
  return marked;
}
