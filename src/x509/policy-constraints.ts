// policyMappings, policyConstraints and inhibitAnyPolicy: how policies hold along a path.
// Not here: what path validation makes of them, see path/policy-graph.ts.
import type { DerReader } from '../asn1/der-reader.ts';
import { integer, objectIdentifier, sequence } from '../asn1/der-writer.ts';
import { OID } from '../asn1/known-object-identifiers.ts';
import { contextPrimitive, SEQUENCE } from '../asn1/tag.ts';
import { type Extension, makeExtension } from './extension.ts';

/** One policy of the issuer that the subject's CA calls by another identifier; both dotted. */
export type PolicyMapping = {
  readonly issuerDomainPolicy: string;
  readonly subjectDomainPolicy: string;
};

/** After how many certificates a policy is required, or mapping is forbidden. */
export type PolicyConstraints = {
  readonly requireExplicitPolicy: number | undefined;
  readonly inhibitPolicyMapping: number | undefined;
};

const REQUIRE = contextPrimitive(0);
const INHIBIT = contextPrimitive(1);

/** Reads PolicyMappings; at least one. */
export function readPolicyMappings(r: DerReader): readonly PolicyMapping[] {
  const outer = r.enter(SEQUENCE);
  const mappings: PolicyMapping[] = [];
  do {
    const inMapping = r.enter(SEQUENCE);
    const issuerDomainPolicy = r.objectIdentifier();
    mappings.push({ issuerDomainPolicy, subjectDomainPolicy: r.objectIdentifier() });
    r.leave(inMapping);
  } while (!r.atEnd());
  r.leave(outer);
  return mappings;
}

/** policyMappings, critical. */
export function policyMappingsExtension(mappings: readonly PolicyMapping[]): Extension {
  if (mappings.length === 0) throw new RangeError('policyMappings must not be empty');
  const nodes = mappings.map(({ issuerDomainPolicy, subjectDomainPolicy }) =>
    sequence(objectIdentifier(issuerDomainPolicy), objectIdentifier(subjectDomainPolicy)),
  );
  return makeExtension(OID.policyMappings, 'critical', sequence(...nodes));
}

/** Reads PolicyConstraints; at least one of the two. */
export function readPolicyConstraints(r: DerReader): PolicyConstraints {
  const outer = r.enter(SEQUENCE);
  const requireExplicitPolicy = r.isNext(REQUIRE) ? r.smallInteger(REQUIRE) : undefined;
  const inhibitPolicyMapping = r.isNext(INHIBIT) ? r.smallInteger(INHIBIT) : undefined;
  r.leave(outer);
  // RFC 5280 §4.2.1.11: it is not an empty sequence.
  if (requireExplicitPolicy === undefined && inhibitPolicyMapping === undefined) {
    r.refuse('no policy constraint');
  }
  return { requireExplicitPolicy, inhibitPolicyMapping };
}

/** policyConstraints, critical. */
export function policyConstraintsExtension(constraints: PolicyConstraints): Extension {
  const { requireExplicitPolicy, inhibitPolicyMapping } = constraints;
  if (requireExplicitPolicy === undefined && inhibitPolicyMapping === undefined) {
    throw new RangeError('policyConstraints must not be empty');
  }
  const value = sequence(
    requireExplicitPolicy === undefined
      ? undefined
      : integer(checkCount(requireExplicitPolicy), REQUIRE),
    inhibitPolicyMapping === undefined
      ? undefined
      : integer(checkCount(inhibitPolicyMapping), INHIBIT),
  );
  return makeExtension(OID.policyConstraints, 'critical', value);
}

/** Reads InhibitAnyPolicy: after how many certificates anyPolicy stands for nothing. */
export function readInhibitAnyPolicy(r: DerReader): number {
  return r.smallInteger();
}

/** inhibitAnyPolicy, critical. */
export function inhibitAnyPolicyExtension(skipCertificates: number): Extension {
  return makeExtension(OID.inhibitAnyPolicy, 'critical', integer(checkCount(skipCertificates)));
}

const MAX_COUNT = 0x7fff_ffff;

/** RFC 5280 §4.2.1.11: SkipCerts is not negative; more than is read here, no path has. */
function checkCount(count: number): number {
  if (!Number.isInteger(count) || count < 0 || count > MAX_COUNT) {
    throw new RangeError(`${count} is no number of certificates`);
  }
  return count;
}
