// One certificate is found without reading an institution's others, also while the planner knows nothing
// of the table yet: by its own key, and by its slot.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import pg from 'pg';
import { findCertificate, heldInSlot } from '../../src/store/certificates.ts';
import { inTransaction, type Tx } from '../../src/store/database.ts';
import { connectionTo, type DatabaseAddress } from '../../src/store/database-address.ts';
import { openTestDatabase } from './test-database.ts';

const ROWS = 500;
const FIRST = new Uint8Array(32).fill(0).with(31, 1);
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
const READ = sql<{ count: number }>`
  select (seq_tup_read + idx_tup_fetch)::integer as count
  from pg_stat_xact_user_tables where relname = 'certificate'`;

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
      const { rows } = await READ.execute(tx);
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

async function fill(owner: DatabaseAddress): Promise<void> {
  const client = new pg.Client(connectionTo(owner));
  await client.connect();
  try {
    await client.query(FILL);
  } finally {
    await client.end();
  }
}
