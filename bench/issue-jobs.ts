// The work of the benchmark `issue`: requests of many keys, and the CA and profile that all use.
// Requests are made by Node and our encoder; none occurs twice before all have been used.
import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Identity } from '../src/banking/identity.ts';
import { DEFAULT_POLICY } from '../src/banking/policy.ts';
import { firstEnd } from '../src/banking/renewal.ts';
import { authorityName } from '../src/ca/authority-profile.ts';
import { BACKDATE_MS } from '../src/ca/user-profile.ts';
import { createAuthorityKey } from '../src/keys/software-key.ts';
import type { IssuingAuthority } from '../src/operations/certify.ts';
import { issuerOf, issuingAuthorityOf } from '../src/operations/load-bank.ts';
import { encodeRequestInfo, parseCertificationRequest } from '../src/x509/certification-request.ts';
import { makeName } from '../src/x509/name.ts';
import {
  encodeSignatureAlgorithm,
  type SignatureAlgorithm,
} from '../src/x509/signature-algorithm.ts';
import { assembleSigned } from '../src/x509/signed.ts';

/** Kinds of keys that are certified. */
export type JobKind = 'rsa2048' | 'p256';

/** One certificate to be issued. */
export type Job = {
  readonly identity: Identity;
  readonly requestDer: Uint8Array;
  /** The request taken apart beforehand, for who must not spend time on that. */
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
  readonly spkiDer: Buffer;
};

const JOBS = 64;
const NOW = new Date('2026-11-20T03:00:00Z');
const ISSUER_ENDS_AT = new Date('2036-11-20T03:00:00Z');

/** What every job has in common. */
export const TERMS = {
  institutionName: 'みほん信用金庫',
  publicationBase: 'http://ca.mihon.example/1394',
  certificatePolicy: '2.999.1394.1',
  policy: DEFAULT_POLICY,
  notBefore: new Date(NOW.getTime() - BACKDATE_MS),
  notAfter: firstEnd({ policy: DEFAULT_POLICY, issuerEndsAt: ISSUER_ENDS_AT, now: NOW }),
} as const;

/** As many requests as there are jobs, each of another key and person. */
export function makeJobs(kind: JobKind): readonly Job[] {
  return Array.from({ length: JOBS }, (_, i) => {
    const user = `user${String(i).padStart(2, '0')}`;
    const identity = { institution: '1394', contract: '00012345678', user };
    const requestDer = requestOf(kind, user);
    const { tbsDer, signature, subjectPublicKeyInfo } = parseCertificationRequest(requestDer);
    const spkiDer = Buffer.from(subjectPublicKeyInfo.der);
    return { identity, requestDer, signed: tbsDer, signature, spkiDer };
  });
}

const ALGORITHMS: Readonly<Record<JobKind, SignatureAlgorithm>> = {
  rsa2048: { scheme: 'rsa-pkcs1', hash: 'SHA-256' },
  p256: { scheme: 'ecdsa', hash: 'SHA-256' },
};

function requestOf(kind: JobKind, user: string): Uint8Array {
  const { publicKey, privateKey } =
    kind === 'rsa2048'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const subject = makeName([{ type: '2.5.4.3', value: user }]);
  const spki = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }));
  const requested = encodeRequestInfo(subject.der, spki);
  const signature = new Uint8Array(sign('sha256', requested, privateKey));
  return assembleSigned(requested, encodeSignatureAlgorithm(ALGORITHMS[kind]), signature);
}

/** The CA, and its key as Node's own for who signs without ours. */
export type BenchAuthority = { readonly authority: IssuingAuthority; readonly key: KeyObject };

/** Makes a CA as the product does, in a folder that is gone afterwards. */
export async function makeAuthority(): Promise<BenchAuthority> {
  const folder = await mkdtemp(join(tmpdir(), 'koshin-bench-'));
  try {
    const secret = new Uint8Array(32).fill(7);
    const key = await createAuthorityKey(folder, 'P-256', () => secret);
    const name = authorityName(TERMS.institutionName, 'Mihon Issuing CA 1');
    const issuer = issuerOf({ name, key, notAfter: ISSUER_ENDS_AT, institution: TERMS });
    const authority = issuingAuthorityOf(issuer, key, TERMS.institutionName);
    const [file = ''] = await readdir(folder);
    const pem = await readFile(join(folder, file), 'utf8');
    const passphrase = Buffer.from(secret).toString('base64url');
    return { authority, key: createPrivateKey({ key: pem, passphrase }) };
  } finally {
    await rm(folder, { recursive: true });
  }
}
