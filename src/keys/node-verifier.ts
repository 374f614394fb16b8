// Signature verification by node:crypto, for the verifier that x509 asks for.
// Not here: private keys.
import { constants, verify } from 'node:crypto';
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

function ask({ algorithm, spkiDer, message, signature }: SignatureQuestion): boolean {
  const key = {
    key: Buffer.from(spkiDer.buffer, spkiDer.byteOffset, spkiDer.byteLength),
    format: 'der',
    type: 'spki',
  } as const;
  switch (algorithm.scheme) {
    case 'rsa-pkcs1':
      return verify(
        DIGESTS[algorithm.hash],
        message,
        { ...key, padding: constants.RSA_PKCS1_PADDING },
        signature,
      );
    case 'rsa-pss': {
      const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: algorithm.saltOctets };
      return verify(DIGESTS[algorithm.hash], message, { ...key, ...pss }, signature);
    }
    case 'ecdsa':
      return verify(DIGESTS[algorithm.hash], message, { ...key, dsaEncoding: 'der' }, signature);
    case 'ed25519':
      return verify(null, message, key, signature);
  }
}
