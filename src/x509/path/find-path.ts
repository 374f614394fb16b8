// From a certificate and a bag of others to a valid path (RFC 4158), its CRLs included.
// Not here: fetching certificates or CRLs.
import { equalOctets } from '../../asn1/octets.ts';
import { Refusal } from '../../errors.ts';
import type { Certificate } from '../certificate.ts';
import type { CertificateList } from '../certificate-list.ts';
import { isSameName } from '../match-names.ts';
import type { Name } from '../name.ts';
import type { Answer, Verified, Verifier } from '../signature.ts';
import {
  type CrlQuestion,
  type CrlSignatures,
  type CrlSigner,
  checkRevocation,
  crlSignerOf,
} from './check-revocation.ts';
import { runSteps, type Steps } from './steps.ts';
import type { TrustAnchor } from './trust-anchor.ts';
import {
  ANY_POLICY,
  type PolicyInputs,
  type RevocationCheck,
  type ValidPath,
  validatePath,
} from './validate-path.ts';

/** By what revocation is judged; `unchecked` is for a caller that knows it another way. */
export type Revocation =
  | 'unchecked'
  | {
      readonly lists: readonly CertificateList[];
      /** Age up to which a CRL is used; without it, one needs a nextUpdate. */
      readonly maxAgeMs: number | undefined;
      /** How far the clock of who signs CRLs may be ahead. */
      readonly leewayMs: number;
    };

/** What a path is looked for with. */
export type PathSearch = {
  readonly anchor: TrustAnchor;
  /** Certificates that may be on the path, or of those who sign CRLs. */
  readonly certificates: readonly Certificate[];
  readonly time: Date;
  readonly policies: PolicyInputs;
  readonly revocation: Revocation;
};

/** Finds a valid path to `target`; refuses with what is wrong with the best one. */
export function findPath<A extends Answer>(
  target: Certificate,
  search: PathSearch,
  verifier: Verifier<A>,
): Verified<A, ValidPath> {
  const context: Context = {
    search,
    confirmed: new Map(),
    inProgress: new Set(),
    signatures: new Map(),
  };
  return runSteps(searchPath(target, search.policies, context), verifier);
}

const MAX_PATHS = 32;
const MAX_EXTENSIONS = 512;
const MAX_DEPTH = 16;

type Context = {
  readonly search: PathSearch;
  /** Signers of CRLs by their certificate: valid, or why not. */
  readonly confirmed: Map<Certificate, Refusal | 'valid'>;
  /** Signers whose validity is being found out. */
  readonly inProgress: Set<Certificate>;
  readonly signatures: CrlSignatures;
};

function* searchPath(
  target: Certificate,
  policies: PolicyInputs,
  context: Context,
): Steps<ValidPath> {
  const { anchor, time, revocation } = context.search;
  const inputs = { anchor, time, policies, checkRevocation: revocationCheck(revocation, context) };
  let best: Refusal | undefined;
  let tried = 0;
  for (const path of pathsTo([target], context.search, { left: MAX_EXTENSIONS })) {
    tried += 1;
    if (tried > MAX_PATHS) break;
    try {
      return yield* validatePath(path, inputs);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // A path that only its signatures tell from the right one is the least telling.
      if (best === undefined || best.code === 'bad-signature') best = error;
    }
  }
  throw best ?? new Refusal('unknown-issuer', 'no path leads to a trust anchor');
}

/** How often a path may still be made longer: names that lead in circles must not keep us. */
type Budget = { left: number };

/** Paths from the anchor to the end of `below`, likely ones first. */
function* pathsTo(
  below: readonly [Certificate, ...Certificate[]],
  search: PathSearch,
  budget: Budget,
): Generator<readonly Certificate[]> {
  const [first] = below;
  if (isSameName(first.issuer, search.anchor.name)) yield below;
  if (below.length >= MAX_DEPTH) return;
  for (const issuer of issuersOf(first, search.certificates)) {
    if (below.includes(issuer)) continue;
    budget.left -= 1;
    if (budget.left < 0) return;
    yield* pathsTo([issuer, ...below], search, budget);
  }
}

/** Certificates under the issuer's name, first those whose key identifier is the one asked for. */
function issuersOf(
  { issuer, extensions }: Certificate,
  certificates: readonly Certificate[],
): readonly Certificate[] {
  const wanted = extensions.authorityKeyIdentifier?.keyIdentifier;
  const rank = ({ extensions: { subjectKeyIdentifier } }: Certificate): number => {
    if (wanted === undefined || subjectKeyIdentifier === undefined) return 1;
    return equalOctets(wanted, subjectKeyIdentifier) ? 0 : 2;
  };
  return certificates
    .filter(({ subject }) => isSameName(subject, issuer))
    .sort((a, b) => rank(a) - rank(b));
}

function revocationCheck(revocation: Revocation, context: Context): RevocationCheck | undefined {
  if (revocation === 'unchecked') return undefined;
  return (certificate, before) =>
    checkRevocation(certificate, {
      ...revocation,
      time: context.search.time,
      signatures: context.signatures,
      signersNamed: (name) => signersNamed(name, before, context),
      confirmSigner: (signer, asked) => confirmSigner(signer, asked, context),
    });
}

/** The anchor and the CAs before on the path, which are valid; then others of the bag. */
function* signersNamed(
  name: Name,
  before: readonly Certificate[],
  { search }: Context,
): Generator<CrlSigner> {
  const { anchor } = search;
  if (isSameName(anchor.name, name) && anchor.keyUsage?.includes('cRLSign') !== false) {
    yield { name, key: anchor.key, certificate: undefined };
  }
  for (const certificate of before) {
    const signer = crlSignerOf(certificate);
    // Its certificate needs no path any more: it is on this one.
    if (signer !== undefined && isSameName(signer.name, name)) {
      yield { ...signer, certificate: undefined };
    }
  }
  for (const certificate of search.certificates) {
    if (before.includes(certificate)) continue;
    const signer = crlSignerOf(certificate);
    if (signer !== undefined && isSameName(signer.name, name)) yield signer;
  }
}

/** RFC 5280 §6.3.3 (f): the path of a CRL's signer is valid, to the same anchor. */
function* confirmSigner(
  { certificate }: CrlSigner,
  asked: CrlQuestion,
  context: Context,
): Steps<void> {
  if (certificate === undefined) return;
  const known = context.confirmed.get(certificate);
  if (known === 'valid') return;
  if (known !== undefined) throw known;
  if (context.inProgress.has(certificate)) {
    confirmItself(certificate, asked);
    return;
  }
  context.inProgress.add(certificate);
  try {
    yield* searchPath(certificate, ANY_POLICY, context);
    context.confirmed.set(certificate, 'valid');
  } catch (error) {
    if (error instanceof Refusal) context.confirmed.set(certificate, error);
    throw error;
  } finally {
    context.inProgress.delete(certificate);
  }
}

/** A signer may answer for itself where its certificate names it as the issuer of its CRL. */
function confirmItself(signer: Certificate, { certificate, point }: CrlQuestion): void {
  const isNamed = point !== 'none-named' && point.crlIssuer !== undefined;
  if (certificate === signer && isNamed) return;
  throw new Refusal('revocation-unknown', 'signers of CRLs answer for one another in a circle');
}
