// The handle under which a device files a passkey. Devices keep one passkey for each handle of a domain and
// put a new one in the place of the old: so each certificate has its own, and the old one stays until
// the new one is proved. Not a name: it tells nothing to anyone but us.
import { createHmac } from 'node:crypto';
import type { UserCertificate } from '../banking/user-certificate.ts';
import { Refusal } from '../errors.ts';
import type { CertifiedCredential } from '../store/credentials.ts';

/** Whose passkey it is, by the certificate that it succeeds or the offer that it came by; the same for another try. */
export type Handled = Pick<UserCertificate, 'identity' | 'slot' | 'predecessor'> &
  Pick<CertifiedCredential, 'acquisition'>;

/** The handle, base64url of 32 octets. */
export function passkeyHandle(
  { identity, slot, predecessor, acquisition }: Handled,
  { handleKey }: { readonly handleKey: Uint8Array },
): string {
  const { institution, contract, user } = identity;
  const before =
    predecessor === null ? (acquisition ?? '') : Buffer.from(predecessor).toString('hex');
  const text = JSON.stringify(['koshin passkey handle', institution, contract, user, slot, before]);
  return createHmac('sha256', handleKey).update(text).digest('base64url');
}

/** Refuses (`assertion-invalid`) a handle that is another passkey's; an empty one tells nothing. */
export function checkHandle(
  handle: string,
  of: Handled,
  needs: { readonly handleKey: Uint8Array },
): void {
  if (handle !== '' && handle !== passkeyHandle(of, needs)) {
    throw new Refusal('assertion-invalid', 'the handle is not that of this passkey');
  }
}
