// Whether a certificate is revoked, by CRLs (RFC 5280 §6.3): an answer for every reason, or none.
// Not here: where CRLs come from; they are given.
import { Refusal } from '../../errors.ts';
import type { Certificate } from '../certificate.ts';
import type { CertificateList } from '../certificate-list.ts';
import type { DistributionPoint } from '../distribution-point.ts';
import { isSameName } from '../match-names.ts';
import type { Name } from '../name.ts';
import type { PublicKey } from '../public-key.ts';
import type { RevokedEntry } from '../revoked-entry.ts';
import { signatureQuestion } from '../signature.ts';
import {
  ALL_REASONS,
  type Freshness,
  isFresh,
  isSameScope,
  isUnderstood,
  reasonsCovered,
} from './crl-scope.ts';
import type { Steps } from './steps.ts';

/** Someone whose key may sign CRLs under a name, with the certificate that says so, if any. */
export type CrlSigner = {
  readonly name: Name;
  readonly key: PublicKey;
  readonly certificate: Certificate | undefined;
};

/** The signer of CRLs that a certificate is of; undefined where its key is not for that. */
export function crlSignerOf(certificate: Certificate): CrlSigner | undefined {
  // RFC 5280 §6.3.3 (f): where there is a keyUsage, it has cRLSign.
  if (certificate.extensions.keyUsage?.includes('cRLSign') === false) return undefined;
  return { name: certificate.subject, key: certificate.subjectPublicKeyInfo, certificate };
}

/** What revocation is judged by. */
export type RevocationSources = Freshness & {
  readonly lists: readonly CertificateList[];
  /** Those who may sign CRLs under this name. */
  readonly signersNamed: (name: Name, asked: CrlQuestion) => Iterable<CrlSigner>;
  /** Refuses a signer whose certificate is not valid; asked only when its signature was good. */
  readonly confirmSigner: (signer: CrlSigner, asked: CrlQuestion) => Steps<void>;
};

/** The certificate asked about and the point of it at which a CRL was found. */
export type CrlQuestion = {
  readonly certificate: Certificate;
  readonly point: DistributionPoint | 'none-named';
};

/** Refuses with `revoked`, or with `revocation-unknown` where no CRL answers for every reason. */
export function* checkRevocation(
  certificate: Certificate,
  sources: RevocationSources,
): Steps<void> {
  const points = certificate.extensions.crlDistributionPoints ?? (['none-named'] as const);
  let covered = 0;
  for (const point of points) {
    for (const list of sources.lists) {
      if (list.extensions.deltaCrlIndicator !== undefined) continue;
      covered |= yield* consult(list, { certificate, point }, sources);
      if (covered === ALL_REASONS) return;
    }
  }
  throw new Refusal('revocation-unknown', 'no CRL says whether a certificate is revoked');
}

/** The reasons for which this CRL says that the certificate is not revoked; refuses if it is. */
function* consult(
  list: CertificateList,
  asked: CrlQuestion,
  sources: RevocationSources,
): Steps<number> {
  if (!isFresh(list, sources) || !isUnderstood(list)) return 0;
  const reasons = reasonsCovered(list, asked.certificate, asked.point);
  if (reasons === undefined) return 0;
  const signer = yield* signerOf(list, asked, sources);
  if (signer === undefined) return 0;
  const delta = yield* deltaTo(list, signer, sources);
  const entry = (delta && entryOf(delta, asked.certificate)) ?? entryOf(list, asked.certificate);
  // RFC 5280 §6.3.3 (k): a delta takes an entry of its base back.
  if (entry !== undefined && entry.extensions.reason !== 'removeFromCRL') {
    const reason = entry.extensions.reason ?? 'unspecified';
    throw new Refusal('revoked', `a certificate is revoked: ${reason}`);
  }
  return reasons;
}

/** RFC 5280 §6.3.3 (f), (g): who signed the CRL, and may. */
function* signerOf(
  list: CertificateList,
  asked: CrlQuestion,
  sources: RevocationSources,
): Steps<CrlSigner | undefined> {
  for (const signer of sources.signersNamed(list.issuer, asked)) {
    if (!(yield* isSignedBy(list, signer.key))) continue;
    try {
      yield* sources.confirmSigner(signer, asked);
      return signer;
    } catch (error) {
      // A signer that is not valid is none; another one, or another CRL, may answer.
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return undefined;
}

/** RFC 5280 §6.3.3 (c), (h): the latest delta that goes with a CRL. */
function* deltaTo(
  base: CertificateList,
  signer: CrlSigner,
  sources: RevocationSources,
): Steps<CertificateList | undefined> {
  let latest: CertificateList | undefined;
  for (const delta of sources.lists) {
    if (!goesWith(delta, base) || !isFresh(delta, sources) || !isUnderstood(delta)) continue;
    if (numberOf(delta) <= numberOf(latest ?? base)) continue;
    if (yield* isSignedBy(delta, signer.key)) latest = delta;
  }
  return latest;
}

function goesWith(delta: CertificateList, base: CertificateList): boolean {
  const from = delta.extensions.deltaCrlIndicator;
  const { crlNumber } = base.extensions;
  if (from === undefined || crlNumber === undefined) return false;
  return from <= crlNumber && isSameScope(delta, base);
}

function numberOf(list: CertificateList): bigint {
  return list.extensions.crlNumber ?? -1n;
}

function* isSignedBy(list: CertificateList, key: PublicKey): Steps<boolean> {
  try {
    return yield signatureQuestion({ signed: list, key, what: 'CRL' });
  } catch (error) {
    // What cannot be a signature by this key was not made by it.
    if (error instanceof Refusal) return false;
    throw error;
  }
}

function entryOf(list: CertificateList, certificate: Certificate): RevokedEntry | undefined {
  const { serialNumber, issuer } = certificate;
  const mine = list.entries.find(serialNumber).filter(({ certificateIssuer }) => {
    if (certificateIssuer === undefined) return isSameName(list.issuer, issuer);
    return certificateIssuer.some(
      (name) => name.kind === 'directory' && isSameName(name.name, issuer),
    );
  });
  return mine[0]?.entry;
}
