// Acquires a certificate by a ticket: the person's own PIN is set, and the certificate issued, in one transaction.
// The code serves until its certificate is proved: who lost the file before that gets another in its place.
import { acquisitionKindFor } from '../banking/acquisition.ts';
import { parseNewPin } from '../banking/pin.ts';
import type { UserCertificate } from '../banking/user-certificate.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import {
  type Acquisition,
  countIssued,
  findByTicket,
  lockAcquisition,
} from '../store/acquisitions.ts';
import { appendAudit } from '../store/audit-log.ts';
import { lockSlot, moveCertificate } from '../store/certificates.ts';
import { type Db, inTransaction, type Tx } from '../store/database.ts';
import { policyAt } from '../store/institutions.ts';
import { hasHadCertificate, lockPerson } from '../store/members.ts';
import { findPerson } from '../store/persons.ts';
import { setPin } from '../store/pins.ts';
import { useChallengeUp } from '../store/used-challenges.ts';
import type { LoadedBank } from './bank.ts';
import { checkServes, ticketHash } from './begin-acquisition.ts';
import { personEntry } from './change-member.ts';
import {
  checkKey,
  type IssuedCertificate,
  issueInSlot,
  replacedEntry,
  sameKeyAgain,
  type UnprovenSuccessor,
} from './issue-certificate.ts';
import type { PinHasher } from './pin-hasher.ts';
import { tellCompany } from './tell-company.ts';
import { passkeyOf, type VerifiedKey } from './verified-key.ts';

/** What the page sends: who it is by their ticket, the new key, and their own PIN where theirs was given to them. */
export type AcquisitionRequest = {
  readonly ticket: string;
  readonly key: VerifiedKey;
  /** Null where the person has a PIN of their own. */
  readonly newPin: string | null;
  readonly unproven: UnprovenSuccessor;
};

/** Who needs more has another trouble: a new code is to be asked for. */
const CERTIFICATES_OF_OFFER = 10;

type Needs = { readonly db: Db; readonly clock: Clock; readonly pins: PinHasher };

/**
 * Issues the certificate of an acquisition. The same key again returns the same certificate; another key while
 * one waits refuses (`unproven-exists`) unless it replaces. Refuses `acquisition-ended`, `invalid-input` (PIN).
 */
export async function acquireCertificate(
  asked: AcquisitionRequest,
  bank: LoadedBank,
  needs: Needs,
): Promise<IssuedCertificate> {
  const now = needs.clock.now();
  const policy = await policyAt(bank.code, now, needs.db);
  await checkKey(asked.key, policy);
  const acquisition = await ticketed(asked.ticket, bank.code, needs.db);
  const pinHash = await ownPin(acquisition, asked.newPin, needs);
  return await inTransaction(needs.db, async (tx) => {
    const person = await lockPerson(acquisition.identity, tx);
    if (person === undefined) throw new Error('an offer names a person who is not recorded');
    if (person.hasInitialPin !== (pinHash !== null)) throw noTicket();
    const held = await lockSlot(acquisition, tx);
    const standing = await lockAcquisition(acquisition, tx);
    checkServes(standing, person, now);
    checkTicket(standing, now);
    const waiting = held.find(({ provedAt }) => provedAt === null);
    const same = await sameKeyAgain(asked.key, waiting?.sha256, bank, tx);
    if (same !== undefined) return same;
    checkMayGiveMore(standing);
    const hasHadOne = await hasHadCertificate(acquisition, tx);
    const kind = acquisitionKindFor({ held, hasHadOne }, policy, now);
    if (kind !== acquisition.kind) {
      throw new Refusal('acquisition-ended', 'the slot is no longer as it was offered for');
    }
    if (waiting !== undefined) await replace(waiting, { unproven: asked.unproven, now }, tx);
    await useMaking(asked.key, { bank, now }, tx);
    if (pinHash !== null) {
      await setPin(acquisition.identity, { hash: pinHash, isInitial: false }, tx);
      const { user } = acquisition.identity;
      await appendAudit([personEntry('pin-chosen', { person, by: user, now })], tx);
    }
    const issued = await issueInSlot(
      { slot: acquisition, key: asked.key, kind, acquisition: acquisition.id },
      { bank, policy, now },
      tx,
    );
    await countIssued(acquisition, tx);
    await tellCompany({ event: 'acquired', member: person, by: person.identity.user, now }, tx);
    return issued;
  });
}

async function replace(
  waiting: UserCertificate,
  { unproven, now }: { readonly unproven: UnprovenSuccessor; readonly now: Date },
  tx: Tx,
): Promise<void> {
  if (unproven === 'keep') {
    throw new Refusal('unproven-exists', 'a certificate waits for its proof already');
  }
  await moveCertificate(waiting, 'replace', now, tx);
  await appendAudit([replacedEntry(waiting, waiting.sha256, now)], tx);
}

/** The offer that a ticket was given for; refuses `acquisition-ended`. */
export async function ticketed(ticket: string, institution: string, db: Db): Promise<Acquisition> {
  const acquisition = await findByTicket(institution, ticketHash(ticket), db);
  if (acquisition === undefined) throw noTicket();
  return acquisition;
}

function checkTicket({ ticketUntil }: Acquisition, now: Date): void {
  if (ticketUntil === null || now > ticketUntil) throw noTicket();
}

function checkMayGiveMore({ issued }: Acquisition): void {
  if (issued < CERTIFICATES_OF_OFFER) return;
  throw new Refusal('acquisition-ended', 'the offer has given as many as it may');
}

function noTicket(): Refusal {
  return new Refusal('acquisition-ended', 'the ticket is unknown or too old');
}

/** The hash of the PIN that the person chose; null where theirs stays. */
async function ownPin(
  { identity }: Acquisition,
  newPin: string | null,
  { db, pins }: Needs,
): Promise<string | null> {
  const person = await findPerson(identity, db);
  if (person?.hasInitialPin !== true) return null;
  const pin = parseNewPin(newPin ?? '', identity);
  using place = pins.reserveForStranger(identity);
  return await place.hash(pin);
}

/** A passkey's making serves once. */
async function useMaking(
  key: VerifiedKey,
  { bank, now }: { readonly bank: LoadedBank; readonly now: Date },
  tx: Tx,
): Promise<void> {
  const made = passkeyOf(key)?.made;
  if (made === undefined || (await useChallengeUp(bank.code, made, now, tx))) return;
  throw new Refusal('challenge-used', 'another passkey was made for this challenge');
}
