// nameConstraints: which names the certificates below a CA may have (RFC 5280 §4.2.1.10).
// Not here: whether a name is within them, see path/check-names.ts.
import type { DerReader } from '../asn1/der-reader.ts';
import { constructed, type DerNode, sequence } from '../asn1/der-writer.ts';
import { OID } from '../asn1/known-object-identifiers.ts';
import { contextConstructed, SEQUENCE } from '../asn1/tag.ts';
import { type Extension, makeExtension } from './extension.ts';
import { type GeneralName, generalName, readGeneralName } from './general-name.ts';

/** Subtrees of names; an IP address is followed by its mask. */
export type NameConstraints = {
  /** Where it has a subtree of a kind, names of that kind are within one; undefined for no limit. */
  readonly permitted: readonly GeneralName[] | undefined;
  readonly excluded: readonly GeneralName[] | undefined;
};

const PERMITTED = contextConstructed(0);
const EXCLUDED = contextConstructed(1);

/** Reads NameConstraints; at least one subtree. */
export function readNameConstraints(r: DerReader): NameConstraints {
  const outer = r.enter(SEQUENCE);
  const permitted = r.isNext(PERMITTED) ? readSubtrees(r, PERMITTED) : undefined;
  const excluded = r.isNext(EXCLUDED) ? readSubtrees(r, EXCLUDED) : undefined;
  r.leave(outer);
  // RFC 5280 §4.2.1.10: it is not an empty sequence.
  if (permitted === undefined && excluded === undefined) r.refuse('no name constraint');
  return { permitted, excluded };
}

/** nameConstraints, critical. */
export function nameConstraintsExtension({ permitted, excluded }: NameConstraints): Extension {
  if (permitted === undefined && excluded === undefined) {
    throw new RangeError('nameConstraints must not be empty');
  }
  const value = sequence(
    permitted && subtrees(permitted, PERMITTED),
    excluded && subtrees(excluded, EXCLUDED),
  );
  return makeExtension(OID.nameConstraints, 'critical', value);
}

function readSubtrees(r: DerReader, tag: number): GeneralName[] {
  const outer = r.enter(tag);
  const bases: GeneralName[] = [];
  do {
    const inSubtree = r.enter(SEQUENCE);
    const base = readGeneralName(r, 'address-and-mask');
    // RFC 5280 §4.2.1.10: minimum is zero, so not encoded, and maximum is absent.
    r.leave(inSubtree);
    if (base.kind === 'ip' && !hasPrefixMask(base.address)) r.refuse('mask is not a prefix');
    bases.push(base);
  } while (!r.atEnd());
  r.leave(outer);
  return bases;
}

/** RFC 5280 §4.2.1.10: address and mask are in the style of CIDR: ones, then zeros. */
function hasPrefixMask(addressAndMask: Uint8Array): boolean {
  let hasEnded = false;
  for (const octet of addressAndMask.subarray(addressAndMask.length / 2)) {
    const zeros = ~octet & 0xff;
    if ((zeros & (zeros + 1)) !== 0 || (hasEnded && octet !== 0)) return false;
    hasEnded ||= octet !== 0xff;
  }
  return true;
}

function subtrees(bases: readonly GeneralName[], tag: number): DerNode {
  if (bases.length === 0) throw new RangeError('GeneralSubtrees must not be empty');
  return constructed(
    tag,
    bases.map((base) => sequence(subtreeBase(base))),
  );
}

function subtreeBase(base: GeneralName): DerNode {
  if (base.kind === 'ip' && !hasPrefixMask(base.address)) {
    throw new RangeError('mask is not a prefix');
  }
  return generalName(base, 'address-and-mask');
}
