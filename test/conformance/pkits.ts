// NIST's Public Key Interoperability Test Suite: 247 paths with their CRLs and policies.
// Cases with DSA keys are not supported; they are named. Every other that is not valid has its code.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OID } from '../../src/asn1/known-object-identifiers.ts';
import { Refusal, type RefusalCode } from '../../src/errors.ts';
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

/** DSA is not supported: what is refused here says nothing about the signature. */
const WITH_DSA: ReadonlySet<string> = new Set(['4.1.4', '4.1.5', '4.1.6']);

/**
 * With what a case that is not valid is refused where not with `invalid-path`. Two of the spoilt
 * signatures are malformed: the spoiling left a BIT STRING with unused bits.
 */
const CODES = {
  malformed: ['4.1.2', '4.4.4'],
  'bad-signature': ['4.1.3'],
  'not-yet-valid': ['4.2.1', '4.2.2'],
  expired: ['4.2.5', '4.2.6', '4.2.7'],
  'unknown-issuer': ['4.3.1', '4.3.2'],
  'revocation-unknown': [
    '4.4.1',
    '4.4.5',
    '4.4.6',
    '4.4.8',
    '4.4.9',
    '4.4.10',
    '4.4.11',
    '4.4.12',
    '4.4.21',
    '4.7.4',
    '4.7.5',
    '4.14.3',
    '4.14.8',
    '4.14.9',
    '4.14.11',
    '4.14.12',
    '4.14.14',
    '4.14.17',
    '4.14.26',
    '4.14.27',
    '4.14.35',
    '4.15.1',
    '4.15.10',
  ],
  revoked: [
    '4.4.2',
    '4.4.3',
    '4.4.15',
    '4.4.18',
    '4.4.20',
    '4.5.2',
    '4.5.5',
    '4.5.7',
    '4.14.2',
    '4.14.6',
    '4.14.15',
    '4.14.16',
    '4.14.20',
    '4.14.21',
    '4.14.23',
    '4.14.31',
    '4.14.32',
    '4.14.34',
    '4.15.3',
    '4.15.4',
    '4.15.6',
    '4.15.9',
  ],
} as const satisfies Partial<Record<RefusalCode, readonly string[]>>;

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
    if (WITH_DSA.has(each.number)) return { name, outcome: 'unsupported', detail };
    const isExpected = !each.valid && error.code === codeOf(each);
    return { name, outcome: isExpected ? 'passed' : 'failed', detail };
  }
}

function codeOf({ number }: PkitsCase): string {
  const found = Object.entries(CODES).find(([, numbers]) => numbers.some((one) => one === number));
  return found?.[0] ?? 'invalid-path';
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
