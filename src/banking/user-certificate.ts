// A user's certificate as the bank keeps it: whose it is, where it stands, when it ends.
// Not its contents: those are `x509`'s.
import type { AcquisitionKind } from './acquisition.ts';
import type { CertificateState } from './certificate-life.ts';
import type { Identity } from './identity.ts';

/** Where the private key lives: in a file or card (mutual TLS), or in the person's device. */
export type KeyHome = 'file' | 'device';

/** The record of an issued certificate. */
export type UserCertificate = {
  readonly identity: Identity;
  /** Place of the certificate among the user's, from 1. */
  readonly slot: number;
  /** SHA-256 of the issuing key's SubjectPublicKeyInfo. */
  readonly issuer: Uint8Array;
  /** Content octets of the serial number's INTEGER. */
  readonly serial: Uint8Array;
  /** SHA-256 of the certificate's DER. */
  readonly sha256: Uint8Array;
  readonly commonName: string;
  readonly home: KeyHome;
  readonly state: CertificateState;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly issuedAt: Date;
  readonly provedAt: Date | null;
  /** When it was superseded, replaced or revoked. */
  readonly endedAt: Date | null;
  /** SHA-256 of the certificate it renews; null for a slot's first one. */
  readonly predecessor: Uint8Array | null;
  /** By which kind of acquisition it came; null for one that renews another. */
  readonly acquiredAs: AcquisitionKind | null;
  /** From when it may be renewed, where that was fixed as it was imported; null: by policy. */
  readonly renewableFrom: Date | null;
};

/** Whether the clock has passed the certificate's last second. */
export function isExpired(certificate: UserCertificate, now: Date): boolean {
  return now >= expiredFrom(certificate);
}

/** The first instant after the certificate's last second. */
export function expiredFrom({ notAfter }: Pick<UserCertificate, 'notAfter'>): Date {
  // RFC 5280 §4.1.2.5: valid through notAfter, inclusive.
  return new Date(notAfter.getTime() + 1000);
}
