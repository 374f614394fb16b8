// 確認: proving a successor by one use of it. First the session that issued it begins it with a token;
// then a connection that shows the new certificate presents the token, and the successor is current.
import { randomBytes } from 'node:crypto';
import { equalOctets } from '../asn1/octets.ts';
import type { AuditEntry } from '../audit/entry.ts';
import type { Evidence } from '../banking/evidence.ts';
import { overBy } from '../banking/session-life.ts';
import type { UserCertificate } from '../banking/user-certificate.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import { appendAudit } from '../store/audit-log.ts';
import { findCertificate, heldInSlot } from '../store/certificates.ts';
import { type Db, inTransaction } from '../store/database.ts';
import { policyAt } from '../store/institutions.ts';
import {
  findProofToken,
  forgetOldTokens,
  keepProofToken,
  lockProofToken,
  type ProofToken,
  useProofToken,
} from '../store/proof-tokens.ts';
import { findSession } from '../store/sessions.ts';
import { lockOpenPin } from './check-pin.ts';
import { touchDetail, touchOf } from './freshness.ts';
import { type OpenedSession, openSession, sessionTokenHash } from './open-session.ts';
import type { AuthenticatedUser } from './resume-session.ts';

type Needs = { readonly db: Db; readonly clock: Clock };

/** A proof that was begun: its token, and the certificate it is to prove. */
export type BegunProof = { readonly token: string; readonly successor: UserCertificate };

/** How a token of 確認 stands. */
export type ProofStanding = {
  readonly successor: UserCertificate;
  /** It has proved its successor. */
  readonly isUsed: boolean;
  /** Used, too old, or of a session that has ended: it proves nothing any more. */
  readonly isOver: boolean;
  /** The successor waits beside a certificate that still works. */
  readonly mayBeProved: boolean;
  /** The host whose page began the 確認. */
  readonly begunOn: string;
};

/** A token on a host of an institution. */
export type Presented = { readonly institution: string; readonly token: string };

const LIFE_MS = 10 * 60 * 1000;
const TOKEN_OCTETS = 32;

/** The successor that waits for its proof in a user's slot. */
export async function waitingSuccessor(
  user: AuthenticatedUser,
  db: Db,
): Promise<UserCertificate | undefined> {
  const held = await heldInSlot(user.certificate, db);
  return held.find((one) => one.state === 'issued');
}

/** Makes a token for ten minutes, bound to the session and its successor, for a form's body alone; `begunOn` is the host of that form. */
export async function beginProof(
  user: AuthenticatedUser,
  begunOn: string,
  needs: Needs,
): Promise<BegunProof> {
  const successor = await waitingSuccessor(user, needs.db);
  if (successor === undefined) {
    throw new Refusal('transition-forbidden', 'no successor waits for its proof');
  }
  const { institution } = user.person.identity;
  const token = randomBytes(TOKEN_OCTETS).toString('base64url');
  const now = needs.clock.now();
  const kept = {
    session: user.session.tokenHash,
    certificate: successor.sha256,
    begunOn,
    expiresAt: new Date(now.getTime() + LIFE_MS),
  };
  const key = { institution, tokenHash: sessionTokenHash(token) };
  await inTransaction(needs.db, async (tx) => {
    await forgetOldTokens(institution, now, tx);
    await keepProofToken(key, kept, tx);
    await appendAudit([begunEntry(user, successor, now)], tx);
  });
  return { token, successor };
}

/** How a token stands; undefined for one that never was, or is forgotten. */
export async function standingOfToken(
  presented: Presented,
  needs: Needs,
): Promise<ProofStanding | undefined> {
  const { institution } = presented;
  const token = await findProofToken(keyOf(presented), needs.db);
  if (token === undefined) return undefined;
  const successor = await findCertificate(institution, token.certificate, needs.db);
  if (successor === undefined) throw new Error('a token is for a certificate that is not recorded');
  const session = await findSession(institution, token.session, needs.db);
  const isUsed = token.usedAt !== null;
  const isOver = !isFresh(token, needs.clock.now()) || session?.endReason !== null;
  const held = await heldInSlot(successor, needs.db);
  const predecessor = held.find((one) => isItsPredecessor(one, successor));
  const mayBeProved = successor.state === 'issued' && predecessor?.state === 'current';
  return { successor, isUsed, isOver, mayBeProved, begunOn: token.begunOn };
}

/**
 * Proves the certificate of this connection by its token and opens a session bound to it; the old
 * session ends. Refuses (`proof-token-invalid`) any other certificate, and leaves the token unused.
 */
export async function proveByToken(
  evidence: Evidence,
  presented: Presented,
  needs: Needs,
): Promise<OpenedSession> {
  const { certificate } = evidence;
  const now = needs.clock.now();
  const policy = await policyAt(presented.institution, now, needs.db);
  return await inTransaction(needs.db, async (tx) => {
    // Whoever ends sessions of a person has locked them: what is read from here on stands.
    await lockOpenPin(certificate.identity, tx);
    const key = keyOf(presented);
    const token = await lockProofToken(key, tx);
    if (token === undefined || !isFresh(token, now)) {
      throw new Refusal('proof-token-invalid', 'the token is unknown, used or too old');
    }
    if (!equalOctets(token.certificate, certificate.sha256)) {
      throw new Refusal('proof-token-invalid', 'the token is for another certificate');
    }
    const session = await findSession(presented.institution, token.session, tx);
    if (session?.endReason !== null || overBy(session, policy, now) !== undefined) {
      throw new Refusal('proof-token-invalid', 'the session that began the proof has ended');
    }
    await useProofToken(key, now, tx);
    return await openSession(evidence, { policy, now, by: 'proof-token' }, tx);
  });
}

function begunEntry(user: AuthenticatedUser, successor: UserCertificate, at: Date): AuditEntry {
  const { identity } = user.person;
  return {
    institution: identity.institution,
    at,
    event: 'proof-begun',
    person: identity,
    certificate: successor.sha256,
    detail: { name: successor.commonName, ...touchDetail(touchOf(user.session)) },
  };
}

function isItsPredecessor(one: UserCertificate, successor: UserCertificate): boolean {
  return successor.predecessor !== null && equalOctets(one.sha256, successor.predecessor);
}

function isFresh(token: ProofToken, now: Date): boolean {
  return token.usedAt === null && now <= token.expiresAt;
}

function keyOf({ institution, token }: Presented): {
  institution: string;
  tokenHash: Uint8Array;
} {
  return { institution, tokenHash: sessionTokenHash(token) };
}
