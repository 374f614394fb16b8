// Issues a slot's first certificate, and a successor beside the current one. Issuing takes nothing
// away: a certificate becomes current only by its proof, which is not here.
import { equalOctets } from '../asn1/octets.ts';
import type { AuditEntry } from '../audit/entry.ts';
import type { Policy } from '../banking/policy.ts';
import { checkMayRenew, firstEnd, successorEnd } from '../banking/renewal.ts';
import { commonNameOf } from '../banking/subject-name.ts';
import type { KeyHome, UserCertificate } from '../banking/user-certificate.ts';
import { checkRequestKey } from '../ca/check-request-key.ts';
import { BACKDATE_MS } from '../ca/user-profile.ts';
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import { appendAudit } from '../store/audit-log.ts';
import {
  findByKey,
  insertCertificate,
  lockSlot,
  moveCertificate,
  type Slot,
} from '../store/certificates.ts';
import { type Db, inTransaction, type Tx } from '../store/database.ts';
import { policyAt } from '../store/institutions.ts';
import type { VerifiedCsr } from '../x509/certification-request.ts';
import type { LoadedBank } from './bank.ts';
import { type Certified, certifyUser, sha256 } from './certify.ts';

/** A certificate whose record is committed, with its DER. */
export type IssuedCertificate = { readonly certificate: UserCertificate; readonly der: Uint8Array };

/** What to do with a successor that waits for its proof: keep it, or put the new one in its place. */
export type UnprovenSuccessor = 'keep' | 'replace';

type Needs = { readonly db: Db; readonly clock: Clock };

/** Issues the first certificate of an empty slot. */
export async function issueFirstCertificate(
  asked: { readonly slot: Slot; readonly key: VerifiedCsr; readonly home: KeyHome },
  bank: LoadedBank,
  needs: Needs,
): Promise<IssuedCertificate> {
  const now = needs.clock.now();
  const policy = await policyAt(bank.code, now, needs.db);
  checkRequestKey(asked.key.publicKey, policy);
  return await inTransaction(needs.db, async (tx) => {
    const held = await lockSlot(asked.slot, tx);
    if (held.length > 0) {
      throw new Refusal('transition-forbidden', 'the slot already holds a certificate');
    }
    await checkKeyIsNew(asked.key, bank, tx);
    const { slot, key, home } = asked;
    const order = { slot, key, home, predecessor: null, notAfter: firstEnd(policy, now) };
    return await issue(order, { bank, policy, now }, tx);
  });
}

/**
 * Issues the successor of a current certificate beside it. The same key again returns the same
 * certificate; another key while a successor waits refuses (`unproven-exists`) unless it replaces.
 */
export async function renewCertificate(
  asked: {
    readonly current: UserCertificate;
    readonly key: VerifiedCsr;
    readonly home: KeyHome;
    readonly unproven: UnprovenSuccessor;
  },
  bank: LoadedBank,
  needs: Needs,
): Promise<IssuedCertificate> {
  const now = needs.clock.now();
  const policy = await policyAt(bank.code, now, needs.db);
  checkRequestKey(asked.key.publicKey, policy);
  return await inTransaction(needs.db, async (tx) => {
    const held = await lockSlot(asked.current, tx);
    const current = held.find((one) => equalOctets(one.sha256, asked.current.sha256));
    if (current === undefined) {
      throw new Refusal('transition-forbidden', 'the certificate is no longer current');
    }
    checkMayRenew(current, policy, now);
    const waiting = held.find((one) => one.provedAt === null);
    const same = await sameKeyAgain(asked.key, waiting, bank, tx);
    if (same !== undefined) return same;
    if (waiting !== undefined) await replaceWaiting(waiting, asked.unproven, now, tx);
    const order = {
      slot: current,
      key: asked.key,
      home: asked.home,
      predecessor: current.sha256,
      notAfter: successorEnd(current, policy, now),
    };
    return await issue(order, { bank, policy, now }, tx);
  });
}

async function sameKeyAgain(
  key: VerifiedCsr,
  waiting: UserCertificate | undefined,
  bank: LoadedBank,
  tx: Tx,
): Promise<IssuedCertificate | undefined> {
  const known = await findByKey(bank.code, sha256(key.publicKey.der), tx);
  if (known === undefined) return undefined;
  if (waiting !== undefined && equalOctets(known.certificate.sha256, waiting.sha256)) return known;
  throw new Refusal('key-already-certified', 'this key has a certificate already');
}

async function checkKeyIsNew(key: VerifiedCsr, bank: LoadedBank, tx: Tx): Promise<void> {
  await sameKeyAgain(key, undefined, bank, tx);
}

async function replaceWaiting(
  waiting: UserCertificate,
  unproven: UnprovenSuccessor,
  now: Date,
  tx: Tx,
): Promise<void> {
  if (unproven === 'keep') {
    throw new Refusal('unproven-exists', 'a successor waits for its proof already');
  }
  await moveCertificate(waiting, 'replace', now, tx);
  await appendAudit([entryOf('certificate-replaced', waiting, now)], tx);
}

async function issue(
  order: {
    readonly slot: Slot;
    readonly key: VerifiedCsr;
    readonly home: KeyHome;
    readonly predecessor: Uint8Array | null;
    readonly notAfter: Date;
  },
  under: { readonly bank: LoadedBank; readonly policy: Policy; readonly now: Date },
  tx: Tx,
): Promise<IssuedCertificate> {
  const { bank, policy, now } = under;
  const { identity, slot } = order.slot;
  const commonName = commonNameOf(identity, order.notAfter, policy.monthInName);
  const notBefore = new Date(Math.floor((now.getTime() - BACKDATE_MS) / 1000) * 1000);
  const made: Certified = certifyUser(
    {
      identity,
      institutionName: bank.name,
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
    home: order.home,
    notBefore,
    notAfter: order.notAfter,
    issuedAt: now,
    predecessor: order.predecessor,
  };
  await insertCertificate({ ...record, der: made.der, spkiSha256: made.spkiSha256 }, tx);
  const certificate: UserCertificate = {
    ...record,
    state: 'issued',
    provedAt: null,
    endedAt: null,
  };
  await appendAudit([entryOf('certificate-issued', certificate, now)], tx);
  return { certificate, der: made.der };
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
      serial: Buffer.from(certificate.serial).toString('hex'),
      notAfter: certificate.notAfter.toISOString(),
    },
  };
}
