// Asks the device to make a passkey, or to sign with one. Binary values go as base64url; what they mean is
// the server's to judge.
import { fieldOf, textOf } from './ask.ts';

/** What is to be signed; without an ID the person chooses among the passkeys of the domain. */
export type SignatureWanted = {
  readonly challenge: string;
  readonly domain: string;
  readonly credentialId: string;
};

/** Fields of a form. */
export type Fields = Readonly<Record<string, string>>;

const TIMEOUT_MS = 5 * 60_000;

/** Whether this browser knows passkeys at all. */
export function knowsPasskeys(): boolean {
  return 'PublicKeyCredential' in globalThis;
}

/** Whether this PC itself can hold a passkey and verify its user. */
export async function isDeviceReady(): Promise<boolean> {
  if (!knowsPasskeys()) return false;
  try {
    return await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable();
  } catch {
    // A browser that may not tell: the person can still choose it.
    return false;
  }
}

/** What an answer wants signed. */
export function wantedIn(said: unknown): SignatureWanted {
  return {
    challenge: textOf(said, 'challenge'),
    domain: textOf(said, 'domain'),
    credentialId: textOf(said, 'credentialId'),
  };
}

/** Signs; throws what the device or the person says against it. */
export async function sign(wanted: SignatureWanted): Promise<Fields> {
  const { credentialId } = wanted;
  const allowed =
    credentialId === '' ? [] : [{ type: 'public-key' as const, id: octets(credentialId) }];
  const credential = await navigator.credentials.get({
    publicKey: {
      challenge: octets(wanted.challenge),
      rpId: wanted.domain,
      allowCredentials: allowed,
      userVerification: 'required',
      timeout: TIMEOUT_MS,
    },
  });
  if (!(credential instanceof PublicKeyCredential)) throw new TypeError('no passkey');
  const { response, rawId } = credential;
  if (!(response instanceof AuthenticatorAssertionResponse)) throw new TypeError('no assertion');
  return {
    'credential-id': text(rawId),
    'client-data': text(response.clientDataJSON),
    'authenticator-data': text(response.authenticatorData),
    signature: text(response.signature),
    'user-handle': response.userHandle === null ? '' : text(response.userHandle),
  };
}

/** Makes a passkey as an answer wants it; throws what the device or the person says against it. */
export async function make(said: unknown): Promise<Fields> {
  const algorithms = fieldOf(said, 'algorithms');
  const name = textOf(said, 'name');
  const credential = await navigator.credentials.create({
    publicKey: {
      challenge: octets(textOf(said, 'challenge')),
      rp: { id: textOf(said, 'domain'), name: textOf(said, 'institution') },
      user: { id: octets(textOf(said, 'handle')), name, displayName: name },
      pubKeyCredParams: (Array.isArray(algorithms) ? algorithms : []).map((alg) => ({
        type: 'public-key',
        alg: Number(alg),
      })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      attestation: 'none',
      timeout: TIMEOUT_MS,
    },
  });
  if (!(credential instanceof PublicKeyCredential)) throw new TypeError('no passkey');
  const { response } = credential;
  if (!(response instanceof AuthenticatorAttestationResponse))
    throw new TypeError('no new passkey');
  return {
    'client-data': text(response.clientDataJSON),
    'attestation-object': text(response.attestationObject),
  };
}

/** Whether it was the person who did not go on, or the time that passed. */
export function isCancelled(fault: unknown): boolean {
  return fault instanceof DOMException && ['NotAllowedError', 'AbortError'].includes(fault.name);
}

function octets(base64url: string): Uint8Array<ArrayBuffer> {
  const base64 = base64url.replaceAll('-', '+').replaceAll('_', '/');
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

function text(buffer: ArrayBuffer): string {
  const base64 = btoa(String.fromCharCode(...new Uint8Array(buffer)));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
