// What a certificate is held against by the lint, and how a broken rule is noted. No rule is here.
import { contentsFromDotted } from '../asn1/object-identifier.ts';
import type { Issuer } from './issuer.ts';

/** What every certificate of an issuer is held against. */
export type LintTerms = {
  readonly issuer: Issuer;
  readonly institutionName: string;
  /** Content octets of the identifier of the certificate policy. */
  readonly policy: Uint8Array;
  /** SHA-256, by which a key's identifier is computed from the key anew. */
  readonly sha256: (octets: Uint8Array) => Uint8Array;
};

/** What every order says of its certificate. */
export type OrderedCertificate = {
  readonly spkiDer: Uint8Array;
  readonly serialNumber: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
};

/** What one certificate is held against, and the rules that it broke so far. */
export type Lint = {
  readonly order: OrderedCertificate;
  readonly terms: LintTerms;
  readonly broken: string[];
};

/** The terms of an issuer's certificates. */
export function lintTermsOf(
  issuer: Issuer,
  institutionName: string,
  sha256: LintTerms['sha256'],
): LintTerms {
  const policy = contentsFromDotted(issuer.places.policy);
  return { issuer, institutionName, policy, sha256 };
}

/** Notes a rule as broken unless it holds. */
export function rule({ broken }: Lint, name: string, holds: boolean): void {
  if (!holds) broken.push(name);
}
