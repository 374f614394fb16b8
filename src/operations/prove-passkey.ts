// The proof of a successor whose key is a passkey: one signature by it, in the session that renewed. On the
// login host a new session begins with it; from a members' host the person is handed over to there.
import { createHash } from 'node:crypto';
import { equalOctets } from '../asn1/octets.ts';
import type { SignedChallengeEvidence } from '../banking/evidence.ts';
import { isExpired } from '../banking/user-certificate.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import type { Log } from '../log.ts';
import { appendAudit } from '../store/audit-log.ts';
import { lockSlot } from '../store/certificates.ts';
import { credentialOf } from '../store/credentials.ts';
import { type Db, inTransaction, type Tx } from '../store/database.ts';
import { policyAt } from '../store/institutions.ts';
import type { PinStanding } from '../store/pins.ts';
import { useChallengeUp } from '../store/used-challenges.ts';
import { lockOpenPin } from './check-pin.ts';
import { checkIsStillOpen } from './check-still-open.ts';
import { waitingSuccessor } from './confirm-renewal.ts';
import { touchOf } from './freshness.ts';
import type { OpenedEvidence } from './identify-credential.ts';
import { type JudgedBy, judgeCredential } from './judge-credential.ts';
import type { PasskeyKeys } from './needs.ts';
import { type OpenedSession, type Opening, openSession } from './open-session.ts';
import type { Assertion, PasskeySite } from './passkey-site.ts';
import { proveCertificate } from './prove-certificate.ts';
import { proofBinding } from './renew-on-device.ts';
import type { AuthenticatedUser } from './resume-session.ts';
import { sealEvidence } from './sealed-evidence.ts';
import { spendAssertion, type VerifiedAssertion, verifyAssertion } from './verify-assertion.ts';

type Needs = PasskeyKeys & { readonly db: Db; readonly clock: Clock; readonly log: Log };

/** What a passkey signed as its proof, where, and by whom its certificate is judged. */
export type Proof = JudgedBy & { readonly assertion: Assertion; readonly site: PasskeySite };

/** Proves the successor and opens a session of it on this host; the old session ends. */
export async function provePasskeyHere(
  user: AuthenticatedUser,
  proof: Proof,
  needs: Needs,
): Promise<OpenedSession> {
  const verified = await verifyProof(user, proof, needs);
  const { policy } = user;
  const now = needs.clock.now();
  return await spendAssertion(
    verified,
    async (tx) => {
      await lockOpenSession(user, tx);
      const touch = touchOf(user.session);
      return await openSession(
        evidenceOf(verified),
        { policy, now, by: 'passkey-proof', touch },
        tx,
      );
    },
    needs,
  );
}

/** Proves the successor, which ends the old session; returns what opens a session on the login host. */
export async function provePasskeyForHandOver(
  user: AuthenticatedUser,
  asked: Proof & { readonly loginHost: string },
  needs: Needs,
): Promise<string> {
  const verified = await verifyProof(user, asked, needs);
  const now = needs.clock.now();
  const pin = await spendAssertion(
    verified,
    async (tx) => {
      const standing = await lockOpenSession(user, tx);
      await proveAlone(verified, { policy: user.policy, now, touch: touchOf(user.session) }, tx);
      return markOf(standing);
    },
    needs,
  );
  const { institution } = asked.site;
  return sealEvidence(
    { certificate: verified.by.certificate.sha256, assertion: verified.recorded, pin },
    { purpose: 'hand-over', institution, host: asked.loginHost },
    { key: needs.challengeKey, now },
  );
}

/** Opens the session of one who was handed over, once. */
export async function arrive(
  { evidence, once, pin }: OpenedEvidence,
  needs: { readonly db: Db; readonly clock: Clock },
): Promise<OpenedSession> {
  const { identity, state } = evidence.certificate;
  const now = needs.clock.now();
  const policy = await policyAt(identity.institution, now, needs.db);
  // What is handed over was proved before: an unproven certificate never comes this way.
  if (state !== 'current') throw new Refusal('session-ended', 'the certificate is not current');
  return await inTransaction(needs.db, async (tx) => {
    if (!(await useChallengeUp(identity.institution, once, now, tx))) {
      throw new Refusal('challenge-used', 'this hand-over has opened a session already');
    }
    if (markOf(await lockOpenPin(identity, tx)) !== pin) {
      throw new Refusal('session-ended', 'the PIN was changed meanwhile');
    }
    return await openSession(evidence, { policy, now, by: 'passkey-proof' }, tx);
  });
}

/** Tells one PIN of a person from the next, and nothing of either. */
function markOf({ hash }: PinStanding): string {
  return createHash('sha256')
    .update(hash ?? '')
    .digest('base64url');
}

async function verifyProof(
  user: AuthenticatedUser,
  { assertion, site, bank, inquiry }: Proof,
  needs: Needs,
): Promise<VerifiedAssertion> {
  const successor = await waitingSuccessor(user, needs.db);
  const { institution } = user.person.identity;
  const by = successor && (await credentialOf(institution, successor.sha256, needs.db));
  if (by === undefined) {
    throw new Refusal('transition-forbidden', 'no successor with a passkey waits for its proof');
  }
  const id = Buffer.from(assertion.credentialId, 'base64url');
  if (!equalOctets(by.credential.credentialId, id)) {
    throw new Refusal('assertion-invalid', 'another passkey has signed');
  }
  const binding = proofBinding(user, site, by.certificate.sha256);
  const { challengeKey } = needs;
  const now = needs.clock.now();
  const verified = await verifyAssertion(assertion, by, { site, binding, challengeKey, now });
  // What no login would take must not supersede what still works.
  await judgeCredential(by, { bank, inquiry }, needs);
  return verified;
}

/** Whoever ends sessions of a person has locked them: what is read after the lock stands. */
async function lockOpenSession(
  { person, session }: AuthenticatedUser,
  tx: Tx,
): Promise<PinStanding> {
  const standing = await lockOpenPin(person.identity, tx);
  await checkIsStillOpen(session, tx);
  return standing;
}

/** As the opening of a session proves a certificate, without the session. */
async function proveAlone(
  { by: { certificate }, recorded: signed }: VerifiedAssertion,
  opening: Pick<Opening, 'policy' | 'now' | 'touch'>,
  tx: Tx,
): Promise<void> {
  const slot = await lockSlot(certificate, tx);
  const standing = slot.find((one) => equalOctets(one.sha256, certificate.sha256));
  if (standing?.state !== 'issued' || isExpired(standing, opening.now)) {
    throw new Refusal('session-ended', 'the certificate changed its state during the proof');
  }
  const proof = { ...opening, certificate: standing, slot, signed };
  await appendAudit(await proveCertificate(proof, tx), tx);
}

function evidenceOf({ by, recorded }: VerifiedAssertion): SignedChallengeEvidence {
  return { kind: 'signed-challenge', certificate: by.certificate, assertion: recorded };
}
