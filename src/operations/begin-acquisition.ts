// Who they are and by what they may acquire: IDs, PIN and one-time code, without any certificate. Strangers are
// told nothing: whatever is wrong, the answer is the same, and a hash is computed. Wrong PINs count against the code and
// never against the person's PIN, and only for who has the code.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { AuditEntry } from '../audit/entry.ts';
import { isOfferOver } from '../banking/acquisition.ts';
import { type Identity, isIdentity } from '../banking/identity.ts';
import type { Person } from '../banking/person.ts';
import { parseEnteredPin } from '../banking/pin.ts';
import type { Policy } from '../banking/policy.ts';
import { parseTypedCode } from '../banking/typed-code.ts';
import type { UserCertificate } from '../banking/user-certificate.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import {
  type Acquisition,
  endAcquisition,
  giveTicket,
  keepPinErrors,
  listAcquisitions,
  lockAcquisition,
} from '../store/acquisitions.ts';
import { appendAudit } from '../store/audit-log.ts';
import { heldInSlot } from '../store/certificates.ts';
import { type Db, inTransaction } from '../store/database.ts';
import { policyAt } from '../store/institutions.ts';
import { lockPerson } from '../store/members.ts';
import { findPerson } from '../store/persons.ts';
import { findPinHash, lockPinStanding } from '../store/pins.ts';
import { acquisitionCodeHash } from './acquisition-code.ts';
import { personEntry } from './change-member.ts';
import type { PinHasher } from './pin-hasher.ts';
import { appendRefusal } from './record-refusal.ts';
import { tellCompany } from './tell-company.ts';

/** What was entered on the page. */
export type Entered = Identity & {
  readonly pin: string;
  readonly code: string;
  /** The number that is shown should it be refused. */
  readonly inquiry: string;
};

/** Who may acquire, and the ticket with which the page goes on. */
export type BegunAcquisition = {
  readonly ticket: string;
  readonly person: Person;
  readonly acquisition: Acquisition;
  readonly policy: Policy;
  /** One that was acquired by this code already and waits for its proof. */
  readonly waiting: UserCertificate | undefined;
};

type Needs = {
  readonly db: Db;
  readonly clock: Clock;
  readonly pins: PinHasher;
  readonly codeKey: Uint8Array;
};

const TICKET_OCTETS = 32;
const TICKET_LIFE_MS = 30 * 60_000;

/** Refuses `acquisition-refused`; to who has the code also why it serves no more. */
export async function beginAcquisition(entered: Entered, needs: Needs): Promise<BegunAcquisition> {
  const { identity, pin, code } = parseEntered(entered);
  using place = needs.pins.reserveForStranger(identity);
  const policy = await policyAt(identity.institution, needs.clock.now(), needs.db);
  const acquisition = await offerOf(identity, code, needs);
  const person = await findPerson(identity, needs.db);
  const { inquiry } = entered;
  const isServing = acquisition !== undefined && !isOver(acquisition, needs.clock.now());
  const mayTry = isServing && (await countAttempt(acquisition, policy, needs.db));
  const hash = mayTry ? await findPinHash(identity, needs.db) : null;
  const isRight = await place.matches(pin, hash);
  if (acquisition === undefined || person === undefined) throw refused();
  const now = needs.clock.now();
  // Whoever has its code is told of an offer that is over, and tries no PIN by it.
  if (!isServing) return await refuseOver(acquisition, { person, now, inquiry }, needs.db);
  if (!mayTry) throw refused();
  if (!isRight) {
    await recordWrongPin(acquisition, { policy, inquiry }, needs);
    throw refused();
  }
  const ticket = await ticketFor(acquisition, { hash, now }, needs.db);
  await checkServesOrRecord(acquisition, { person, now, inquiry }, needs.db);
  const held = await heldInSlot(acquisition, needs.db);
  const waiting = held.find(({ provedAt }) => provedAt === null);
  return { ticket, person, acquisition, policy, waiting };
}

/** The hash under which a ticket is kept. */
export function ticketHash(ticket: string): Uint8Array {
  return createHash('sha256').update(ticket).digest();
}

/** Refuses `acquisition-ended`, `acquisition-over`, `user-stopped` or `pin-locked`. */
export function checkServes(
  { endReason, expiresAt }: Pick<Acquisition, 'endReason' | 'expiresAt'>,
  person: Person,
  now: Date,
): void {
  if (endReason !== null) throw new Refusal('acquisition-ended', `the offer ended: ${endReason}`);
  if (isOfferOver(expiresAt, now)) {
    throw new Refusal('acquisition-over', 'the deadline of the offer has passed');
  }
  if (person.isStopped) throw new Refusal('user-stopped', 'the user has been stopped');
  if (person.isLocked) throw new Refusal('pin-locked', 'the PIN is locked');
}

function refused(): Refusal {
  return new Refusal('acquisition-refused', 'IDs, PIN or code are not right');
}

/** Who was entered, whether they exist or not; undefined where it can be nobody. */
export function identityOf({ institution, contract, user }: Identity): Identity | undefined {
  const identity = { institution, contract: contract.trim(), user: user.trim() };
  return isIdentity(identity) ? identity : undefined;
}

/** Forms alone are judged here; they tell nothing of who exists. */
function parseEntered({ pin, code, ...entered }: Entered) {
  const identity = identityOf(entered);
  if (identity === undefined) throw refused();
  try {
    return { identity, pin: parseEnteredPin(pin), code: parseTypedCode(code) };
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause;
    // biome-ignore lint/style/useErrorCause: the cause is passed, in the third place.
    throw new Refusal('acquisition-refused', 'PIN or code have another form', { cause });
  }
}

/** The offer of a code, open or ended. */
async function offerOf(
  identity: Identity,
  code: string,
  { db, codeKey }: Needs,
): Promise<Acquisition | undefined> {
  const offers = await listAcquisitions(identity, db);
  return offers.find((one) =>
    timingSafeEqual(one.codeHash, acquisitionCodeHash(code, one, codeKey)),
  );
}

/** Counts an attempt before its PIN is hashed; false where no more are left. */
async function countAttempt(
  acquisition: Acquisition,
  { pinErrorLimit }: Policy,
  db: Db,
): Promise<boolean> {
  return await inTransaction(db, async (tx) => {
    const { pinErrors } = await lockAcquisition(acquisition, tx);
    if (pinErrors >= pinErrorLimit) return false;
    await keepPinErrors(acquisition, pinErrors + 1, tx);
    return true;
  });
}

async function recordWrongPin(
  acquisition: Acquisition,
  { policy, inquiry }: { readonly policy: Policy; readonly inquiry: string },
  needs: Needs,
): Promise<void> {
  const { pinErrorLimit } = policy;
  const now = needs.clock.now();
  await inTransaction(needs.db, async (tx) => {
    const person = await lockPerson(acquisition.identity, tx);
    const { pinErrors, endReason } = await lockAcquisition(acquisition, tx);
    if (person === undefined) throw new Error('an offer names a person who is not recorded');
    const by = 'acquisition';
    const changing = { person, by, now };
    const wrong = personEntry('acquisition-refused', changing, { attempts: pinErrors });
    const entries: AuditEntry[] = [{ ...wrong, inquiry }];
    if (pinErrors >= pinErrorLimit && endReason === null) {
      await endAcquisition(acquisition, { reason: 'errors', at: now }, tx);
      entries.push(personEntry('acquisition-ended', changing, { slot: acquisition.slot }));
      await tellCompany({ event: 'code-guessed', member: person, by: null, now }, tx);
    }
    await appendAudit(entries, tx);
  });
}

/** Whether an offer has ended, or its deadline has passed. */
function isOver({ endReason, expiresAt }: Acquisition, now: Date): boolean {
  return endReason !== null || isOfferOver(expiresAt, now);
}

/** Refuses an offer that is over, and puts that on record. */
async function refuseOver(acquisition: Acquisition, of: Known, db: Db): Promise<never> {
  await checkServesOrRecord(acquisition, of, db);
  throw refused();
}

type Known = { readonly person: Person; readonly now: Date; readonly inquiry: string };

/** Who has the code is known to us: their refusal goes on record. */
async function checkServesOrRecord(acquisition: Acquisition, of: Known, db: Db): Promise<void> {
  const { person, now, inquiry } = of;
  try {
    checkServes(acquisition, person, now);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    const detail = { code: refusal.code, slot: acquisition.slot };
    const entry = personEntry('acquisition-refused', { person, by: 'acquisition', now }, detail);
    await appendRefusal({ ...entry, inquiry }, db);
    throw refusal;
  }
}

/** A ticket for who gave the right PIN, if it still is the person's; the attempt is given back. */
async function ticketFor(
  acquisition: Acquisition,
  { hash, now }: { readonly hash: string | null; readonly now: Date },
  db: Db,
): Promise<string> {
  const ticket = randomBytes(TICKET_OCTETS).toString('base64url');
  const until = new Date(now.getTime() + TICKET_LIFE_MS);
  await inTransaction(db, async (tx) => {
    const pin = await lockPinStanding(acquisition.identity, tx);
    if (pin.hash !== hash) throw refused();
    const { pinErrors } = await lockAcquisition(acquisition, tx);
    // This attempt was right, and others may be under way.
    await keepPinErrors(acquisition, Math.max(0, pinErrors - 1), tx);
    await giveTicket(acquisition, { hash: ticketHash(ticket), until }, tx);
  });
  return ticket;
}
