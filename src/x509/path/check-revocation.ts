// Whether a certificate is revoked, by CRLs (RFC 5280 §6.3): an answer for every reason, or none.
// Not here: where CRLs come from; they are given.
import { equalOctets } from '../../asn1/octets.ts';
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
  type Reasons,
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
  /** What was found out about signatures; one memory for a whole search. */
  readonly signatures: CrlSignatures;
  /** Those who may sign CRLs under this name. */
  readonly signersNamed: (name: Name, asked: CrlQuestion) => Iterable<CrlSigner>;
  /** Refuses a signer whose certificate is not valid; asked only when its signature was good. */
  readonly confirmSigner: (signer: CrlSigner, asked: CrlQuestion) => Steps<void>;
};

/** Whether a key signed a CRL: verified once, however many certificates and points ask. */
export type CrlSignatures = Map<CertificateList, Map<PublicKey, boolean>>;

/** The certificate asked about and the point of it at which a CRL was found. */
export type CrlQuestion = {
  readonly certificate: Certificate;
  readonly point: DistributionPoint | 'none-named';
};

/** A certificate of an honest CA has one to four; each is asked of every CRL. */
const MAX_POINTS = 32;

/**
 * Refuses with `revoked`, or with `revocation-unknown` where no CRL answers for every reason. Every
 * CRL that may answer is asked, so that their order does not count and revoked always wins.
 */
export function* checkRevocation(
  certificate: Certificate,
  sources: RevocationSources,
): Steps<void> {
  const points = certificate.extensions.crlDistributionPoints ?? (['none-named'] as const);
  if (points.length > MAX_POINTS) throw unknown('a certificate has too many distribution points');
  const complete = sources.lists
    .filter(({ extensions }) => extensions.deltaCrlIndicator === undefined)
    .sort(newestFirst);
  let covered = 0;
  for (const point of points) {
    const asked = { certificate, point };
    const before: Answering[] = [];
    for (const list of complete) {
      const answering = yield* whetherAnswering(list, asked, sources);
      if (answering === undefined || before.some((one) => replaces(one, answering))) continue;
      before.push(answering);
      yield* checkNotListed(answering, certificate, sources);
      covered |= answering.reasons;
    }
  }
  if (covered !== ALL_REASONS) throw unknown('no CRL says whether a certificate is revoked');
}

/** A CRL that answers for a certificate: who signed it, and for which reasons. */
type Answering = {
  readonly list: CertificateList;
  readonly signer: CrlSigner;
  readonly reasons: Reasons;
};

function* whetherAnswering(
  list: CertificateList,
  asked: CrlQuestion,
  sources: RevocationSources,
): Steps<Answering | undefined> {
  if (!isFresh(list, sources) || !isUnderstood(list)) return undefined;
  const reasons = reasonsCovered(list, asked.certificate, asked.point);
  if (reasons === undefined) return undefined;
  const signer = yield* signerOf(list, asked, sources);
  return signer && { list, signer, reasons };
}

function newestFirst(a: CertificateList, b: CertificateList): number {
  const later = b.thisUpdate.getTime() - a.thisUpdate.getTime();
  return later === 0 ? Number(numberOf(b) - numberOf(a)) : later;
}

/** Whether a CRL stands in place of an older one: of the same scope and key, in number and date. */
function replaces(newer: Answering, older: Answering): boolean {
  if (newestFirst(newer.list, older.list) >= 0) return false;
  if (numberOf(newer.list) < numberOf(older.list)) return false;
  const isSameSigner = equalOctets(newer.signer.key.der, older.signer.key.der);
  return isSameSigner && isSameScope(newer.list, older.list);
}

function* checkNotListed(
  { list, signer }: Answering,
  certificate: Certificate,
  sources: RevocationSources,
): Steps<void> {
  const delta = yield* deltaTo(list, signer, sources);
  const entry = (delta && entryOf(delta, certificate)) ?? entryOf(list, certificate);
  // RFC 5280 §6.3.3 (k): a delta takes an entry of its base back.
  if (entry !== undefined && entry.extensions.reason !== 'removeFromCRL') {
    const reason = entry.extensions.reason ?? 'unspecified';
    throw new Refusal('revoked', `a certificate is revoked: ${reason}`);
  }
}

function unknown(problem: string): Refusal {
  return new Refusal('revocation-unknown', problem);
}

/** RFC 5280 §6.3.3 (f), (g): who signed the CRL, and may. */
function* signerOf(
  list: CertificateList,
  asked: CrlQuestion,
  sources: RevocationSources,
): Steps<CrlSigner | undefined> {
  for (const signer of sources.signersNamed(list.issuer, asked)) {
    if (!(yield* isSignedBy(list, signer.key, sources))) continue;
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
    if (yield* isSignedBy(delta, signer.key, sources)) latest = delta;
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

function* isSignedBy(
  list: CertificateList,
  key: PublicKey,
  { signatures }: RevocationSources,
): Steps<boolean> {
  const ofList = signatures.get(list) ?? new Map<PublicKey, boolean>();
  signatures.set(list, ofList);
  const isGood = ofList.get(key) ?? (yield* verify(list, key));
  ofList.set(key, isGood);
  return isGood;
}

function* verify(list: CertificateList, key: PublicKey): Steps<boolean> {
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
