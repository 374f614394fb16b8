// A refusal of someone who holds the key of a certificate of ours: the certificate travels with the reason,
// so that the refusal goes on record under the number of the page.
import type { UserCertificate } from '../banking/user-certificate.ts';
import { Refusal, type RefusalCode } from '../errors.ts';
import { CertificateRefusal } from './certificate-refusal.ts';

/** A refusal with the certificate whose key was used. */
export class HolderRefusal extends Refusal {
  readonly certificate: UserCertificate;

  constructor(code: RefusalCode, certificate: UserCertificate, options?: ErrorOptions) {
    super(code, `the holder of a certificate was refused: ${code}`, options);
    this.certificate = certificate;
  }
}

/** Does what the holder of a certificate asked for; a refusal of it is theirs, whatever else was sent. */
export async function asHolder<T>(
  certificate: UserCertificate,
  attempt: () => T | Promise<T>,
): Promise<T> {
  try {
    return await attempt();
  } catch (fault) {
    throw heldBy(certificate, fault);
  }
}

/** A fault with the certificate whose holder met it; one that is no refusal, or has one, stays as it is. */
export function heldBy(certificate: UserCertificate, fault: unknown): unknown {
  const isPlain = fault instanceof Refusal && !(fault instanceof HolderRefusal);
  if (!isPlain || fault instanceof CertificateRefusal) return fault;
  return new HolderRefusal(fault.code, certificate, { cause: fault });
}
