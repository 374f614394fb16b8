// From an order to a signed certificate: encode, lint, sign, compare. Not recorded here, and not to
// leave the process before its record is committed.
import { hash } from 'node:crypto';
import {
  type AuthorityOrder,
  encodeIssuingCertificate,
  encodeRootCertificate,
} from '../ca/authority-profile.ts';
import type { Issuer } from '../ca/issuer.ts';
import { type LintedCertificate, lintUserCertificate } from '../ca/lint.ts';
import {
  type AuthorityKind,
  type LintedAuthority,
  lintAuthorityCertificate,
} from '../ca/lint-authority.ts';
import { type LintTerms, lintTermsOf } from '../ca/lint-terms.ts';
import { encodeUserCertificate, type UserOrder, type UserProfile } from '../ca/user-profile.ts';
import { nodeVerifier } from '../keys/node-verifier.ts';
import type { AuthorityKey } from '../keys/software-key.ts';
import { parseCertificate } from '../x509/certificate.ts';
import { checkEcdsaSignature, verifyCertificateSignature } from '../x509/signature.ts';
import { assembleSigned, isAssembledOf } from '../x509/signed.ts';
import { freshSerialNumber } from './fresh-serial-number.ts';
import { signLinted } from './sign-linted.ts';

const SHA256_OCTETS = 32;

/** A CA that can sign: what it writes into certificates, and its key. */
export type SigningAuthority = { readonly issuer: Issuer; readonly key: AuthorityKey };

/** A CA that issues to users, with the profile of their certificates and what they are held against. */
export type IssuingAuthority = SigningAuthority & {
  readonly profile: UserProfile;
  readonly terms: LintTerms;
};

/** A signed certificate. */
export type Certified = {
  readonly der: Uint8Array;
  readonly sha256: Uint8Array;
  readonly serial: Uint8Array;
  readonly spkiSha256: Uint8Array;
};

/** Makes a user's certificate; throws when the finished one is not what was linted. */
export function certifyUser(
  asked: Omit<UserOrder, 'serialNumber' | 'keyIdentifier'>,
  authority: IssuingAuthority,
  maximumLifetimeDays: number,
): Certified {
  const spkiSha256 = sha256(asked.spkiDer);
  const order: UserOrder = {
    identity: asked.identity,
    commonName: asked.commonName,
    spkiDer: asked.spkiDer,
    keyIdentifier: spkiSha256,
    serialNumber: freshSerialNumber(),
    notBefore: asked.notBefore,
    notAfter: asked.notAfter,
  };
  const tbsDer = encodeUserCertificate(order, authority.profile);
  const linted = lintUserCertificate(tbsDer, order, {
    terms: authority.terms,
    maximumLifetimeDays,
  });
  // The signature of a user's certificate is verified when its holder proves it, before anything
  // is taken away for it: docs/decisions/0011-comparison-after-signing.md.
  const der = signAndCompare(linted, authority);
  return { der, sha256: sha256(der), serial: order.serialNumber, spkiSha256 };
}

/** Makes a CA's certificate; a root is signed by itself. */
export function certifyAuthority(
  order: AuthorityOrder,
  made: { readonly kind: AuthorityKind; readonly institutionName: string },
  by: SigningAuthority,
): Uint8Array {
  const { kind, institutionName } = made;
  const { issuer } = by;
  const tbsDer =
    kind === 'root'
      ? encodeRootCertificate(order, issuer.signatureAlgorithmDer)
      : encodeIssuingCertificate(order, issuer);
  const terms = lintTermsOf(issuer, institutionName, sha256);
  const linted = lintAuthorityCertificate(tbsDer, order, { terms, kind });
  const der = signAndCompare(linted, by);
  verifyCertificateSignature(parseCertificate(der), issuer.publicKey, nodeVerifier);
  return der;
}

/** Signs what passed the lint, takes the result apart again, and compares it with what was to be signed and how. */
function signAndCompare(
  linted: LintedCertificate | LintedAuthority,
  { issuer, key }: SigningAuthority,
): Uint8Array {
  const { tbsDer } = linted;
  const { signatureAlgorithmDer, publicKey } = issuer;
  const signature = signLinted(linted, key);
  if (publicKey.kind === 'ec') checkEcdsaSignature(signature, publicKey.curve);
  const der = assembleSigned(tbsDer, signatureAlgorithmDer, signature);
  if (!isAssembledOf(der, { tbsDer, signatureAlgorithmDer, signature })) {
    throw new Error('what was signed is not what was linted');
  }
  return der;
}

/** SHA-256 of octets. */
export function sha256(octets: Uint8Array): Uint8Array {
  // As text it costs half of what a buffer of its own does.
  const digest = hash('sha256', octets, 'latin1');
  const made = new Uint8Array(SHA256_OCTETS);
  for (let i = 0; i < SHA256_OCTETS; i++) made[i] = digest.charCodeAt(i);
  return made;
}
