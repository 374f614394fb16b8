// What shows who is there. A union by the way of showing; a session is bound to it.
// Not here: how it is verified; each way has one operation that makes its evidence.
import type { UserCertificate } from './user-certificate.ts';

/** A certificate of ours was shown on this very connection and its holder has proved the key. */
export type MutualTlsEvidence = {
  readonly kind: 'mutual-tls';
  readonly certificate: UserCertificate;
  /** DER of a certificate of which only the number is on record yet: the login fills it in. */
  readonly fillsIn?: Uint8Array;
};

/** The holder of a certificate's key has signed a challenge of ours, for one page of ours. */
export type SignedChallengeEvidence = {
  readonly kind: 'signed-challenge';
  readonly certificate: UserCertificate;
  readonly assertion: RecordedAssertion;
};

/** What was signed, and the signature, base64: enough for anyone to verify it with the certificate. */
export type RecordedAssertion = {
  readonly authenticatorData: string;
  readonly clientDataJson: string;
  readonly signature: string;
};

/** What a user signed a moment before a change, to authorise it, by the key of this certificate (SHA-256). */
export type Touch = { readonly certificate: Uint8Array; readonly signed: RecordedAssertion };

/** Evidence of who is there. */
export type Evidence = MutualTlsEvidence | SignedChallengeEvidence;

/** The ways in which someone shows who they are. */
export type ProofKind = Evidence['kind'];
