// Extensions of a CRL as a whole (RFC 5280 §5.2): a table of those understood, the rest surfaced.
// Not here: those of its entries, see revoked-entry.ts.
import { DerReader } from '../asn1/der-reader.ts';
import { integer } from '../asn1/der-writer.ts';
import { OID } from '../asn1/known-object-identifiers.ts';
import { type AccessDescription, readInfoAccess } from './authority-information.ts';
import { type DistributionPoint, readDistributionPoints } from './distribution-point.ts';
import { type Extension, makeExtension } from './extension.ts';
import { type GeneralName, readGeneralNames } from './general-name.ts';
import {
  type IssuingDistributionPoint,
  readIssuingDistributionPoint,
} from './issuing-distribution-point.ts';
import { type AuthorityKeyIdentifier, readAuthorityKeyIdentifier } from './key-identifier.ts';

/** Extensions of a CRL; undefined where one is absent. */
export type CertificateListExtensions = {
  readonly authorityKeyIdentifier: AuthorityKeyIdentifier | undefined;
  readonly issuerAltName: readonly GeneralName[] | undefined;
  readonly crlNumber: bigint | undefined;
  /** Number of the CRL that this one adds to; a CRL that has it is a delta. */
  readonly deltaCrlIndicator: bigint | undefined;
  readonly issuingDistributionPoint: IssuingDistributionPoint | undefined;
  readonly freshestCrl: readonly DistributionPoint[] | undefined;
  readonly authorityInfoAccess: readonly AccessDescription[] | undefined;
  /** Every extension, undecoded, in its order. */
  readonly all: readonly Extension[];
  /** Critical ones that are not understood: such a CRL answers nothing (RFC 5280 §5.2). */
  readonly unknownCritical: readonly Extension[];
};

/** Decodes those extensions that are understood. */
export function decodeCertificateListExtensions(
  all: readonly Extension[],
): CertificateListExtensions {
  const read = <T>(oid: string, what: string, reader: (r: DerReader) => T): T | undefined => {
    const extension = all.find((candidate) => candidate.oid === oid);
    if (extension === undefined) return undefined;
    const r = new DerReader(extension.value, what);
    const value = reader(r);
    r.finish();
    return value;
  };
  return {
    authorityKeyIdentifier: read(
      OID.authorityKeyIdentifier,
      'authorityKeyIdentifier',
      readAuthorityKeyIdentifier,
    ),
    issuerAltName: read(OID.issuerAltName, 'issuerAltName', (r) => readGeneralNames(r)),
    crlNumber: read(OID.crlNumber, 'cRLNumber', readNumber),
    deltaCrlIndicator: read(OID.deltaCrlIndicator, 'deltaCRLIndicator', readNumber),
    issuingDistributionPoint: read(
      OID.issuingDistributionPoint,
      'issuingDistributionPoint',
      readIssuingDistributionPoint,
    ),
    freshestCrl: read(OID.freshestCrl, 'freshestCRL', readDistributionPoints),
    authorityInfoAccess: read(OID.authorityInfoAccess, 'authorityInfoAccess', readInfoAccess),
    all,
    unknownCritical: all.filter(({ critical, oid }) => critical && !UNDERSTOOD.has(oid)),
  };
}

/** cRLNumber, not critical. */
export function crlNumberExtension(number: bigint): Extension {
  return makeExtension(OID.crlNumber, 'non-critical', integer(checkNumber(number)));
}

/** deltaCRLIndicator, critical: the number of the CRL that the delta adds to. */
export function deltaCrlIndicatorExtension(baseNumber: bigint): Extension {
  return makeExtension(OID.deltaCrlIndicator, 'critical', integer(checkNumber(baseNumber)));
}

const MAX_NUMBER_OCTETS = 20;

const UNDERSTOOD: ReadonlySet<string> = new Set([
  OID.authorityKeyIdentifier,
  OID.issuerAltName,
  OID.crlNumber,
  OID.deltaCrlIndicator,
  OID.issuingDistributionPoint,
  OID.freshestCrl,
  OID.authorityInfoAccess,
]);

function readNumber(r: DerReader): bigint {
  const octets = r.integer();
  // RFC 5280 §5.2.3: not negative, at most 20 octets.
  if (octets.length > MAX_NUMBER_OCTETS || (octets[0] ?? 0) >= 0x80) {
    r.refuse('number is negative or over 20 octets');
  }
  return BigInt(`0x${octets.toHex()}`);
}

function checkNumber(number: bigint): bigint {
  if (number < 0n || number >= 1n << BigInt(MAX_NUMBER_OCTETS * 8 - 1)) {
    throw new RangeError('a CRL number is not negative and has at most 20 octets');
  }
  return number;
}
