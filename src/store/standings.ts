// Everything that a request of a logged-in user depends on, read in one statement: its certificate,
// session, person, policy, and the successor that waits. Decides nothing.
import { CompiledQuery, type Selectable } from 'kysely';
import type { ProofKind, RecordedAssertion } from '../banking/evidence.ts';
import type { Person, Role } from '../banking/person.ts';
import { DEFAULT_POLICY, type Policy } from '../banking/policy.ts';
import type { UserCertificate } from '../banking/user-certificate.ts';
import { COLUMNS, certificateOf } from './certificates.ts';
import { parseInstant } from './column-parsers.ts';
import type { Db } from './database.ts';
import { personOf } from './persons.ts';
import { freshnessOf, type SessionRecord } from './sessions.ts';
import type { CertificateRow, SessionEnd } from './tables.ts';

/** How a certificate and a session token stand together; the session may be another certificate's. */
export type Standing = {
  readonly certificate: UserCertificate;
  readonly person: Person;
  readonly policy: Policy;
  readonly session: SessionRecord | undefined;
  /** SHA-256 of the unproven successor in the certificate's slot. */
  readonly waiting: Uint8Array | undefined;
};

type Row = Selectable<Pick<CertificateRow, (typeof COLUMNS)[number]>> & {
  readonly name: string;
  readonly contract_name: string;
  readonly role: Role;
  readonly previous_login_at: Date | null;
  readonly pin_locked_at: Date | null;
  readonly stopped_at: Date | null;
  readonly frozen_at: Date | null;
  readonly pin_is_initial: boolean;
  readonly settings: Partial<Policy> | null;
  readonly token_hash: Uint8Array | null;
  readonly session_contract: string;
  readonly session_user: string;
  readonly session_certificate: Uint8Array;
  readonly proof: ProofKind;
  readonly opened_at: Date;
  readonly seen_at: Date;
  readonly end_reason: SessionEnd | null;
  readonly fresh_hash: Uint8Array | null;
  readonly fresh_until: Date | null;
  readonly fresh_assertion: RecordedAssertion | null;
  readonly waiting_sha256: Uint8Array | null;
  /** Of the certificate, where it is asked for by its session. */
  readonly der?: Uint8Array;
  readonly is_backup_eligible?: boolean;
};

type ColumnsOf<Kind> = {
  readonly [Column in keyof Row]-?: NonNullable<Row[Column]> extends Kind ? Column : never;
}[keyof Row];

const OCTETS: Readonly<Record<ColumnsOf<Uint8Array>, true>> = {
  issuer: true,
  serial: true,
  sha256: true,
  predecessor: true,
  token_hash: true,
  session_certificate: true,
  fresh_hash: true,
  waiting_sha256: true,
  der: true,
};
const INSTANTS: Readonly<Record<ColumnsOf<Date>, true>> = {
  not_before: true,
  not_after: true,
  issued_at: true,
  proved_at: true,
  ended_at: true,
  renewable_from: true,
  previous_login_at: true,
  pin_locked_at: true,
  stopped_at: true,
  frozen_at: true,
  opened_at: true,
  seen_at: true,
  fresh_until: true,
};
const OCTET_COLUMNS = Object.keys(OCTETS);
const INSTANT_COLUMNS = Object.keys(INSTANTS);

// As one column of JSON: of forty columns the driver makes something of each description and each value with every
// answer, which costs it more than all the rest of reading them.
const told = (statement: string) =>
  `select row_to_json(standing)::text as standing from (${statement}) standing`;

// Written out: it runs on every request, and building it anew would cost more than running it.
const SELECTED = `
  select ${COLUMNS.map((column) => `c.${column}`).join(', ')},
    p.name, k.name as contract_name, p.role, p.previous_login_at, p.pin_locked_at, p.stopped_at,
    p.frozen_at, p.pin_is_initial,
    (select settings from policy where institution = c.institution and valid_from <= $3
      order by version desc limit 1) as settings,
    s.token_hash, s.contract as session_contract, s.user_id as session_user,
    s.certificate as session_certificate, s.proof, s.opened_at, s.seen_at, s.end_reason,
    s.fresh_hash, s.fresh_until, s.fresh_assertion,
    (select w.sha256 from certificate w where w.institution = c.institution
      and w.contract = c.contract and w.user_id = c.user_id and w.slot = c.slot
      and w.state = 'issued' and w.proved_at is null) as waiting_sha256`;
// Each row by its whole key, one after the other: `offset 0` keeps the order, which the planner would
// otherwise choose by what it knows of the tables, and of a young installation it knows nothing.
const OWNERS = `
  join lateral (select * from person where institution = c.institution and contract = c.contract
    and user_id = c.user_id offset 0) p on true
  join lateral (select * from contract where institution = c.institution and contract = c.contract
    offset 0) k on true`;
const OF_CERTIFICATE = told(`${SELECTED} from
    (select * from certificate where institution = $1 and sha256 = $4 offset 0) c ${OWNERS}
  left join lateral (select * from session where institution = $1 and token_hash = $2 offset 0) s
    on true`);
const OF_SESSION = told(`${SELECTED}, c.der,
    exists (select from credential where institution = c.institution and certificate = c.sha256
      and backup_eligible) as is_backup_eligible from
    (select * from session where institution = $1 and token_hash = $2 offset 0) s
  join lateral (select * from certificate where institution = s.institution
    and sha256 = s.certificate offset 0) c on true ${OWNERS}`);

/** Which session is asked for, by the hash of its token, and when. */
type Asked = {
  readonly institution: string;
  readonly tokenHash: Uint8Array;
  readonly now: Date;
};

/** The standing of a certificate of an institution and a session token's hash, if it is recorded. */
export async function findStanding(
  asked: Asked & { readonly certificate: Uint8Array },
  db: Db,
): Promise<Standing | undefined> {
  const { institution, tokenHash, now, certificate } = asked;
  const query = CompiledQuery.raw(OF_CERTIFICATE, [institution, tokenHash, now, certificate]);
  const row = await readTold(query, db);
  return row && standingOf(row);
}

/** The certificate that opened a session, and whether the passkey under it may be copied. */
type Opener = { readonly der: Uint8Array; readonly isBackupEligible: boolean };

/** The standing of a session and of the certificate that opened it, with that one's DER. */
export async function findStandingOfSession(
  { institution, tokenHash, now }: Asked,
  db: Db,
): Promise<(Standing & Opener) | undefined> {
  const query = CompiledQuery.raw(OF_SESSION, [institution, tokenHash, now]);
  const row = await readTold(query, db);
  if (row === undefined) return undefined;
  const { der, is_backup_eligible: isBackupEligible } = row;
  if (der === undefined || isBackupEligible === undefined) {
    throw new Error('a session was read without its opener');
  }
  return { ...standingOf(row), der, isBackupEligible };
}

async function readTold(query: CompiledQuery, db: Db): Promise<Row | undefined> {
  const { rows } = await db.executeQuery<{ readonly standing: string }>(query);
  if (rows[0] === undefined) return undefined;
  const row = JSON.parse(rows[0].standing) as Record<string, unknown>;
  for (const column of OCTET_COLUMNS) {
    const text = row[column];
    // PostgreSQL writes octets as `\x` and hexadecimal digits.
    if (typeof text === 'string') row[column] = Uint8Array.fromHex(text.slice(2));
  }
  for (const column of INSTANT_COLUMNS) {
    const text = row[column];
    if (typeof text === 'string') row[column] = parseInstant(text);
  }
  return row as Row;
}

function standingOf(row: Row): Standing {
  const certificate = certificateOf(row);
  return {
    certificate,
    person: personOf(certificate.identity, row),
    policy: policyOf(row),
    session: sessionOf(row),
    waiting: row.waiting_sha256 ?? undefined,
  };
}

function policyOf({ settings, institution }: Row): Policy {
  if (settings === null) throw new Error(`institution ${institution} has no policy in force`);
  return { ...DEFAULT_POLICY, ...settings };
}

function sessionOf(row: Row): SessionRecord | undefined {
  if (row.token_hash === null) return undefined;
  return {
    identity: {
      institution: row.institution,
      contract: row.session_contract,
      user: row.session_user,
    },
    tokenHash: row.token_hash,
    proof: row.proof,
    certificate: row.session_certificate,
    openedAt: row.opened_at,
    seenAt: row.seen_at,
    endReason: row.end_reason,
    fresh: freshnessOf(row),
  };
}
