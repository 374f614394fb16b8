// The profile of a user's certificate: clientAuth only, nothing of the request but its key.
// Compiled once for each issuer into the octets that all its certificates share.
import {
  constructed,
  encodeDer,
  explicit,
  integer,
  objectIdentifier,
  raw,
  sequence,
  sizeWithHeader,
  writeHeader,
  writeNode,
} from '../asn1/der-writer.ts';
import { OID } from '../asn1/known-object-identifiers.ts';
import { newOctets } from '../asn1/octets.ts';
import { contextConstructed, INTEGER, SEQUENCE, SET } from '../asn1/tag.ts';
import { timeSize, writeTime } from '../asn1/time.ts';
import type { Identity } from '../banking/identity.ts';
import { authorityInfoAccessExtension } from '../x509/authority-information.ts';
import { checkSerialNumber } from '../x509/certificate.ts';
import { certificatePoliciesExtension } from '../x509/certificate-policies.ts';
import { distributionPointAt, distributionPointsExtension } from '../x509/distribution-point.ts';
import { type Extension, extensionList } from '../x509/extension.ts';
import {
  authorityKeyIdentifierExtension,
  subjectKeyIdentifierExtension,
} from '../x509/key-identifier.ts';
import { extendedKeyUsageExtension, keyUsageExtension } from '../x509/key-usage.ts';
import { encodeRelativeName, nameValue } from '../x509/name.ts';
import type { Issuer } from './issuer.ts';

/** A user's certificate to be made; every value is the bank's, only the key is the person's. */
export type UserOrder = {
  readonly identity: Identity;
  readonly commonName: string;
  readonly spkiDer: Uint8Array;
  /** SHA-256 of `spkiDer`. */
  readonly keyIdentifier: Uint8Array;
  readonly serialNumber: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
};

/** The profile of one issuer's users, compiled; what varies is written between its parts. */
export type UserProfile = {
  /** What every subject names as its organisation. */
  readonly institutionName: string;
  /** The version. */
  readonly beforeSerial: Uint8Array;
  /** Signature algorithm and the issuer's name. */
  readonly beforeTimes: Uint8Array;
  /** Country and organisation of the subject. */
  readonly beforeCommonName: Uint8Array;
  /** All extensions with their headers; the key's identifier lies at an offset. */
  readonly extensions: Uint8Array;
  readonly keyIdentifierAt: number;
};

/** How far notBefore lies before the issue, for clocks that are slow. */
export const BACKDATE_MS = 60 * 60 * 1000;

const KEY_IDENTIFIER_OCTETS = 32;
const EXTENSIONS = contextConstructed(3);
/** The type of the attribute that varies. */
const COMMON_NAME = encodeDer(objectIdentifier(OID.commonName));

/** Compiles the profile of the users of an institution. */
export function compileUserProfile(issuer: Issuer, institutionName: string): UserProfile {
  const placeholder = new Uint8Array(KEY_IDENTIFIER_OCTETS);
  const upToKeyIdentifier = [
    keyUsageExtension(['digitalSignature']),
    extendedKeyUsageExtension([OID.clientAuth]),
    subjectKeyIdentifierExtension(placeholder),
  ];
  const rest = encodedSize(issuerExtensions(issuer));
  const list = extensionList([...upToKeyIdentifier, ...issuerExtensions(issuer)]);
  const extensions = encodeDer(constructed(EXTENSIONS, [list]));
  return {
    institutionName,
    beforeSerial: encodeDer(explicit(0, integer(2))),
    beforeTimes: joined(issuer.signatureAlgorithmDer, issuer.name.der),
    beforeCommonName: joined(
      encodeRelativeName({ type: OID.countryName, value: 'JP' }),
      encodeRelativeName({ type: OID.organizationName, value: institutionName }),
    ),
    extensions,
    // An identifier ends the extension that it is the value of.
    keyIdentifierAt: extensions.length - rest - KEY_IDENTIFIER_OCTETS,
  };
}

/** Writes the TBSCertificate of an order; throws RangeError for values that cannot be in one. */
export function encodeUserCertificate(order: UserOrder, profile: UserProfile): Uint8Array {
  const serialNumber = checkSerialNumber(order.serialNumber);
  if (order.keyIdentifier.length !== KEY_IDENTIFIER_OCTETS) {
    throw new RangeError(`a key's identifier has ${KEY_IDENTIFIER_OCTETS} octets`);
  }
  const commonName = nameValue({ type: OID.commonName, value: order.commonName });
  const attribute = COMMON_NAME.length + commonName.size;
  const [notBefore, notAfter] = [order.notBefore.getTime(), order.notAfter.getTime()];
  const lengths = {
    times: timeSize(notBefore) + timeSize(notAfter),
    subject: profile.beforeCommonName.length + sizeWithHeader(sizeWithHeader(attribute)),
  };
  const length =
    profile.beforeSerial.length +
    sizeWithHeader(serialNumber.length) +
    profile.beforeTimes.length +
    sizeWithHeader(lengths.times) +
    sizeWithHeader(lengths.subject) +
    order.spkiDer.length +
    profile.extensions.length;
  const out = newOctets(sizeWithHeader(length));
  let at = writeHeader(out, 0, { tag: SEQUENCE, length });
  at = put(out, at, profile.beforeSerial);
  at = writeHeader(out, at, { tag: INTEGER, length: serialNumber.length });
  at = put(out, at, serialNumber);
  at = put(out, at, profile.beforeTimes);
  at = writeHeader(out, at, { tag: SEQUENCE, length: lengths.times });
  at = writeTime(out, writeTime(out, at, notBefore), notAfter);
  at = writeHeader(out, at, { tag: SEQUENCE, length: lengths.subject });
  at = put(out, at, profile.beforeCommonName);
  at = writeHeader(out, at, { tag: SET, length: sizeWithHeader(attribute) });
  at = writeHeader(out, at, { tag: SEQUENCE, length: attribute });
  at = put(out, at, COMMON_NAME);
  at = writeNode(commonName, out, at);
  at = put(out, at, order.spkiDer);
  put(out, at, profile.extensions);
  put(out, at + profile.keyIdentifierAt, order.keyIdentifier);
  return out;
}

/** The extensions by which a certificate points back to its issuer. */
export function issuerExtensions({ keyIdentifier, places }: Issuer): readonly Extension[] {
  return [
    authorityKeyIdentifierExtension({ keyIdentifier, issuerAndSerial: undefined }),
    distributionPointsExtension([distributionPointAt(places.crl)]),
    authorityInfoAccessExtension([
      { method: OID.ocspAccess, location: { kind: 'uri', uri: places.ocsp } },
      { method: OID.caIssuersAccess, location: { kind: 'uri', uri: places.caCertificate } },
    ]),
    certificatePoliciesExtension([{ policy: places.policy, qualifiers: [] }]),
  ];
}

/** Octets of extensions one after the other, without the header of their list. */
function encodedSize(extensions: readonly Extension[]): number {
  return extensionList(extensions)?.length ?? 0;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = encodeDer(sequence(...parts.map(raw)));
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return whole.subarray(whole.length - length);
}

function put(out: Uint8Array, at: number, octets: Uint8Array): number {
  out.set(octets, at);
  return at + octets.length;
}
