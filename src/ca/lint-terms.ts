// What a certificate is held against by the lint, and how a broken rule is noted. No rule is here.
import { contentsFromDotted } from '../asn1/object-identifier.ts';
import type { Issuer } from './issuer.ts';
import type { UserOrder } from './user-profile.ts';

/** What every certificate of an issuer is held against. */
export type LintTerms = {
  readonly issuer: Issuer;
  readonly institutionName: string;
  /** Content octets of the identifier of the certificate policy. */
  readonly policy: Uint8Array;
};

/** What one certificate is held against, and the rules that it broke so far. */
export type Lint = {
  readonly order: UserOrder;
  readonly terms: LintTerms;
  readonly broken: string[];
};

/** The terms of an issuer's certificates. */
export function lintTermsOf(issuer: Issuer, institutionName: string): LintTerms {
  return { issuer, institutionName, policy: contentsFromDotted(issuer.places.policy) };
}

/** Notes a rule as broken unless it holds. */
export function rule({ broken }: Lint, name: string, holds: boolean): void {
  if (!holds) broken.push(name);
}
