// Sends what is due, a few letters at a time: each is taken, put into words, carried, and ended by the answer.
import type { Institution } from '../banking/institution.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import {
  mailSenders,
  noteTried,
  type QueuedMail,
  recipientOf,
  takeDueMails,
} from '../operations/deliver-mail.ts';
import { codeIn } from '../operations/mailed-code.ts';
import { type MailParties, mailText } from '../words/mails.ts';
import type { Courier } from './courier.ts';

const AT_ONCE = 4;
/** Few enough that the last is tried while it is ours, from the slowest of servers too. */
const TAKEN_AT_ONCE = 2 * AT_ONCE;

type Needs = Parameters<typeof noteTried>[2] & {
  readonly clock: Clock;
  readonly courier: Courier;
  readonly log: Log;
  /** Key under which codes are sealed until they are mailed. */
  readonly sealKey: Uint8Array;
  /** The address that mails come from; null for one of each institution's own domain. */
  readonly from: string | null;
};

/** Sends until nothing is due or it is to stop; returns how many it has tried. */
export async function sendDueMails(needs: Needs, signal?: AbortSignal): Promise<number> {
  let tried = 0;
  for (;;) {
    if (signal?.aborted === true) return tried;
    const mails = await takeDueMails(TAKEN_AT_ONCE, needs);
    if (mails.length === 0) return tried;
    const senders = await mailSenders(needs);
    const waiting = [...mails];
    const carryOn = async (): Promise<void> => {
      for (let mail = waiting.shift(); mail !== undefined; mail = waiting.shift()) {
        await sendOrTell(mail, senders, needs);
        tried += 1;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, carryOn));
  }
}

type Senders = ReadonlyMap<string, Institution>;

/** One that cannot be sent keeps no other: it is due again when it is no longer ours, and the log has said why. */
async function sendOrTell(mail: QueuedMail, senders: Senders, needs: Needs): Promise<void> {
  try {
    await sendOne(mail, senders, needs);
  } catch (error) {
    needs.log.error({ err: error, mail: mail.id, kind: mail.kind }, 'sending a mail failed');
  }
}

async function sendOne(mail: QueuedMail, senders: Senders, needs: Needs): Promise<void> {
  const institution = senders.get(mail.institution);
  if (institution === undefined) throw new Error(`no institution ${mail.institution}`);
  const recipient = await recipientOf(mail, needs);
  if (recipient === undefined) return;
  const { contact, publicHost } = institution;
  const parties: MailParties = { institution, contact, recipient };
  const code = codeIn(mail, needs.sealKey);
  const { subject, text } = mailText({ facts: mail.facts, code }, parties);
  const { address } = recipient;
  const answer = await needs.courier.carry({
    from: { name: institution.name, address: needs.from ?? `no-reply@${publicHost}` },
    to: address,
    subject,
    text,
    messageId: `${mail.id}@${publicHost}`,
    date: needs.clock.now(),
  });
  await noteTried(mail, { address, answer }, needs);
}
