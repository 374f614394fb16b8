// One entry of a CRL and its extensions, both ways (RFC 5280 §5.3).
// Not here: the list of them, see revoked-entries.ts.
import { DerReader } from '../asn1/der-reader.ts';
import { encodeDer, primitive } from '../asn1/der-writer.ts';
import { OID } from '../asn1/known-object-identifiers.ts';
import { ENUMERATED, SEQUENCE } from '../asn1/tag.ts';
import { generalizedTime, readGeneralizedTimeMs, readTime } from '../asn1/time.ts';
import { type Extension, extensionList, makeExtension, readExtensionList } from './extension.ts';
import { type GeneralName, generalNames, readGeneralNames } from './general-name.ts';

/** Why a certificate was revoked, by the number that is written; 7 is not used. */
export const REVOCATION_REASONS = [
  'unspecified',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  undefined,
  'removeFromCRL',
  'privilegeWithdrawn',
  'aACompromise',
] as const;

/** One reason. */
export type RevocationReason = Exclude<(typeof REVOCATION_REASONS)[number], undefined>;

/** What an entry's extensions say. */
export type EntryExtensions = {
  readonly reason: RevocationReason | undefined;
  readonly invalidityDate: Date | undefined;
  /** Who issued this certificate and those after it, in an indirect CRL. */
  readonly certificateIssuer: readonly GeneralName[] | undefined;
  /** Every extension, undecoded. */
  readonly all: readonly Extension[];
  /** Critical ones not understood: a CRL with such an entry answers nothing (RFC 5280 §5.3). */
  readonly unknownCritical: readonly Extension[];
};

/** An entry of a CRL. */
export type RevokedEntry = {
  /** Content octets of the INTEGER. */
  readonly serialNumber: Uint8Array;
  readonly revocationDate: Date;
  readonly extensions: EntryExtensions;
};

/** Reads an entry. */
export function readRevokedEntry(r: DerReader): RevokedEntry {
  const outer = r.enter(SEQUENCE);
  const serialNumber = r.integer();
  const revocationDate = readTime(r);
  const extensions = r.atEnd() ? NO_EXTENSIONS : readEntryExtensions(r);
  r.leave(outer);
  return { serialNumber, revocationDate, extensions };
}

/** Reads the extensions of an entry. */
export function readEntryExtensions(r: DerReader): EntryExtensions {
  let reason: RevocationReason | undefined;
  let invalidityDate: Date | undefined;
  let certificateIssuer: readonly GeneralName[] | undefined;
  const unknownCritical: Extension[] = [];
  const all = readExtensionList(r);
  for (const extension of all) {
    const value = new DerReader(extension.value, 'CRL entry extension');
    if (extension.oid === OID.reasonCode) reason = readReason(value);
    else if (extension.oid === OID.invalidityDate) {
      invalidityDate = new Date(readGeneralizedTimeMs(value));
    } else if (extension.oid === OID.certificateIssuer) certificateIssuer = readGeneralNames(value);
    else {
      if (extension.critical) unknownCritical.push(extension);
      continue;
    }
    value.finish();
  }
  return { reason, invalidityDate, certificateIssuer, all, unknownCritical };
}

/** Reads an ENUMERATED CRLReason. */
export function readReason(r: DerReader): RevocationReason {
  // RFC 5280 §5.3.1: 0 to 10 without 7.
  return REVOCATION_REASONS[r.smallInteger(ENUMERATED)] ?? r.refuse('reason does not exist');
}

/** DER of the extensions of an entry; empty for none. */
export function encodeEntryExtensions(extensions: readonly Extension[]): Uint8Array {
  const list = extensionList(extensions);
  return list === undefined ? new Uint8Array(0) : encodeDer(list);
}

/** reasonCode, not critical. */
export function reasonCodeExtension(reason: RevocationReason): Extension {
  // RFC 5280 §5.3.1: unspecified is said by leaving the extension out.
  if (reason === 'unspecified') throw new RangeError('unspecified is not encoded');
  const code = Uint8Array.of(REVOCATION_REASONS.indexOf(reason));
  return makeExtension(OID.reasonCode, 'non-critical', primitive(ENUMERATED, code));
}

/** invalidityDate, not critical: since when the key is feared to be in other hands. */
export function invalidityDateExtension(date: Date): Extension {
  return makeExtension(OID.invalidityDate, 'non-critical', generalizedTime(date));
}

/** certificateIssuer, critical. */
export function certificateIssuerExtension(names: readonly GeneralName[]): Extension {
  return makeExtension(OID.certificateIssuer, 'critical', generalNames(names));
}

const NO_EXTENSIONS: EntryExtensions = {
  reason: undefined,
  invalidityDate: undefined,
  certificateIssuer: undefined,
  all: [],
  unknownCritical: [],
};
