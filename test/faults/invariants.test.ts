// Each rule that is asked of the database after a crash is broken once, on purpose, and must say so.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { sql } from 'kysely';
import { DEFAULT_POLICY } from '../../src/banking/policy.ts';
import type { KeyHome } from '../../src/banking/user-certificate.ts';
import { renewCertificate } from '../../src/operations/issue-certificate.ts';
import type { VerifiedKey } from '../../src/operations/verified-key.ts';
import { makeRequest } from '../../src/sample/request.ts';
import { type Db, inTransaction, openDatabase } from '../../src/store/database.ts';
import { certifiable } from '../system/key-homes.ts';
import { SoftwarePasskey } from '../system/software-passkey.ts';
import { openTestBank, type TestBank } from '../system/test-bank.ts';
import { quietLog } from '../system/test-database.ts';
import { brokenRules, RULES } from './invariants.ts';

const ANOTHER = `insert into certificate (institution, issuer, serial, sha256, spki_sha256, key_identity, der, contract,
    user_id, slot, common_name, home, state, not_before, not_after, issued_at, predecessor)
  select institution, issuer, '\\x01', sha256('a'), sha256('b'), sha256('b'), der, contract, user_id, slot,
    common_name, home, state, not_before, not_after, issued_at, predecessor
  from certificate where state = 'issued' and home = 'file'`;
const ENTRY = `insert into audit_entry (institution, at, event, certificate, detail)
  select institution, now(), 'certificate-issued', sha256('a'), '{}' from institution`;
const TOKEN = `insert into proof_token (institution, token_hash, session, certificate, begun_on, expires_at, used_at)
  select institution, sha256('a'), token_hash, certificate, '', now(), now() from session where proof = 'mutual-tls'`;
const NOTICE = `insert into notice (institution, notice, kind, contract, user_id, certificate, important,
    title, body, published_at)
  select institution, gen_random_uuid(), 'renewal', contract, user_id, sha256, true, '', '', now()
  from certificate, generate_series(1, 2) where state = 'current'`;
const ended = (state: string) =>
  `update certificate set state = '${state}', ended_at = now() where state = 'current'`;

/** What breaks each rule. */
const BREAKS: Readonly<Record<string, readonly string[]>> = {
  'a slot has at most one current certificate': [
    'drop index one_current_certificate',
    "update certificate set state = 'current', proved_at = now() where state = 'issued'",
  ],
  'a slot has at most one unproven certificate': ['drop index one_unproven_certificate', ANOTHER],
  'a slot that ever had a current certificate has one': [ended('revoked')],
  'a recorded certificate has exactly one entry of its issue': [
    "delete from audit_entry where event = 'certificate-issued'",
  ],
  'an entry of an issue is of a recorded certificate': [ENTRY],
  'a certificate is proved, superseded or replaced exactly when an entry says so': [
    "delete from audit_entry where event = 'certificate-proved'",
  ],
  'a superseded certificate has a proved successor, or one that was acquired after its end': [
    ended('superseded'),
  ],
  'as many sessions were opened by a certificate as entries of logins say': [
    "delete from audit_entry where event = 'logged-in'",
  ],
  'every login by a passkey is recorded with what it signed': [
    "update audit_entry set detail = detail - 'signature' where event = 'logged-in'",
  ],
  'the issue of a successor is recorded with what the passkey before it signed': [
    "update audit_entry set detail = detail - 'signedBy' where event = 'certificate-issued'",
  ],
  'exactly the certificates whose key is in a device have a passkey': ['delete from credential'],
  'no session of an ended certificate is open': [ended('revoked')],
  'a proof token is used exactly when its login is recorded': [TOKEN],
  'every log off is recorded once': [
    "update session set ended_at = now(), end_reason = 'log-off' where ended_at is null",
  ],
  'a certificate has at most one renewal notice': ['drop index one_renewal_notice', NOTICE],
  'no PIN is tried more often than the limit': ['update person set pin_errors = 7'],
  'a PIN is locked exactly when one entry says so': ['update person set pin_locked_at = now()'],
};

suite('rules of the database', { concurrency: false }, () => {
  let bank: TestBank;
  let owner: Db;
  before(async () => {
    bank = await openTestBank({ policy: { renewalWindowDays: 365 } });
    owner = openDatabase(bank.owner, { log: quietLog, poolSize: 1 });
    await renewed('suzuki01', 'file', bank);
    await renewed('tanaka02', 'device', bank);
  });
  after(async () => {
    await owner.destroy();
    await bank[Symbol.asyncDispose]();
  });

  test('all hold for customers with a current certificate and a successor, in a file and in a device', async () => {
    assert.deepEqual(await brokenRules(bank.db), []);
  });

  for (const { rule } of RULES) {
    test(`it is found when it is not so that ${rule}`, async () => {
      const found = await whenBroken(BREAKS[rule] ?? [], owner);
      assert.ok(
        found.some((line) => line.startsWith(`not so: ${rule} (`)),
        found.join('\n'),
      );
    });
  }
});

/** A customer with a successor that waits, its key where the first one's is. */
async function renewed(user: string, home: KeyHome, world: TestBank): Promise<void> {
  const key = async (): Promise<VerifiedKey> =>
    home === 'file' ? makeRequest().csr : await certifiable(new SoftwarePasskey());
  const { certificate: current } = await world.customer(user, await key());
  const signed = { authenticatorData: '', clientDataJson: '', signature: '' };
  const asked = {
    current,
    policy: { ...DEFAULT_POLICY, renewalWindowDays: 365 },
    waiting: undefined,
    key: await key(),
    unproven: 'keep',
    touch: home === 'file' ? null : { certificate: current.sha256, signed },
  } as const;
  await renewCertificate(asked, world.bank, world);
}

/** The broken rules after these statements, which are rolled back. */
async function whenBroken(statements: readonly string[], owner: Db): Promise<string[]> {
  let found: string[] = [];
  const undone = new Error('undone on purpose');
  const work = inTransaction(owner, async (tx) => {
    for (const statement of statements) await sql.raw(statement).execute(tx);
    found = await brokenRules(tx);
    throw undone;
  });
  await assert.rejects(work, undone);
  return found;
}
