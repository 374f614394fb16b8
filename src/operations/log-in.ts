// Login by certificate and PIN: the attempt is counted before the PIN is hashed, the session is
// bound to the certificate, and the first login with an unproven certificate proves it.
import type { Evidence } from '../banking/evidence.ts';
import type { Identity } from '../banking/identity.ts';
import type { Person } from '../banking/person.ts';
import { attemptsLeft, parseEnteredPin } from '../banking/pin.ts';
import { ATTEMPT_LIFE_MS, begun, ended } from '../banking/pin-count.ts';
import type { Policy } from '../banking/policy.ts';
import type { UserCertificate } from '../banking/user-certificate.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import { appendAudit } from '../store/audit-log.ts';
import { type Db, inTransaction, type Tx } from '../store/database.ts';
import { policyAt } from '../store/institutions.ts';
import { findPerson, keepPinCount, lockPin, lockPinStanding } from '../store/persons.ts';
import { endSessionsOfPerson } from '../store/sessions.ts';
import { type UsedChallenge, useChallengeUp } from '../store/used-challenges.ts';
import { type OpenedSession, openSession } from './open-session.ts';
import type { PinHasher } from './pin-hasher.ts';

/** A refused PIN, with how many attempts are left before the lock. */
export class PinRefusal extends Refusal {
  readonly attemptsLeft: number;

  constructor(left: number) {
    super(left > 0 ? 'wrong-pin' : 'pin-locked', 'the PIN was wrong');
    this.attemptsLeft = left;
  }
}

type Needs = { readonly db: Db; readonly clock: Clock; readonly pins: PinHasher };
type Attempt = {
  readonly evidence: Evidence;
  readonly pin: string;
  /** The inquiry number that is shown should the PIN be wrong. */
  readonly inquiry?: string;
  /** Used up with the login, where the evidence came through a page. */
  readonly once?: UsedChallenge;
};

/** Opens a session for who showed the certificate and knows the PIN. */
export async function logIn(attempt: Attempt, needs: Needs): Promise<OpenedSession> {
  const pin = parseEnteredPin(attempt.pin);
  const { certificate } = attempt.evidence;
  const { identity } = certificate;
  using place = needs.pins.reserve(personOf(identity));
  const beganAt = needs.clock.now();
  const policy = await policyAt(identity.institution, beganAt, needs.db);
  await checkMayLogIn(identity, needs.db);
  const hash = await beginAttempt(identity, policy, beganAt, needs.db);
  const isRight = await place.matches(pin, hash);
  const now = needs.clock.now();
  if (now.getTime() - beganAt.getTime() > ATTEMPT_LIFE_MS) {
    // It is not counted any more, so it must not tell either.
    throw new Refusal('overloaded', 'the attempt took too long');
  }
  if (!isRight) {
    throw await recordWrongPin({ certificate, policy, inquiry: attempt.inquiry }, needs);
  }
  return await inTransaction(needs.db, async (tx) => {
    const { once } = attempt;
    if (once !== undefined && !(await useChallengeUp(identity.institution, once, now, tx))) {
      throw new Refusal('challenge-used', 'this evidence has opened a session already');
    }
    return await openSession(attempt.evidence, { policy, now, by: 'pin' }, tx);
  });
}

function personOf({ institution, contract, user }: Identity): string {
  return `${institution} ${contract} ${user}`;
}

async function checkMayLogIn(identity: Identity, db: Db): Promise<Person> {
  const person = await findPerson(identity, db);
  if (person === undefined) throw new Error('a certificate names a person who is not recorded');
  if (person.isStopped) throw new Refusal('user-stopped', 'the user has been stopped');
  if (person.isLocked) throw new Refusal('pin-locked', 'the PIN is locked');
  return person;
}

/** Counts an attempt before its PIN is hashed; returns the hash that it is held against. */
async function beginAttempt(
  identity: Identity,
  policy: Policy,
  at: Date,
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
    throw new Refusal('overloaded', 'other logins of this user are under way');
  return outcome.hash;
}

type WrongPin = {
  readonly certificate: UserCertificate;
  readonly policy: Policy;
  readonly inquiry: string | undefined;
};

async function recordWrongPin(wrong: WrongPin, needs: Needs): Promise<PinRefusal> {
  const { identity, sha256 } = wrong.certificate;
  const at = needs.clock.now();
  const limit = wrong.policy.pinErrorLimit;
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
}
