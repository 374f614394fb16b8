// A certificate of a former authority as Koshin keeps it: read, held against the pinned key, and what is recorded of it.
import { OID } from '../asn1/known-object-identifiers.ts';
import { checkFormerCertificate } from '../ca/former-certificate.ts';
import { identifyingOctets } from '../ca/identifying-octets.ts';
import { Refusal } from '../errors.ts';
import { nodeVerifier } from '../keys/node-verifier.ts';
import type { Filling } from '../store/imported-certificates.ts';
import { type Certificate, parseCertificate } from '../x509/certificate.ts';
import { showName, valuesOf } from '../x509/name.ts';
import type { PublicKey } from '../x509/public-key.ts';
import { verifyCertificateSignature } from '../x509/signature.ts';
import { sha256 } from './certify.ts';

/** What is recorded of a certificate that is known as a whole. */
export type FormerRecord = Omit<Filling, 'identity' | 'issuer'>;

const LONGEST_NAME = 200;

/** Whether this key signed a certificate. */
export function isSignedBy(key: PublicKey, certificate: Certificate): boolean {
  try {
    verifyCertificateSignature(certificate, key, nodeVerifier);
    return true;
  } catch (fault) {
    if (fault instanceof Refusal) return false;
    throw fault;
  }
}

/** Reads one and refuses what could not be shown at a login. */
export function readFormerCertificate(der: Uint8Array): Certificate {
  const parsed = parseCertificate(der);
  checkFormerCertificate(parsed);
  return parsed;
}

/** What is recorded of one. */
export function formerRecordOf(parsed: Certificate): FormerRecord {
  const { der, serialNumber: serial, notBefore, notAfter, subjectPublicKeyInfo: key } = parsed;
  return {
    serial,
    der,
    notBefore,
    notAfter,
    sha256: sha256(der),
    spkiSha256: sha256(key.der),
    keyIdentity: sha256(identifyingOctets(key)),
    commonName: commonNameIn(parsed).slice(0, LONGEST_NAME),
  };
}

/** What stands in for the digests of a certificate of which no more is known than its number. */
export function standInFor(issuer: Uint8Array, serial: Uint8Array): Uint8Array {
  const prefix = Buffer.from('koshin: a certificate known by its number');
  return sha256(Buffer.concat([prefix, issuer, serial]));
}

/** The common name of a subject, or all of its name where it has none. */
export function commonNameIn({ subject }: Pick<Certificate, 'subject'>): string {
  return valuesOf(subject, OID.commonName)[0] ?? showName(subject);
}
