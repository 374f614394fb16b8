// Both homes of a key, for tests that run over both: how a key is made, its certificate shown, and a session
// resumed. No test itself.
import type { Evidence } from '../../src/banking/evidence.ts';
import type { KeyHome, UserCertificate } from '../../src/banking/user-certificate.ts';
import type { Bank } from '../../src/operations/bank.ts';
import { makeChallenge } from '../../src/operations/challenge.ts';
import {
  type FindRecord,
  identifyCertificate,
  judgeCertificate,
} from '../../src/operations/identify-certificate.ts';
import {
  type AuthenticatedUser,
  resumeSession,
  resumeSignedSession,
} from '../../src/operations/resume-session.ts';
import type { VerifiedKey } from '../../src/operations/verified-key.ts';
import {
  type VerifiedCredential,
  verifyRegistration,
} from '../../src/operations/verify-registration.ts';
import { makeRequest } from '../../src/sample/request.ts';
import { findCertificate } from '../../src/store/certificates.ts';
import { SoftwarePasskey } from './software-passkey.ts';
import type { TestBank } from './test-bank.ts';

/** What tests do with a certificate that depends on where its key lives. */
export type KeyHomeCase = {
  readonly home: KeyHome;
  readonly newKey: () => Promise<VerifiedKey>;
  readonly evidence: (certificate: UserCertificate) => Evidence;
  /** Judges a certificate (DER) as one that is shown; its record. */
  readonly show: (world: TestBank, der: Uint8Array) => Promise<UserCertificate>;
  readonly resume: (world: TestBank, token: string, der: Uint8Array) => Promise<AuthenticatedUser>;
};

const INQUIRY = 'ABCD2345';
const KEY = Buffer.alloc(32, 7);
const NOTHING_SIGNED = { authenticatorData: '', clientDataJson: '', signature: '' };

/** Both homes. */
export const KEY_HOME_CASES: readonly KeyHomeCase[] = [
  {
    home: 'file',
    newKey: async () => await Promise.resolve(makeRequest().csr),
    evidence: (certificate) => ({ kind: 'mutual-tls', certificate }),
    show: async (world, leaf) =>
      (await identifyCertificate({ leaf, inquiry: INQUIRY }, world.bank, world)).certificate,
    resume: async (world, token, leaf) =>
      await resumeSession({ token, leaf, inquiry: INQUIRY }, world.bank, world),
  },
  {
    home: 'device',
    newKey: async () => await certifiable(new SoftwarePasskey()),
    evidence: (certificate) => ({
      kind: 'signed-challenge',
      certificate,
      assertion: NOTHING_SIGNED,
    }),
    show: async (world, leaf) => {
      const find: FindRecord = async ({ sha256 }) =>
        await findCertificate(world.bank.code, sha256, world.db);
      const judging = { ...world, home: 'device', find } as const;
      return await judgeCertificate({ leaf, inquiry: INQUIRY }, world.bank, judging);
    },
    resume: async (world, token) =>
      await resumeSignedSession({ token, inquiry: INQUIRY }, world.bank, world),
  },
];

/** A passkey as it comes into the system when it was made in another way than by a renewal. */
export async function certifiable(
  passkey: SoftwarePasskey,
  bank: Pick<Bank, 'code' | 'membersDomain' | 'passkeyDomain'> = {
    code: '1394',
    membersDomain: 'login.mihon.localhost',
    passkeyDomain: 'mihon.localhost',
  },
  handle = '',
): Promise<VerifiedCredential> {
  const { code: institution, membersDomain: host, passkeyDomain } = bank;
  const origin = `https://${host}`;
  const site = { institution, host, origin, passkeyDomain };
  const binding = { purpose: 'register', institution, host, boundTo: [] } as const;
  const now = new Date();
  const challenge = makeChallenge(binding, KEY, now);
  const made = passkey.registration({ challenge, domain: passkeyDomain, handle }, origin);
  const registration = {
    clientDataJson: made['client-data'] ?? '',
    attestationObject: made['attestation-object'] ?? '',
  };
  return await verifyRegistration(registration, { site, binding, challengeKey: KEY, now });
}
