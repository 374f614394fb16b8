// CRL distribution points: where the CRLs that cover a certificate are found (RFC 5280 §4.2.1.13).
import type { DerReader } from '../asn1/der-reader.ts';
import { constructed, type DerNode, namedBits, raw, sequence } from '../asn1/der-writer.ts';
import { OID } from '../asn1/known-object-identifiers.ts';
import { contextConstructed, contextPrimitive, SEQUENCE } from '../asn1/tag.ts';
import { type Extension, makeExtension } from './extension.ts';
import { type GeneralName, generalNames, readGeneralNames } from './general-name.ts';
import { type RelativeName, readRelativeName } from './name.ts';

/** Name of a distribution point: in full, or relative to the CRL's issuer. */
export type DistributionPointName =
  | { readonly kind: 'full'; readonly names: readonly GeneralName[] }
  | { readonly kind: 'relative'; readonly rdn: RelativeName; readonly der: Uint8Array };

/** One place where CRLs are found. */
export type DistributionPoint = {
  readonly point: DistributionPointName | undefined;
  /** ReasonFlags, bit `i` as `1 << i`; undefined for all reasons. */
  readonly reasons: number | undefined;
  /** Who signs the CRL, if not the certificate's issuer. */
  readonly crlIssuer: readonly GeneralName[] | undefined;
};

const POINT = contextConstructed(0);
const REASONS = contextPrimitive(1);
const CRL_ISSUER = contextConstructed(2);
const FULL_NAME = contextConstructed(0);
const RELATIVE_NAME = contextConstructed(1);

/** Reads CRLDistributionPoints; at least one. */
export function readDistributionPoints(r: DerReader): readonly DistributionPoint[] {
  const outer = r.enter(SEQUENCE);
  const points: DistributionPoint[] = [];
  do points.push(readDistributionPoint(r));
  while (!r.atEnd());
  r.leave(outer);
  return points;
}

/** The distribution point of a CRL that its issuer publishes at one address. */
export function distributionPointAt(uri: string): DistributionPoint {
  const point = { kind: 'full', names: [{ kind: 'uri', uri }] } as const;
  return { point, reasons: undefined, crlIssuer: undefined };
}

/** cRLDistributionPoints, not critical. */
export function distributionPointsExtension(points: readonly DistributionPoint[]): Extension {
  return makeExtension(OID.crlDistributionPoints, 'non-critical', distributionPoints(points));
}

/** freshestCRL, not critical: where the delta CRLs are found (RFC 5280 §4.2.1.15, §5.2.6). */
export function freshestCrlExtension(points: readonly DistributionPoint[]): Extension {
  return makeExtension(OID.freshestCrl, 'non-critical', distributionPoints(points));
}

/** Reads DistributionPointName. */
export function readDistributionPointName(r: DerReader): DistributionPointName {
  if (r.isNext(FULL_NAME)) return { kind: 'full', names: readGeneralNames(r, FULL_NAME) };
  const start = r.position;
  const rdn = readRelativeName(r, RELATIVE_NAME);
  return { kind: 'relative', rdn, der: r.since(start) };
}

/** Node of DistributionPointName. */
export function distributionPointName(point: DistributionPointName): DerNode {
  return point.kind === 'full' ? generalNames(point.names, FULL_NAME) : raw(point.der);
}

function readDistributionPoint(r: DerReader): DistributionPoint {
  const outer = r.enter(SEQUENCE);
  let point: DistributionPointName | undefined;
  if (r.isNext(POINT)) {
    const inPoint = r.enter(POINT);
    point = readDistributionPointName(r);
    r.leave(inPoint);
  }
  const reasons = r.isNext(REASONS) ? r.namedBits(REASONS) : undefined;
  const crlIssuer = r.isNext(CRL_ISSUER) ? readGeneralNames(r, CRL_ISSUER) : undefined;
  r.leave(outer);
  // RFC 5280 §4.2.1.13: reasons alone make no distribution point.
  if (point === undefined && crlIssuer === undefined) r.refuse('distribution point names nothing');
  return { point, reasons, crlIssuer };
}

function distributionPoints(points: readonly DistributionPoint[]): DerNode {
  if (points.length === 0) throw new RangeError('CRLDistributionPoints must not be empty');
  return sequence(...points.map(distributionPoint));
}

function distributionPoint({ point, reasons, crlIssuer }: DistributionPoint): DerNode {
  if (point === undefined && crlIssuer === undefined) {
    throw new RangeError('a distribution point must name something');
  }
  return sequence(
    point && constructed(POINT, [distributionPointName(point)]),
    reasons === undefined ? undefined : namedBits(reasons, REASONS),
    crlIssuer && generalNames(crlIssuer, CRL_ISSUER),
  );
}
