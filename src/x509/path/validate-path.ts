// Whether a path of certificates leads from a trust anchor to its last one (RFC 5280 §6.1).
// Not here: finding a path (find-path.ts), and what the last certificate may be used for.
import { OID } from '../../asn1/known-object-identifiers.ts';
import { Refusal } from '../../errors.ts';
import type { Certificate } from '../certificate.ts';
import { isSameName } from '../match-names.ts';
import type { Name } from '../name.ts';
import type { NameConstraints } from '../name-constraints.ts';
import type { PublicKey } from '../public-key.ts';
import { checkNames } from './check-names.ts';
import { type AcceptedPolicies, PolicyGraph } from './policy-graph.ts';
import { checkSignature, type Steps } from './steps.ts';
import type { TrustAnchor } from './trust-anchor.ts';

/** The inputs about policies (RFC 5280 §6.1.1 c, e, f, g). */
export type PolicyInputs = {
  readonly accepted: AcceptedPolicies;
  readonly mustBeExplicit: boolean;
  readonly isMappingInhibited: boolean;
  readonly isAnyInhibited: boolean;
};

/** Any policy, or none, will do. */
export const ANY_POLICY: PolicyInputs = {
  accepted: 'any',
  mustBeExplicit: false,
  isMappingInhibited: false,
  isAnyInhibited: false,
};

/** Refuses a certificate that is revoked; the certificates before it on the path are valid. */
export type RevocationCheck = (
  certificate: Certificate,
  before: readonly Certificate[],
) => Steps<void>;

/** What a path is judged by. */
export type PathInputs = {
  readonly anchor: TrustAnchor;
  readonly time: Date;
  readonly policies: PolicyInputs;
  /** Undefined where the caller knows of revocation in another way. */
  readonly checkRevocation: RevocationCheck | undefined;
};

const VALID = Symbol('valid');

/** A path found valid; only `validatePath` makes one. */
export type ValidPath = {
  /** From the one that the anchor issued to the target. */
  readonly certificates: readonly Certificate[];
  readonly target: Certificate;
  readonly anchor: TrustAnchor;
  /** Policies under which the path is valid, dotted, by the names of its first issuer. */
  readonly policies: ReadonlySet<string>;
  readonly revocation: 'checked' | 'unchecked';
  readonly [VALID]: true;
};

const MAX_CERTIFICATES = 20;

/** Validates a path, given from the certificate that the anchor issued to the target. */
export function* validatePath(
  certificates: readonly Certificate[],
  inputs: PathInputs,
): Steps<ValidPath> {
  const target = targetOf(certificates);
  const state = initialState(certificates.length, inputs);
  for (const [i, certificate] of certificates.entries()) {
    const place = {
      isLast: i === certificates.length - 1,
      isSelfIssued: isSelfIssued(certificate),
    };
    checkNotExpired(certificate, inputs.time);
    if (!isSameName(certificate.issuer, state.issuer)) {
      throw new Refusal('invalid-path', 'a certificate is not issued by the one before it');
    }
    yield* checkSignature({ signed: certificate, key: state.key, what: 'certificate' });
    if (inputs.checkRevocation !== undefined) {
      yield* inputs.checkRevocation(certificate, certificates.slice(0, i));
    }
    // RFC 5280 §6.1.3 (b), (c): not for a CA's own certificates on the way.
    if (place.isLast || !place.isSelfIssued) checkNames(certificate, state.constraints);
    takePolicies(state, certificate, place);
    checkCriticalExtensions(certificate);
    if (place.isLast) endPolicies(state, certificate);
    else prepareForNext(state, certificate, place);
  }
  const policies = state.policies.intersect(inputs.policies.accepted);
  if (state.explicitPolicy === 0 && policies.size === 0) throw noPolicy();
  const revocation = inputs.checkRevocation === undefined ? 'unchecked' : 'checked';
  return { certificates, target, anchor: inputs.anchor, policies, revocation, [VALID]: true };
}

function targetOf(certificates: readonly Certificate[]): Certificate {
  const target = certificates.at(-1);
  if (target === undefined || certificates.length > MAX_CERTIFICATES) {
    throw new Refusal('invalid-path', `a path has 1 to ${MAX_CERTIFICATES} certificates`);
  }
  return target;
}

/** Whether a certificate's issuer and subject are the same name. */
function isSelfIssued({ issuer, subject }: Certificate): boolean {
  return isSameName(issuer, subject);
}

/** RFC 5280 §6.1.2. */
type State = {
  issuer: Name;
  key: PublicKey;
  readonly constraints: NameConstraints[];
  readonly policies: PolicyGraph;
  explicitPolicy: number;
  policyMapping: number;
  inhibitAnyPolicy: number;
  maxPathLength: number;
};

type Place = { readonly isLast: boolean; readonly isSelfIssued: boolean };

function initialState(length: number, { anchor, policies }: PathInputs): State {
  return {
    issuer: anchor.name,
    key: anchor.key,
    constraints: [],
    policies: new PolicyGraph(),
    explicitPolicy: policies.mustBeExplicit ? 0 : length + 1,
    policyMapping: policies.isMappingInhibited ? 0 : length + 1,
    inhibitAnyPolicy: policies.isAnyInhibited ? 0 : length + 1,
    maxPathLength: length,
  };
}

function checkNotExpired({ notBefore, notAfter }: Certificate, time: Date): void {
  // RFC 5280 §4.1.2.5: valid from notBefore through notAfter, inclusive.
  if (time < notBefore) throw new Refusal('not-yet-valid', 'a certificate is not valid yet');
  if (time > notAfter) throw new Refusal('expired', 'a certificate has expired');
}

/** RFC 5280 §6.1.3 (d) to (f). */
function takePolicies(state: State, { extensions }: Certificate, place: Place): void {
  const counts = state.inhibitAnyPolicy > 0 || (!place.isLast && place.isSelfIssued);
  state.policies.add(
    extensions.certificatePolicies?.map(({ policy }) => policy),
    counts ? 'counts' : 'inhibited',
  );
  if (state.explicitPolicy === 0 && state.policies.isNull()) throw noPolicy();
}

/** Those that are understood but say nothing about a path: critical, they ask for more. */
const NOT_PROCESSED: ReadonlySet<string> = new Set([
  OID.authorityInfoAccess,
  OID.subjectInfoAccess,
  OID.subjectDirectoryAttributes,
]);

/** RFC 5280 §6.1.4 (o), §6.1.5 (e). */
function checkCriticalExtensions({ extensions }: Certificate): void {
  const isNotProcessed = extensions.all.some(
    ({ critical, oid }) => critical && NOT_PROCESSED.has(oid),
  );
  if (extensions.unknownCritical.length > 0 || isNotProcessed) {
    throw new Refusal('invalid-path', 'a certificate has a critical extension that is not known');
  }
}

/** RFC 5280 §6.1.4. */
function prepareForNext(state: State, certificate: Certificate, place: Place): void {
  const { extensions } = certificate;
  mapPolicies(state, certificate);
  state.issuer = certificate.subject;
  state.key = certificate.subjectPublicKeyInfo;
  if (extensions.nameConstraints !== undefined) state.constraints.push(extensions.nameConstraints);
  if (!place.isSelfIssued) {
    state.explicitPolicy = decremented(state.explicitPolicy);
    state.policyMapping = decremented(state.policyMapping);
    state.inhibitAnyPolicy = decremented(state.inhibitAnyPolicy);
  }
  const { requireExplicitPolicy, inhibitPolicyMapping } = extensions.policyConstraints ?? NONE;
  state.explicitPolicy = Math.min(state.explicitPolicy, requireExplicitPolicy ?? Infinity);
  state.policyMapping = Math.min(state.policyMapping, inhibitPolicyMapping ?? Infinity);
  state.inhibitAnyPolicy = Math.min(
    state.inhibitAnyPolicy,
    extensions.inhibitAnyPolicy ?? Infinity,
  );
  checkIsCa(certificate);
  limitLength(state, certificate, place);
}

const NONE = { requireExplicitPolicy: undefined, inhibitPolicyMapping: undefined };

/** RFC 5280 §6.1.4 (a), (b). */
function mapPolicies(state: State, { extensions }: Certificate): void {
  const mappings = extensions.policyMappings;
  if (mappings === undefined) return;
  for (const { issuerDomainPolicy, subjectDomainPolicy } of mappings) {
    if (issuerDomainPolicy === OID.anyPolicy || subjectDomainPolicy === OID.anyPolicy) {
      throw new Refusal('invalid-path', 'anyPolicy is mapped');
    }
  }
  state.policies.map(mappings, state.policyMapping > 0 ? 'allowed' : 'inhibited');
}

/** RFC 5280 §6.1.4 (k), (n); before version 3 nothing says that a certificate is a CA's. */
function checkIsCa({ extensions }: Certificate): void {
  if (extensions.basicConstraints?.isCa !== true) {
    throw new Refusal('invalid-path', "a certificate on the way is not a CA's");
  }
  if (extensions.keyUsage?.includes('keyCertSign') === false) {
    throw new Refusal('invalid-path', "a CA's key is not for signing certificates");
  }
}

/** RFC 5280 §6.1.4 (l), (m). */
function limitLength(state: State, { extensions }: Certificate, place: Place): void {
  if (!place.isSelfIssued) {
    if (state.maxPathLength === 0) {
      throw new Refusal('invalid-path', 'more CAs follow than one of them allows');
    }
    state.maxPathLength -= 1;
  }
  const limit = extensions.basicConstraints?.pathLength ?? Infinity;
  state.maxPathLength = Math.min(state.maxPathLength, limit);
}

/** RFC 5280 §6.1.5 (a), (b). */
function endPolicies(state: State, { extensions }: Certificate): void {
  state.explicitPolicy = decremented(state.explicitPolicy);
  if (extensions.policyConstraints?.requireExplicitPolicy === 0) state.explicitPolicy = 0;
}

function decremented(counter: number): number {
  return counter === 0 ? 0 : counter - 1;
}

function noPolicy(): Refusal {
  return new Refusal('invalid-path', 'no accepted policy holds for the whole path');
}
