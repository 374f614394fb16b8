// X.509 certificates: strictly read, exactly written (RFC 5280 §4.1).
// Not here: signatures (signature.ts), and whether a certificate is valid or may be used.
import { DerReader } from '../asn1/der-reader.ts';
import {
  constructed,
  encodeDer,
  explicit,
  integer,
  primitive,
  raw,
  sequence,
} from '../asn1/der-writer.ts';
import { OID } from '../asn1/known-object-identifiers.ts';
import { equalOctets } from '../asn1/octets.ts';
import { contextConstructed, contextPrimitive, INTEGER, SEQUENCE } from '../asn1/tag.ts';
import { readTime, time } from '../asn1/time.ts';
import { type Extension, extensionList, readExtensionList } from './extension.ts';
import { decodeExtensions, type Extensions, isCritical } from './extensions.ts';
import { type Name, readName } from './name.ts';
import { type PublicKey, readPublicKey } from './public-key.ts';
import { readAlgorithmIdentifier, readSeal, type Signed } from './signed.ts';

/** A certificate as it was read. */
export type Certificate = Signed & {
  readonly version: 1 | 2 | 3;
  /** Content octets: positive, with the leading 00 where the sign needs it. */
  readonly serialNumber: Uint8Array;
  readonly issuer: Name;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly subject: Name;
  readonly subjectPublicKeyInfo: PublicKey;
  readonly extensions: Extensions;
};

/** What a certificate is made of; names, key and algorithm are DER and copied octet by octet. */
export type CertificateFields = {
  /** Content octets, as in `Certificate`. */
  readonly serialNumber: Uint8Array;
  readonly signatureAlgorithmDer: Uint8Array;
  readonly issuerDer: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly subjectDer: Uint8Array;
  readonly subjectPublicKeyInfoDer: Uint8Array;
  readonly extensions: readonly Extension[];
};

const VERSION = contextConstructed(0);
const ISSUER_UNIQUE_ID = contextPrimitive(1);
const SUBJECT_UNIQUE_ID = contextPrimitive(2);
const EXTENSIONS = contextConstructed(3);
const MAX_SERIAL_OCTETS = 20;

/** Serials that are read: those RFC 5280 allows, or also zero and negative ones, for old chains. */
export type SerialRule = 'positive' | 'any';

/** Reads a certificate that is all of `der`. */
export function parseCertificate(der: Uint8Array, serials: SerialRule = 'positive'): Certificate {
  const r = new DerReader(der, 'certificate');
  const outer = r.enter(SEQUENCE);
  const start = r.position;
  const tbs = readTbs(r, serials);
  const tbsDer = r.since(start);
  const { signatureAlgorithm, signature } = readSeal(r);
  r.leave(outer);
  r.finish();
  // RFC 5280 §4.1.1.2: the algorithm outside is the one that is signed inside.
  if (!equalOctets(tbs.innerAlgorithmDer, signatureAlgorithm.der)) {
    r.refuse('inner and outer signature algorithm differ');
  }
  checkNames(r, tbs);
  return {
    der,
    tbsDer,
    version: tbs.version,
    serialNumber: tbs.serialNumber,
    signatureAlgorithm,
    issuer: tbs.issuer,
    notBefore: tbs.notBefore,
    notAfter: tbs.notAfter,
    subject: tbs.subject,
    subjectPublicKeyInfo: tbs.subjectPublicKeyInfo,
    extensions: tbs.extensions,
    signature,
  };
}

/** Writes the part of a version 3 certificate that is signed; `assembleSigned` puts the rest on. */
export function encodeTbsCertificate(fields: CertificateFields): Uint8Array {
  checkIssuer(fields.issuerDer);
  const extensions = extensionList(fields.extensions);
  return encodeDer(
    sequence(
      explicit(0, integer(2)),
      primitive(INTEGER, checkSerialNumber(fields.serialNumber)),
      raw(fields.signatureAlgorithmDer),
      raw(fields.issuerDer),
      sequence(time(fields.notBefore), time(fields.notAfter)),
      raw(fields.subjectDer),
      raw(fields.subjectPublicKeyInfoDer),
      extensions && constructed(EXTENSIONS, [extensions]),
    ),
  );
}

type Tbs = Omit<Certificate, keyof Signed> & { readonly innerAlgorithmDer: Uint8Array };

function readTbs(r: DerReader, serials: SerialRule): Tbs {
  const outer = r.enter(SEQUENCE);
  const version = readVersion(r);
  const serialNumber = readSerialNumber(r, serials);
  const innerAlgorithmDer = readAlgorithmIdentifier(r).der;
  const issuer = readName(r);
  const inValidity = r.enter(SEQUENCE);
  const notBefore = readTime(r);
  const notAfter = readTime(r);
  r.leave(inValidity);
  const subject = readName(r);
  const subjectPublicKeyInfo = readPublicKey(r);
  if (version > 1) skipUniqueIds(r);
  const extensions = decodeExtensions(version === 3 ? readExtensions(r) : []);
  r.leave(outer);
  return {
    version,
    serialNumber,
    innerAlgorithmDer,
    issuer,
    notBefore,
    notAfter,
    subject,
    subjectPublicKeyInfo,
    extensions,
  };
}

function readVersion(r: DerReader): 1 | 2 | 3 {
  if (!r.isNext(VERSION)) return 1;
  const outer = r.enter(VERSION);
  const version = r.smallInteger();
  r.leave(outer);
  // RFC 5280 §4.1.2.1; X.690 §11.5: version 1 is the default and not encoded.
  if (version !== 1 && version !== 2) r.refuse('version is not 2 or 3, or the default is encoded');
  return version === 1 ? 2 : 3;
}

function readSerialNumber(r: DerReader, serials: SerialRule): Uint8Array {
  // RFC 5280 §4.1.2.2: users of certificates should be prepared for zero and negative ones.
  const serialNumber = serials === 'any' ? r.integer() : r.positiveInteger();
  // RFC 5280 §4.1.2.2: serial is positive and at most 20 octets.
  if (serialNumber.length > MAX_SERIAL_OCTETS) r.refuse('serial number has over 20 octets');
  return serialNumber;
}

/** RFC 5280 §4.1.2.8: tolerated where others wrote them, and without meaning. */
function skipUniqueIds(r: DerReader): void {
  if (r.isNext(ISSUER_UNIQUE_ID)) r.skip();
  if (r.isNext(SUBJECT_UNIQUE_ID)) r.skip();
}

function readExtensions(r: DerReader): readonly Extension[] {
  if (!r.isNext(EXTENSIONS)) return [];
  const outer = r.enter(EXTENSIONS);
  const extensions = readExtensionList(r);
  r.leave(outer);
  return extensions;
}

function checkNames(r: DerReader, { issuer, subject, extensions }: Tbs): void {
  // RFC 5280 §4.1.2.4: the issuer's name is not empty.
  if (issuer.rdns.length === 0) r.refuse('issuer is empty');
  // RFC 5280 §4.2.1.6: without a subject, subjectAltName is there and critical.
  if (subject.rdns.length === 0 && !isCritical(extensions, OID.subjectAltName)) {
    r.refuse('subject is empty and subjectAltName is not critical');
  }
}

/** The content octets of a serial number, if it is one that may be issued; throws RangeError. */
export function checkSerialNumber(contents: Uint8Array): Uint8Array {
  // By index: this is asked a million times for one CRL.
  const first = contents[0] ?? 0;
  const isMinimalPositive = first === 0 ? (contents[1] ?? 0) >= 0x80 : first < 0x80;
  if (!isMinimalPositive || contents.length > MAX_SERIAL_OCTETS) {
    throw new RangeError('serial number must be positive, in its shortest form, at most 20 octets');
  }
  return contents;
}

/** RFC 5280 §4.1.2.4, §5.1.2.3: whoever signs has a name; throws RangeError for an empty one. */
export function checkIssuer(issuerDer: Uint8Array): void {
  if (issuerDer.length <= EMPTY_NAME_OCTETS) throw new RangeError('issuer is empty');
}

const EMPTY_NAME_OCTETS = 2;
