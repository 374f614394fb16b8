// Where a passkey is asked for, and what it sent: the page's host, and the parts of its answer.
import { Refusal } from '../errors.ts';

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
  const { challenge, crossOrigin } = clientDataIn(clientDataJson);
  // A page of ours is never shown inside another's, and none of ours asks from there.
  if (crossOrigin === true) throw new Refusal('assertion-invalid', 'asked inside a foreign page');
  if (typeof challenge !== 'string') throw new Refusal('malformed', 'client data: no challenge');
  return challenge;
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
