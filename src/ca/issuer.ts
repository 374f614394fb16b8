// What an issuing CA puts into every certificate it issues. Not its key.
import type { Name } from '../x509/name.ts';
import type { PublicKey } from '../x509/public-key.ts';

/** The issuer's part of a certificate; its name is copied octet by octet. */
export type Issuer = {
  readonly name: Name;
  readonly publicKey: PublicKey;
  /** Identifier of its key: SHA-256 of the SubjectPublicKeyInfo (RFC 7093 §2, method 4). */
  readonly keyIdentifier: Uint8Array;
  readonly signatureAlgorithmDer: Uint8Array;
  /** End of its own certificate, which no certificate below it outlives. */
  readonly notAfter: Date;
  readonly places: PublishedPlaces;
};

/** Where an issuer publishes what others need to judge its certificates; plain HTTP addresses. */
export type PublishedPlaces = {
  readonly crl: string;
  readonly ocsp: string;
  readonly caCertificate: string;
  /** Dotted identifier of the certificate policy. */
  readonly policy: string;
};
