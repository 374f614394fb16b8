// The one place where a certificate becomes current: its successor's proof ends its predecessor.
// Called inside the transaction of a login or a confirmation; it checks no PIN and no token.
import type { AuditEntry } from '../audit/entry.ts';
import { checkAcquisition } from '../banking/acquisition.ts';
import type { RecordedAssertion, Touch } from '../banking/evidence.ts';
import { type Leaving, placeFor } from '../banking/place.ts';
import type { Policy } from '../banking/policy.ts';
import type { UserCertificate } from '../banking/user-certificate.ts';
import { Refusal } from '../errors.ts';
import { endAcquisition } from '../store/acquisitions.ts';
import { moveCertificate } from '../store/certificates.ts';
import type { Tx } from '../store/database.ts';
import { findPerson, freezeRights } from '../store/persons.ts';
import { endSessionsOfCertificate } from '../store/sessions.ts';
import { touchDetail } from './freshness.ts';
import { tellCompany } from './tell-company.ts';

/** Makes an issued certificate current; whatever holds its place in the slot leaves it. Returns what to record. */
export async function proveCertificate(proof: Proof, tx: Tx): Promise<readonly AuditEntry[]> {
  const { certificate, slot, policy, now } = proof;
  checkAcquisition(certificate, policy, now);
  const place = placeFor(certificate, slot, now);
  if (place === undefined) {
    throw new Refusal('unproven', 'what the certificate was issued beside was withdrawn, or works');
  }
  const entries: AuditEntry[] = [];
  if (place.leaves !== null) entries.push(await leave(place.leaves, proof, tx));
  await moveCertificate(certificate, 'prove', now, tx);
  const signed = proof.signed ?? {};
  entries.push(entryOf('certificate-proved', certificate, { at: now, signed }));
  await endAcquisition(certificate, { reason: 'proved', at: now }, tx);
  if (certificate.acquiredAs === 'reissue' && policy.freezesAfterReissue) {
    await freezeRights(certificate.identity, now, tx);
    entries.push(entryOf('rights-frozen', certificate, { at: now, signed: {} }));
    const member = await findPerson(certificate.identity, tx);
    if (member === undefined) throw new Error('a certificate names a person who is not recorded');
    await tellCompany({ event: 'rights-frozen', member, by: null, now }, tx);
  }
  return entries;
}

/** A certificate to be proved. */
export type Proof = {
  readonly certificate: UserCertificate;
  /** The certificates of its slot that are not ended, locked by this transaction. */
  readonly slot: readonly UserCertificate[];
  readonly policy: Policy;
  readonly now: Date;
  /** What the key of the certificate before signed to authorise it, where a session of that one proves it. */
  readonly touch?: Touch | null;
  /** What its own key signed as the proof, where no session opens with it that would record it. */
  readonly signed?: RecordedAssertion;
};

const LEFT = {
  supersede: { event: 'certificate-superseded', reason: 'superseded' },
  revoke: { event: 'certificate-revoked', reason: 'revoked' },
} as const;

async function leave(
  { certificate, move }: Leaving,
  { now, touch }: Proof,
  tx: Tx,
): Promise<AuditEntry> {
  const { event, reason } = LEFT[move];
  await moveCertificate(certificate, move, now, tx);
  const { identity, sha256 } = certificate;
  const opened = { institution: identity.institution, certificate: sha256 };
  await endSessionsOfCertificate(opened, { reason, at: now }, tx);
  return entryOf(event, certificate, { at: now, signed: touchDetail(touch ?? null) });
}

function entryOf(
  event: AuditEntry['event'],
  certificate: UserCertificate,
  { at, signed }: { readonly at: Date; readonly signed: AuditEntry['detail'] },
): AuditEntry {
  return {
    institution: certificate.identity.institution,
    at,
    event,
    person: certificate.identity,
    certificate: certificate.sha256,
    detail: { name: certificate.commonName, ...signed },
  };
}
