// A serial number as the console shows it, and as other programs do.
import type { UserCertificate } from '../banking/user-certificate.ts';

/** In hexadecimal, without the 00 that only tells DER that it is positive. */
export function serialText({ serial }: Pick<UserCertificate, 'serial'>): string {
  return Buffer.from(serial).toString('hex').replace(/^00/, '');
}
