// An institution as the running system holds it: its record and the keys pinned for it.
// Read at start, former authorities again and again; operations are given the one of the host that was asked.
import { equalOctets } from '../asn1/octets.ts';
import { type FormerAuthority, isAccepted } from '../banking/former-authority.ts';
import type { Institution } from '../banking/institution.ts';
import type { PublicKey } from '../x509/public-key.ts';
import type { IssuingAuthority } from './certify.ts';
import type { RefusalBudget } from './refusal-budget.ts';

/** A CA key whose certificates this institution accepts, pinned by key and never by name. */
export type PinnedIssuer = {
  /** SHA-256 of the SubjectPublicKeyInfo. */
  readonly issuer: Uint8Array;
  readonly publicKey: PublicKey;
};

/** A former authority with its key; those switched off are known too, so that their holders are told. */
export type PinnedFormer = PinnedIssuer &
  FormerAuthority & {
    /** Its common name. */
    readonly name: string;
    /** Of those who show certificates of it that were not imported. */
    readonly strangers: RefusalBudget;
  };

/** An institution with its pinned issuers. */
export type Bank = Institution & {
  readonly issuers: readonly PinnedIssuer[];
  readonly formers: readonly PinnedFormer[];
};

/** A bank ready to work: what is accepted, what is named in the handshake, and what issues. */
export type LoadedBank = Bank & {
  /** Common name of the issuing CA. */
  readonly issuingName: string;
  readonly authority: IssuingAuthority;
  /** DER of the issuing CA's certificate, named to browsers in the handshake. */
  readonly issuingCertificate: Uint8Array;
};

/** The name of the CA that issued a certificate, as pages show it. */
export function issuerNameOf(
  { formers, issuingName }: Pick<LoadedBank, 'formers' | 'issuingName'>,
  issuer: Uint8Array,
): string {
  return formers.find((one) => equalOctets(one.issuer, issuer))?.name ?? issuingName;
}

/** DER of the CAs whose certificates browsers are asked for: the issuing one, and former ones that are accepted now. */
export function namedInHandshake(
  { issuingCertificate, formers }: Pick<LoadedBank, 'formers' | 'issuingCertificate'>,
  now: Date,
): readonly Uint8Array[] {
  const accepted = formers.filter((one) => isAccepted(one, now));
  return [issuingCertificate, ...accepted.map(({ certificate }) => certificate)];
}
