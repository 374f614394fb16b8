// certificatePolicies: under which policies a certificate was issued (RFC 5280 §4.2.1.4).
// Not here: policy mappings and constraints, and what path validation makes of them.
import { asciiString, readStringOf } from '../asn1/character-string.ts';
import type { DerReader } from '../asn1/der-reader.ts';
import { type DerNode, objectIdentifier, raw, sequence } from '../asn1/der-writer.ts';
import { OID } from '../asn1/known-object-identifiers.ts';
import { IA5_STRING, SEQUENCE } from '../asn1/tag.ts';
import { type Extension, makeExtension } from './extension.ts';

/** A word on a policy: where its statement is published, or another kind, kept as it is. */
export type PolicyQualifier =
  | { readonly kind: 'cps'; readonly uri: string }
  | { readonly kind: 'other'; readonly id: string; readonly value: Uint8Array };

/** One policy, dotted, with its qualifiers. */
export type PolicyInformation = {
  readonly policy: string;
  readonly qualifiers: readonly PolicyQualifier[];
};

/** Reads CertificatePolicies; at least one, none twice. */
export function readCertificatePolicies(r: DerReader): readonly PolicyInformation[] {
  const outer = r.enter(SEQUENCE);
  const policies: PolicyInformation[] = [];
  const seen = new Set<string>();
  do {
    const information = readPolicyInformation(r);
    // RFC 5280 §4.2.1.4: a policy occurs once.
    if (seen.has(information.policy)) r.refuse(`policy ${information.policy} occurs twice`);
    seen.add(information.policy);
    policies.push(information);
  } while (!r.atEnd());
  r.leave(outer);
  return policies;
}

/** certificatePolicies, not critical. */
export function certificatePoliciesExtension(policies: readonly PolicyInformation[]): Extension {
  if (policies.length === 0) throw new RangeError('certificatePolicies must not be empty');
  if (new Set(policies.map(({ policy }) => policy)).size !== policies.length) {
    throw new RangeError('a policy occurs twice');
  }
  const nodes = policies.map(({ policy, qualifiers }) =>
    sequence(
      objectIdentifier(policy),
      qualifiers.length === 0 ? undefined : sequence(...qualifiers.map(qualifierNode)),
    ),
  );
  return makeExtension(OID.certificatePolicies, 'non-critical', sequence(...nodes));
}

function readPolicyInformation(r: DerReader): PolicyInformation {
  const outer = r.enter(SEQUENCE);
  const policy = r.objectIdentifier();
  const qualifiers: PolicyQualifier[] = [];
  if (!r.atEnd()) {
    const inQualifiers = r.enter(SEQUENCE);
    do qualifiers.push(readQualifier(r));
    while (!r.atEnd());
    r.leave(inQualifiers);
  }
  r.leave(outer);
  return { policy, qualifiers };
}

function readQualifier(r: DerReader): PolicyQualifier {
  const outer = r.enter(SEQUENCE);
  const id = r.objectIdentifier();
  const qualifier: PolicyQualifier =
    id === OID.cpsQualifier
      ? { kind: 'cps', uri: readStringOf(r, IA5_STRING, IA5_STRING) }
      : { kind: 'other', id, value: r.element() };
  r.leave(outer);
  return qualifier;
}

function qualifierNode(qualifier: PolicyQualifier): DerNode {
  return qualifier.kind === 'cps'
    ? sequence(objectIdentifier(OID.cpsQualifier), asciiString(qualifier.uri, IA5_STRING))
    : sequence(objectIdentifier(qualifier.id), raw(qualifier.value));
}
