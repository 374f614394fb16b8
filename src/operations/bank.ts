// An institution as the running system holds it: its record and the issuing keys pinned for it.
// Read at start; operations are given the one of the host that was asked.
import type { Institution } from '../banking/institution.ts';
import type { PublicKey } from '../x509/public-key.ts';
import type { IssuingAuthority } from './certify.ts';

/** A CA key whose certificates this institution accepts, pinned by key and never by name. */
export type PinnedIssuer = {
  /** SHA-256 of the SubjectPublicKeyInfo. */
  readonly issuer: Uint8Array;
  readonly publicKey: PublicKey;
};

/** An institution with its pinned issuers. */
export type Bank = Institution & { readonly issuers: readonly PinnedIssuer[] };

/** A bank ready to work: what is accepted, what is named in the handshake, and what issues. */
export type LoadedBank = Bank & {
  /** Common name of the issuing CA. */
  readonly issuingName: string;
  readonly authority: IssuingAuthority;
  /** DER of the issuing CA's certificate, named to browsers in the handshake. */
  readonly issuingCertificate: Uint8Array;
};
