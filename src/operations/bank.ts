// An institution as the running system holds it: its record and the issuing keys pinned for it.
// Read at start; operations are given the one of the host that was asked.
import type { Institution } from '../banking/institution.ts';

/** A CA key whose certificates this institution accepts, pinned by key and never by name. */
export type PinnedIssuer = {
  /** SHA-256 of the SubjectPublicKeyInfo. */
  readonly issuer: Uint8Array;
  readonly spkiDer: Uint8Array;
};

/** An institution with its pinned issuers. */
export type Bank = Institution & { readonly issuers: readonly PinnedIssuer[] };
