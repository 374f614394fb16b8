// Certificates as records: found, added, moved from state to state. The rules of moving are banking's.
import { type Selectable, sql } from 'kysely';
import {
  type CertificateState,
  isFinal,
  type Move,
  stateAfter,
} from '../banking/certificate-life.ts';
import type { Identity } from '../banking/identity.ts';
import type { UserCertificate } from '../banking/user-certificate.ts';
import { Refusal } from '../errors.ts';
import type { Db, Tx } from './database.ts';
import type { CertificateRow } from './tables.ts';

/** A certificate about to be recorded, with its DER, and the SHA-256 of its public key and of what identifies it. */
export type NewCertificate = Omit<
  UserCertificate,
  'state' | 'provedAt' | 'endedAt' | 'renewableFrom'
> & {
  readonly der: Uint8Array;
  readonly spkiSha256: Uint8Array;
  readonly keyIdentity: Uint8Array;
};

/** A certificate found by its key. */
export type CertifiedKey = {
  readonly certificate: UserCertificate;
  readonly der: Uint8Array;
  readonly spkiSha256: Uint8Array;
};

/** A place for a certificate of a user. */
export type Slot = { readonly identity: Identity; readonly slot: number };

/** The columns of which `certificateOf` makes a certificate. */
export const COLUMNS = [
  'institution',
  'issuer',
  'serial',
  'sha256',
  'contract',
  'user_id',
  'slot',
  'common_name',
  'home',
  'state',
  'not_before',
  'not_after',
  'issued_at',
  'proved_at',
  'ended_at',
  'predecessor',
  'acquired_as',
  'renewable_from',
] as const;

/**
 * Of a certificate that has not ended: said as the two partial indexes say it, and in literals, so that these find the
 * rows; the table has no other index by slot. The checks of the table make it the same as: issued, current or suspended.
 */
export const NOT_ENDED = sql<boolean>`(state in ('current', 'suspended') and proved_at is not null
  or state in ('issued', 'suspended') and proved_at is null)`;

/** The certificate of an institution with this SHA-256, if there is one. */
export async function findCertificate(
  institution: string,
  sha256: Uint8Array,
  db: Db,
): Promise<UserCertificate | undefined> {
  const row = await db
    .selectFrom('certificate')
    .select(COLUMNS)
    .where('institution', '=', institution)
    .where('sha256', '=', sha256)
    .executeTakeFirst();
  return row && certificateOf(row);
}

/** The certificate of an institution over the key with this identity, whatever became of it. */
export async function findByKey(
  institution: string,
  keyIdentity: Uint8Array,
  db: Db,
): Promise<CertifiedKey | undefined> {
  const row = await db
    .selectFrom('certificate')
    .select([...COLUMNS, 'der', 'spki_sha256'])
    .where('institution', '=', institution)
    .where('key_identity', '=', keyIdentity)
    .executeTakeFirst();
  return row && { certificate: certificateOf(row), der: row.der, spkiSha256: row.spki_sha256 };
}

/** The latest certificates of a person in all of their slots, whatever became of them; newest first. */
export async function latestCertificates(
  { institution, contract, user }: Identity,
  atMost: number,
  db: Db,
): Promise<readonly UserCertificate[]> {
  const rows = await db
    .selectFrom('certificate')
    .select(COLUMNS)
    .where('institution', '=', institution)
    .where('contract', '=', contract)
    .where('user_id', '=', user)
    .orderBy('issued_at', 'desc')
    .limit(atMost)
    .execute();
  return rows.map(certificateOf);
}

/** Those certificates of a slot that are not ended. */
export async function heldInSlot(slot: Slot, db: Db): Promise<readonly UserCertificate[]> {
  const rows = await db
    .selectFrom('certificate')
    .select(COLUMNS)
    .where((eb) => eb.and(keyOf(slot)))
    .where(NOT_ENDED)
    .execute();
  return rows.map(certificateOf);
}

/** Locks a slot for this transaction and returns those of its certificates that are not ended. */
export async function lockSlot(slot: Slot, tx: Tx): Promise<readonly UserCertificate[]> {
  await tx
    .selectFrom('slot')
    .select('slot')
    .where((eb) => eb.and(keyOf(slot)))
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
  // A successor is added under a lock on its predecessor's row alone (successors.ts): wait for one
  // that is under way, and read only then, in a statement that sees it.
  await tx
    .selectFrom('certificate')
    .select('sha256')
    .where((eb) => eb.and(keyOf(slot)))
    .where(NOT_ENDED)
    .forNoKeyUpdate()
    .execute();
  return await heldInSlot(slot, tx);
}

/** Adds a certificate as `issued`; refuses `key-blocked`. */
export async function insertCertificate(certificate: NewCertificate, tx: Tx): Promise<void> {
  const blocked = await tx
    .selectFrom('blocked_key')
    .select('reason')
    .where('spki_sha256', '=', certificate.spkiSha256)
    .executeTakeFirst();
  if (blocked !== undefined) throw blockedKey();
  const { issuer, identity } = certificate;
  await tx
    .selectFrom('authority')
    .select('issuer')
    .where('institution', '=', identity.institution)
    .where('issuer', '=', issuer)
    .executeTakeFirstOrThrow();
  await tx.insertInto('certificate').values(rowOf(certificate)).execute();
}

/** The refusal of a key that is on the owner's list. */
export function blockedKey(): Refusal {
  return new Refusal('key-blocked', 'this key is known to be unsafe');
}

function rowOf(certificate: NewCertificate) {
  return {
    institution: certificate.identity.institution,
    issuer: certificate.issuer,
    serial: certificate.serial,
    sha256: certificate.sha256,
    spki_sha256: certificate.spkiSha256,
    key_identity: certificate.keyIdentity,
    der: certificate.der,
    contract: certificate.identity.contract,
    user_id: certificate.identity.user,
    slot: certificate.slot,
    common_name: certificate.commonName,
    home: certificate.home,
    state: 'issued' as const,
    not_before: certificate.notBefore,
    not_after: certificate.notAfter,
    issued_at: certificate.issuedAt,
    proved_at: null,
    ended_at: null,
    predecessor: certificate.predecessor,
    acquired_as: certificate.acquiredAs,
  };
}

/** Moves a certificate of a locked slot, as the table of moves allows; returns its new state. */
export async function moveCertificate(
  certificate: UserCertificate,
  move: Move,
  at: Date,
  tx: Tx,
): Promise<CertificateState> {
  const state = stateAfter(move, certificate);
  await tx
    .updateTable('certificate')
    .set({
      state,
      ...(move === 'prove' ? { proved_at: at } : {}),
      ...(isFinal(state) ? { ended_at: at } : {}),
    })
    .where('institution', '=', certificate.identity.institution)
    .where('sha256', '=', certificate.sha256)
    .where('state', '=', certificate.state)
    .returning('state')
    .executeTakeFirstOrThrow();
  return state;
}

function keyOf({ identity, slot }: Slot): {
  institution: string;
  contract: string;
  user_id: string;
  slot: number;
} {
  return {
    institution: identity.institution,
    contract: identity.contract,
    user_id: identity.user,
    slot,
  };
}

/** A row's certificate. */
export function certificateOf(
  row: Selectable<Pick<CertificateRow, (typeof COLUMNS)[number]>>,
): UserCertificate {
  return {
    identity: { institution: row.institution, contract: row.contract, user: row.user_id },
    slot: row.slot,
    issuer: row.issuer,
    serial: row.serial,
    sha256: row.sha256,
    commonName: row.common_name,
    home: row.home,
    state: row.state,
    notBefore: row.not_before,
    notAfter: row.not_after,
    issuedAt: row.issued_at,
    provedAt: row.proved_at,
    endedAt: row.ended_at,
    predecessor: row.predecessor,
    acquiredAs: row.acquired_as,
    renewableFrom: row.renewable_from,
  };
}
