// Revoking, suspending and lifting. Each acts in one transaction on a slot's proved and unproven
// certificate alike: nothing outlives a withdrawal.
import type { AuditEvent } from '../audit/entry.ts';
import type { Move } from '../banking/certificate-life.ts';
import type { Identity } from '../banking/identity.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import { appendAudit } from '../store/audit-log.ts';
import { lockSlot, moveCertificate } from '../store/certificates.ts';
import { type Db, inTransaction } from '../store/database.ts';
import { endSessionsOfCertificate } from '../store/sessions.ts';

/** The place whose certificates are withdrawn, and by whom it was asked. */
export type Withdrawal = {
  readonly identity: Identity;
  readonly slot: number;
  /** Who asked: a user ID of the contract, or the name of a program. */
  readonly by: string;
};

type Needs = { readonly db: Db; readonly clock: Clock };
type Kind = Extract<Move, 'revoke' | 'suspend' | 'lift'>;

const RECORDED: Record<
  Kind,
  { readonly event: AuditEvent; readonly ends?: 'revoked' | 'suspended' }
> = {
  revoke: { event: 'certificate-revoked', ends: 'revoked' },
  suspend: { event: 'certificate-suspended', ends: 'suspended' },
  lift: { event: 'certificate-lifted' },
};

/** Revokes for ever what a slot holds. */
export async function revokeCertificates(withdrawal: Withdrawal, needs: Needs): Promise<void> {
  await moveSlot('revoke', withdrawal, needs);
}

/** Suspends what a slot holds, until lifted. */
export async function suspendCertificates(withdrawal: Withdrawal, needs: Needs): Promise<void> {
  await moveSlot('suspend', withdrawal, needs);
}

/** Lifts the suspension of what a slot holds. */
export async function liftSuspension(withdrawal: Withdrawal, needs: Needs): Promise<void> {
  await moveSlot('lift', withdrawal, needs);
}

async function moveSlot(kind: Kind, withdrawal: Withdrawal, needs: Needs): Promise<void> {
  const { event, ends } = RECORDED[kind];
  const now = needs.clock.now();
  await inTransaction(needs.db, async (tx) => {
    const held = await lockSlot(withdrawal, tx);
    // An unproven one may stand already where the move leads; then only the other moves.
    const moving = held.filter((one) => (one.state === 'suspended') !== (kind === 'suspend'));
    const affected = kind === 'revoke' ? held : moving;
    if (affected.length === 0) {
      throw new Refusal('transition-forbidden', `the slot holds no certificate to ${kind}`);
    }
    for (const certificate of affected) {
      await moveCertificate(certificate, kind, now, tx);
      if (ends === undefined) continue;
      const opened = {
        institution: certificate.identity.institution,
        certificate: certificate.sha256,
      };
      await endSessionsOfCertificate(opened, { reason: ends, at: now }, tx);
    }
    await appendAudit(
      affected.map((certificate) => ({
        institution: certificate.identity.institution,
        at: now,
        event,
        person: certificate.identity,
        certificate: certificate.sha256,
        detail: { by: withdrawal.by, name: certificate.commonName },
      })),
      tx,
    );
  });
}
