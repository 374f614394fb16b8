// The one place where a certificate becomes current: its successor's proof ends its predecessor.
// Called inside the transaction of a login or a confirmation; it checks no PIN and no token.
import type { AuditEntry } from '../audit/entry.ts';
import { checkAcquisition } from '../banking/acquisition.ts';
import type { Policy } from '../banking/policy.ts';
import type { UserCertificate } from '../banking/user-certificate.ts';
import { Refusal } from '../errors.ts';
import { moveCertificate } from '../store/certificates.ts';
import type { Tx } from '../store/database.ts';
import { endSessionsOfCertificate } from '../store/sessions.ts';

/** Makes an issued certificate current and supersedes the slot's old one; returns what to record. */
export async function proveCertificate(
  proof: {
    readonly certificate: UserCertificate;
    /** The certificates of its slot that are not ended, locked by this transaction. */
    readonly slot: readonly UserCertificate[];
    readonly policy: Policy;
    readonly now: Date;
  },
  tx: Tx,
): Promise<readonly AuditEntry[]> {
  const { certificate, slot, policy, now } = proof;
  checkAcquisition(certificate, policy, now);
  const entries: AuditEntry[] = [];
  const predecessor = predecessorOf(certificate, slot);
  if (predecessor !== undefined) {
    await moveCertificate(predecessor, 'supersede', now, tx);
    await endSessionsOfCertificate(
      { institution: predecessor.identity.institution, certificate: predecessor.sha256 },
      { reason: 'superseded', at: now },
      tx,
    );
    entries.push(entryOf('certificate-superseded', predecessor, now));
  }
  await moveCertificate(certificate, 'prove', now, tx);
  entries.push(entryOf('certificate-proved', certificate, now));
  return entries;
}

/** The current certificate that this one succeeds; refuses (`unproven`) when it was withdrawn. */
function predecessorOf(
  certificate: UserCertificate,
  slot: readonly UserCertificate[],
): UserCertificate | undefined {
  const proved = slot.find((other) => other.provedAt !== null);
  if (certificate.predecessor === null) {
    if (proved === undefined) return undefined;
    throw new Refusal('unproven', 'the slot holds a certificate that this one does not succeed');
  }
  const isItsOwn =
    proved !== undefined &&
    proved.state === 'current' &&
    Buffer.compare(proved.sha256, certificate.predecessor) === 0;
  if (!isItsOwn) {
    throw new Refusal('unproven', 'the certificate that this one succeeds was withdrawn');
  }
  return proved;
}

function entryOf(event: AuditEntry['event'], certificate: UserCertificate, at: Date): AuditEntry {
  return {
    institution: certificate.identity.institution,
    at,
    event,
    person: certificate.identity,
    certificate: certificate.sha256,
    detail: { name: certificate.commonName },
  };
}
