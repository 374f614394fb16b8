// What a certificate is held against by the lint, how a broken rule is noted, and what comes of it.
// No rule is here.
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

/** The rules that were broken so far, of whatever is linted. */
export type Findings = { readonly broken: string[] };

/** What one certificate is held against, and the rules that it broke so far. */
export type Lint = Findings & {
  readonly order: OrderedCertificate;
  readonly terms: LintTerms;
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
export function rule({ broken }: Findings, name: string, holds: boolean): void {
  if (!holds) broken.push(name);
}

/** Has `what` walked through; throws an error that names the rules it broke. */
export function conclude(what: string, { broken }: Findings, walk: () => void): void {
  try {
    walk();
  } catch (cause) {
    // What our own encoder wrote and cannot be read is no refusal of anybody's input.
    throw new Error(`${what} broke its profile: it cannot be read`, { cause });
  }
  if (broken.length > 0) throw new Error(`${what} broke its profile: ${broken.join('; ')}`);
}
