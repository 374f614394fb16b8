// Where a path begins: a name and a key that are trusted without proof (RFC 5280 §6.1.1 d).
// Not here: how one comes to trust it; nothing of a certificate given for it is verified.
import type { Certificate } from '../certificate.ts';
import type { KeyUsage } from '../key-usage.ts';
import type { Name } from '../name.ts';
import type { PublicKey } from '../public-key.ts';

/** A trusted issuer. */
export type TrustAnchor = {
  readonly name: Name;
  readonly key: PublicKey;
  /** What the key may be used for; undefined for everything. */
  readonly keyUsage: readonly KeyUsage[] | undefined;
};

/** The anchor of which a certificate, mostly self-signed, tells name and key. */
export function trustAnchorOf(certificate: Certificate): TrustAnchor {
  return {
    name: certificate.subject,
    key: certificate.subjectPublicKeyInfo,
    keyUsage: certificate.extensions.keyUsage,
  };
}
