// What a passkey signed, checked against the certificate over its key: challenge, page, domain, user
// verification, signature. And its use, once, with its counter. Not here: whether the certificate stands.
import { createHash } from 'node:crypto';
import {
  type AuthenticationResponseJSON,
  verifyAuthenticationResponse,
} from '@simplewebauthn/server';
import {
  isoBase64URL,
  parseAuthenticatorData,
  verifySignature,
} from '@simplewebauthn/server/helpers';
import type { RecordedAssertion } from '../banking/evidence.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import type { Log } from '../log.ts';
import { appendAudit } from '../store/audit-log.ts';
import { advanceCounter, type CertifiedCredential } from '../store/credentials.ts';
import { type Db, inTransaction, type Tx } from '../store/database.ts';
import { type UsedChallenge, useChallengeUp } from '../store/used-challenges.ts';
import { parseCertificate } from '../x509/certificate.ts';
import { checkAge, readChallenge } from './challenge.ts';
import { asHolder, HolderRefusal } from './holder-refusal.ts';
import { coseOfPublicKey } from './passkey-key.ts';
import { type Assertion, challengeIn, checkNotEmbedded } from './passkey-site.ts';
import { type Asked, verified } from './verify-registration.ts';

const VERIFIED = Symbol('verified');

/** An assertion by the key of a certificate; only `verifyAssertion` makes one. It can be spent once. */
export type VerifiedAssertion = {
  readonly by: CertifiedCredential;
  readonly challenge: UsedChallenge;
  readonly signCount: number;
  readonly recorded: RecordedAssertion;
  readonly [VERIFIED]: true;
};

/**
 * Refuses `malformed`, `challenge-invalid`, `user-not-verified` or `assertion-invalid`; once the signature is
 * known to be by this key, as a refusal of its holder.
 */
export async function verifyAssertion(
  assertion: Assertion,
  by: CertifiedCredential,
  { site, binding, challengeKey, now }: Asked,
): Promise<VerifiedAssertion> {
  const expectedChallenge = challengeIn(assertion.clientDataJson);
  const challenge = readChallenge(expectedChallenge, binding, challengeKey);
  const { flags, counter } = authenticatorDataIn(assertion);
  const publicKey = coseOfPublicKey(parseCertificate(by.der).subjectPublicKeyInfo);
  await checkSignature(assertion, publicKey);
  await asHolder(by.certificate, async () => {
    checkAge(challenge, now);
    checkNotEmbedded(assertion.clientDataJson);
    if (!flags.uv) throw new Refusal('user-not-verified', 'the device did not verify its user');
    // W3C WebAuthn §7.2: whether it may be copied is said once, when it is made.
    if (flags.be !== by.credential.isBackupEligible) {
      throw new Refusal('assertion-invalid', 'the passkey says another thing of its copies');
    }
    await checkResponse(assertion, publicKey, { site, expectedChallenge });
  });
  return {
    by,
    challenge,
    signCount: counter,
    recorded: {
      authenticatorData: base64(assertion.authenticatorData),
      clientDataJson: base64(assertion.clientDataJson),
      signature: base64(assertion.signature),
    },
    [VERIFIED]: true,
  };
}

type Needs = { readonly db: Db; readonly clock: Clock; readonly log: Log };

/**
 * Uses an assertion up with its effect, in one transaction. Refuses `challenge-used`, and raises the alarm
 * where the counter went back (`counter-went-back`): then another holds a copy of the key.
 */
export async function spendAssertion<T>(
  assertion: VerifiedAssertion,
  effect: (tx: Tx) => Promise<T>,
  needs: Needs,
): Promise<T> {
  const { certificate, credential } = assertion.by;
  const { institution } = certificate.identity;
  const now = needs.clock.now();
  const { signCount } = assertion;
  const outcome = await inTransaction(needs.db, async (tx) => {
    if (!(await useChallengeUp(institution, assertion.challenge, now, tx))) return 'challenge-used';
    const { credentialId } = credential;
    if (await advanceCounter({ institution, credentialId }, signCount, tx)) {
      return { value: await effect(tx) };
    }
    const detail = { name: certificate.commonName, signCount, known: credential.signCount };
    const about = { person: certificate.identity, certificate: certificate.sha256, detail };
    await appendAudit([{ institution, at: now, event: 'counter-went-back', ...about }], tx);
    return 'counter-went-back';
  });
  if (typeof outcome !== 'string') return outcome.value;
  if (outcome === 'counter-went-back') {
    needs.log.error(
      { ...certificate.identity, signCount, known: credential.signCount },
      'a passkey counted backwards: there may be a copy of it',
    );
  }
  throw new HolderRefusal(outcome, certificate);
}

/** W3C WebAuthn §7.2: what is signed are the authenticator data and the digest of the client data. */
async function checkSignature(
  assertion: Assertion,
  publicKey: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const clientData = Buffer.from(assertion.clientDataJson, 'base64url');
  const authenticatorData = Buffer.from(assertion.authenticatorData, 'base64url');
  const isByThisKey = await verified(
    async () =>
      await verifySignature({
        signature: isoBase64URL.toBuffer(assertion.signature),
        data: new Uint8Array(
          Buffer.concat([authenticatorData, createHash('sha256').update(clientData).digest()]),
        ),
        credentialPublicKey: publicKey,
      }),
  );
  if (!isByThisKey) throw new Refusal('assertion-invalid', 'the signature is not by this key');
}

async function checkResponse(
  assertion: Assertion,
  publicKey: Uint8Array<ArrayBuffer>,
  { site, expectedChallenge }: Pick<Asked, 'site'> & { readonly expectedChallenge: string },
): Promise<void> {
  const id = assertion.credentialId;
  const response: AuthenticationResponseJSON = {
    id,
    rawId: id,
    type: 'public-key',
    clientExtensionResults: {},
    response: {
      clientDataJSON: assertion.clientDataJson,
      authenticatorData: assertion.authenticatorData,
      signature: assertion.signature,
    },
  };
  const { verified: isVerified } = await verified(
    async () =>
      await verifyAuthenticationResponse({
        response,
        expectedChallenge,
        expectedOrigin: site.origin,
        expectedRPID: site.passkeyDomain,
        // The counter is judged where it is kept, against what it is at that moment.
        credential: { id, publicKey, counter: 0 },
        requireUserVerification: true,
      }),
  );
  if (!isVerified) throw new Refusal('assertion-invalid', 'the response was not verified');
}

function authenticatorDataIn({ authenticatorData }: Assertion) {
  try {
    return parseAuthenticatorData(isoBase64URL.toBuffer(authenticatorData));
  } catch (cause) {
    // biome-ignore lint/style/useErrorCause: the cause is passed, in the third place.
    throw new Refusal('malformed', 'the authenticator data cannot be read', { cause });
  }
}

function base64(base64urlText: string): string {
  return Buffer.from(base64urlText, 'base64url').toString('base64');
}
