// Login by certificate and PIN: the attempt is counted before the PIN is hashed, the session is
// bound to the certificate, and the first login with an unproven certificate proves it.
import type { Evidence } from '../banking/evidence.ts';
import type { Identity } from '../banking/identity.ts';
import type { Person } from '../banking/person.ts';
import { attemptsLeft, parseEnteredPin } from '../banking/pin.ts';
import type { Policy } from '../banking/policy.ts';
import type { UserCertificate } from '../banking/user-certificate.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import { appendAudit } from '../store/audit-log.ts';
import { type Db, inTransaction, type Tx } from '../store/database.ts';
import { policyAt } from '../store/institutions.ts';
import {
  countPinAttempt,
  findPerson,
  lockPin,
  lockPinStanding,
  type PinStanding,
} from '../store/persons.ts';
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

const STALE_ATTEMPT_MS = 60_000;

/** Opens a session for who showed the certificate and knows the PIN. */
export async function logIn(attempt: Attempt, needs: Needs): Promise<OpenedSession> {
  const pin = parseEnteredPin(attempt.pin);
  const { certificate } = attempt.evidence;
  const { identity } = certificate;
  const policy = await policyAt(identity.institution, needs.clock.now(), needs.db);
  await checkMayLogIn(identity, needs.db);
  using place = needs.pins.reserve();
  const standing = await countAttempt(identity, policy, needs);
  if (!(await place.matches(pin, standing.hash))) {
    const { attempts: counted } = standing;
    const wrong = { certificate, counted, policy, inquiry: attempt.inquiry };
    throw await recordWrongPin(wrong, needs);
  }
  const now = needs.clock.now();
  return await inTransaction(needs.db, async (tx) => {
    const { once } = attempt;
    if (once !== undefined && !(await useChallengeUp(identity.institution, once, now, tx))) {
      throw new Refusal('challenge-used', 'this evidence has opened a session already');
    }
    return await openSession(attempt.evidence, { policy, now, by: 'pin' }, tx);
  });
}

async function checkMayLogIn(identity: Identity, db: Db): Promise<Person> {
  const person = await findPerson(identity, db);
  if (person === undefined) throw new Error('a certificate names a person who is not recorded');
  if (person.isStopped) throw new Refusal('user-stopped', 'the user has been stopped');
  if (person.isLocked) throw new Refusal('pin-locked', 'the PIN is locked');
  return person;
}

async function countAttempt(
  identity: Identity,
  policy: Policy,
  needs: Needs,
): Promise<PinStanding> {
  const at = needs.clock.now();
  const limit = policy.pinErrorLimit;
  const counted = await inTransaction(needs.db, async (tx) => {
    const standing = await countPinAttempt({ identity, limit, at }, tx);
    if (standing !== undefined) return standing;
    const full = await lockPinStanding(identity, tx);
    // Attempts that never ended (a crash) count as errors: fail closed, but not while one may run.
    const isStale = at.getTime() - (full.attemptAt ?? at).getTime() > STALE_ATTEMPT_MS;
    if (full.lockedAt === null && full.attempts >= limit && isStale) {
      await lockPinWithAudit(identity, at, tx);
      return 'locked';
    }
    return full.lockedAt === null ? 'busy' : 'locked';
  });
  if (counted === 'locked') throw new Refusal('pin-locked', 'the PIN is locked');
  if (counted === 'busy')
    throw new Refusal('overloaded', 'other logins of this user are under way');
  return counted;
}

async function recordWrongPin(
  wrong: {
    readonly certificate: UserCertificate;
    readonly counted: number;
    readonly policy: Policy;
    readonly inquiry: string | undefined;
  },
  needs: Needs,
): Promise<PinRefusal> {
  const { identity, sha256 } = wrong.certificate;
  const at = needs.clock.now();
  const left = attemptsLeft(wrong.counted, wrong.policy.pinErrorLimit);
  await inTransaction(needs.db, async (tx) => {
    const standing = await lockPinStanding(identity, tx);
    await appendAudit(
      [
        {
          institution: identity.institution,
          at,
          event: 'pin-wrong',
          person: identity,
          certificate: sha256,
          ...(wrong.inquiry === undefined ? {} : { inquiry: wrong.inquiry }),
          detail: { attempts: wrong.counted },
        },
      ],
      tx,
    );
    if (left === 0 && standing.lockedAt === null) await lockPinWithAudit(identity, at, tx);
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
