// The profile of a user's certificate: clientAuth only, nothing of the request but its key.

import { OID } from '../asn1/known-object-identifiers.ts';
import type { Identity } from '../banking/identity.ts';
import { authorityInfoAccessExtension } from '../x509/authority-information.ts';
import { encodeTbsCertificate } from '../x509/certificate.ts';
import { certificatePoliciesExtension } from '../x509/certificate-policies.ts';
import { distributionPointAt, distributionPointsExtension } from '../x509/distribution-point.ts';
import type { Extension } from '../x509/extension.ts';
import {
  authorityKeyIdentifierExtension,
  subjectKeyIdentifierExtension,
} from '../x509/key-identifier.ts';
import { extendedKeyUsageExtension, keyUsageExtension } from '../x509/key-usage.ts';
import { makeName } from '../x509/name.ts';
import type { Issuer } from './issuer.ts';

/** A user's certificate to be made; every value is the bank's, only the key is the person's. */
export type UserOrder = {
  readonly identity: Identity;
  readonly institutionName: string;
  readonly commonName: string;
  readonly spkiDer: Uint8Array;
  /** SHA-256 of `spkiDer`. */
  readonly keyIdentifier: Uint8Array;
  readonly serialNumber: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
};

/** How far notBefore lies before the issue, for clocks that are slow. */
export const BACKDATE_MS = 60 * 60 * 1000;

/** Writes the TBSCertificate of an order. */
export function encodeUserCertificate(order: UserOrder, issuer: Issuer): Uint8Array {
  return encodeTbsCertificate({
    serialNumber: order.serialNumber,
    signatureAlgorithmDer: issuer.signatureAlgorithmDer,
    issuerDer: issuer.name.der,
    notBefore: order.notBefore,
    notAfter: order.notAfter,
    subjectDer: makeName([
      { type: OID.countryName, value: 'JP' },
      { type: OID.organizationName, value: order.institutionName },
      { type: OID.commonName, value: order.commonName },
    ]).der,
    subjectPublicKeyInfoDer: order.spkiDer,
    extensions: [
      keyUsageExtension(['digitalSignature']),
      extendedKeyUsageExtension([OID.clientAuth]),
      subjectKeyIdentifierExtension(order.keyIdentifier),
      ...issuerExtensions(issuer),
    ],
  });
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
