// The profiles of CA certificates: an institution's root and its issuing CA.
import { OID } from '../asn1/known-object-identifiers.ts';
import { encodeTbsCertificate } from '../x509/certificate.ts';
import type { Extension } from '../x509/extension.ts';
import { subjectKeyIdentifierExtension } from '../x509/key-identifier.ts';
import { basicConstraintsExtension, keyUsageExtension } from '../x509/key-usage.ts';
import { makeName, type Name } from '../x509/name.ts';
import type { Issuer } from './issuer.ts';
import { issuerExtensions } from './user-profile.ts';

/** A CA certificate to be made. */
export type AuthorityOrder = {
  readonly subject: Name;
  readonly spkiDer: Uint8Array;
  readonly keyIdentifier: Uint8Array;
  readonly serialNumber: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
};

/** The name of an institution's CA. */
export function authorityName(institutionName: string, authority: string): Name {
  return makeName([
    { type: OID.countryName, value: 'JP' },
    { type: OID.organizationName, value: institutionName },
    { type: OID.commonName, value: authority },
  ]);
}

/** Writes the TBSCertificate of a root, which issues itself. */
export function encodeRootCertificate(
  order: AuthorityOrder,
  signatureAlgorithmDer: Uint8Array,
): Uint8Array {
  return encode(order, {
    issuerDer: order.subject.der,
    signatureAlgorithmDer,
    extensions: authorityExtensions(order, undefined),
  });
}

/** Writes the TBSCertificate of an issuing CA, below which no other CA may stand. */
export function encodeIssuingCertificate(order: AuthorityOrder, root: Issuer): Uint8Array {
  return encode(order, {
    issuerDer: root.name.der,
    signatureAlgorithmDer: root.signatureAlgorithmDer,
    extensions: [...authorityExtensions(order, 0), ...issuerExtensions(root)],
  });
}

function authorityExtensions(
  order: AuthorityOrder,
  pathLength: number | undefined,
): readonly Extension[] {
  return [
    basicConstraintsExtension({ isCa: true, pathLength }),
    keyUsageExtension(['keyCertSign', 'cRLSign']),
    subjectKeyIdentifierExtension(order.keyIdentifier),
  ];
}

function encode(
  order: AuthorityOrder,
  issuing: {
    readonly issuerDer: Uint8Array;
    readonly signatureAlgorithmDer: Uint8Array;
    readonly extensions: readonly Extension[];
  },
): Uint8Array {
  return encodeTbsCertificate({
    serialNumber: order.serialNumber,
    notBefore: order.notBefore,
    notAfter: order.notAfter,
    subjectDer: order.subject.der,
    subjectPublicKeyInfoDer: order.spkiDer,
    ...issuing,
  });
}
