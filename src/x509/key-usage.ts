// keyUsage, extKeyUsage and basicConstraints: what a key may be used for (RFC 5280 §4.2.1).
import type { DerReader } from '../asn1/der-reader.ts';
import {
  booleanOrFalse,
  integer,
  namedBits,
  objectIdentifier,
  sequence,
} from '../asn1/der-writer.ts';
import { OID } from '../asn1/known-object-identifiers.ts';
import { BOOLEAN, INTEGER, SEQUENCE } from '../asn1/tag.ts';
import { type Extension, makeExtension } from './extension.ts';

/** Uses of a key, in the order of their bits (RFC 5280 §4.2.1.3). */
const KEY_USAGES = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;

/** One use of a key. */
export type KeyUsage = (typeof KEY_USAGES)[number];

/** Whether the subject is a CA, and how many CAs may follow below it. */
export type BasicConstraints = {
  readonly isCa: boolean;
  readonly pathLength: number | undefined;
};

/** Reads KeyUsage; at least one bit is set. */
export function readKeyUsage(r: DerReader): readonly KeyUsage[] {
  const bits = r.namedBits();
  // RFC 5280 §4.2.1.3: at least one bit is set; bits beyond the ninth have no meaning.
  if (bits === 0 || bits >> KEY_USAGES.length !== 0) r.refuse('keyUsage has no or unknown bits');
  return KEY_USAGES.filter((_, bit) => (bits & (1 << bit)) !== 0);
}

/** keyUsage, critical. */
export function keyUsageExtension(usages: readonly KeyUsage[]): Extension {
  if (usages.length === 0) throw new RangeError('keyUsage must not be empty');
  const bits = usages.reduce((sum, usage) => sum | (1 << KEY_USAGES.indexOf(usage)), 0);
  return makeExtension(OID.keyUsage, 'critical', namedBits(bits));
}

/** Reads ExtKeyUsageSyntax: dotted purposes, at least one. */
export function readExtendedKeyUsage(r: DerReader): readonly string[] {
  const outer = r.enter(SEQUENCE);
  const purposes: string[] = [];
  do purposes.push(r.objectIdentifier());
  while (!r.atEnd());
  r.leave(outer);
  return purposes;
}

/** extKeyUsage of dotted purposes, not critical. */
export function extendedKeyUsageExtension(purposes: readonly string[]): Extension {
  if (purposes.length === 0) throw new RangeError('extKeyUsage must not be empty');
  const nodes = purposes.map((purpose) => objectIdentifier(purpose));
  return makeExtension(OID.extendedKeyUsage, 'non-critical', sequence(...nodes));
}

/** Reads BasicConstraints. */
export function readBasicConstraints(r: DerReader): BasicConstraints {
  const outer = r.enter(SEQUENCE);
  // We differ: an encoded default FALSE is accepted; many a certificate in use has it.
  const isCa = r.isNext(BOOLEAN) && r.boolean();
  // We differ: a path length of no CA is read; it says nothing, for nothing follows.
  const pathLength = r.isNext(INTEGER) ? r.smallInteger() : undefined;
  if (pathLength !== undefined && pathLength > MAX_PATH_LENGTH) r.refuse('path length is too long');
  r.leave(outer);
  return { isCa, pathLength };
}

/** basicConstraints, critical; a path length is a CA's. */
export function basicConstraintsExtension({ isCa, pathLength }: BasicConstraints): Extension {
  // RFC 5280 §4.2.1.9: the path length is there only for a CA.
  const isPossible = pathLength === undefined || (isCa && isPathLength(pathLength));
  if (!isPossible) throw new RangeError(`no CA has the path length ${pathLength}`);
  const value = sequence(
    booleanOrFalse(isCa),
    pathLength === undefined ? undefined : integer(pathLength),
  );
  return makeExtension(OID.basicConstraints, 'critical', value);
}

const MAX_PATH_LENGTH = 255;

function isPathLength(length: number): boolean {
  return Number.isInteger(length) && length >= 0 && length <= MAX_PATH_LENGTH;
}
