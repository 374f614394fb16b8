// Three holders of keys, and paths from the first to the last. No test itself.

import { nodeVerifier } from '../src/keys/node-verifier.ts';
import type { Certificate } from '../src/x509/certificate.ts';
import { findPath, type PathSearch } from '../src/x509/path/find-path.ts';
import type { TrustAnchor } from '../src/x509/path/trust-anchor.ts';
import { ANY_POLICY, type ValidPath } from '../src/x509/path/validate-path.ts';
import { parsePublicKey } from '../src/x509/public-key.ts';
import { type Holder, holder, NOON } from './sample-chain.ts';

/** The anchor of every path. */
export const ROOT = holder('Root');
/** A CA under it. */
export const CA = holder('CA');
/** Whom the CA certifies. */
export const USER = holder('User');

/** Somebody as an anchor. */
export function anchorOf({ name, key }: Holder): TrustAnchor {
  return { name, key: parsePublicKey(key.spkiDer), keyUsage: undefined };
}

/** Finds a path from the anchor, unless something else is asked. */
export function find(
  target: Certificate,
  certificates: readonly Certificate[],
  changes: Partial<PathSearch> = {},
): ValidPath {
  const search = {
    anchor: anchorOf(ROOT),
    certificates,
    time: NOON,
    policies: ANY_POLICY,
    revocation: 'unchecked' as const,
    ...changes,
  };
  return findPath(target, search, nodeVerifier);
}
