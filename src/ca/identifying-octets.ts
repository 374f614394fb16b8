// Which public keys are one key: those that whoever holds one of them holds all of.
// Not here: whether a key is certified already; a constraint of the database says that.
import type { PublicKey } from '../x509/public-key.ts';

/**
 * What a public key shares with every other of the same secret. An RSA key is its modulus, since only one
 * exponent is certified; a point has the x of its negative, which is left: its SubjectPublicKeyInfo without y.
 */
export function identifyingOctets(key: PublicKey): Uint8Array {
  if (key.kind !== 'ec') return key.der;
  const coordinateOctets = (key.keyOctets.length - 1) / 2;
  return key.der.subarray(0, key.der.length - coordinateOctets);
}
