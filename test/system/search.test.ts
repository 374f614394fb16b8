// Nothing that staff look for is found by reading an institution: each search reads what it finds, and no more.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { sql } from 'kysely';
import pg from 'pg';
import { readSearchText } from '../../src/banking/search-text.ts';
import { inTransaction, type Tx } from '../../src/store/database.ts';
import { connectionTo } from '../../src/store/database-address.ts';
import { listEntries } from '../../src/store/histories.ts';
import { searchCertificates, searchContracts, searchPeople } from '../../src/store/search.ts';
import { openTestDatabase, type TestDatabase } from './test-database.ts';

const PEOPLE = 20_000;
const FILL = `
  insert into institution (institution, kind, name, name_english, public_host, members_domain,
    passkey_domain, certificate_policy, publication_base, contact, created_at)
  values ('1394', 'bank', 'みほん', 'Sample', 'mihon.test', 'm.mihon.test', 'mihon.test', '2.999.1394.1',
    'http://mihon.test', '{}', now());
  insert into authority values ('1394', decode(repeat('aa', 32), 'hex'), 'issuing', '', now());
  insert into contract (institution, contract, name, kana, created_at)
  select '1394', lpad(i::text, 11, '0'), '株式会社見本' || i, 'ﾐﾎﾝ' || i, now()
  from generate_series(1, ${PEOPLE / 10}) i;
  insert into person (institution, contract, user_id, name, kana, role, created_at)
  select '1394', lpad((1 + i % ${PEOPLE / 10})::text, 11, '0'), 'user' || i, '見本 太郎' || i,
    'みほん たろう' || i, 'user', now()
  from generate_series(1, ${PEOPLE}) i;
  insert into certificate (institution, issuer, serial, sha256, spki_sha256, key_identity, der, contract,
    user_id, slot, common_name, home, state, not_before, not_after, issued_at, acquired_as)
  select '1394', decode(repeat('aa', 32), 'hex'), substr(key, 13), key, key, key, '', '00000000001',
    'user' || i, 1, '', 'file', 'issued', now(), now() + interval '1 year', now(), 'first'
  from (select i, sha256(i::text::bytea) as key from generate_series(1, ${PEOPLE}) i) one;
  insert into audit_entry (institution, at, event, contract, user_id, detail)
  select '1394', now(), 'logged-in', '00000000001', 'user' || i, '{}' from generate_series(1, ${PEOPLE}) i`;

const BOUNDS = { scope: ['1394'], atMost: 51 } as const;

const SEARCHES: readonly {
  readonly name: string;
  readonly find: (tx: Tx) => Promise<readonly unknown[]>;
  readonly found: number;
}[] = [
  { name: 'a contract ID', find: contracts('00000000777'), found: 1 },
  { name: 'a company’s name', find: contracts('見本1777'), found: 1 },
  { name: 'a company’s reading', find: contracts('みほん1777'), found: 1 },
  { name: 'a user ID', find: people('USER7777'), found: 1 },
  { name: 'a person’s name', find: people('見本太郎17777'), found: 1 },
  { name: 'a person’s reading', find: people('ﾐﾎﾝ ﾀﾛｳ17777'), found: 1 },
  {
    name: 'a serial number',
    find: async (tx) => {
      const { rows } = await sql<{ hex: string }>`
        select encode(substr(sha256('7777'::bytea), 13), 'hex') as hex`.execute(tx);
      return await searchCertificates(readSearchText(rows[0]?.hex ?? ''), BOUNDS, tx);
    },
    found: 1,
  },
  {
    name: 'what happened to a person',
    find: async (tx) =>
      await listEntries(
        { institution: '1394', contract: '00000000001', user: 'user7777', atMost: 101 },
        tx,
      ),
    found: 1,
  },
];

let database: TestDatabase;

suite('searching', { concurrency: false }, () => {
  before(async () => {
    database = await openTestDatabase();
    const client = new pg.Client(connectionTo(database.owner));
    await client.connect();
    await client.query(FILL);
    await client.query('analyze');
    await client.end();
  });
  after(async () => {
    await database[Symbol.asyncDispose]();
  });

  for (const { name, find, found } of SEARCHES) {
    test(`${name} is found without reading the others`, async () => {
      await inTransaction(database.db, async (tx) => {
        const before = await rowsRead(tx);
        assert.equal((await find(tx)).length, found);
        const read = (await rowsRead(tx)) - before;
        assert.ok(read <= 10, `${read} rows were read`);
      });
    });
  }

  test('of what begins alike no more is read than is shown', async () => {
    await inTransaction(database.db, async (tx) => {
      const before = await rowsRead(tx);
      assert.equal((await people('見本')(tx)).length, 51);
      const read = (await rowsRead(tx)) - before;
      assert.ok(read < 500, `${read} rows were read`);
    });
  });
});

function contracts(typed: string) {
  return async (tx: Tx) => await searchContracts(readSearchText(typed), BOUNDS, tx);
}

function people(typed: string) {
  return async (tx: Tx) => await searchPeople(readSearchText(typed), BOUNDS, tx);
}

/** What this connection has read so far. */
async function rowsRead(tx: Tx): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::integer as count
    from pg_stat_xact_user_tables
    where relname in ('contract', 'person', 'certificate', 'audit_entry')`.execute(tx);
  return rows[0]?.count ?? Number.NaN;
}
