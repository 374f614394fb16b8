// A queued mail on its way: taken for some minutes, held against the truth of now, and ended by what the mail server
// answered. Between two tries anything may happen to the process: what was taken and not ended is due again.
import { isOfferOver } from '../banking/acquisition.ts';
import type { Institution } from '../banking/institution.ts';
import type { MailAnswer, MailState, ServerAnswer } from '../banking/mail.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { findAcquisition } from '../store/acquisitions.ts';
import { appendAudit } from '../store/audit-log.ts';
import { findCertificate, heldInSlot } from '../store/certificates.ts';
import { type Db, inTransaction } from '../store/database.ts';
import { listInstitutions } from '../store/institutions.ts';
import { findRecipient, type MailRecipient, markBounced } from '../store/mail-addresses.ts';
import {
  claimMails,
  endMail,
  putMailOff,
  type QueuedMail,
  waitingMails,
} from '../store/mail-delivery.ts';

export type { MailRecipient, QueuedMail };

type Needs = { readonly db: Db; readonly clock: Clock };

const MINUTE_MS = 60 * 1000;
/** Longer than any try takes: after it a mail whose process is gone is due again. */
const TAKEN_FOR_MS = 15 * MINUTE_MS;
/** Pauses before the second, third … try; then the last one again and again. */
const PAUSES_MINUTES = [5, 15, 60, 180, 360];
const DAY_MS = 24 * 60 * MINUTE_MS;
/**
 * A sender gives up after four to five days (RFC 5321 §4.5.4.1): of a server's answering, since it may be ours that
 * stood still. Where it is we who are refused, somebody has to mend that first. Of silence, never.
 */
const GIVEN_UP_AFTER_MS = { 'put-off': 5 * DAY_MS, 'us-refused': 30 * DAY_MS };
/** Mails that have been waiting for so long are late. */
export const OVERDUE_AFTER_MS = 60 * MINUTE_MS;

/** Takes mails that are due, for some minutes. */
export async function takeDueMails(
  atMost: number,
  { db, clock }: Needs,
): Promise<readonly QueuedMail[]> {
  const now = clock.now();
  const until = new Date(now.getTime() + TAKEN_FOR_MS);
  return await inTransaction(db, async (tx) => await claimMails({ now, until, atMost }, tx));
}

/** Who gets it, with an address; or undefined, and the mail is ended: it is no longer true, or there is no address. */
export async function recipientOf(
  mail: QueuedMail,
  { db, clock }: Needs,
): Promise<(MailRecipient & { readonly address: string }) | undefined> {
  const found = await findRecipient(mail.to, db);
  if (found === undefined || !(await isStillTrue(mail, found, { db, clock }))) {
    await end(mail, { state: 'dropped', answer: 'untrue', sentTo: null }, { db, clock });
    return undefined;
  }
  const { facts } = mail;
  const former = facts.kind === 'told' ? facts.address : undefined;
  const address = former ?? found.address;
  if (address !== null) return { ...found, address };
  await end(mail, { state: 'dropped', answer: 'no-address', sentTo: null }, { db, clock });
  return undefined;
}

/** The institutions that mails come from, by code, as they are now. */
export async function mailSenders({
  db,
}: Pick<Needs, 'db'>): Promise<ReadonlyMap<string, Institution>> {
  return new Map((await listInstitutions(db)).map((one) => [one.code, one]));
}

/** What the mail server said of a try. */
export type Tried = { readonly address: string; readonly answer: ServerAnswer };

/** Ends the mail by the answer, or puts it off. */
export async function noteTried(mail: QueuedMail, tried: Tried, needs: Needs): Promise<void> {
  const { address: sentTo, answer } = tried;
  if (answer === 'taken') return await end(mail, { state: 'sent', answer, sentTo }, needs);
  if (answer === 'address-refused') {
    return await end(mail, { state: 'bounced', answer, sentTo }, needs);
  }
  if (answer === 'refused') return await end(mail, { state: 'failed', answer, sentTo }, needs);
  const now = needs.clock.now();
  const putOffSince = mail.putOffSince ?? (answer === 'no-answer' ? null : now);
  if (isGivenUp(answer, putOffSince, now)) {
    return await end(mail, { state: 'failed', answer, sentTo }, needs);
  }
  const pause = PAUSES_MINUTES[Math.min(mail.attempts, PAUSES_MINUTES.length) - 1] ?? 0;
  const dueAt = new Date(now.getTime() + pause * MINUTE_MS);
  await inTransaction(
    needs.db,
    async (tx) => await putMailOff(mail, { dueAt, answer, putOffSince }, tx),
  );
}

function isGivenUp(
  answer: 'put-off' | 'us-refused' | 'no-answer',
  since: Date | null,
  now: Date,
): boolean {
  if (answer === 'no-answer' || since === null) return false;
  return now.getTime() - since.getTime() > GIVEN_UP_AFTER_MS[answer];
}

/** Says in the log that mails have been waiting for long. */
export async function warnOfWaitingMails(needs: Needs & { readonly log: Log }): Promise<void> {
  const before = new Date(needs.clock.now().getTime() - OVERDUE_AFTER_MS);
  const { count, since } = await waitingMails(before, needs.db);
  if (count === 0) return;
  needs.log.error({ count, since: since?.toISOString() }, 'mails could not be sent for an hour');
}

type Ended = {
  readonly state: Exclude<MailState, 'queued' | 'sending'>;
  readonly answer: MailAnswer;
  readonly sentTo: string | null;
};

async function end(mail: QueuedMail, ended: Ended, { db, clock }: Needs): Promise<void> {
  const at = clock.now();
  await inTransaction(db, async (tx) => {
    if (!(await endMail(mail, { ...ended, at }, tx))) return;
    if (ended.state === 'bounced' && ended.sentTo !== null) {
      await markBounced(mail.to, { address: ended.sentTo, at }, tx);
    }
    await appendAudit([entryOf(mail, ended, at)], tx);
  });
}

function entryOf(mail: QueuedMail, { state, answer }: Ended, at: Date) {
  return {
    institution: mail.institution,
    at,
    event: state === 'sent' ? 'mail-sent' : 'mail-not-sent',
    person: mail.to,
    ...(mail.certificate && { certificate: mail.certificate }),
    detail: { mail: mail.id, kind: mail.kind, state, answer },
  } as const;
}

async function isStillTrue(
  { kind, facts, certificate: sha256, to }: QueuedMail,
  { isStopped }: MailRecipient,
  { db, clock }: Needs,
): Promise<boolean> {
  if (facts.kind === 'code') {
    const offer = await findAcquisition({ institution: to.institution, id: facts.acquisition }, db);
    // Who has used it has it.
    const serves = offer?.endReason === null && offer.issued === 0;
    return serves && !isStopped && !isOfferOver(offer.expiresAt, clock.now());
  }
  if (kind !== 'ending' && kind !== 'ended') return true;
  if (isStopped || sha256 === null) return false;
  const certificate = await findCertificate(to.institution, sha256, db);
  if (certificate?.state !== 'current') return false;
  const now = clock.now();
  if (kind === 'ending') return certificate.notAfter > now;
  const { identity, slot } = certificate;
  const held = await heldInSlot({ identity, slot }, db);
  return !held.some(({ state, notAfter }) => state === 'current' && notAfter > now);
}
