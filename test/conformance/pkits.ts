// NIST's Public Key Interoperability Test Suite: 247 paths with their CRLs and policies.
// Cases with DSA keys may be refused as unsupported; they are named.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OID } from '../../src/asn1/known-object-identifiers.ts';
import { Refusal } from '../../src/errors.ts';
import { nodeVerifier } from '../../src/keys/node-verifier.ts';
import { type Certificate, parseCertificate } from '../../src/x509/certificate.ts';
import { type CertificateList, parseCertificateList } from '../../src/x509/certificate-list.ts';
import { findPath } from '../../src/x509/path/find-path.ts';
import { trustAnchorOf } from '../../src/x509/path/trust-anchor.ts';
import type { PolicyInputs } from '../../src/x509/path/validate-path.ts';
import { type CaseResult, type Corpus, runCase } from './corpus.ts';

type PkitsCase = {
  readonly name: string;
  readonly number: string;
  readonly certs: readonly string[];
  readonly crls: readonly string[];
  readonly valid: boolean;
  readonly SetInitialPolicySet?: string;
  readonly SetInitialExplicitPolicy?: string;
  readonly SetInitialPolicyMappingInhibit?: string;
  readonly SetInitialInhibitAnyPolicy?: string;
  readonly SetUserConstrainedPolicySet?: string;
};

const TIME = new Date('2011-04-15T00:00:00Z');

/** Runs all cases. */
export const pkits: Corpus = (folder) => {
  const cases = JSON.parse(readFileSync(join(folder, 'cases.json'), 'utf8')) as PkitsCase[];
  return cases.map((each) => runPkitsCase(folder, each));
};

function runPkitsCase(folder: string, each: PkitsCase): CaseResult {
  const name = `${each.number} ${each.name}`;
  try {
    const policies = validate(folder, each);
    return runCase(name, () => complaintOf(each, policies));
  } catch (error) {
    if (!(error instanceof Refusal)) return { name, outcome: 'failed', detail: String(error) };
    const detail = `${error.code}: ${error.message}`;
    if (!each.valid) return { name, outcome: 'passed', detail };
    const isDsa = /DSA/.test(each.name) && error.code === 'unsupported-algorithm';
    return { name, outcome: isDsa ? 'unsupported' : 'failed', detail };
  }
}

function complaintOf(each: PkitsCase, policies: ReadonlySet<string>): string | undefined {
  if (!each.valid) return 'a path that is not valid was found valid';
  if (each.SetUserConstrainedPolicySet === undefined) return undefined;
  const wanted = policySet(each.SetUserConstrainedPolicySet);
  if (wanted.size === policies.size && wanted.isSubsetOf(policies)) return undefined;
  return `policies ${[...policies].join(' ')} in place of ${[...wanted].join(' ')}`;
}

function validate(folder: string, each: PkitsCase): ReadonlySet<string> {
  const certificates = each.certs.map((name) => readCertificate(folder, name));
  const anchor = certificates[0];
  const target = certificates.at(-1);
  if (anchor === undefined || target === undefined) throw new Error('a case without certificates');
  const search = {
    anchor: trustAnchorOf(anchor),
    certificates: certificates.slice(1, -1),
    time: TIME,
    policies: policyInputs(each),
    revocation: {
      lists: each.crls.map((name) => readList(folder, name)),
      maxAgeMs: undefined,
      leewayMs: 0,
    },
  };
  return findPath(target, search, nodeVerifier).policies;
}

/** PKITS 4.4.14 and 4.4.15 have negative serial numbers. */
function readCertificate(folder: string, name: string): Certificate {
  return parseCertificate(
    new Uint8Array(readFileSync(join(folder, 'certs', `${name}.crt`))),
    'any',
  );
}

function readList(folder: string, name: string): CertificateList {
  return parseCertificateList(new Uint8Array(readFileSync(join(folder, 'crls', `${name}.crl`))));
}

function policyInputs(each: PkitsCase): PolicyInputs {
  const { SetInitialPolicySet: accepted } = each;
  return {
    accepted: accepted === undefined ? 'any' : policySet(accepted),
    mustBeExplicit: each.SetInitialExplicitPolicy === 'true',
    isMappingInhibited: each.SetInitialPolicyMappingInhibit === 'true',
    isAnyInhibited: each.SetInitialInhibitAnyPolicy === 'true',
  };
}

/** `"NIST-test-policy-1,NIST-test-policy-2"`, with the quotation marks. */
function policySet(text: string): ReadonlySet<string> {
  const names = text
    .replaceAll('"', '')
    .split(',')
    .filter((name) => name !== '');
  return new Set(
    names.map((name) =>
      name === 'anyPolicy'
        ? OID.anyPolicy
        : name.replace('NIST-test-policy-', '2.16.840.1.101.3.2.1.48.'),
    ),
  );
}
