// issuingDistributionPoint: which certificates and reasons a CRL covers (RFC 5280 §5.2.5).
// Not here: whether it covers a given certificate, see path/crl-scope.ts.
import type { DerReader } from '../asn1/der-reader.ts';
import { booleanOrFalse, constructed, namedBits, sequence } from '../asn1/der-writer.ts';
import { OID } from '../asn1/known-object-identifiers.ts';
import { contextConstructed, contextPrimitive, SEQUENCE } from '../asn1/tag.ts';
import {
  type DistributionPointName,
  distributionPointName,
  readDistributionPointName,
} from './distribution-point.ts';
import { type Extension, makeExtension } from './extension.ts';

/** Which certificates a CRL covers. */
export type CrlContents = 'all' | 'users' | 'authorities' | 'attributes';

/** The scope of a CRL. */
export type IssuingDistributionPoint = {
  readonly point: DistributionPointName | undefined;
  readonly contents: CrlContents;
  /** ReasonFlags, bit `i` as `1 << i`; undefined for all reasons. */
  readonly reasons: number | undefined;
  /** Whether entries may be of certificates that other CAs issued. */
  readonly isIndirect: boolean;
};

const POINT = contextConstructed(0);
const USERS = contextPrimitive(1);
const AUTHORITIES = contextPrimitive(2);
const REASONS = contextPrimitive(3);
const INDIRECT = contextPrimitive(4);
const ATTRIBUTES = contextPrimitive(5);

/** Reads IssuingDistributionPoint. */
export function readIssuingDistributionPoint(r: DerReader): IssuingDistributionPoint {
  const outer = r.enter(SEQUENCE);
  // RFC 5280 §5.2.5: it is not an empty sequence.
  if (r.atEnd()) r.refuse('issuing distribution point says nothing');
  let point: DistributionPointName | undefined;
  if (r.isNext(POINT)) {
    const inPoint = r.enter(POINT);
    point = readDistributionPointName(r);
    r.leave(inPoint);
  }
  const users = r.booleanOrFalse(USERS);
  const authorities = r.booleanOrFalse(AUTHORITIES);
  const reasons = r.isNext(REASONS) ? r.namedBits(REASONS) : undefined;
  const isIndirect = r.booleanOrFalse(INDIRECT);
  const attributes = r.booleanOrFalse(ATTRIBUTES);
  r.leave(outer);
  // RFC 5280 §5.2.5: at most one of the three is true.
  if (Number(users) + Number(authorities) + Number(attributes) > 1) {
    r.refuse('contents are limited twice');
  }
  return { point, contents: contentsOf({ users, authorities, attributes }), reasons, isIndirect };
}

/** issuingDistributionPoint, critical. */
export function issuingDistributionPointExtension(idp: IssuingDistributionPoint): Extension {
  const value = sequence(
    idp.point && constructed(POINT, [distributionPointName(idp.point)]),
    booleanOrFalse(idp.contents === 'users', USERS),
    booleanOrFalse(idp.contents === 'authorities', AUTHORITIES),
    idp.reasons === undefined ? undefined : namedBits(idp.reasons, REASONS),
    booleanOrFalse(idp.isIndirect, INDIRECT),
    booleanOrFalse(idp.contents === 'attributes', ATTRIBUTES),
  );
  if (value.length === 0) throw new RangeError('issuingDistributionPoint must not be empty');
  return makeExtension(OID.issuingDistributionPoint, 'critical', value);
}

type Flags = {
  readonly users: boolean;
  readonly authorities: boolean;
  readonly attributes: boolean;
};

function contentsOf({ users, authorities, attributes }: Flags): CrlContents {
  if (users) return 'users';
  if (authorities) return 'authorities';
  return attributes ? 'attributes' : 'all';
}
