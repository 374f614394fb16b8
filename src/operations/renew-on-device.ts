// A renewal whose new key is a passkey: what the browser is to make, the certificate over what it made, and
// the challenge of its proof. The proof itself has its own file.
import { equalOctets } from '../asn1/octets.ts';
import { mayBeOnDevice } from '../banking/key-homes.ts';
import type { Policy } from '../banking/policy.ts';
import { checkMayRenew, successorEnd } from '../banking/renewal.ts';
import { commonNameOf } from '../banking/subject-name.ts';
import type { UserCertificate } from '../banking/user-certificate.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import { credentialOf } from '../store/credentials.ts';
import type { Db } from '../store/database.ts';
import type { LoadedBank } from './bank.ts';
import { type ChallengeBinding, makeChallenge } from './challenge.ts';
import { waitingSuccessor } from './confirm-renewal.ts';
import { touchOf } from './freshness.ts';
import { renewCertificate, type UnprovenSuccessor } from './issue-certificate.ts';
import type { PasskeyKeys } from './needs.ts';
import { passkeyHandle } from './passkey-handle.ts';
import { ES256, RS256 } from './passkey-key.ts';
import { base64url, type PasskeySite, type Registration } from './passkey-site.ts';
import type { AuthenticatedUser } from './resume-session.ts';
import { verifyRegistration } from './verify-registration.ts';

type Needs = PasskeyKeys & { readonly db: Db; readonly clock: Clock };

/** What the browser is asked to make; binary values are base64url. */
export type PasskeyWanted = {
  readonly challenge: string;
  readonly domain: string;
  readonly institution: string;
  readonly handle: string;
  /** What the person will recognise it by, as in a certificate's name. */
  readonly name: string;
  /** COSE numbers, the preferred one first. */
  readonly algorithms: readonly number[];
};

/** What the browser is asked to sign with a passkey. */
export type SignatureWanted = {
  readonly challenge: string;
  readonly domain: string;
  readonly credentialId: string;
};

/** What a new passkey is to be; refuses where no renewal is open or policy allows no passkey. */
export function beginDeviceRenewal(
  user: AuthenticatedUser,
  { bank, site }: { readonly bank: LoadedBank; readonly site: PasskeySite },
  needs: Needs,
): PasskeyWanted {
  const now = needs.clock.now();
  const { certificate, policy } = user;
  checkMayRenew(certificate, policy, now);
  if (!mayBeOnDevice(policy)) throw new Refusal('policy-forbids', 'policy allows no passkey');
  const { identity, slot, sha256: predecessor } = certificate;
  const issuerEndsAt = bank.authority.issuer.notAfter;
  const endsAt = successorEnd(certificate, { policy, issuerEndsAt, now });
  return {
    challenge: makeChallenge(registerBinding(user, site), needs.challengeKey, now),
    domain: site.passkeyDomain,
    institution: bank.name,
    handle: passkeyHandle({ identity, slot, predecessor, acquisition: null }, needs),
    name: commonNameOf(identity, endsAt, policy.monthInName),
    algorithms: algorithmsOf(policy),
  };
}

/** The algorithms of passkeys whose keys policy allows, as COSE numbers, the preferred one first. */
export function algorithmsOf({ keyKinds }: Policy): readonly number[] {
  const mayBeRsa = keyKinds.some((kind) => kind.startsWith('rsa-'));
  return [...(keyKinds.includes('p-256') ? [ES256] : []), ...(mayBeRsa ? [RS256] : [])];
}

/** Issues the certificate over a passkey just made, and asks for its proof. */
export async function renewOnDevice(
  asked: {
    readonly user: AuthenticatedUser;
    readonly registration: Registration;
    readonly unproven: UnprovenSuccessor;
  },
  { bank, site }: { readonly bank: LoadedBank; readonly site: PasskeySite },
  needs: Needs,
): Promise<SignatureWanted> {
  const { user, registration, unproven } = asked;
  const key = await verifyRegistration(registration, {
    site,
    binding: registerBinding(user, site),
    challengeKey: needs.challengeKey,
    now: needs.clock.now(),
  });
  const { certificate: current, policy, waiting } = user;
  const { certificate } = await renewCertificate(
    { current, policy, waiting, key, unproven, touch: touchOf(user.session) },
    bank,
    needs,
  );
  const { credentialId } = key.credential;
  await checkIsOnRecord(credentialId, certificate, needs.db);
  return wantedOf({ user, site, needs }, certificate.sha256, credentialId);
}

/** The same key again finds the certificate it has; under another ID no device could prove that one. */
async function checkIsOnRecord(
  credentialId: Uint8Array,
  { identity, sha256 }: Pick<UserCertificate, 'identity' | 'sha256'>,
  db: Db,
): Promise<void> {
  const held = await credentialOf(identity.institution, sha256, db);
  if (held !== undefined && equalOctets(held.credential.credentialId, credentialId)) return;
  throw new Refusal('key-already-certified', 'this key has a certificate under another ID');
}

/** Asks for the proof of a successor that waits with its passkey. */
export async function beginDeviceProof(
  user: AuthenticatedUser,
  site: PasskeySite,
  needs: Needs,
): Promise<SignatureWanted> {
  const successor = await waitingSuccessor(user, needs.db);
  const { institution } = user.person.identity;
  const held = successor && (await credentialOf(institution, successor.sha256, needs.db));
  if (held === undefined) {
    throw new Refusal('transition-forbidden', 'no successor with a passkey waits for its proof');
  }
  const { certificate, credential } = held;
  return wantedOf({ user, site, needs }, certificate.sha256, credential.credentialId);
}

/** The binding of a proof's challenge: session, user and the certificate to be proved. */
export function proofBinding(
  user: AuthenticatedUser,
  site: PasskeySite,
  successor: Uint8Array,
): ChallengeBinding {
  const { institution, host } = site;
  const { contract, user: userId } = user.person.identity;
  const boundTo = [sessionOf(user), contract, userId, Buffer.from(successor).toString('hex')];
  return { purpose: 'prove', institution, host, boundTo };
}

function wantedOf(
  where: {
    readonly user: AuthenticatedUser;
    readonly site: PasskeySite;
    readonly needs: Needs;
  },
  successor: Uint8Array,
  credentialId: Uint8Array,
): SignatureWanted {
  const { user, site, needs } = where;
  const binding = proofBinding(user, site, successor);
  return {
    challenge: makeChallenge(binding, needs.challengeKey, needs.clock.now()),
    domain: site.passkeyDomain,
    credentialId: base64url(credentialId),
  };
}

function registerBinding(user: AuthenticatedUser, site: PasskeySite): ChallengeBinding {
  const { institution, host } = site;
  return { purpose: 'register', institution, host, boundTo: [sessionOf(user)] };
}

function sessionOf(user: AuthenticatedUser): string {
  return Buffer.from(user.session.tokenHash).toString('hex');
}
