// A typed PIN held against the person's: the attempt is counted before the PIN is hashed, and whatever asks
// for a PIN counts against the one lock. Not what a right PIN opens.
import type { Identity } from '../banking/identity.ts';
import { attemptsLeft, parseEnteredPin } from '../banking/pin.ts';
import { ATTEMPT_LIFE_MS, begun, ended } from '../banking/pin-count.ts';
import type { Policy } from '../banking/policy.ts';
import type { UserCertificate } from '../banking/user-certificate.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import { appendAudit } from '../store/audit-log.ts';
import { type Db, inTransaction, type Tx } from '../store/database.ts';
import { policyAt } from '../store/institutions.ts';
import { findPerson } from '../store/persons.ts';
import { keepPinCount, lockPin, lockPinStanding, type PinStanding } from '../store/pins.ts';
import { endSessionsOfPerson } from '../store/sessions.ts';
import type { HashPlace, PinHasher } from './pin-hasher.ts';
import { tellCompany } from './tell-company.ts';

/** A refused PIN, with how many attempts are left before the lock. */
export class PinRefusal extends Refusal {
  readonly attemptsLeft: number;

  constructor(left: number) {
    super(left > 0 ? 'wrong-pin' : 'pin-locked', 'the PIN was wrong');
    this.attemptsLeft = left;
  }
}

type Needs = { readonly db: Db; readonly clock: Clock; readonly pins: PinHasher };

/** What was typed, by the holder of which certificate. */
export type PinAttempt = {
  readonly certificate: UserCertificate;
  readonly pin: string;
  /** The inquiry number that is shown should the PIN be wrong. */
  readonly inquiry?: string;
};

/** A PIN that was right a moment ago; its attempt is under way until `settleRightPin` ends it. */
export type RightPin = {
  readonly identity: Identity;
  /** The hash that it was held against. */
  readonly hash: string | null;
  readonly policy: Policy;
  readonly now: Date;
  /** The attempt's place in the queue of hashes. */
  readonly place: HashPlace;
};

/**
 * Does what a right PIN is asked for. Refuses with `PinRefusal`, `pin-locked`, `user-stopped`,
 * `invalid-input` for what can be no PIN (not counted), and `overloaded`.
 */
export async function withRightPin<T>(
  attempt: PinAttempt,
  deed: (right: RightPin) => Promise<T>,
  needs: Needs,
): Promise<T> {
  const pin = parseEnteredPin(attempt.pin);
  const { identity } = attempt.certificate;
  using place = needs.pins.reserve(identity);
  const beganAt = needs.clock.now();
  const policy = await policyAt(identity.institution, beganAt, needs.db);
  await checkMayTry(identity, needs.db);
  const hash = await beginAttempt(identity, { policy, at: beganAt }, needs.db);
  const isRight = await place.matches(pin, hash);
  const now = needs.clock.now();
  if (now.getTime() - beganAt.getTime() > ATTEMPT_LIFE_MS) {
    // It is not counted any more, so it must not tell either.
    throw new Refusal('overloaded', 'the attempt took too long');
  }
  if (!isRight) throw await recordWrongPin(attempt, policy, needs);
  return await deed({ identity, hash, policy, now, place });
}

/**
 * Ends the attempt of a right PIN in the transaction of its deed, and forgives the errors before it.
 * Refuses where the PIN was locked (`pin-locked`) or changed (`session-ended`) meanwhile.
 */
export async function settleRightPin({ identity, hash }: RightPin, tx: Tx): Promise<void> {
  const standing = await lockOpenPin(identity, tx);
  if (standing.hash !== hash) throw new Refusal('session-ended', 'the PIN was changed meanwhile');
  await keepPinCount(identity, ended(standing.count, 'right-pin'), tx);
}

/**
 * How a PIN stands, locked for this transaction; refuses (`pin-locked`) one that errors have locked, and
 * (`user-stopped`) whoever was stopped.
 */
export async function lockOpenPin(identity: Identity, tx: Tx): Promise<PinStanding> {
  const standing = await lockPinStanding(identity, tx);
  if (standing.isStopped) throw new Refusal('user-stopped', 'the user was stopped meanwhile');
  if (standing.lockedAt !== null) throw new Refusal('pin-locked', 'the PIN was locked meanwhile');
  return standing;
}

async function checkMayTry(identity: Identity, db: Db): Promise<void> {
  const person = await findPerson(identity, db);
  if (person === undefined) throw new Error('a certificate names a person who is not recorded');
  if (person.isStopped) throw new Refusal('user-stopped', 'the user has been stopped');
  if (person.isLocked) throw new Refusal('pin-locked', 'the PIN is locked');
}

/** Counts an attempt before its PIN is hashed; returns the hash that it is held against. */
async function beginAttempt(
  identity: Identity,
  { policy, at }: { readonly policy: Policy; readonly at: Date },
  db: Db,
): Promise<string | null> {
  const outcome = await inTransaction(db, async (tx) => {
    const standing = await lockPinStanding(identity, tx);
    if (standing.lockedAt !== null) return 'full';
    const count = begun(standing.count, policy.pinErrorLimit, at);
    if (count === 'full') await lockPinWithAudit(identity, at, tx);
    if (count === 'full' || count === 'busy') return count;
    await keepPinCount(identity, count, tx);
    return { hash: standing.hash };
  });
  if (outcome === 'full') throw new Refusal('pin-locked', 'the PIN is locked');
  if (outcome === 'busy')
    throw new Refusal('overloaded', 'other attempts of this user are under way');
  return outcome.hash;
}

async function recordWrongPin(
  wrong: PinAttempt,
  { pinErrorLimit: limit }: Policy,
  needs: Needs,
): Promise<PinRefusal> {
  const { identity, sha256 } = wrong.certificate;
  const at = needs.clock.now();
  const left = await inTransaction(needs.db, async (tx) => {
    const standing = await lockPinStanding(identity, tx);
    const count = ended(standing.count, 'wrong-pin');
    await keepPinCount(identity, count, tx);
    await appendAudit(
      [
        {
          institution: identity.institution,
          at,
          event: 'pin-wrong',
          person: identity,
          certificate: sha256,
          ...(wrong.inquiry === undefined ? {} : { inquiry: wrong.inquiry }),
          detail: { attempts: count.errors },
        },
      ],
      tx,
    );
    if (standing.lockedAt !== null) return 0;
    if (count.errors >= limit) await lockPinWithAudit(identity, at, tx);
    return attemptsLeft(count.errors, limit);
  });
  return new PinRefusal(left);
}

/** Whoever guesses at the PIN may sit at the person's PC: what is open there ends as well. */
async function lockPinWithAudit(identity: Identity, at: Date, tx: Tx): Promise<void> {
  await lockPin(identity, at, tx);
  await endSessionsOfPerson(identity, { reason: 'locked', at }, tx);
  const { institution } = identity;
  await appendAudit([{ institution, at, event: 'pin-locked', person: identity, detail: {} }], tx);
  const member = await findPerson(identity, tx);
  if (member === undefined) throw new Error('a certificate names a person who is not recorded');
  await tellCompany({ event: 'locked', member, by: null, now: at }, tx);
}
