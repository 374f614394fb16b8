// A 確認 that failed, on its way to its page: the refusal with what the page needs to lead on from there.
import type { Evidence } from '../banking/evidence.ts';
import type { UserCertificate } from '../banking/user-certificate.ts';
import { Refusal } from '../errors.ts';
import { CertificateRefusal, type ShownNames } from '../operations/certificate-refusal.ts';
import type { ProofStanding } from '../operations/confirm-renewal.ts';
import type { PROOF_FAILURES } from '../words/renewal.ts';

/** Which page a failed 確認 gets. */
export type ProofFailure = keyof typeof PROOF_FAILURES;

/** A 確認 that failed for a reason of its own: another certificate came, or its token is over. */
export class ProofRefusal extends Refusal {
  readonly failure: ProofFailure;
  readonly standing: ProofStanding | undefined;
  readonly shown: UserCertificate | ShownNames | null;

  constructor(
    failed: {
      readonly failure: ProofFailure;
      readonly standing: ProofStanding | undefined;
      readonly shown: UserCertificate | ShownNames | null;
    },
    cause: Refusal,
  ) {
    super(cause.code, cause.message, { cause });
    this.failure = failed.failure;
    this.standing = failed.standing;
    this.shown = failed.shown;
  }
}

/**
 * The refusal of a 確認 as it is to be answered. What is no matter of 確認 stays as it is: a withdrawn
 * certificate, a locked user and an overload have pages of their own that say so.
 */
export function proofRefusal(
  refusal: Refusal,
  evidence: Evidence | undefined,
  standing: ProofStanding | undefined,
): Refusal {
  const refused = refusal instanceof CertificateRefusal ? refusal.refused : undefined;
  const certificate = evidence?.certificate ?? refused?.certificate ?? undefined;
  const failure = failureOf(refusal, certificate, standing);
  if (failure === undefined) return refusal;
  return new ProofRefusal(
    { failure, standing, shown: certificate ?? refused?.shown ?? null },
    refusal,
  );
}

function failureOf(
  refusal: Refusal,
  certificate: UserCertificate | undefined,
  standing: ProofStanding | undefined,
): ProofFailure | undefined {
  const isOfToken = refusal.code === 'proof-token-invalid';
  if (standing === undefined) return isOfToken ? 'token-invalid' : undefined;
  const isSuccessor = isSame(certificate, standing.successor.sha256);
  if (standing.isUsed && isSuccessor && certificate?.state === 'current') return 'already-proved';
  if (standing.isOver || !standing.mayBeProved) return isOfToken ? 'token-invalid' : undefined;
  if (refusal.code === 'no-certificate') return 'none-shown';
  if (!isOfToken && !(refusal instanceof CertificateRefusal)) return undefined;
  if (isSame(certificate, standing.successor.predecessor)) return 'old-shown';
  return isSuccessor ? 'token-invalid' : 'other-shown';
}

function isSame(certificate: UserCertificate | undefined, sha256: Uint8Array | null): boolean {
  if (certificate === undefined || sha256 === null) return false;
  return Buffer.compare(certificate.sha256, sha256) === 0;
}
