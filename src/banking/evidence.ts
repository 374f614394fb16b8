// What shows who is there. A union by the way of showing; a session is bound to it.
// One member for now: a certificate shown in the TLS handshake of this connection.
import type { UserCertificate } from './user-certificate.ts';

/** A certificate of ours was shown on this very connection and its holder has proved the key. */
export type MutualTlsEvidence = {
  readonly kind: 'mutual-tls';
  readonly certificate: UserCertificate;
};

/** Evidence of who is there. */
export type Evidence = MutualTlsEvidence;
