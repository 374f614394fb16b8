// Login by certificate and PIN: the attempt is counted before the PIN is hashed, the session is
// bound to the certificate, and the first login with an unproven certificate proves it.
import { createHash, randomBytes } from 'node:crypto';
import type { Evidence } from '../banking/evidence.ts';
import type { Identity } from '../banking/identity.ts';
import type { Person } from '../banking/person.ts';
import { attemptsLeft, parseEnteredPin } from '../banking/pin.ts';
import type { Policy } from '../banking/policy.ts';
import { mayRenew, renewalWindowOf } from '../banking/renewal.ts';
import { isExpired, type UserCertificate } from '../banking/user-certificate.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import { appendAudit } from '../store/audit-log.ts';
import { lockSlot } from '../store/certificates.ts';
import { type Db, inTransaction, type Tx } from '../store/database.ts';
import { policyAt } from '../store/institutions.ts';
import { ensureRenewalNotice } from '../store/notices.ts';
import {
  countPinAttempt,
  findPerson,
  lockPin,
  lockPinStanding,
  type PinStanding,
  recordLogin,
} from '../store/persons.ts';
import { insertSession } from '../store/sessions.ts';
import type { PinHasher } from './pin-hasher.ts';
import { proveCertificate } from './prove-certificate.ts';

/** A refused PIN, with how many attempts are left before the lock. */
export class PinRefusal extends Refusal {
  readonly attemptsLeft: number;

  constructor(left: number) {
    super(left > 0 ? 'wrong-pin' : 'pin-locked', 'the PIN was wrong');
    this.attemptsLeft = left;
  }
}

/** A session just opened; the token is for the browser's cookie alone. */
export type OpenedSession = { readonly token: string };

type Needs = { readonly db: Db; readonly clock: Clock; readonly pins: PinHasher };
type Attempt = { readonly evidence: Evidence; readonly pin: string };

const STALE_ATTEMPT_MS = 60_000;
const TOKEN_OCTETS = 32;

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
    throw await recordWrongPin({ certificate, counted: standing.attempts, policy }, needs);
  }
  const now = needs.clock.now();
  return await inTransaction(needs.db, (tx) => openSession(certificate, { policy, now }, tx));
}

/** The hash under which a session token is kept. */
export function sessionTokenHash(token: string): Uint8Array {
  return createHash('sha256').update(token).digest();
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
          detail: { attempts: wrong.counted },
        },
      ],
      tx,
    );
    if (left === 0 && standing.lockedAt === null) await lockPinWithAudit(identity, at, tx);
  });
  return new PinRefusal(left);
}

async function lockPinWithAudit(identity: Identity, at: Date, tx: Tx): Promise<void> {
  await lockPin(identity, at, tx);
  const { institution } = identity;
  await appendAudit([{ institution, at, event: 'pin-locked', person: identity, detail: {} }], tx);
}

async function openSession(
  certificate: UserCertificate,
  { policy, now }: { readonly policy: Policy; readonly now: Date },
  tx: Tx,
): Promise<OpenedSession> {
  const { identity, sha256 } = certificate;
  const pin = await lockPinStanding(identity, tx);
  if (pin.lockedAt !== null) throw new Refusal('pin-locked', 'the PIN was locked meanwhile');
  const slot = await lockSlot(certificate, tx);
  const standing = slot.find((one) => Buffer.compare(one.sha256, sha256) === 0);
  if (standing === undefined || standing.state === 'suspended' || isExpired(standing, now)) {
    throw new Refusal('session-ended', 'the certificate changed its state during the login');
  }
  const proved =
    standing.state === 'issued'
      ? await proveCertificate({ certificate: standing, slot, now }, tx)
      : [];
  const token = randomBytes(TOKEN_OCTETS).toString('base64url');
  await recordLogin(identity, now, tx);
  await insertSession(
    { identity, tokenHash: sessionTokenHash(token), certificate: sha256, openedAt: now },
    tx,
  );
  await appendAudit(
    [
      ...proved,
      {
        institution: identity.institution,
        at: now,
        event: 'logged-in',
        person: identity,
        certificate: sha256,
        detail: { name: certificate.commonName },
      },
    ],
    tx,
  );
  await announceRenewal({ ...standing, state: 'current' }, { policy, now }, tx);
  return { token };
}

/** The system's notice 電子証明書の更新をお願いします, from the moment the window opens. */
async function announceRenewal(
  certificate: UserCertificate,
  { policy, now }: { readonly policy: Policy; readonly now: Date },
  tx: Tx,
): Promise<void> {
  if (!mayRenew(certificate, policy, now)) return;
  const { opensAt, closesAt } = renewalWindowOf(certificate, policy);
  const { identity, sha256 } = certificate;
  await ensureRenewalNotice(
    { identity, certificate: sha256, publishedAt: opensAt, untilAt: closesAt },
    tx,
  );
}
