// A refusal of someone who showed a certificate: what was shown travels with the reason,
// so that the page can name it and the help desk can find it.
import type { UserCertificate } from '../banking/user-certificate.ts';
import { Refusal, type RefusalCode } from '../errors.ts';

/** What a shown certificate says of itself; text, not trusted. */
export type ShownNames = {
  readonly subject: string;
  readonly issuer: string;
  readonly serial: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
};

/** What is known of the certificate that was refused. */
export type RefusedCertificate = {
  readonly shown: ShownNames | null;
  /** Our record of it, where it is one of ours. */
  readonly certificate: UserCertificate | null;
  /** The certificate to use instead, where it was superseded or replaced. */
  readonly successor: UserCertificate | null;
};

/** A refusal with what was shown. */
export class CertificateRefusal extends Refusal {
  readonly refused: RefusedCertificate;

  constructor(code: RefusalCode, refused: RefusedCertificate, options?: ErrorOptions) {
    super(code, `the certificate shown was refused: ${code}`, options);
    this.refused = refused;
  }
}
