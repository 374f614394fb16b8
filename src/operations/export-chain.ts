// The CA certificates of an institution as one file, for those who are to trust or check what it issues.
// Not here: where the file goes, and the root's way to who trusts it, which no file can vouch for.
import { equalOctets } from '../asn1/octets.ts';
import { encodeCertificatesOnly, readCertificatesOnly } from '../cms/certificates-only.ts';
import { Refusal } from '../errors.ts';
import type { Db } from '../store/database.ts';
import { listAuthorities } from '../store/institutions.ts';

/** The certificates of an institution's CAs as `.p7c`; refuses `invalid-input` where it has none. */
export async function exportChain(institution: string, db: Db): Promise<Uint8Array> {
  const certificates = (await listAuthorities(institution, db)).map((one) => one.certificate);
  if (certificates.length === 0) {
    throw new Refusal('invalid-input', `there is no institution ${institution}`);
  }
  const file = encodeCertificatesOnly(certificates);
  // It is imported as what to trust: what is in it is looked at once more before it leaves.
  const read = readCertificatesOnly(file);
  const isWhole =
    read.length === certificates.length &&
    certificates.every((one) => read.some((other) => equalOctets(one, other)));
  if (!isWhole) throw new Error('the file does not hold the certificates it was made of');
  return file;
}
