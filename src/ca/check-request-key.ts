// The choke point for keys: whichever way a request came, its key passes here or is not certified.
import { equalOctets } from '../asn1/octets.ts';
import type { KeyKind, Policy } from '../banking/policy.ts';
import type { KeyHome } from '../banking/user-certificate.ts';
import { Refusal } from '../errors.ts';
import type { PublicKey } from '../x509/public-key.ts';
import { type IsPrime, weaknessOf } from './weak-modulus.ts';

type RsaKey = Extract<PublicKey, { kind: 'rsa' }>;

/** 65537. */
const EXPONENT = Uint8Array.of(1, 0, 1);
const CURVES: Partial<Record<string, KeyKind>> = { 'P-256': 'p-256', 'P-384': 'p-384' };
const MODULI: Partial<Record<number, KeyKind>> = {
  2048: 'rsa-2048',
  3072: 'rsa-3072',
  4096: 'rsa-4096',
};

/** A key to be certified: where it lives, and whether it may be copied to other devices. */
export type RequestedKey = {
  readonly publicKey: PublicKey;
  readonly home: KeyHome;
  readonly isBackupEligible: boolean;
};

/**
 * The kind of a key that policy allows; refuses `weak-key`, `unsupported-algorithm`, `policy-forbids`,
 * and `synced-credential`.
 */
export async function checkRequestKey(
  { publicKey: key, home, isBackupEligible }: RequestedKey,
  policy: Policy,
  isPrime: IsPrime,
): Promise<KeyKind> {
  const kind = certifiableKind(key);
  if (!policy.keyHomes.includes(home)) {
    throw new Refusal('policy-forbids', `policy allows no key in a ${home}`);
  }
  if (isBackupEligible && policy.deviceBoundOnly) {
    throw new Refusal('synced-credential', 'policy allows no key that may be copied');
  }
  if (!policy.keyKinds.includes(kind)) {
    throw new Refusal('policy-forbids', `policy allows no ${kind} key`);
  }
  if (key.kind === 'rsa') {
    const weakness = await weaknessOf(numberFrom(key.modulus), isPrime);
    if (weakness !== undefined) throw new Refusal('weak-key', `the RSA modulus ${weakness}`);
  }
  return kind;
}

/** The kind of a key by its form alone; refuses `weak-key` or `unsupported-algorithm`. */
export function certifiableKind(key: PublicKey): KeyKind {
  switch (key.kind) {
    case 'rsa':
      return kindOfRsa(key);
    case 'ec': {
      const kind = CURVES[key.curve];
      if (kind !== undefined) return kind;
      throw new Refusal('unsupported-algorithm', `keys on ${key.curve} are not certified`);
    }
    case 'ed25519':
    case 'unsupported':
      throw new Refusal('unsupported-algorithm', 'keys are RSA, or on P-256 or P-384');
  }
}

function kindOfRsa(key: RsaKey): KeyKind {
  // NIST SP 800-89 §5.3.3 allows odd exponents from 65537 to 2^256. We differ: with the one that all programs
  // use, a modulus has one SubjectPublicKeyInfo, and no key is certified a second time under another exponent.
  if (!equalOctets(key.exponent, EXPONENT)) {
    throw new Refusal('weak-key', 'the exponent of an RSA key is 65537');
  }
  if (((key.modulus.at(-1) ?? 0) & 1) === 0) {
    throw new Refusal('weak-key', 'an RSA modulus is odd');
  }
  const kind = MODULI[key.modulusBits];
  if (kind === undefined) {
    throw new Refusal('weak-key', 'an RSA key has 2048, 3072 or 4096 bits');
  }
  return kind;
}

function numberFrom(octets: Uint8Array): bigint {
  return BigInt(`0x${octets.toHex()}`);
}
