// What a certificate's extensions say: one table of those that are understood, the rest surfaced.
// Not here: how each is written; the file of each has its reader and its maker.
import { DerReader } from '../asn1/der-reader.ts';
import { nullValue } from '../asn1/der-writer.ts';
import { OID } from '../asn1/known-object-identifiers.ts';
import { type AccessDescription, readInfoAccess } from './authority-information.ts';
import { type PolicyInformation, readCertificatePolicies } from './certificate-policies.ts';
import { type DirectoryAttribute, readDirectoryAttributes } from './directory-attributes.ts';
import { type DistributionPoint, readDistributionPoints } from './distribution-point.ts';
import { type Extension, makeExtension } from './extension.ts';
import { type GeneralName, generalNames, readGeneralNames } from './general-name.ts';
import {
  type AuthorityKeyIdentifier,
  readAuthorityKeyIdentifier,
  readSubjectKeyIdentifier,
} from './key-identifier.ts';
import {
  type BasicConstraints,
  type KeyUsage,
  readBasicConstraints,
  readExtendedKeyUsage,
  readKeyUsage,
} from './key-usage.ts';
import { type NameConstraints, readNameConstraints } from './name-constraints.ts';
import {
  type PolicyConstraints,
  type PolicyMapping,
  readInhibitAnyPolicy,
  readPolicyConstraints,
  readPolicyMappings,
} from './policy-constraints.ts';

/** Values of the extensions that are understood; undefined where one is absent. */
export type ExtensionValues = {
  readonly basicConstraints: BasicConstraints | undefined;
  readonly keyUsage: readonly KeyUsage[] | undefined;
  /** Dotted purposes. */
  readonly extendedKeyUsage: readonly string[] | undefined;
  readonly subjectKeyIdentifier: Uint8Array | undefined;
  readonly authorityKeyIdentifier: AuthorityKeyIdentifier | undefined;
  readonly subjectAltName: readonly GeneralName[] | undefined;
  readonly crlDistributionPoints: readonly DistributionPoint[] | undefined;
  readonly authorityInfoAccess: readonly AccessDescription[] | undefined;
  readonly certificatePolicies: readonly PolicyInformation[] | undefined;
  readonly issuerAltName: readonly GeneralName[] | undefined;
  readonly subjectInfoAccess: readonly AccessDescription[] | undefined;
  readonly subjectDirectoryAttributes: readonly DirectoryAttribute[] | undefined;
  readonly freshestCrl: readonly DistributionPoint[] | undefined;
  readonly nameConstraints: NameConstraints | undefined;
  readonly policyMappings: readonly PolicyMapping[] | undefined;
  readonly policyConstraints: PolicyConstraints | undefined;
  readonly inhibitAnyPolicy: number | undefined;
  /** RFC 6960 §4.2.2.2.1: this responder's certificate is trusted for its lifetime. */
  readonly ocspNoCheck: true | undefined;
};

/** All extensions of a certificate. */
export type Extensions = ExtensionValues & {
  /** Every extension, undecoded, in its order. */
  readonly all: readonly Extension[];
  /** Critical ones that are not understood: who validates must refuse (RFC 5280 §4.2). */
  readonly unknownCritical: readonly Extension[];
};

/** Decodes those extensions that are understood. */
export function decodeExtensions(all: readonly Extension[]): Extensions {
  const values = noValues();
  const unknownCritical: Extension[] = [];
  for (const extension of all) {
    const known = KNOWN.get(extension.oid);
    if (known !== undefined) {
      const r = new DerReader(extension.value, known.name);
      known.read(r, values);
      r.finish();
    } else if (extension.critical) unknownCritical.push(extension);
  }
  return { ...values, all, unknownCritical };
}

/** Whether the extension is there and critical. */
export function isCritical(extensions: Extensions, oid: string): boolean {
  return extensions.all.some((extension) => extension.oid === oid && extension.critical);
}

/** subjectAltName, not critical; it must be critical where the subject is empty. */
export function subjectAltNameExtension(names: readonly GeneralName[]): Extension {
  return makeExtension(OID.subjectAltName, 'non-critical', generalNames(names));
}

/** issuerAltName, not critical. */
export function issuerAltNameExtension(names: readonly GeneralName[]): Extension {
  return makeExtension(OID.issuerAltName, 'non-critical', generalNames(names));
}

/** id-pkix-ocsp-nocheck, not critical. */
export function ocspNoCheckExtension(): Extension {
  return makeExtension(OID.ocspNoCheck, 'non-critical', nullValue());
}

type Values = { -readonly [K in keyof ExtensionValues]: ExtensionValues[K] };

type Known = {
  readonly name: keyof ExtensionValues;
  readonly read: (r: DerReader, values: Values) => void;
};

function known<K extends keyof ExtensionValues>(
  name: K,
  read: (r: DerReader) => ExtensionValues[K],
): Known {
  return {
    name,
    read: (r, values) => {
      values[name] = read(r);
    },
  };
}

const KNOWN: ReadonlyMap<string, Known> = new Map([
  [OID.basicConstraints, known('basicConstraints', readBasicConstraints)],
  [OID.keyUsage, known('keyUsage', readKeyUsage)],
  [OID.extendedKeyUsage, known('extendedKeyUsage', readExtendedKeyUsage)],
  [OID.subjectKeyIdentifier, known('subjectKeyIdentifier', readSubjectKeyIdentifier)],
  [OID.authorityKeyIdentifier, known('authorityKeyIdentifier', readAuthorityKeyIdentifier)],
  [OID.subjectAltName, known('subjectAltName', readGeneralNames)],
  [OID.crlDistributionPoints, known('crlDistributionPoints', readDistributionPoints)],
  [OID.authorityInfoAccess, known('authorityInfoAccess', readInfoAccess)],
  [OID.certificatePolicies, known('certificatePolicies', readCertificatePolicies)],
  [OID.issuerAltName, known('issuerAltName', readGeneralNames)],
  [OID.subjectInfoAccess, known('subjectInfoAccess', readInfoAccess)],
  [OID.subjectDirectoryAttributes, known('subjectDirectoryAttributes', readDirectoryAttributes)],
  [OID.freshestCrl, known('freshestCrl', readDistributionPoints)],
  [OID.nameConstraints, known('nameConstraints', readNameConstraints)],
  [OID.policyMappings, known('policyMappings', readPolicyMappings)],
  [OID.policyConstraints, known('policyConstraints', readPolicyConstraints)],
  [OID.inhibitAnyPolicy, known('inhibitAnyPolicy', readInhibitAnyPolicy)],
  [OID.ocspNoCheck, known('ocspNoCheck', readOcspNoCheck)],
]);

function readOcspNoCheck(r: DerReader): true {
  r.null();
  return true;
}

function noValues(): Values {
  return {
    basicConstraints: undefined,
    keyUsage: undefined,
    extendedKeyUsage: undefined,
    subjectKeyIdentifier: undefined,
    authorityKeyIdentifier: undefined,
    subjectAltName: undefined,
    crlDistributionPoints: undefined,
    authorityInfoAccess: undefined,
    certificatePolicies: undefined,
    issuerAltName: undefined,
    subjectInfoAccess: undefined,
    subjectDirectoryAttributes: undefined,
    freshestCrl: undefined,
    nameConstraints: undefined,
    policyMappings: undefined,
    policyConstraints: undefined,
    inhibitAnyPolicy: undefined,
    ocspNoCheck: undefined,
  };
}
