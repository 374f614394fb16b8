// Where a passkey is asked for, and what it sent: the page's host, and the parts of its answer.
import { Refusal } from '../errors.ts';

const LONGEST_ID = 1023;

/** The host whose page asks, and the domain to which the institution's passkeys belong. */
export type PasskeySite = {
  readonly institution: string;
  readonly host: string;
  readonly origin: string;
  readonly passkeyDomain: string;
};

/** What a passkey signed, as its page sent it; each part is base64url and not checked further. */
export type Assertion = {
  readonly credentialId: string;
  readonly authenticatorData: string;
  readonly clientDataJson: string;
  readonly signature: string;
  /** The handle given when the passkey was made; empty where the browser tells none. */
  readonly userHandle: string;
};

/** What a page sent of a passkey that was just made; base64url. */
export type Registration = {
  readonly clientDataJson: string;
  readonly attestationObject: string;
};

/** The challenge in client data, not checked; refuses (`malformed`) what is no client data. */
export function challengeIn(clientDataJson: string): string {
  const { challenge } = clientDataIn(clientDataJson);
  if (typeof challenge !== 'string') throw new Refusal('malformed', 'client data: no challenge');
  return challenge;
}

/** Refuses (`assertion-invalid`) what was asked for on a page inside a foreign one. */
export function checkNotEmbedded(clientDataJson: string): void {
  // A page of ours is never shown inside another's, and none of ours asks from there.
  const { crossOrigin } = clientDataIn(clientDataJson);
  if (crossOrigin === true) throw new Refusal('assertion-invalid', 'asked inside a foreign page');
}

/** The ID of the passkey that signed; refuses (`malformed`) what can be none. */
export function credentialIdIn({ credentialId }: Pick<Assertion, 'credentialId'>): Uint8Array {
  const id = Buffer.from(credentialId, 'base64url');
  checkIdLength(id);
  return id;
}

/** W3C WebAuthn §4 (credential ID): at most 1023 octets; refuses (`malformed`) any other, and none. */
export function checkIdLength({ length }: Uint8Array): void {
  if (length === 0 || length > LONGEST_ID) {
    throw new Refusal('malformed', `a passkey’s ID of ${length} octets`);
  }
}

/** Octets as base64url. */
export function base64url(octets: Uint8Array): string {
  return Buffer.from(octets).toString('base64url');
}

function clientDataIn(text: string): { challenge?: unknown; crossOrigin?: unknown } {
  try {
    const said: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (typeof said === 'object' && said !== null) return said;
  } catch (cause) {
    // biome-ignore lint/style/useErrorCause: the cause is passed, in the third place.
    throw new Refusal('malformed', 'client data is not JSON', { cause });
  }
  throw new Refusal('malformed', 'client data is no object');
}
