// CertID: how OCSP names a certificate, by digests of its issuer and its serial (RFC 6960 §4.1.1).
// Not here: the digests; the caller makes them of the octets that are named here.
import { DerReader } from '../../asn1/der-reader.ts';
import {
  encodeDer,
  nullValue,
  objectIdentifier,
  octetString,
  primitive,
  sequence,
} from '../../asn1/der-writer.ts';
import { OID } from '../../asn1/known-object-identifiers.ts';
import { equalOctets } from '../../asn1/octets.ts';
import { INTEGER, NULL, OCTET_STRING, SEQUENCE } from '../../asn1/tag.ts';
import type { Certificate } from '../certificate.ts';
import { readAlgorithmIdentifier } from '../signed.ts';

/** Digests by which an issuer is found; SHA-1 does, for nothing is proved by it. */
export type IdHash = 'SHA-1' | 'SHA-256';

/** The digests of an issuer, made once for all of its certificates. */
export type IssuerHashes = {
  readonly hash: IdHash;
  readonly nameHash: Uint8Array;
  readonly keyHash: Uint8Array;
};

/** A CertID; `hash` is undefined for a digest that is not known. */
export type CertificateId = {
  readonly hash: IdHash | undefined;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  /** Content octets of the INTEGER, with the leading 00 where the sign needs it. */
  readonly serialNumber: Uint8Array;
  readonly der: Uint8Array;
};

/** What is digested to find an issuer: its name, and its key without algorithm and header. */
export function issuerHashInputs(issuer: Certificate): { name: Uint8Array; key: Uint8Array } {
  return { name: issuer.subject.der, key: issuer.subjectPublicKeyInfo.keyOctets };
}

/** Makes the CertID of a certificate by its issuer's digests and its serial. */
export function makeCertificateId(issuer: IssuerHashes, serialNumber: Uint8Array): CertificateId {
  const der = encodeDer(
    sequence(
      sequence(objectIdentifier(HASH_OIDS[issuer.hash]), nullValue()),
      octetString(issuer.nameHash),
      octetString(issuer.keyHash),
      primitive(INTEGER, serialNumber),
    ),
  );
  return parseCertificateId(der);
}

/** Whether both name the same certificate by the same digest; its parameters do not count. */
export function isSameCertificateId(a: CertificateId, b: CertificateId): boolean {
  return (
    a.hash !== undefined &&
    a.hash === b.hash &&
    equalOctets(a.serialNumber, b.serialNumber) &&
    equalOctets(a.issuerNameHash, b.issuerNameHash) &&
    equalOctets(a.issuerKeyHash, b.issuerKeyHash)
  );
}

/** Whether a CertID names the holder of this name and key as issuer. */
export function isIssuedBy(id: CertificateId, issuer: IssuerHashes): boolean {
  return (
    id.hash === issuer.hash &&
    equalOctets(id.issuerNameHash, issuer.nameHash) &&
    equalOctets(id.issuerKeyHash, issuer.keyHash)
  );
}

/** Reads a CertID. */
export function readCertificateId(r: DerReader): CertificateId {
  const start = r.position;
  const outer = r.enter(SEQUENCE);
  const hash = readHash(r);
  const issuerNameHash = r.contents(OCTET_STRING);
  const issuerKeyHash = r.contents(OCTET_STRING);
  const serialNumber = r.integer();
  r.leave(outer);
  const octets = hash === undefined ? undefined : HASH_OCTETS[hash];
  if (
    octets !== undefined &&
    (issuerNameHash.length !== octets || issuerKeyHash.length !== octets)
  ) {
    r.refuse('digest of an issuer has the wrong length');
  }
  return { hash, issuerNameHash, issuerKeyHash, serialNumber, der: r.since(start) };
}

const HASH_OIDS = { 'SHA-1': OID.sha1, 'SHA-256': OID.sha256 } as const;
const HASH_OCTETS = { 'SHA-1': 20, 'SHA-256': 32 } as const;
const HASHES: ReadonlyMap<string, IdHash> = new Map([
  [OID.sha1, 'SHA-1'],
  [OID.sha256, 'SHA-256'],
]);

function parseCertificateId(der: Uint8Array): CertificateId {
  const r = new DerReader(der, 'CertID');
  const id = readCertificateId(r);
  r.finish();
  return id;
}

function readHash(r: DerReader): IdHash | undefined {
  const { oid, der } = readAlgorithmIdentifier(r);
  const hash = HASHES.get(oid);
  if (hash === undefined) return undefined;
  // RFC 5754 §2: the parameters are NULL or absent, which both must be accepted.
  const inner = new DerReader(der, 'digest algorithm');
  const outer = inner.enter(SEQUENCE);
  inner.objectIdentifier();
  if (inner.isNext(NULL)) inner.null();
  inner.leave(outer);
  return hash;
}
