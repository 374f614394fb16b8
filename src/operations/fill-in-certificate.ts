// The first login with a certificate that was imported by its number: what it says goes on record. Called inside the
// transaction of that login, after the PIN; a handshake alone fills nothing in.
import type { MutualTlsEvidence } from '../banking/evidence.ts';
import { weaknessOf } from '../ca/weak-modulus.ts';
import { Refusal } from '../errors.ts';
import { isPrime } from '../keys/is-prime.ts';
import { appendAudit } from '../store/audit-log.ts';
import { lockSlot } from '../store/certificates.ts';
import type { Tx } from '../store/database.ts';
import { fillInImported } from '../store/imported-certificates.ts';
import type { PublicKey } from '../x509/public-key.ts';
import { formerRecordOf, readFormerCertificate, standInFor } from './former-certificate.ts';

/** Fills it in; refuses `weak-key`, `key-blocked` and `key-already-certified`. */
export async function fillInCertificate(
  { certificate }: MutualTlsEvidence,
  der: Uint8Array,
  { now, tx }: { readonly now: Date; readonly tx: Tx },
): Promise<void> {
  const { identity, issuer, serial } = certificate;
  const parsed = readFormerCertificate(der);
  await checkKeyStrength(parsed.subjectPublicKeyInfo);
  const record = formerRecordOf(parsed);
  // In the order in which a login locks: the person is locked already.
  await lockSlot(certificate, tx);
  // Another login of this person may have been faster: then it is on record as this one would be.
  if (!(await fillInImported({ ...record, identity, issuer }, tx))) return;
  await appendAudit(
    [
      {
        institution: identity.institution,
        at: now,
        event: 'certificate-filled-in',
        person: identity,
        certificate: record.sha256,
        detail: {
          name: record.commonName,
          serial: Buffer.from(serial).toString('hex'),
          notAfter: record.notAfter.toISOString(),
          imported: Buffer.from(standInFor(issuer, serial)).toString('hex'),
        },
      },
    ],
    tx,
  );
}

/** Refuses (`weak-key`) a modulus that is seen to be no product of two good primes. */
export async function checkKeyStrength(key: PublicKey): Promise<void> {
  if (key.kind !== 'rsa') return;
  const weakness = await weaknessOf(BigInt(`0x${key.modulus.toHex()}`), isPrime);
  if (weakness !== undefined) throw new Refusal('weak-key', `the RSA modulus ${weakness}`);
}
