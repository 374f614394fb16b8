// The signature algorithms that Koshin uses: a table from AlgorithmIdentifier to what it means.
// Not here: MD5, SHA-1, DSA and whatever else is refused by not being in it.
import { DerReader } from '../asn1/der-reader.ts';
import {
  type DerNode,
  encodeDer,
  explicit,
  integer,
  nullValue,
  objectIdentifier,
  sequence,
} from '../asn1/der-writer.ts';
import { OID } from '../asn1/known-object-identifiers.ts';
import { contextConstructed, NULL, SEQUENCE } from '../asn1/tag.ts';
import { Refusal } from '../errors.ts';
import { type AlgorithmIdentifier, readAlgorithmIdentifier } from './signed.ts';

/** A digest. */
export type HashName = 'SHA-256' | 'SHA-384' | 'SHA-512';

/** A signature algorithm with all of its parameters. */
export type SignatureAlgorithm =
  | { readonly scheme: 'rsa-pkcs1'; readonly hash: HashName }
  | { readonly scheme: 'rsa-pss'; readonly hash: HashName; readonly saltOctets: number }
  | { readonly scheme: 'ecdsa'; readonly hash: HashName }
  | { readonly scheme: 'ed25519' };

/** What an AlgorithmIdentifier means; refuses what is not in the table or has other parameters. */
export function signatureAlgorithmOf(identifier: AlgorithmIdentifier): SignatureAlgorithm {
  const entry = FIXED.get(identifier.oid);
  if (entry === undefined && identifier.oid !== OID.rsassaPss) {
    throw new Refusal('unsupported-algorithm', `signature algorithm ${identifier.oid}`);
  }
  const r = new DerReader(identifier.der, 'signature algorithm');
  const outer = r.enter(SEQUENCE);
  r.objectIdentifier();
  const algorithm = entry === undefined ? readPssParameters(r) : entry;
  // RFC 4055 §5: NULL is right, and absent must be accepted. RFC 5758 §3.2, RFC 8410 §3: absent.
  if (algorithm.scheme === 'rsa-pkcs1' && r.isNext(NULL)) r.null();
  r.leave(outer);
  return algorithm;
}

/** DER of the AlgorithmIdentifier of an algorithm. */
export function encodeSignatureAlgorithm(algorithm: SignatureAlgorithm): Uint8Array {
  if (algorithm.scheme === 'rsa-pss') return encodeDer(pssIdentifier(algorithm));
  for (const [oid, entry] of FIXED) {
    if (entry.scheme === algorithm.scheme && hashOf(entry) === hashOf(algorithm)) {
      const parameters = entry.scheme === 'rsa-pkcs1' ? nullValue() : undefined;
      return encodeDer(sequence(objectIdentifier(oid), parameters));
    }
  }
  throw new RangeError(`no identifier for ${algorithm.scheme}`);
}

type FixedAlgorithm = Exclude<SignatureAlgorithm, { readonly scheme: 'rsa-pss' }>;

const FIXED: ReadonlyMap<string, FixedAlgorithm> = new Map<string, FixedAlgorithm>([
  [OID.sha256WithRsaEncryption, { scheme: 'rsa-pkcs1', hash: 'SHA-256' }],
  [OID.sha384WithRsaEncryption, { scheme: 'rsa-pkcs1', hash: 'SHA-384' }],
  [OID.sha512WithRsaEncryption, { scheme: 'rsa-pkcs1', hash: 'SHA-512' }],
  [OID.ecdsaWithSha256, { scheme: 'ecdsa', hash: 'SHA-256' }],
  [OID.ecdsaWithSha384, { scheme: 'ecdsa', hash: 'SHA-384' }],
  [OID.ecdsaWithSha512, { scheme: 'ecdsa', hash: 'SHA-512' }],
  [OID.ed25519, { scheme: 'ed25519' }],
]);

const HASHES: ReadonlyMap<string, HashName> = new Map<string, HashName>([
  [OID.sha256, 'SHA-256'],
  [OID.sha384, 'SHA-384'],
  [OID.sha512, 'SHA-512'],
]);

const HASH_OIDS: Readonly<Record<HashName, string>> = {
  'SHA-256': OID.sha256,
  'SHA-384': OID.sha384,
  'SHA-512': OID.sha512,
};

const MAX_SALT_OCTETS = 512;
const DEFAULT_SALT_OCTETS = 20;

function hashOf(algorithm: SignatureAlgorithm): HashName | undefined {
  return algorithm.scheme === 'ed25519' ? undefined : algorithm.hash;
}

/** RFC 4055 §3.1. The defaults are SHA-1, which is not used here, so the first two are present. */
function readPssParameters(r: DerReader): SignatureAlgorithm {
  const outer = r.enter(SEQUENCE);
  const hash = readExplicit(r, 0, readHash);
  const mgfHash = readExplicit(r, 1, readMgfHash);
  const saltOctets = r.isNext(contextConstructed(2))
    ? readExplicit(r, 2, readSaltOctets)
    : DEFAULT_SALT_OCTETS;
  // RFC 4055 §3.1: who verifies takes trailerField 1, its default, encoded or not.
  if (!r.atEnd() && readExplicit(r, 3, (trailer) => trailer.smallInteger()) !== 1) {
    r.refuse('PSS trailer field is not 1');
  }
  r.leave(outer);
  if (hash !== mgfHash) {
    throw new Refusal('unsupported-algorithm', 'PSS with two different digests');
  }
  if (saltOctets > MAX_SALT_OCTETS) r.refuse('PSS salt is too long');
  return { scheme: 'rsa-pss', hash, saltOctets };
}

function readExplicit<T>(r: DerReader, number: number, read: (r: DerReader) => T): T {
  const outer = r.enter(contextConstructed(number));
  const value = read(r);
  r.leave(outer);
  return value;
}

/** X.690 §11.5: the default is not encoded. */
function readSaltOctets(r: DerReader): number {
  const octets = r.smallInteger();
  if (octets === DEFAULT_SALT_OCTETS) r.refuse('PSS salt of the default length is encoded');
  return octets;
}

function readMgfHash(r: DerReader): HashName {
  const outer = r.enter(SEQUENCE);
  if (r.objectIdentifier() !== OID.mgf1) {
    throw new Refusal('unsupported-algorithm', 'PSS without MGF1');
  }
  const hash = readHash(r);
  r.leave(outer);
  return hash;
}

function readHash(r: DerReader): HashName {
  const { oid, der } = readAlgorithmIdentifier(r);
  const hash = HASHES.get(oid);
  if (hash === undefined) throw new Refusal('unsupported-algorithm', `digest ${oid}`);
  // RFC 4055 §2.1: the parameters are NULL or absent, which both must be accepted.
  const inner = new DerReader(der, 'digest algorithm');
  const outer = inner.enter(SEQUENCE);
  inner.objectIdentifier();
  if (inner.isNext(NULL)) inner.null();
  inner.leave(outer);
  return hash;
}

function pssIdentifier(algorithm: { hash: HashName; saltOctets: number }): DerNode {
  const { saltOctets } = algorithm;
  const hash = sequence(objectIdentifier(HASH_OIDS[algorithm.hash]), nullValue());
  return sequence(
    objectIdentifier(OID.rsassaPss),
    sequence(
      explicit(0, hash),
      explicit(1, sequence(objectIdentifier(OID.mgf1), hash)),
      saltOctets === DEFAULT_SALT_OCTETS ? undefined : explicit(2, integer(saltOctets)),
    ),
  );
}
