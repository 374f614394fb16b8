// Records a successor in one statement, which is its own transaction: the certificate, the end of the
// one it replaces, and the audit entries, all or nothing. Whether it may be issued is decided before.
import { CompiledQuery } from 'kysely';
import pg from 'pg';
import type { AuditEntry } from '../audit/entry.ts';
import { Refusal } from '../errors.ts';
import { blockedKey, type NewCertificate } from './certificates.ts';
import type { CredentialRecord } from './credentials.ts';
import type { Db } from './database.ts';
import type { UsedChallenge } from './used-challenges.ts';

/** A successor to be recorded, on what its issue was decided. */
export type NewSuccessor = {
  readonly certificate: NewCertificate & { readonly predecessor: Uint8Array };
  /** SHA-256 of the unproven certificate that it replaces; null where none waits. */
  readonly replaces: Uint8Array | null;
  /** The passkey that holds its key, and the challenge of its making; null for a key elsewhere. */
  readonly passkey: { readonly credential: CredentialRecord; readonly made: UsedChallenge } | null;
  /** One entry for the issue, then one for the replacement where there is one. */
  readonly audit: readonly [AuditEntry, AuditEntry?];
};

/**
 * `stale`: what the issue was decided on has changed; `key-taken`: its key has a certificate;
 * `credential-taken`: another key's passkey bears its ID; `challenge-used`: the passkey was made for a
 * challenge that has made another.
 */
export type SuccessorOutcome =
  | 'recorded'
  | 'stale'
  | 'key-taken'
  | 'credential-taken'
  | 'challenge-used';

const UNIQUE_VIOLATION = '23505';
/** The database broke the statement off in favour of another's; decided anew, it may go through. */
const BROKEN_OFF: ReadonlySet<string | undefined> = new Set(['40001', '40P01']);
/** What a unique constraint says that another row has already. */
const TAKEN: Readonly<Record<string, SuccessorOutcome>> = {
  certificate_key_identity_institution_key: 'key-taken',
  credential_pkey: 'credential-taken',
  used_challenge_pkey: 'challenge-used',
};

// What a successor whose key is a passkey writes beside it: for all others it is left out, since a part
// that writes nothing costs its preparation each time.
const WITH_PASSKEY = `, held as (
    insert into credential (institution, credential_id, certificate, sign_count, backup_eligible,
      created_at)
    select $1, $22, $4, $23, $24, $14 from made
  ), challenged as (
    insert into used_challenge (institution, hash, expires_at)
    select $1, $25, $26 from made
  )`;

// The lock on the predecessor's row waits for whoever moves it, and then sees its new state: a
// successor is never added to a certificate that was withdrawn meanwhile, nor to another slot.
const statement = (beside: string) => `
  with found as (
    select contract, user_id, slot from certificate
    where institution = $1 and sha256 = $15 and state = 'current' for no key update
  ), predecessor as (
    select from found where contract = $7 and user_id = $8 and slot = $9
  ), replaced as (
    update certificate set state = 'replaced', ended_at = $14
    where institution = $1 and sha256 = $16 and state = 'issued'
      and exists (select from predecessor)
    returning 1
  ), made as (
    insert into certificate (institution, issuer, serial, sha256, spki_sha256, der, contract,
      user_id, slot, common_name, home, state, not_before, not_after, issued_at, predecessor, key_identity)
    select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'issued', $12, $13, $14, $15, $17
    from predecessor
    where ($16::bytea is null or exists (select from replaced))
      and exists (select from authority where institution = $1 and issuer = $2)
      and not exists (select from blocked_key where spki_sha256 = $5)
    returning 1
  ), entered as (
    insert into audit_entry (institution, at, event, contract, user_id, certificate, detail)
    select $1, $14, entry.event, $7, $8, entry.certificate, entry.detail
    from (values ($18::text, $4::bytea, $19::jsonb), ($20, $16, $21)) entry (event, certificate, detail)
    where entry.event is not null and exists (select from made)
    order by entry.event
  )${beside}
  select count(*)::integer as count,
    count(*) = 0 and exists (select from blocked_key where spki_sha256 = $5) as "isBlocked" from made`;
const FOR_FILE = statement('');
const FOR_PASSKEY = statement(WITH_PASSKEY);

/** Records a successor. Refuses `key-blocked`, and `outcome-unknown` where the answer was lost. */
export async function recordSuccessor(successor: NewSuccessor, db: Db): Promise<SuccessorOutcome> {
  const text = successor.passkey === null ? FOR_FILE : FOR_PASSKEY;
  const query = CompiledQuery.raw(text, valuesOf(successor));
  try {
    const { rows } = await db.executeQuery<Told>(query);
    if (rows[0]?.isBlocked === true) throw blockedKey();
    return rows[0]?.count === 1 ? 'recorded' : 'stale';
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    if (!(cause instanceof pg.DatabaseError)) {
      // biome-ignore lint/style/useErrorCause: the cause is passed, in the third place.
      throw new Refusal('outcome-unknown', 'the answer to a write was lost', { cause });
    }
    if (BROKEN_OFF.has(cause.code)) return 'stale';
    if (cause.code !== UNIQUE_VIOLATION) throw cause;
    return TAKEN[cause.constraint ?? ''] ?? 'stale';
  }
}

type Told = { readonly count: number; readonly isBlocked: boolean };

function valuesOf({ certificate, replaces, passkey, audit }: NewSuccessor): unknown[] {
  const { identity } = certificate;
  const [issue, replacement] = audit;
  return [
    identity.institution,
    certificate.issuer,
    certificate.serial,
    certificate.sha256,
    certificate.spkiSha256,
    certificate.der,
    identity.contract,
    identity.user,
    certificate.slot,
    certificate.commonName,
    certificate.home,
    certificate.notBefore,
    certificate.notAfter,
    certificate.issuedAt,
    certificate.predecessor,
    replaces,
    certificate.keyIdentity,
    issue.event,
    JSON.stringify(issue.detail),
    replacement?.event ?? null,
    replacement === undefined ? null : JSON.stringify(replacement.detail),
    ...(passkey === null ? [] : passkeyValues(passkey)),
  ];
}

function passkeyValues({ credential, made }: NonNullable<NewSuccessor['passkey']>): unknown[] {
  const { credentialId, signCount, isBackupEligible } = credential;
  return [credentialId, signCount, isBackupEligible, made.hash, made.expiresAt];
}
