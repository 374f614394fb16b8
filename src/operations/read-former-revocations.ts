// Takes over what a former authority has revoked, by its CRL: imported certificates that are on it are revoked here too,
// or suspended where they are on hold. Nothing that is not on it is given back, and nothing is published.
import type { Clock } from '../clock.ts';
import { Refusal } from '../errors.ts';
import { nodeVerifier } from '../keys/node-verifier.ts';
import { appendAudit } from '../store/audit-log.ts';
import { type Db, inTransaction, type Tx } from '../store/database.ts';
import { findBySerials } from '../store/imported-certificates.ts';
import {
  type CertificateList,
  parseCertificateList,
  verifyCertificateList,
} from '../x509/certificate-list.ts';
import { decodePem } from '../x509/pem.ts';
import type { RevokedEntry } from '../x509/revoked-entry.ts';
import type { PinnedFormer } from './bank.ts';
import { hexOf } from './former-authority.ts';
import { loadFormers } from './load-bank.ts';
import { withdrawFromSlot } from './withdraw-certificate.ts';

/** What came of it. */
export type RevocationsRead = {
  readonly name: string;
  readonly thisUpdate: Date;
  /** When the next list was due; undefined where it does not say. */
  readonly nextUpdate: Date | undefined;
  /** How many entries the list has. */
  readonly entries: number;
  readonly revoked: number;
  readonly suspended: number;
};

const AT_ONCE = 500;

/** Reads a CRL, PEM or DER, and does as it says in one transaction; refuses what no former authority signed. */
export async function readFormerRevocations(
  { institution, file }: { readonly institution: string; readonly file: Uint8Array },
  needs: { readonly db: Db; readonly clock: Clock },
): Promise<RevocationsRead> {
  const list = parseCertificateList(derIn(file));
  const now = needs.clock.now();
  checkIsWhole(list, now);
  return await inTransaction(needs.db, async (tx) => {
    const former = (await loadFormers(institution, tx)).find((one) => isListOf(one, list));
    if (former === undefined) {
      throw new Refusal('bad-signature', `no former CA of ${institution} signed this list`);
    }
    const counts = await applyEntries(list, former, { now, tx });
    const { thisUpdate, nextUpdate } = list;
    const detail = {
      by: `CRL ${former.name}`,
      key: hexOf(former.issuer),
      thisUpdate: thisUpdate.toISOString(),
      ...counts,
    };
    await appendAudit([{ institution, at: now, event: 'former-revocations-read', detail }], tx);
    const { name } = former;
    return { name, thisUpdate, nextUpdate, entries: list.entries.count, ...counts };
  });
}

function isListOf({ publicKey }: PinnedFormer, list: CertificateList): boolean {
  try {
    verifyCertificateList(list, publicKey, nodeVerifier);
    return true;
  } catch (fault) {
    if (fault instanceof Refusal) return false;
    throw fault;
  }
}

/** RFC 5280 §5.2: what says less than all, or something that is not understood, is not taken for all. */
function checkIsWhole(
  { extensions, hasUnknownCriticalEntry, thisUpdate }: CertificateList,
  now: Date,
) {
  const { deltaCrlIndicator, unknownCritical, issuingDistributionPoint } = extensions;
  if (deltaCrlIndicator !== undefined) throw invalid('this is a delta: the whole list is needed');
  if (unknownCritical.length > 0 || hasUnknownCriticalEntry) {
    throw invalid('the list has a critical extension that is not known');
  }
  if (issuingDistributionPoint?.isIndirect === true) {
    throw invalid('the list speaks for other CAs as well');
  }
  if (thisUpdate > now) throw invalid('the list is of a time to come');
}

type Counts = { readonly revoked: number; readonly suspended: number };
type At = { readonly now: Date; readonly tx: Tx };

async function applyEntries(list: CertificateList, former: PinnedFormer, at: At): Promise<Counts> {
  let revoked = 0;
  let suspended = 0;
  for (const some of partsOf(list.entries)) {
    const done = await applySome(some, former, at);
    revoked += done.revoked;
    suspended += done.suspended;
  }
  return { revoked, suspended };
}

async function applySome(
  entries: readonly RevokedEntry[],
  { institution, issuer, name }: PinnedFormer,
  { now, tx }: At,
): Promise<Counts> {
  const serials = entries.map(({ serialNumber }) => serialNumber);
  const found = await findBySerials({ institution, issuer }, serials, tx);
  let revoked = 0;
  let suspended = 0;
  for (const { certificate } of found) {
    const { state, serial, identity, slot } = certificate;
    const isHeld = isOnHold(entries, serial);
    const move = isHeld ? 'suspend' : 'revoke';
    // What has ended stays as it ended; what its holder moved on from is not theirs to withdraw any more.
    if (state !== 'current' && !(state === 'suspended' && !isHeld)) continue;
    await withdrawFromSlot(move, { identity, slot, by: `CRL ${name}` }, { now, tx });
    if (isHeld) suspended += 1;
    else revoked += 1;
  }
  return { revoked, suspended };
}

function isOnHold(entries: readonly RevokedEntry[], serial: Uint8Array): boolean {
  const wanted = hexOf(serial);
  const of = entries.filter(({ serialNumber }) => hexOf(serialNumber) === wanted);
  return of.every(({ extensions }) => extensions.reason === 'certificateHold');
}

function* partsOf(entries: Iterable<RevokedEntry>): Generator<readonly RevokedEntry[]> {
  let part: RevokedEntry[] = [];
  for (const entry of entries) {
    part.push(entry);
    if (part.length < AT_ONCE) continue;
    yield part;
    part = [];
  }
  if (part.length > 0) yield part;
}

function derIn(file: Uint8Array): Uint8Array {
  const text = Buffer.from(file.subarray(0, 64)).toString('latin1');
  if (!text.includes('-----BEGIN ')) return file;
  return decodePem(Buffer.from(file).toString('latin1'), 'X509 CRL');
}

function invalid(message: string): Refusal {
  return new Refusal('invalid-input', message);
}
