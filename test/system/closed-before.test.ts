// Contracts that were closed before the records said so: an update marks them, but for a company that is back.
import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { connectionTo } from '../../src/store/database-address.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openTestDatabase, quietLog } from './test-database.ts';

const MIGRATIONS = fileURLToPath(new URL('../../src/store/migrations/', import.meta.url));
const MARKING = '0034-closed-contract.sql';
const CLOSED = '2026-11-01T03:00:00.000Z';

test('contracts that were closed before are marked, and one whose people go on again is not', async () => {
  const schemaFolder = await mkdtemp(path.join(tmpdir(), 'koshin-schema-'));
  try {
    await schemaBefore(schemaFolder);
    await using database = await openTestDatabase({ schemaFolder });
    const client = new pg.Client(connectionTo(database.owner));
    await client.connect();
    try {
      await client.query(RECORDS);
      await cp(path.join(MIGRATIONS, MARKING), path.join(schemaFolder, 'migrations', MARKING));
      await migrate(database.owner, { log: quietLog, schemaFolder });
      const { rows } = await client.query<{ contract: string; closed_at: Date | null }>(
        'select contract, closed_at from contract order by contract',
      );
      assert.deepEqual(
        rows.map(({ contract, closed_at: at }) => [contract, at?.toISOString() ?? null]),
        [
          ['00000000001', CLOSED],
          ['00000000002', null],
          ['00000000003', null],
        ],
      );
    } finally {
      await client.end();
    }
  } finally {
    await rm(schemaFolder, { recursive: true });
  }
});

/** The first was closed, the second too and is back, of the third everybody was stopped one by one. */
const RECORDS = `
  insert into institution (institution, kind, name, name_english, public_host, members_domain, passkey_domain,
    publication_base, certificate_policy, contact, created_at)
  values ('1394', 'bank', 'みほん信用金庫', 'Mihon', 'mihon.example', 'members.login.mihon.example', 'login.mihon.example',
    'http://ca.example/1394', '2.999.1', '{}', now());
  insert into contract (institution, contract, name, created_at)
  select '1394', '0000000000' || n, '株式会社' || n, now() from generate_series(1, 3) n;
  insert into person (institution, contract, user_id, name, role, stopped_at, created_at)
  select '1394', '0000000000' || n, 'kanri01', '森 一', 'administrator', case when n = 2 then null else now() end, now()
  from generate_series(1, 3) n;
  insert into audit_entry (institution, at, event, contract, detail)
  values ('1394', '2026-10-01T03:00:00Z', 'contract-closed', '00000000001', '{}'),
    ('1394', '${CLOSED}', 'contract-closed', '00000000001', '{}'),
    ('1394', '${CLOSED}', 'contract-closed', '00000000002', '{}')`;

/** As it was before the marking. */
async function schemaBefore(folder: string): Promise<void> {
  await mkdir(path.join(folder, 'migrations'));
  await writeFile(path.join(folder, 'grants.sql'), '');
  const before = (await readdir(MIGRATIONS)).filter((name) => name < MARKING);
  for (const name of before) {
    await cp(path.join(MIGRATIONS, name), path.join(folder, 'migrations', name));
  }
}
