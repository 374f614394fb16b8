// Certificates in one file: SignedData that nobody signed (RFC 5652 §5.1), `.p7c` of RFC 5751 §3.2.2.
// Not here: what the certificates mean, or whether they are a chain. Nothing in it is vouched for.

import { DerReader } from '../asn1/der-reader.ts';
import {
  encodeDer,
  explicit,
  integer,
  objectIdentifier,
  raw,
  sequence,
  setOf,
} from '../asn1/der-writer.ts';
import { contextConstructed, SEQUENCE, SET } from '../asn1/tag.ts';
import { Refusal } from '../errors.ts';
import { derFromBer } from './ber-to-der.ts';
import { PKCS12_OID } from './pkcs12-object-identifiers.ts';

const WHAT = 'certificates-only message';
const SIGNED_DATA = '1.2.840.113549.1.7.2';
const CERTIFICATES = contextConstructed(0);
const LISTS = contextConstructed(1);
const CONTENT = contextConstructed(0);
const MAX_OCTETS = 1_048_576;
const MAX_CERTIFICATES = 100;

/** Writes certificates, each whole in DER; a set has no order, so that of a chain is lost. */
export function encodeCertificatesOnly(certificates: readonly Uint8Array[]): Uint8Array {
  const signedData = sequence(
    // RFC 5652 §5.1: version 1 where there are X.509 certificates only and the content is data.
    integer(1),
    setOf([]),
    sequence(objectIdentifier(PKCS12_OID.data)),
    setOf(certificates.map(raw), CERTIFICATES),
    setOf([]),
  );
  return encodeDer(sequence(objectIdentifier(SIGNED_DATA), explicit(0, signedData)));
}

/**
 * The certificates of a file in DER or BER, each in DER and in the order of the file. Refuses `malformed`
 * what holds a signature, a content, a CRL or no certificate, and `too-large`.
 */
export function readCertificatesOnly(file: Uint8Array): readonly Uint8Array[] {
  if (file.length > MAX_OCTETS) {
    throw new Refusal('too-large', `${WHAT}: over ${MAX_OCTETS} octets`);
  }
  const r = new DerReader(derFromBer(file, WHAT), WHAT, MAX_OCTETS);
  const outer = r.enter(SEQUENCE);
  if (r.objectIdentifier() !== SIGNED_DATA) r.refuse('contents are no SignedData');
  const inContent = r.enter(CONTENT);
  const inSignedData = r.enter(SEQUENCE);
  if (r.smallInteger() !== 1) r.refuse('version is not 1');
  passEmpty(r, SET, 'digest algorithms');
  const inEncapsulated = r.enter(SEQUENCE);
  // RFC 5652 §5.1: data. We differ: any, since GnuTLS writes digestedData, and there is none of it anyway.
  r.objectIdentifier();
  if (!r.atEnd()) r.refuse('a content nobody signed');
  r.leave(inEncapsulated);
  const certificates = readCertificates(r);
  // Some programs write the field and nothing in it.
  if (r.isNext(LISTS)) passEmpty(r, LISTS, 'CRLs');
  passEmpty(r, SET, 'signers');
  r.leave(inSignedData);
  r.leave(inContent);
  r.leave(outer);
  r.finish();
  return certificates;
}

/** We differ: any order is read, as programs keep the chain's; the set is written in DER's. */
function readCertificates(r: DerReader): readonly Uint8Array[] {
  const outer = r.enter(CERTIFICATES);
  const certificates: Uint8Array[] = [];
  while (!r.atEnd()) {
    // RFC 5652 §10.2.2: all other choices have a tag of their own.
    if (!r.isNext(SEQUENCE)) r.refuse('expected an X.509 certificate');
    if (certificates.length === MAX_CERTIFICATES) {
      throw new Refusal('too-large', `${WHAT}: over ${MAX_CERTIFICATES} certificates`);
    }
    certificates.push(r.element());
  }
  r.leave(outer);
  if (certificates.length === 0) r.refuse('no certificates');
  return certificates;
}

function passEmpty(r: DerReader, tag: number, what: string): void {
  const outer = r.enter(tag);
  if (!r.atEnd()) r.refuse(`${what} where there are certificates only`);
  r.leave(outer);
}
