// Signature verification by node:crypto, for the verifier that x509 asks for.
// Not here: private keys.
import { constants, verify } from 'node:crypto';
import type { PublicKey } from '../x509/public-key.ts';
import type { SignatureQuestion, Verifier } from '../x509/signature.ts';

/** OpenSSL's own names: it looks up others each time. */
const DIGESTS = { 'SHA-1': 'sha1', 'SHA-256': 'sha256', 'SHA-384': 'sha384', 'SHA-512': 'sha512' };

/** Answers at once; a key or signature that OpenSSL cannot read is not good. */
export const nodeVerifier: Verifier<boolean> = (question) => {
  try {
    return ask(question);
  } catch {
    // OpenSSL throws for what cannot be a key or a signature: then nothing was signed with it.
    return false;
  }
};

function ask({ algorithm, key, message, signature }: SignatureQuestion): boolean {
  switch (algorithm.scheme) {
    case 'rsa-pkcs1': {
      const { RSA_PKCS1_PADDING: padding } = constants;
      return verify(DIGESTS[algorithm.hash], message, { ...rsaKeyOf(key), padding }, signature);
    }
    case 'rsa-pss': {
      const { RSA_PKCS1_PSS_PADDING: padding } = constants;
      const pss = { ...rsaKeyOf(key), padding, saltLength: algorithm.saltOctets };
      return verify(DIGESTS[algorithm.hash], message, pss, signature);
    }
    case 'ecdsa':
      return verify(DIGESTS[algorithm.hash], message, keyOf(key), signature);
    case 'ed25519':
      return verify(null, message, keyOf(key), signature);
  }
}

/** OpenSSL finds out faster what an RSA key is where it is told so: by the octets within. */
function rsaKeyOf({ keyOctets }: PublicKey) {
  return { key: asBuffer(keyOctets), format: 'der', type: 'pkcs1' } as const;
}

function keyOf({ der }: PublicKey) {
  return { key: asBuffer(der), format: 'der', type: 'spki' } as const;
}

function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
