// Issues a slot's first certificate, and a successor beside the current one. Issuing takes nothing
// away: a certificate becomes current only by its proof, which is not here.
import { equalOctets } from '../asn1/octets.ts';
import type { AuditEntry } from '../audit/entry.ts';
import type { AcquisitionKind } from '../banking/acquisition.ts';
import type { Touch } from '../banking/evidence.ts';
import type { Policy } from '../banking/policy.ts';
import { checkMayRenew, type EndBounds, firstEnd, successorEnd } from '../banking/renewal.ts';
import { commonNameOf } from '../banking/subject-name.ts';
import type { UserCertificate } from '../banking/user-certificate.ts';
import { checkRequestKey } from '../ca/check-request-key.ts';
import { identifyingOctets } from '../ca/identifying-octets.ts';
import { BACKDATE_MS } from '../ca/user-profile.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import { isPrime } from '../keys/is-prime.ts';
import { appendAudit } from '../store/audit-log.ts';
import {
  findByKey,
  heldInSlot,
  insertCertificate,
  lockSlot,
  type NewCertificate,
  type Slot,
} from '../store/certificates.ts';
import { insertCredential } from '../store/credentials.ts';
import { type Db, inTransaction, type Tx } from '../store/database.ts';
import { policyAt } from '../store/institutions.ts';
import { recordSuccessor } from '../store/successors.ts';
import type { LoadedBank } from './bank.ts';
import { type Certified, certifyUser, sha256 } from './certify.ts';
import { touchDetail } from './freshness.ts';
import { homeOf, passkeyOf, type VerifiedKey } from './verified-key.ts';

/** A certificate whose record is committed, with its DER. */
export type IssuedCertificate = { readonly certificate: UserCertificate; readonly der: Uint8Array };

/** What to do with a successor that waits for its proof: keep it, or put the new one in its place. */
export type UnprovenSuccessor = 'keep' | 'replace';

type Needs = { readonly db: Db; readonly clock: Clock };

const ATTEMPTS = 4;

/** Issues the first certificate of an empty slot. */
export async function issueFirstCertificate(
  asked: { readonly slot: Slot; readonly key: VerifiedKey },
  bank: LoadedBank,
  needs: Needs,
): Promise<IssuedCertificate> {
  const now = needs.clock.now();
  const policy = await policyAt(bank.code, now, needs.db);
  await checkKey(asked.key, policy);
  return await inTransaction(needs.db, async (tx) => {
    const held = await lockSlot(asked.slot, tx);
    if (held.length > 0) {
      throw new Refusal('transition-forbidden', 'the slot already holds a certificate');
    }
    await sameKeyAgain(asked.key, undefined, bank, tx);
    const { slot, key } = asked;
    const order = { slot, key, kind: 'first', acquisition: null } as const;
    return await issueInSlot(order, { bank, policy, now }, tx);
  });
}

/** What a certificate is issued under. */
export type Issuing = {
  readonly bank: LoadedBank;
  readonly policy: Policy;
  readonly now: Date;
};

/** Issues a certificate that succeeds none, in a slot that this transaction has locked. */
export async function issueInSlot(
  asked: {
    readonly slot: Slot;
    readonly key: VerifiedKey;
    readonly kind: AcquisitionKind;
    /** The offer by which it comes. */
    readonly acquisition: string | null;
  },
  under: Issuing,
  tx: Tx,
): Promise<IssuedCertificate> {
  const { slot, key, kind, acquisition } = asked;
  const { bank, policy, now } = under;
  const notAfter = firstEnd(boundsOf(bank, policy, now));
  const order = { slot, key, predecessor: null, acquiredAs: kind, notAfter };
  const { certificate, record } = certifyOrder(order, under);
  await insertCertificate(record, tx);
  const passkey = passkeyOf(key);
  const credential = passkey && { ...passkey.credential, acquisition };
  if (credential !== undefined && !(await insertCredential(certificate, credential, tx))) {
    throw new Refusal('key-already-certified', 'this passkey has a certificate already');
  }
  await appendAudit([entryOf('certificate-issued', certificate, now)], tx);
  return { certificate, der: record.der };
}

/** What a successor is asked for with. */
export type RenewalRequest = {
  readonly current: UserCertificate;
  readonly policy: Policy;
  /** SHA-256 of the successor that is thought to wait for its proof. */
  readonly waiting: Uint8Array | undefined;
  readonly key: VerifiedKey;
  readonly unproven: UnprovenSuccessor;
  /** What the user signed to authorise it; null where the connection proves who is there. */
  readonly touch: Touch | null;
};

/**
 * Issues the successor of a current certificate beside it. The same key again returns the same
 * certificate; another key while a successor waits refuses (`unproven-exists`) unless it replaces.
 */
export async function renewCertificate(
  asked: RenewalRequest,
  bank: LoadedBank,
  needs: Needs,
): Promise<IssuedCertificate> {
  await checkKey(asked.key, asked.policy);
  let standing: RenewalRequest = asked;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const outcome = await tryToRenew(standing, bank, needs);
    if (outcome !== 'stale') return outcome;
    standing = await readAgain(asked, needs.db);
  }
  throw new Refusal('overloaded', 'other renewals of this certificate are under way');
}

async function tryToRenew(
  asked: RenewalRequest,
  bank: LoadedBank,
  needs: Needs,
): Promise<IssuedCertificate | 'stale'> {
  const now = needs.clock.now();
  const { current, policy, waiting, key } = asked;
  const touched = touchDetail(asked.touch);
  checkMayRenew(current, policy, now);
  if (waiting !== undefined && asked.unproven === 'keep') {
    const same = await sameKeyAgain(key, waiting, bank, needs.db);
    if (same !== undefined) return same;
    throw new Refusal('unproven-exists', 'a successor waits for its proof already');
  }
  const notAfter = successorEnd(current, boundsOf(bank, policy, now));
  const order = { slot: current, key, predecessor: current.sha256, acquiredAs: null, notAfter };
  const made = certifyOrder(order, { bank, policy, now });
  const outcome = await recordSuccessor(
    {
      certificate: { ...made.record, predecessor: current.sha256 },
      replaces: waiting ?? null,
      passkey: passkeyOf(key) ?? null,
      audit: [
        withDetail(entryOf('certificate-issued', made.certificate, now), touched),
        ...(waiting === undefined
          ? ([] as const)
          : ([withDetail(replacedEntry(current, waiting, now), touched)] as const)),
      ],
    },
    needs.db,
  );
  if (outcome === 'recorded') return { certificate: made.certificate, der: made.record.der };
  if (outcome === 'stale') return 'stale';
  // The key has a certificate: the one that waits, when the request was sent twice, or another's.
  const again = await readAgain(asked, needs.db);
  const same = await sameKeyAgain(key, again.waiting, bank, needs.db);
  if (same !== undefined || outcome === 'key-taken') return same ?? 'stale';
  throw outcome === 'credential-taken'
    ? new Refusal('key-already-certified', 'this passkey has a certificate already')
    : new Refusal('challenge-used', 'another passkey was made for this challenge');
}

/** What an earlier decision was made on has changed: the certificate and its successor as they are now. */
async function readAgain(asked: RenewalRequest, db: Db): Promise<RenewalRequest> {
  const held = await heldInSlot(asked.current, db);
  const current = held.find((one) => equalOctets(one.sha256, asked.current.sha256));
  if (current === undefined) {
    throw new Refusal('transition-forbidden', 'the certificate is no longer current');
  }
  return { ...asked, current, waiting: held.find((one) => one.provedAt === null)?.sha256 };
}

/** The certificate that waits in a slot, if it is over this key; refuses (`key-already-certified`) any other's key. */
export async function sameKeyAgain(
  key: VerifiedKey,
  waiting: Uint8Array | undefined,
  bank: LoadedBank,
  db: Db,
): Promise<IssuedCertificate | undefined> {
  const { publicKey } = key;
  const known = await findByKey(bank.code, sha256(identifyingOctets(publicKey)), db);
  if (known === undefined) return undefined;
  const isSame = equalOctets(known.spkiSha256, sha256(publicKey.der));
  if (isSame && waiting !== undefined && equalOctets(known.certificate.sha256, waiting)) {
    return known;
  }
  throw new Refusal('key-already-certified', 'this key has a certificate already');
}

/** The one way for every key, whichever way it came. */
export async function checkKey(key: VerifiedKey, policy: Policy): Promise<void> {
  const isBackupEligible = passkeyOf(key)?.credential.isBackupEligible ?? false;
  const requested = { publicKey: key.publicKey, home: homeOf(key), isBackupEligible };
  await checkRequestKey(requested, policy, isPrime);
}

function boundsOf({ authority }: LoadedBank, policy: Policy, now: Date): EndBounds {
  const issuerEndsAt = authority.issuer.notAfter;
  // Nothing that a person could do about it: an outage, of which the log warns from far off.
  if (issuerEndsAt <= now) throw new Error('the issuing CA has ended and issues nothing');
  return { policy, issuerEndsAt, now };
}

/** Signs an order; what comes out is not to leave the process before it is recorded. */
function certifyOrder(
  order: {
    readonly slot: Slot;
    readonly key: VerifiedKey;
    readonly predecessor: Uint8Array | null;
    readonly acquiredAs: AcquisitionKind | null;
    readonly notAfter: Date;
  },
  under: Issuing,
): { readonly certificate: UserCertificate; readonly record: NewCertificate } {
  const { bank, policy, now } = under;
  const { identity, slot } = order.slot;
  const commonName = commonNameOf(identity, order.notAfter, policy.monthInName);
  const notBefore = new Date(Math.floor((now.getTime() - BACKDATE_MS) / 1000) * 1000);
  const made: Certified = certifyUser(
    {
      identity,
      commonName,
      spkiDer: order.key.publicKey.der,
      notBefore,
      notAfter: order.notAfter,
    },
    bank.authority,
    policy.maximumLifetimeDays,
  );
  const record = {
    identity,
    slot,
    issuer: bank.authority.key.issuer,
    serial: made.serial,
    sha256: made.sha256,
    commonName,
    home: homeOf(order.key),
    notBefore,
    notAfter: order.notAfter,
    issuedAt: now,
    predecessor: order.predecessor,
    acquiredAs: order.acquiredAs,
  };
  return {
    certificate: {
      ...record,
      state: 'issued',
      provedAt: null,
      endedAt: null,
      renewableFrom: null,
    },
    record: {
      ...record,
      der: made.der,
      spkiSha256: made.spkiSha256,
      keyIdentity: sha256(identifyingOctets(order.key.publicKey)),
    },
  };
}

function withDetail(entry: AuditEntry, more: AuditEntry['detail']): AuditEntry {
  return { ...entry, detail: { ...entry.detail, ...more } };
}

/** What is recorded of an unproven certificate that another takes the place of. */
export function replacedEntry({ identity }: Slot, waiting: Uint8Array, at: Date): AuditEntry {
  return {
    institution: identity.institution,
    at,
    event: 'certificate-replaced',
    person: identity,
    certificate: waiting,
    detail: {},
  };
}

function entryOf(event: AuditEntry['event'], certificate: UserCertificate, at: Date): AuditEntry {
  return {
    institution: certificate.identity.institution,
    at,
    event,
    person: certificate.identity,
    certificate: certificate.sha256,
    detail: {
      name: certificate.commonName,
      home: certificate.home,
      serial: Buffer.from(certificate.serial).toString('hex'),
      notAfter: certificate.notAfter.toISOString(),
    },
  };
}
