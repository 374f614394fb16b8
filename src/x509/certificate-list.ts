// Certificate revocation lists: strictly read, whatever their size (RFC 5280 §5).
// Not here: how one is written (encode-certificate-list.ts), and which certificates it covers.
import { DerReader } from '../asn1/der-reader.ts';
import { equalOctets } from '../asn1/octets.ts';
import { contextConstructed, GENERALIZED_TIME, INTEGER, SEQUENCE, UTC_TIME } from '../asn1/tag.ts';
import { readTime } from '../asn1/time.ts';
import {
  type CertificateListExtensions,
  decodeCertificateListExtensions,
} from './certificate-list-extensions.ts';
import { readExtensionList } from './extension.ts';
import { type Name, readName } from './name.ts';
import type { PublicKey } from './public-key.ts';
import { type EntrySpan, RevokedEntries, scanRevokedEntries } from './revoked-entries.ts';
import { type Answer, type Verified, type Verifier, verifySigned } from './signature.ts';
import { readAlgorithmIdentifier, readSeal, type Signed } from './signed.ts';

/** A CRL as it was read; its signature has not been looked at. */
export type CertificateList = Signed & {
  readonly version: 1 | 2;
  readonly issuer: Name;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
  readonly entries: RevokedEntries;
  readonly extensions: CertificateListExtensions;
  /** Whether an entry has a critical extension not understood: then the CRL answers nothing. */
  readonly hasUnknownCriticalEntry: boolean;
};

const SIGNED_BY = Symbol('signed by');

/** Proof that a CRL was signed by the holder of a key; only `verifyCertificateList` makes one. */
export type SignedCertificateList = {
  readonly list: CertificateList;
  readonly [SIGNED_BY]: PublicKey;
};

const EXTENSIONS = contextConstructed(0);

/** Limit on the size of a CRL unless another is given: five million entries. */
const MAX_OCTETS = 268_435_456;

/** Reads a CRL that is all of `der`; no object is built for an entry. */
export function parseCertificateList(der: Uint8Array, maxOctets = MAX_OCTETS): CertificateList {
  const r = new DerReader(der, 'CRL', maxOctets);
  const outer = r.enter(SEQUENCE);
  const start = r.position;
  const { innerAlgorithmDer, span, ...contents } = readTbs(r);
  const tbsDer = r.since(start);
  const { signatureAlgorithm, signature } = readSeal(r);
  r.leave(outer);
  r.finish();
  // RFC 5280 §5.1.1.2: the algorithm outside is the one that is signed inside.
  if (!equalOctets(innerAlgorithmDer, signatureAlgorithm.der)) {
    r.refuse('inner and outer signature algorithm differ');
  }
  return {
    der,
    tbsDer,
    ...contents,
    entries: new RevokedEntries(der, span),
    hasUnknownCriticalEntry: span.hasUnknownCritical,
    signatureAlgorithm,
    signature,
  };
}

/** Verifies a CRL's signature with the key of its issuer; refuses with `bad-signature`. */
export function verifyCertificateList<A extends Answer>(
  list: CertificateList,
  issuerKey: PublicKey,
  verifier: Verifier<A>,
): Verified<A, SignedCertificateList> {
  return verifySigned(
    { signed: list, key: issuerKey, what: 'CRL' },
    verifier,
    (): SignedCertificateList => ({ list, [SIGNED_BY]: issuerKey }),
  );
}

type Tbs = Omit<CertificateList, keyof Signed | 'entries' | 'hasUnknownCriticalEntry'> & {
  readonly innerAlgorithmDer: Uint8Array;
  readonly span: EntrySpan;
};

function readTbs(r: DerReader): Tbs {
  const outer = r.enter(SEQUENCE);
  const version = readVersion(r);
  const innerAlgorithmDer = readAlgorithmIdentifier(r).der;
  const issuer = readName(r);
  // RFC 5280 §5.1.2.3: the issuer's name is not empty.
  if (issuer.rdns.length === 0) r.refuse('issuer is empty');
  const thisUpdate = readTime(r);
  const hasNext = r.isNext(UTC_TIME) || r.isNext(GENERALIZED_TIME);
  const nextUpdate = hasNext ? readTime(r) : undefined;
  const span = readEntries(r, version);
  const extensions = decodeCertificateListExtensions(version === 2 ? readExtensions(r) : []);
  r.leave(outer);
  return {
    version,
    innerAlgorithmDer,
    issuer,
    thisUpdate,
    nextUpdate,
    span,
    extensions,
  };
}

function readVersion(r: DerReader): 1 | 2 {
  if (!r.isNext(INTEGER)) return 1;
  // RFC 5280 §5.1.2.1: where it is present, it is version 2.
  if (r.smallInteger() !== 1) r.refuse('version is not 2');
  return 2;
}

function readEntries(r: DerReader, version: 1 | 2): EntrySpan {
  const form = version === 2 ? 'with-extensions' : 'without-extensions';
  if (!r.isNext(SEQUENCE)) {
    const { position } = r;
    return {
      start: position,
      end: position,
      count: 0,
      issuerChanges: [],
      hasUnknownCritical: false,
    };
  }
  const outer = r.enter(SEQUENCE);
  // RFC 5280 §5.1.2.6: without revoked certificates the list is absent.
  if (r.atEnd()) r.refuse('list of revoked certificates is empty');
  const span = scanRevokedEntries(r, form);
  r.leave(outer);
  return span;
}

function readExtensions(r: DerReader): ReturnType<typeof readExtensionList> {
  if (!r.isNext(EXTENSIONS)) return [];
  const outer = r.enter(EXTENSIONS);
  const extensions = readExtensionList(r);
  r.leave(outer);
  return extensions;
}
