// The key of a request, whose holder has shown to be able to use it or at least to have made it: out of a
// certification request, or a passkey. Where it lives follows from what it is.
import type { KeyHome } from '../banking/user-certificate.ts';
import type { VerifiedCsr } from '../x509/certification-request.ts';
import type { VerifiedCredential } from './verify-registration.ts';

/** A key that may be certified, if policy allows it. */
export type VerifiedKey = VerifiedCsr | VerifiedCredential;

/** The passkey in a key; undefined where it came by a certification request. */
export function passkeyOf(key: VerifiedKey): VerifiedCredential | undefined {
  return 'credential' in key ? key : undefined;
}

/** Where a key lives. */
export function homeOf(key: VerifiedKey): KeyHome {
  return passkeyOf(key) === undefined ? 'file' : 'device';
}
