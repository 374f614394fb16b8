// Opens the session of a user whose certificate and right to enter were just shown, inside the
// transaction that checked them. Not a check of PIN or token: those come before.
import { createHash, randomBytes } from 'node:crypto';
import { equalOctets } from '../asn1/octets.ts';
import type { AuditEntry } from '../audit/entry.ts';
import type { Evidence, Touch } from '../banking/evidence.ts';
import type { Policy } from '../banking/policy.ts';
import { mayRenew, renewalWindowOf } from '../banking/renewal.ts';
import { isExpired, type UserCertificate } from '../banking/user-certificate.ts';
import { Refusal } from '../errors.ts';
import { appendAudit } from '../store/audit-log.ts';
import { lockSlot } from '../store/certificates.ts';
import type { Tx } from '../store/database.ts';
import { ensureRenewalNotice } from '../store/notices.ts';
import { recordLogin } from '../store/persons.ts';
import { insertSession } from '../store/sessions.ts';
import { lockOpenPin } from './check-pin.ts';
import { makeFreshness } from './freshness.ts';
import { proveCertificate } from './prove-certificate.ts';

/** A session just opened. */
export type OpenedSession = {
  /** For the browser's cookie alone. */
  readonly token: string;
  /** For the page alone, never a cookie; null where the connection itself proves the session. */
  readonly fresh: string | null;
};

/** The policy in force and the time of the opening. */
export type Opening = {
  readonly policy: Policy;
  readonly now: Date;
  /** What the person showed besides the certificate; a PIN was settled in this transaction before. */
  readonly by: 'pin' | 'proof-token' | 'passkey-proof';
  /** By the predecessor of a certificate that is proved, in the session that proves it. */
  readonly touch?: Touch | null;
};

const TOKEN_OCTETS = 32;

/** Opens a session for a certificate that is current, or is proved by this very opening. */
export async function openSession(
  evidence: Evidence,
  opening: Opening,
  tx: Tx,
): Promise<OpenedSession> {
  const { kind: proof, certificate } = evidence;
  const { identity, sha256 } = certificate;
  const { now } = opening;
  // 確認 asks for no PIN: it neither forgives wrong ones nor counts as a login.
  if (opening.by === 'pin') await recordLogin(identity, now, tx);
  else await lockOpenPin(identity, tx);
  const slot = await lockSlot(certificate, tx);
  const standing = slot.find((one) => equalOctets(one.sha256, sha256));
  if (standing === undefined || standing.state === 'suspended' || isExpired(standing, now)) {
    throw new Refusal('session-ended', 'the certificate changed its state during the login');
  }
  const proved =
    standing.state === 'issued'
      ? await proveCertificate({ ...opening, certificate: standing, slot }, tx)
      : [];
  const token = randomBytes(TOKEN_OCTETS).toString('base64url');
  const tokenHash = sessionTokenHash(token);
  const fresh =
    evidence.kind === 'signed-challenge' ? makeFreshness(evidence.assertion, now) : null;
  const session = { identity, tokenHash, proof, certificate: sha256, openedAt: now };
  await insertSession({ ...session, fresh: fresh?.kept ?? null }, tx);
  await appendAudit([...proved, loggedIn(evidence, opening)], tx);
  await announceRenewal({ ...standing, state: 'current' }, opening, tx);
  return { token, fresh: fresh?.secret ?? null };
}

/** The hash under which a session or proof token is kept. */
export function sessionTokenHash(token: string): Uint8Array {
  return createHash('sha256').update(token).digest();
}

/** The system's notice 電子証明書の更新をお願いします, from the moment the window opens. */
async function announceRenewal(
  certificate: UserCertificate,
  { policy, now }: Opening,
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

/** A signed challenge is recorded as it was signed: anyone can verify it with the certificate. */
function loggedIn(evidence: Evidence, { now, by }: Opening): AuditEntry {
  const { kind: proof, certificate } = evidence;
  const signed = evidence.kind === 'signed-challenge' ? evidence.assertion : {};
  return {
    institution: certificate.identity.institution,
    at: now,
    event: 'logged-in',
    person: certificate.identity,
    certificate: certificate.sha256,
    detail: { name: certificate.commonName, by, proof, ...signed },
  };
}
