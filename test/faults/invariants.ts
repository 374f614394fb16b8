// What must be true of the database after any crash, of everybody, asked in SQL; and what must be true
// of the certificates that one person has received. Each question lists what breaks its rule.
import { sql } from 'kysely';
import { sha256 } from '../../src/operations/certify.ts';
import { SESSIONS_KEPT_DAYS } from '../../src/operations/delete-old-sessions.ts';
import type { Db } from '../../src/store/database.ts';
import { decodePem } from '../../src/x509/pem.ts';
import type { DevicePerson } from './device-person.ts';
import type { Person } from './person.ts';

type Rule = { readonly rule: string; readonly broken: ReturnType<typeof sql<{ what: string }>> };

// By the person too, which is how entries are indexed: it is asked after every case, of everybody.
const entries = (event: string, more = sql`true`) => sql`(select count(*) from audit_entry a
  where a.institution = c.institution and a.contract = c.contract and a.user_id = c.user_id
    and a.certificate = c.sha256 and a.event = ${sql.lit(event)} and ${more})`;

// Of the time from which no session has been deleted yet.
const KEPT = sql`(now() - make_interval(days => ${sql.lit(SESSIONS_KEPT_DAYS)}))`;
const SESSIONS = sql`(select institution, certificate, count(*) as opened,
    count(*) filter (where end_reason = 'log-off') as logged_off
  from session where opened_at > ${KEPT} group by institution, certificate)`;

/** Whether an entry holds what a passkey signed. */
const IS_SIGNED = sql`a.detail ?& array['authenticatorData', 'clientDataJson', 'signature']`;

const SLOT = sql`c.institution, c.contract, c.user_id, c.slot`;

/** The rules, each with the question for what breaks it. */
export const RULES: readonly Rule[] = [
  {
    rule: 'a slot has at most one current certificate',
    broken: sql`select c.user_id as what from certificate c
      where state in ('current', 'suspended') and proved_at is not null
      group by ${SLOT} having count(*) > 1`,
  },
  {
    rule: 'a slot has at most one unproven certificate',
    broken: sql`select c.user_id as what from certificate c
      where state = 'issued' group by ${SLOT} having count(*) > 1`,
  },
  {
    // Suspended for a reissue, it can be lifted until the new one is proved.
    rule: 'a slot that ever had a current certificate has one',
    broken: sql`select c.user_id as what from certificate c where proved_at is not null
      group by ${SLOT} having count(*) filter (where state in ('current', 'suspended')) = 0`,
  },
  {
    rule: 'a recorded certificate has exactly one entry of its issue',
    broken: sql`select c.common_name as what from certificate c
      where ${entries('certificate-issued')} <> 1`,
  },
  {
    rule: 'an entry of an issue is of a recorded certificate',
    broken: sql`select a.entry::text as what from audit_entry a
      left join certificate c on c.institution = a.institution and c.sha256 = a.certificate
      where a.event = 'certificate-issued' and c.sha256 is null`,
  },
  {
    rule: 'a certificate is proved, superseded or replaced exactly when an entry says so',
    broken: sql`select c.common_name as what from certificate c
      where ${entries('certificate-proved')} <> (c.proved_at is not null)::integer
        or ${entries('certificate-superseded')} <> (c.state = 'superseded')::integer
        or ${entries('certificate-replaced')} <> (c.state = 'replaced')::integer`,
  },
  {
    rule: 'a superseded certificate has a proved successor, or one that was acquired after its end',
    broken: sql`select c.common_name as what from certificate c
      where c.state = 'superseded' and not exists (select from certificate s
        where s.institution = c.institution and s.proved_at = c.ended_at
          and (s.predecessor = c.sha256
            or (s.acquired_as in ('expired', 'reissue') and c.not_after < s.issued_at
              and s.contract = c.contract and s.user_id = c.user_id and s.slot = c.slot)))`,
  },
  {
    rule: 'as many sessions were opened by a certificate as entries of logins say',
    broken: sql`select c.common_name as what from certificate c
      left join ${SESSIONS} s on s.institution = c.institution and s.certificate = c.sha256
      where ${entries('logged-in', sql`a.at > ${KEPT}`)} <> coalesce(s.opened, 0)`,
  },
  {
    rule: 'every login by a passkey is recorded with what it signed',
    broken: sql`select a.entry::text as what from audit_entry a
      where a.event = 'logged-in' and (a.detail ->> 'proof' = 'signed-challenge') <> ${IS_SIGNED}`,
  },
  {
    rule: 'the issue of a successor is recorded with what the passkey before it signed',
    broken: sql`select c.common_name as what from certificate c
      join certificate p on p.institution = c.institution and p.sha256 = c.predecessor
      where p.home = 'device' and ${entries(
        'certificate-issued',
        sql`${IS_SIGNED} and a.detail ->> 'signedBy' = encode(p.sha256, 'hex')`,
      )} <> 1`,
  },
  {
    rule: 'exactly the certificates whose key is in a device have a passkey',
    broken: sql`select c.common_name as what from certificate c
      where (c.home = 'device') <> exists (select from credential k
        where k.institution = c.institution and k.certificate = c.sha256)`,
  },
  {
    rule: 'no session of an ended certificate is open',
    broken: sql`select c.common_name as what from certificate c
      join session s on s.institution = c.institution and s.certificate = c.sha256
      where c.ended_at is not null and s.ended_at is null`,
  },
  {
    rule: 'a proof token is used exactly when its login is recorded',
    broken: sql`select s.user_id as what from proof_token t
      join session s on s.institution = t.institution and s.token_hash = t.session
      where (t.used_at is not null) <> exists (select from audit_entry a
        where a.institution = t.institution and a.contract = s.contract
          and a.user_id = s.user_id and a.certificate = t.certificate
          and a.event = 'logged-in' and a.detail ->> 'by' = 'proof-token' and a.at = t.used_at)`,
  },
  {
    rule: 'every log off is recorded once',
    broken: sql`select c.common_name as what from certificate c
      left join ${SESSIONS} s on s.institution = c.institution and s.certificate = c.sha256
      where ${entries('logged-off')} <> coalesce(s.logged_off, 0)`,
  },
  {
    rule: 'a certificate has at most one renewal notice',
    broken: sql`select c.common_name as what from certificate c
      where (select count(*) from notice n where n.institution = c.institution
        and n.contract = c.contract and n.user_id = c.user_id and n.certificate = c.sha256) > 1`,
  },
  {
    rule: 'no PIN is tried more often than the limit',
    broken: sql`select p.user_id as what from person p where p.pin_errors + p.pin_running > 6`,
  },
  {
    rule: 'a PIN is locked exactly when one entry says so',
    broken: sql`select p.user_id as what from person p
      where (p.pin_locked_at is not null)::integer <> (select count(*) from audit_entry a
        where a.institution = p.institution and a.contract = p.contract and a.user_id = p.user_id
          and a.event = 'pin-locked')`,
  },
];

/** Every rule that the database breaks, in words; empty where all hold. */
export async function brokenRules(db: Db): Promise<string[]> {
  const broken: string[] = [];
  for (const { rule, broken: question } of RULES) {
    const { rows } = await question.execute(db);
    broken.push(...rows.map(({ what }) => `not so: ${rule} (${what})`));
  }
  return broken;
}

/** The certificates that a person has received and that are not recorded with an entry of their issue. */
export async function unrecorded({ wallet }: Pick<Person, 'wallet'>, db: Db): Promise<string[]> {
  const missing: string[] = [];
  for (const { cert } of wallet) {
    const der = decodePem(cert, 'CERTIFICATE');
    const digest = sha256(der);
    const row = await db
      .selectFrom('certificate')
      .innerJoin('audit_entry', 'audit_entry.certificate', 'certificate.sha256')
      .select('der')
      .where('certificate.sha256', '=', digest)
      .where('event', '=', 'certificate-issued')
      .executeTakeFirst();
    if (row !== undefined && Buffer.compare(row.der, der) === 0) continue;
    missing.push(`not recorded: ${Buffer.from(digest).toString('hex')}`);
  }
  return missing;
}

/** The passkeys whose certificates a person was told of and that are not recorded with an entry of their issue. */
export async function unrecordedPasskeys({ certified }: DevicePerson, db: Db): Promise<string[]> {
  const missing: string[] = [];
  for (const { id } of certified) {
    const row = await db
      .selectFrom('credential')
      .innerJoin('audit_entry', 'audit_entry.certificate', 'credential.certificate')
      .select('entry')
      .where('credential_id', '=', id)
      .where('event', '=', 'certificate-issued')
      .executeTakeFirst();
    if (row === undefined) missing.push(`not recorded: passkey ${id.toString('hex')}`);
  }
  return missing;
}

/** What is missing to a finished renewal: the newest certificate current, every other ended, no error counted. */
export async function unfinished({ newest, first }: Person, db: Db): Promise<string[]> {
  const { user } = first.certificate.identity;
  return await unended(user, sha256(decodePem(newest.cert, 'CERTIFICATE')), db);
}

/** The same where the newest is the certificate of a passkey. */
export async function unfinishedOnDevice(
  { newest, user }: DevicePerson,
  db: Db,
): Promise<string[]> {
  if (newest === 'first') return [`not finished: ${user} has no new passkey`];
  const row = await db
    .selectFrom('credential')
    .select('certificate')
    .where('credential_id', '=', newest.id)
    .executeTakeFirst();
  return await unended(user, row?.certificate ?? new Uint8Array(), db);
}

async function unended(user: string, digest: Uint8Array, db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('certificate')
    .innerJoin('person', 'person.user_id', 'certificate.user_id')
    .select(['sha256', 'state', 'common_name', 'pin_errors'])
    .where('certificate.user_id', '=', user)
    .execute();
  const wanted = (one: Uint8Array) =>
    Buffer.compare(one, digest) === 0 ? ['current'] : ['superseded', 'replaced'];
  return rows
    .filter((row) => !wanted(row.sha256).includes(row.state) || row.pin_errors !== 0)
    .map((row) => `not finished: ${row.common_name} is ${row.state}, ${row.pin_errors} errors`);
}

/** What is missing to a PIN that was changed once, after which nothing is counted. */
export async function notChanged({ first }: Person, db: Db): Promise<string[]> {
  const { user } = first.certificate.identity;
  const { rows } = await sql<{ changes: number; pin_errors: number }>`
    select (select count(*)::integer from audit_entry a where a.institution = p.institution
        and a.contract = p.contract and a.user_id = p.user_id and a.event = 'pin-changed') as changes,
      p.pin_errors from person p where p.user_id = ${user}`.execute(db);
  return rows
    .filter(({ changes, pin_errors }) => changes !== 1 || pin_errors !== 0)
    .map(({ changes, pin_errors }) => `not changed once: ${changes} times, ${pin_errors} errors`);
}

/** What is missing to a lock of the PIN. */
export async function notLocked({ first }: Person, db: Db): Promise<string[]> {
  const { user } = first.certificate.identity;
  const rows = await db
    .selectFrom('person')
    .select('pin_locked_at')
    .where('user_id', '=', user)
    .execute();
  return rows.filter((row) => row.pin_locked_at === null).map(() => `not locked: ${user}`);
}
