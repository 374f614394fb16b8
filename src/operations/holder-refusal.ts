// A refusal of someone who holds the key of a certificate of ours: the certificate travels with the reason,
// so that the refusal goes on record under the number of the page.
import type { UserCertificate } from '../banking/user-certificate.ts';
import { Refusal, type RefusalCode } from '../errors.ts';

/** A refusal with the certificate whose key was used. */
export class HolderRefusal extends Refusal {
  readonly certificate: UserCertificate;

  constructor(code: RefusalCode, certificate: UserCertificate) {
    super(code, `the holder of a certificate was refused: ${code}`);
    this.certificate = certificate;
  }
}
