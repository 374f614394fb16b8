// Whether a CRL covers a certificate, and for which reasons (RFC 5280 §6.3.3 a, b, d).
// Not here: whether the CRL is authentic, and what it says.
import { DerReader } from '../../asn1/der-reader.ts';
import { encodeDer, raw, sequence } from '../../asn1/der-writer.ts';
import { OID } from '../../asn1/known-object-identifiers.ts';
import { equalOctets } from '../../asn1/octets.ts';
import { SEQUENCE, SET } from '../../asn1/tag.ts';
import type { Certificate } from '../certificate.ts';
import type { CertificateList } from '../certificate-list.ts';
import type { DistributionPoint, DistributionPointName } from '../distribution-point.ts';
import type { GeneralName } from '../general-name.ts';
import type { CrlContents } from '../issuing-distribution-point.ts';
import { isSameName } from '../match-names.ts';
import { type Name, parseName } from '../name.ts';

/** ReasonFlags for which there is an answer, bit `i` as `1 << i`. */
export type Reasons = number;

/** All of them: bits 1 to 8 (RFC 5280 §4.2.1.13). */
export const ALL_REASONS: Reasons = 0b1_1111_1110;

/** When a CRL is used. */
export type Freshness = {
  readonly time: Date;
  readonly maxAgeMs: number | undefined;
  /** How far the clock of who signs CRLs may be ahead. */
  readonly leewayMs: number;
};

/** Whether a CRL may be used now: begun, not ended, no older than `maxAgeMs`. */
export function isFresh(list: CertificateList, { time, maxAgeMs, leewayMs }: Freshness): boolean {
  const age = time.getTime() - list.thisUpdate.getTime();
  if (age < -leewayMs || (maxAgeMs !== undefined && age > maxAgeMs)) return false;
  // RFC 5280 §5.1.2.5: nextUpdate is there; where it is not, only an age tells.
  if (list.nextUpdate === undefined) return maxAgeMs !== undefined;
  // RFC 5280 §6.3.3 (a): it has ended when the time is after nextUpdate.
  return time.getTime() <= list.nextUpdate.getTime();
}

/** Whether a CRL has a critical extension, of its own or of an entry, that is not understood. */
export function isUnderstood(list: CertificateList): boolean {
  return list.extensions.unknownCritical.length === 0 && !list.hasUnknownCriticalEntry;
}

/**
 * Reasons for which a CRL answers for a certificate at one of its distribution points; undefined
 * where it says nothing about it, zero where it can only say that it is revoked.
 */
export function reasonsCovered(
  list: CertificateList,
  certificate: Certificate,
  point: DistributionPoint | 'none-named',
): Reasons | undefined {
  const { issuingDistributionPoint: scope } = list.extensions;
  const named = point === 'none-named' ? pointOfIssuer(certificate) : point;
  if (!isIssuedFor(list, certificate, named)) return undefined;
  // Bit 0 is not used: it is set here and there, and stands for no reason.
  const reasons = (named.reasons ?? ALL_REASONS) & ALL_REASONS;
  if (scope === undefined) return reasons;
  if (scope.point !== undefined && !isAtPoint(list, certificate, named)) return undefined;
  if (!coversKind(scope.contents, certificate)) return undefined;
  // We differ: where a certificate names a point but no other CRL issuer, an indirect CRL is not
  // believed to be complete for it.
  if (scope.isIndirect && point !== 'none-named' && point.crlIssuer === undefined) return 0;
  return (scope.reasons ?? ALL_REASONS) & reasons;
}

/** Whether two CRLs have the same scope, as a delta and its base must (RFC 5280 §6.3.3 c). */
export function isSameScope(a: CertificateList, b: CertificateList): boolean {
  return (
    isSameName(a.issuer, b.issuer) &&
    isSameExtension(a, b, OID.issuingDistributionPoint) &&
    isSameKey(a, b)
  );
}

/** RFC 5280 §6.3.3: a certificate without points is looked for under the name of its issuer. */
function pointOfIssuer({ issuer }: Certificate): DistributionPoint {
  const point = { kind: 'full', names: [{ kind: 'directory', name: issuer }] } as const;
  return { point, reasons: undefined, crlIssuer: undefined };
}

/** RFC 5280 §6.3.3 (b)(1). */
function isIssuedFor(
  list: CertificateList,
  certificate: Certificate,
  { crlIssuer }: DistributionPoint,
): boolean {
  if (crlIssuer === undefined) return isSameName(list.issuer, certificate.issuer);
  const isIndirect = list.extensions.issuingDistributionPoint?.isIndirect === true;
  return isIndirect && crlIssuer.some((name) => isDirectory(name, list.issuer));
}

/** RFC 5280 §6.3.3 (b)(2)(i): a name of the CRL's point is one of the certificate's. */
function isAtPoint(
  list: CertificateList,
  certificate: Certificate,
  { point, crlIssuer }: DistributionPoint,
): boolean {
  const ofList = pointNames(list.extensions.issuingDistributionPoint?.point, list.issuer);
  const base = crlIssuer?.find(({ kind }) => kind === 'directory');
  const issuer = base?.kind === 'directory' ? base.name : certificate.issuer;
  const wanted = point === undefined ? (crlIssuer ?? []) : pointNames(point, issuer);
  return wanted.some((one) => ofList.some((other) => isSamePointName(one, other)));
}

function pointNames(
  point: DistributionPointName | undefined,
  issuer: Name,
): readonly GeneralName[] {
  if (point === undefined) return [];
  if (point.kind === 'full') return point.names;
  return [{ kind: 'directory', name: nameBelow(issuer, point.der) }];
}

/** RFC 5280 §4.2.1.13: a relative name is appended to that of the issuer. */
function nameBelow(issuer: Name, relativeDer: Uint8Array): Name {
  const r = new DerReader(issuer.der, 'name');
  r.enter(SEQUENCE);
  const rdn = relativeDer.slice();
  rdn[0] = SET;
  return parseName(encodeDer(sequence(raw(r.bytes.subarray(r.position)), raw(rdn))));
}

function isSamePointName(a: GeneralName, b: GeneralName): boolean {
  if (a.kind === 'directory') return b.kind === 'directory' && isSameName(a.name, b.name);
  if (a.kind === 'uri') return b.kind === 'uri' && a.uri === b.uri;
  return false;
}

function isDirectory(general: GeneralName, name: Name): boolean {
  return general.kind === 'directory' && isSameName(general.name, name);
}

/** RFC 5280 §6.3.3 (b)(2)(ii) to (iv). */
function coversKind(contents: CrlContents, { version, extensions }: Certificate): boolean {
  if (contents === 'all') return true;
  // Before version 3 a certificate does not say whether it is a CA's.
  if (contents === 'attributes' || version < 3) return false;
  const isCa = extensions.basicConstraints?.isCa === true;
  return isCa === (contents === 'authorities');
}

function isSameExtension(a: CertificateList, b: CertificateList, oid: string): boolean {
  const ofList = ({ extensions }: CertificateList): Uint8Array | undefined =>
    extensions.all.find((extension) => extension.oid === oid)?.value;
  return isSameOrAbsent(ofList(a), ofList(b));
}

function isSameKey(a: CertificateList, b: CertificateList): boolean {
  return isSameOrAbsent(
    a.extensions.authorityKeyIdentifier?.keyIdentifier,
    b.extensions.authorityKeyIdentifier?.keyIdentifier,
  );
}

function isSameOrAbsent(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a === undefined || b === undefined ? a === b : equalOctets(a, b);
}
