// Revoking, suspending and lifting. Each acts in one transaction on a slot's proved and unproven
// certificate alike: nothing outlives a withdrawal.
import type { AuditEntry, AuditEvent } from '../audit/entry.ts';
import type { Move } from '../banking/certificate-life.ts';
import type { UserCertificate } from '../banking/user-certificate.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import { endAcquisition } from '../store/acquisitions.ts';
import { appendAudit } from '../store/audit-log.ts';
import { lockSlot, moveCertificate, type Slot } from '../store/certificates.ts';
import { type Db, inTransaction, type Tx } from '../store/database.ts';
import { endSessionsOfCertificate } from '../store/sessions.ts';

/** The place whose certificates are withdrawn, and by whom it was asked. */
export type Withdrawal = Slot & {
  /** Who asked: a user ID of the contract, or the name of a program. */
  readonly by: string;
};

type Needs = { readonly db: Db; readonly clock: Clock };

/** What can be done with what a slot holds. */
export type Withdrawing = Extract<Move, 'revoke' | 'suspend' | 'lift'>;

const RECORDED: Record<
  Withdrawing,
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

async function moveSlot(kind: Withdrawing, withdrawal: Withdrawal, needs: Needs): Promise<void> {
  const now = needs.clock.now();
  await inTransaction(
    needs.db,
    async (tx) => await withdrawFromSlot(kind, withdrawal, { now, tx }),
  );
}

/** Does the same inside a transaction that has more to do. */
export async function withdrawFromSlot(
  kind: Withdrawing,
  withdrawal: Withdrawal,
  { now, tx }: { readonly now: Date; readonly tx: Tx },
): Promise<void> {
  const held = await lockSlot(withdrawal, tx);
  await appendAudit(await moveHeld(kind, { withdrawal, held, now }, tx), tx);
}

/**
 * Moves what a slot holds, which this transaction has locked; returns what to record. What was offered to the
 * slot ends with it: nothing outlives a withdrawal, and what was found again needs no reissue.
 */
export async function moveHeld(
  kind: Withdrawing,
  from: {
    readonly withdrawal: Withdrawal;
    readonly held: readonly UserCertificate[];
    readonly now: Date;
  },
  tx: Tx,
): Promise<readonly AuditEntry[]> {
  const { withdrawal, held, now } = from;
  const moves = held.flatMap((one) => moveOf(kind, one));
  if (moves.length === 0) {
    throw new Refusal('transition-forbidden', `the slot holds no certificate to ${kind}`);
  }
  const entries: AuditEntry[] = [];
  for (const { certificate, move } of moves) {
    const { event, ends } = RECORDED[move];
    await moveCertificate(certificate, move, now, tx);
    if (ends !== undefined) await endOpened(certificate, { reason: ends, at: now }, tx);
    entries.push(entryOf(event, certificate, { by: withdrawal.by, now }));
  }
  if (await endAcquisition(withdrawal, { reason: 'withdrawn', at: now }, tx)) {
    entries.push(endedOffer(withdrawal, { by: withdrawal.by, now }));
  }
  return entries;
}

type Moving = { readonly certificate: UserCertificate; readonly move: Withdrawing };

/** An unproven one may stand already where the move leads; one of a reissue falls with its reason. */
function moveOf(kind: Withdrawing, certificate: UserCertificate): readonly Moving[] {
  const { state, acquiredAs, provedAt } = certificate;
  if (kind === 'lift' && acquiredAs === 'reissue' && provedAt === null) {
    return [{ certificate, move: 'revoke' }];
  }
  const isThere = (state === 'suspended') === (kind === 'suspend');
  return kind !== 'revoke' && isThere ? [] : [{ certificate, move: kind }];
}

async function endOpened(
  { identity, sha256 }: UserCertificate,
  end: { readonly reason: 'revoked' | 'suspended'; readonly at: Date },
  tx: Tx,
): Promise<void> {
  const opened = { institution: identity.institution, certificate: sha256 };
  await endSessionsOfCertificate(opened, end, tx);
}

type Done = { readonly by: string; readonly now: Date };

function entryOf(event: AuditEvent, certificate: UserCertificate, { by, now }: Done): AuditEntry {
  return {
    institution: certificate.identity.institution,
    at: now,
    event,
    person: certificate.identity,
    certificate: certificate.sha256,
    detail: { by, name: certificate.commonName },
  };
}

/** What is recorded of an offer that somebody ended. */
export function endedOffer({ identity, slot }: Slot, { by, now }: Done): AuditEntry {
  return {
    institution: identity.institution,
    at: now,
    event: 'acquisition-ended',
    person: identity,
    detail: { by, slot },
  };
}
