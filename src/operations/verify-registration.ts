// The one way for a passkey into the system: what the browser says of a passkey it just made, checked.
// It proves nothing yet: without attestation no signature is in it. The proof comes by the first use.
import { type RegistrationResponseJSON, verifyRegistrationResponse } from '@simplewebauthn/server';
import { decodeAttestationObject, isoBase64URL } from '@simplewebauthn/server/helpers';
import { Refusal } from '../errors.ts';
import type { CredentialRecord } from '../store/credentials.ts';
import type { UsedChallenge } from '../store/used-challenges.ts';
import type { PublicKey } from '../x509/public-key.ts';
import { type ChallengeBinding, checkChallenge } from './challenge.ts';
import { ES256, publicKeyOfCose, RS256 } from './passkey-key.ts';
import {
  challengeIn,
  checkIdLength,
  checkNotEmbedded,
  type PasskeySite,
  type Registration,
} from './passkey-site.ts';

const VERIFIED = Symbol('verified');

/** A passkey made for a challenge of ours on a page of ours; only `verifyRegistration` makes one. */
export type VerifiedCredential = {
  readonly publicKey: PublicKey;
  readonly credential: CredentialRecord;
  /** The challenge for which it was made. */
  readonly made: UsedChallenge;
  readonly [VERIFIED]: true;
};

/** Where and for what a passkey was asked, and by which key and when challenges are checked. */
export type Asked = {
  readonly site: PasskeySite;
  readonly binding: ChallengeBinding;
  readonly challengeKey: Uint8Array;
  readonly now: Date;
};

/** Refuses `malformed`, `challenge-invalid`, `user-not-verified`, `unsupported-algorithm`, `assertion-invalid`. */
export async function verifyRegistration(
  registration: Registration,
  { site, binding, challengeKey, now }: Asked,
): Promise<VerifiedCredential> {
  const challenge = challengeIn(registration.clientDataJson);
  checkNotEmbedded(registration.clientDataJson);
  const made = checkChallenge(challenge, binding, { key: challengeKey, now });
  const { credentialId, isVerified } = examine(registration.attestationObject);
  if (!isVerified) throw new Refusal('user-not-verified', 'the device did not verify its user');
  const response: RegistrationResponseJSON = {
    id: credentialId,
    rawId: credentialId,
    type: 'public-key',
    clientExtensionResults: {},
    response: {
      clientDataJSON: registration.clientDataJson,
      attestationObject: registration.attestationObject,
    },
  };
  const { registrationInfo } = await verified(
    async () =>
      await verifyRegistrationResponse({
        response,
        expectedChallenge: challenge,
        expectedOrigin: site.origin,
        expectedRPID: site.passkeyDomain,
        requireUserVerification: true,
        supportedAlgorithmIDs: [ES256, RS256],
      }),
  );
  if (registrationInfo === undefined) throw new Refusal('assertion-invalid', 'not verified');
  const { credential, credentialDeviceType } = registrationInfo;
  return {
    publicKey: publicKeyOfCose(credential.publicKey),
    credential: {
      credentialId: isoBase64URL.toBuffer(credential.id),
      signCount: credential.counter,
      isBackupEligible: credentialDeviceType === 'multiDevice',
    },
    made,
    [VERIFIED]: true,
  };
}

/** What the library refuses, in words of ours; it tells reasons only as text. */
export async function verified<T>(verification: () => Promise<T>): Promise<T> {
  try {
    // Called here: some of the library throws before it promises anything.
    return await verification();
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    // biome-ignore lint/style/useErrorCause: the cause is passed, in the third place.
    throw new Refusal('assertion-invalid', reasonOf(cause), { cause });
  }
}

function reasonOf(cause: unknown): string {
  return `passkey: ${cause instanceof Error ? cause.message.slice(0, 200) : 'refused'}`;
}

// W3C WebAuthn §6.1: after the hash of the RP ID come the flags, the counter, and of a new passkey its
// AAGUID (16 octets), the length of its ID and the ID.
const FLAGS_AT = 32;
const USER_VERIFIED = 0x04;
const ID_LENGTH_AT = 53;
const ID_AT = 55;

function examine(attestationObject: string): { credentialId: string; isVerified: boolean } {
  const authData = authDataIn(attestationObject);
  const length = authData.length < ID_AT ? 0 : authData.readUInt16BE(ID_LENGTH_AT);
  const id = authData.subarray(ID_AT, ID_AT + length);
  if (id.length !== length) throw new Refusal('malformed', 'no passkey ID');
  checkIdLength(id);
  const flags = authData[FLAGS_AT] ?? 0;
  return { credentialId: id.toString('base64url'), isVerified: (flags & USER_VERIFIED) !== 0 };
}

function authDataIn(attestationObject: string): Buffer {
  try {
    const decoded = decodeAttestationObject(isoBase64URL.toBuffer(attestationObject));
    // None was asked for: what comes all the same is not read.
    if (decoded.get('fmt') !== 'none') throw new Refusal('assertion-invalid', 'an attestation');
    return Buffer.from(decoded.get('authData'));
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    // biome-ignore lint/style/useErrorCause: the cause is passed, in the third place.
    throw new Refusal('malformed', 'the attestation object cannot be read', { cause });
  }
}
