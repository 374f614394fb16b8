// One certificate, one session is found without reading an institution's or a person's others, also while
// the planner knows nothing of the table yet.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import pg from 'pg';
import type { AuditEntry } from '../../src/audit/entry.ts';
import { findCertificate, heldInSlot } from '../../src/store/certificates.ts';
import { inTransaction, type Tx } from '../../src/store/database.ts';
import { connectionTo, type DatabaseAddress } from '../../src/store/database-address.ts';
import { queueRenewalMails } from '../../src/store/mails.ts';
import { endSession, type SessionRecord, touchSession } from '../../src/store/sessions.ts';
import { findStanding } from '../../src/store/standings.ts';
import { type NewSuccessor, recordSuccessor } from '../../src/store/successors.ts';
import { openTestDatabase } from './test-database.ts';

const ROWS = 500;
const FIRST = new Uint8Array(32).fill(0).with(31, 1);
const NEW = new Uint8Array(32).fill(255);
const SLOT = {
  identity: { institution: '1394', contract: '00012345678', user: 'user1' },
  slot: 1,
};
const FILL = `
  insert into certificate (institution, issuer, serial, sha256, spki_sha256, key_identity, der,
    contract, user_id, slot, common_name, home, state, not_before, not_after, issued_at,
    acquired_as)
  select '1394', key, substr(key, 13), key, key, key, '', '00012345678', 'user' || i, 1, '', 'file',
    'issued', now(), now() + interval '1 year', now(), 'first'
  from (select i, decode(lpad(to_hex(i), 64, '0'), 'hex') as key from generate_series(1, ${ROWS}) i) one`;
// One person with a current certificate.
const PERSON = `
  insert into institution (institution, kind, name, name_english, public_host, members_domain,
    passkey_domain, certificate_policy, publication_base, contact, created_at)
  values ('1394', 'bank', 'みほん', 'Sample', 'mihon.test', 'm.mihon.test', 'mihon.test', '2.999.1394.1', 'http://mihon.test',
    '{}', now());
  insert into policy values ('1394', 1, '{}', now());
  insert into authority values ('1394', ${bytes(FIRST)}, 'issuing', '', now());
  insert into contract (institution, contract, name, created_at)
  values ('1394', '00012345678', 'さくら', now());
  insert into person (institution, contract, user_id, name, role, created_at)
  values ('1394', '00012345678', 'user1', '鈴木', 'user', now());
  insert into certificate (institution, issuer, serial, sha256, spki_sha256, key_identity, der, contract,
    user_id, slot, common_name, home, state, not_before, not_after, issued_at, proved_at, acquired_as)
  select '1394', key, substr(key, 13), key, key, key, '', '00012345678', 'user1', 1, '', 'file',
    'current', now(), now() + interval '1 year', now(), now(), 'first' from (select ${bytes(FIRST)} as key)`;
const FORMER = `${PERSON};
  insert into certificate (institution, issuer, serial, sha256, spki_sha256, key_identity, der, contract,
    user_id, slot, common_name, home, state, not_before, not_after, issued_at, ended_at, predecessor)
  select '1394', key, substr(key, 13), key, key, key, '', '00012345678', 'user1', 1, '', 'file',
    'replaced', now(), now() + interval '1 year', now(), now(), ${bytes(FIRST)}
  from (select decode(lpad(to_hex(i), 64, '0'), 'hex') as key from generate_series(2, ${ROWS}) i)`;
// One entry in the tree for each of them; of tree and people the planner knows already, of the rest not yet.
const ENTERED = `${FORMER};
  insert into audit_entry (institution, at, event, contract, user_id, certificate, detail)
  select institution, now(), 'certificate-replaced', contract, user_id, sha256, '{}' from certificate
  where state = 'replaced';
  insert into audit_leaf (position, institution, entry, hash)
  select row_number() over () - 1, institution, entry, ${bytes(FIRST)} from audit_entry;
  analyze audit_leaf, person`;
const SESSIONS = `${PERSON};
  insert into session (institution, token_hash, contract, user_id, proof, certificate, opened_at, seen_at)
  select '1394', decode(lpad(to_hex(i), 64, '0'), 'hex'), '00012345678', 'user1', 'mutual-tls',
    ${bytes(FIRST)}, now(), now() from generate_series(1, ${ROWS}) i`;
const readsOf = (table: string) => sql<{ count: number }>`
  select (seq_tup_read + idx_tup_fetch)::integer as count
  from pg_stat_xact_user_tables where relname = ${table}`;

const SEARCHES = [
  {
    name: 'its SHA-256',
    find: async (tx: Tx) => [await findCertificate('1394', FIRST, tx)],
  },
  { name: 'its slot', find: async (tx: Tx) => await heldInSlot(SLOT, tx) },
];
for (const { name, find } of SEARCHES) {
  test(`a certificate is found by ${name} alone, of which the planner knows nothing yet`, async () => {
    await using database = await openTestDatabase();
    await fill(database.owner);
    await inTransaction(database.db, async (tx) => {
      const found = await find(tx);
      assert.deepEqual(
        found.map((one) => one?.identity.user),
        ['user1'],
      );
      const { rows } = await readsOf('certificate').execute(tx);
      assert.deepEqual(rows, [{ count: 1 }]);
    });
  });
}

test('no index of all certificates begins with the institution', async () => {
  await using database = await openTestDatabase();
  const { rows } = await sql<{ first: string }>`
    select pg_get_indexdef(indexrelid, 1, true) as first from pg_index
    where indrelid = 'certificate'::regclass and indpred is null order by first`.execute(
    database.db,
  );
  assert.deepEqual(
    rows.map(({ first }) => first),
    ['contract', 'issuer', 'key_identity', 'sha256'],
  );
});

const now = new Date();
const ASKED = { institution: '1394', tokenHash: FIRST, certificate: FIRST };
const OPEN: SessionRecord = {
  ...{ identity: SLOT.identity, tokenHash: FIRST, certificate: FIRST, proof: 'mutual-tls' },
  ...{ openedAt: now, seenAt: now, endReason: null, fresh: null },
};
const TOKENS = [
  { name: 'read', use: async (tx: Tx) => await findStanding({ ...ASKED, now: new Date() }, tx) },
  { name: 'noted as used', use: async (tx: Tx) => await touchSession(OPEN, now, tx) },
  {
    name: 'ended',
    use: async (tx: Tx) => await endSession(OPEN, { reason: 'log-off', at: now }, tx),
  },
];
for (const { name, use } of TOKENS) {
  test(`a session is ${name} by its token alone`, async () => {
    await using database = await openTestDatabase();
    await fill(database.owner, SESSIONS);
    await inTransaction(database.db, async (tx) => {
      await use(tx);
      const { rows } = await readsOf('session').execute(tx);
      assert.deepEqual(rows, [{ count: 1 }]);
    });
  });
}

test('a successor is recorded without reading what the person had before', async () => {
  await using database = await openTestDatabase();
  await fill(database.owner, FORMER);
  await inTransaction(database.db, async (tx) => {
    assert.equal(await recordSuccessor(successor(), tx), 'recorded');
    const { rows } = await readsOf('certificate').execute(tx);
    assert.deepEqual(rows, [{ count: 1 }]);
  });
});

test('what renewals are mailed is found without reading what their people had before', async () => {
  await using database = await openTestDatabase();
  await fill(database.owner, ENTERED);
  await inTransaction(database.db, async (tx) => {
    const kinds = new Map([['certificate-replaced', 'replaced']] as const);
    assert.equal(await queueRenewalMails({ kinds, atMost: ROWS, now: new Date() }, tx), true);
    for (const table of ['audit_entry', 'certificate']) {
      const { rows } = await readsOf(table).execute(tx);
      assert.deepEqual(rows, [{ count: ROWS - 1 }], table);
    }
    const mails = await tx.selectFrom('mail').select('certificate').execute();
    assert.equal(mails.length, ROWS - 1);
  });
});

test('what begins with the institution is a whole key, or is of those that are asked for together', async () => {
  await using database = await openTestDatabase();
  const { rows } = await sql<{ name: string }>`
    select indexrelid::regclass::text as name from pg_index
    where indrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)
      and pg_get_indexdef(indexrelid, 1, true) = 'institution' and not (indisunique and indpred is null)
    order by name`.execute(database.db);
  assert.deepEqual(
    rows.map(({ name }) => name),
    ['notice_of_contract'],
  );
});

function successor(): NewSuccessor {
  const { identity } = SLOT;
  const at = new Date();
  const audit: AuditEntry = {
    institution: identity.institution,
    at,
    event: 'certificate-issued',
    person: identity,
    certificate: FIRST,
    detail: {},
  };
  const certificate = {
    ...{ ...SLOT, issuer: FIRST, serial: NEW.subarray(12), sha256: NEW, spkiSha256: NEW },
    ...{ keyIdentity: NEW, der: NEW, commonName: '', home: 'file' as const, acquiredAs: null },
    ...{ notBefore: at, notAfter: new Date(at.getTime() + 1000), issuedAt: at, predecessor: FIRST },
  };
  return { certificate, replaces: null, passkey: null, audit: [audit] };
}

function bytes(octets: Uint8Array): string {
  return `'\\x${Buffer.from(octets).toString('hex')}'::bytea`;
}

async function fill(owner: DatabaseAddress, statements = FILL): Promise<void> {
  const client = new pg.Client(connectionTo(owner));
  await client.connect();
  try {
    await client.query(statements);
  } finally {
    await client.end();
  }
}
