// The choke point for keys: whichever way a request came, its key passes here or is not certified.
import type { KeyKind, Policy } from '../banking/policy.ts';
import type { KeyHome } from '../banking/user-certificate.ts';
import { Refusal } from '../errors.ts';
import type { PublicKey } from '../x509/public-key.ts';

const SMALLEST_EXPONENT = 65537;
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
export function checkRequestKey(key: RequestedKey, policy: Policy): KeyKind {
  const kind = kindOf(key.publicKey);
  if (!policy.keyHomes.includes(key.home)) {
    throw new Refusal('policy-forbids', `policy allows no key in a ${key.home}`);
  }
  if (key.isBackupEligible && policy.deviceBoundOnly) {
    throw new Refusal('synced-credential', 'policy allows no key that may be copied');
  }
  if (!policy.keyKinds.includes(kind)) {
    throw new Refusal('policy-forbids', `policy allows no ${kind} key`);
  }
  return kind;
}

function kindOf(key: PublicKey): KeyKind {
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

function kindOfRsa(key: Extract<PublicKey, { kind: 'rsa' }>): KeyKind {
  // NIST SP 800-89 §5.3.3, FIPS 186-5 §5.1: odd exponent from 65537; odd modulus of a size in use.
  if (key.exponent < SMALLEST_EXPONENT || key.exponent % 2 === 0) {
    throw new Refusal('weak-key', 'an RSA exponent is odd and at least 65537');
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
