// A passkey's public key in the two forms it has: COSE, as passkeys tell it, and SubjectPublicKeyInfo, as
// certificates hold it. Only the certificate's is kept; the other is made from it when it is needed.
import { createPublicKey } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';
import { Refusal } from '../errors.ts';
import { type PublicKey, parsePublicKey } from '../x509/public-key.ts';

/** RFC 9053 §2.1 and RFC 8812 §2: ECDSA with SHA-256, and RSASSA-PKCS1-v1_5 with SHA-256. */
export const ES256 = -7;
export const RS256 = -257;

/** RFC 9052 §7.1, RFC 9053 §7.1.1, RFC 8230 §4: the labels of the parameters that are used here. */
const KTY = 1;
const ALG = 3;
const EC2 = 2;
const RSA = 3;
const P_256 = 1;
const COORDINATE_OCTETS = 32;

type CoseValue = number | Uint8Array<ArrayBuffer>;

/** The public key in a COSE key; refuses all but ES256 on P-256 and RS256. */
export function publicKeyOfCose(cose: Uint8Array<ArrayBuffer>): PublicKey {
  const parameters = isoCBOR.decodeFirst<unknown>(cose);
  if (!(parameters instanceof Map)) throw new Refusal('malformed', 'a COSE key is a map');
  const jwk = jwkOf(parameters);
  try {
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    return parsePublicKey(new Uint8Array(key.export({ type: 'spki', format: 'der' })));
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    // biome-ignore lint/style/useErrorCause: the cause is passed, in the third place.
    throw new Refusal('weak-key', 'the COSE key is no key', { cause });
  }
}

/** The COSE key of a certificate's key, for the verification of what it signed. */
export function coseOfPublicKey(key: PublicKey): Uint8Array<ArrayBuffer> {
  return isoCBOR.encode(parametersOf(key));
}

function jwkOf(cose: ReadonlyMap<unknown, unknown>): Record<string, string> {
  const algorithm = cose.get(ALG);
  if (cose.get(KTY) === EC2 && algorithm === ES256 && cose.get(-1) === P_256) {
    return { kty: 'EC', crv: 'P-256', x: octetsIn(cose, -2), y: octetsIn(cose, -3) };
  }
  if (cose.get(KTY) === RSA && algorithm === RS256) {
    return { kty: 'RSA', n: octetsIn(cose, -1), e: octetsIn(cose, -2) };
  }
  throw new Refusal('unsupported-algorithm', 'passkeys are ES256 on P-256, or RS256');
}

function octetsIn(cose: ReadonlyMap<unknown, unknown>, label: number): string {
  const value = cose.get(label);
  if (!(value instanceof Uint8Array)) throw new Refusal('malformed', 'a COSE key lacks a number');
  return Buffer.from(value).toString('base64url');
}

function parametersOf(key: PublicKey): Map<number, CoseValue> {
  if (key.kind === 'ec' && key.curve === 'P-256') {
    // RFC 5480 §2.2: 04, then both coordinates.
    const x = new Uint8Array(key.keyOctets.slice(1, 1 + COORDINATE_OCTETS));
    const y = new Uint8Array(key.keyOctets.slice(1 + COORDINATE_OCTETS));
    return new Map<number, CoseValue>([
      [KTY, EC2],
      [ALG, ES256],
      [-1, P_256],
      [-2, x],
      [-3, y],
    ]);
  }
  if (key.kind === 'rsa') {
    return new Map<number, CoseValue>([
      [KTY, RSA],
      [ALG, RS256],
      [-1, unsigned(key.modulus)],
      [-2, unsigned(key.exponent)],
    ]);
  }
  throw new Error(`a passkey's certificate holds a key of kind ${key.kind}`);
}

/** RFC 8230 §4: the octets of a positive number without its sign's. */
function unsigned(octets: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(octets[0] === 0 ? octets.slice(1) : octets);
}
