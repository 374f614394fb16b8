// Institutions that were founded before there were passkeys get the domain to which theirs will belong.
import assert from 'node:assert/strict';
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import pg from 'pg';
import { connectionTo } from '../../src/store/database-address.ts';
import { migrate, SCHEMA_FOLDER } from '../../src/store/migrate.ts';
import { openTestDatabase, quietLog } from './test-database.ts';

const HOSTS = [
  { code: '1394', publicHost: 'mihon.jp', membersDomain: 'login.mihon.jp', want: 'mihon.jp' },
  {
    code: '1395',
    publicHost: 'www.betsu.jp',
    membersDomain: 'login.betsu.jp',
    want: 'login.betsu.jp',
  },
];

test('an institution of an older program gets its public host, or its members’ domain', async () => {
  const schemaFolder = await mkdtemp(join(tmpdir(), 'koshin-schema-'));
  await cp(SCHEMA_FOLDER, schemaFolder, { recursive: true });
  const migrations = (await readdir(join(schemaFolder, 'migrations'))).sort();
  const passkeys = migrations.findIndex((name) => name.endsWith('-passkeys.sql'));
  for (const name of migrations.slice(passkeys)) await rm(join(schemaFolder, 'migrations', name));
  await writeFile(join(schemaFolder, 'grants.sql'), 'select 1');
  await using database = await openTestDatabase({ schemaFolder });
  const owner = new pg.Client(connectionTo(database.owner));
  await owner.connect();
  try {
    for (const { code, publicHost, membersDomain } of HOSTS) {
      await owner.query(
        `insert into institution values ($1, 'a', 'a', $2, $3, 'http://a', '{}', now())`,
        [code, publicHost, membersDomain],
      );
    }
    await migrate(database.owner, { log: quietLog });
    const { rows } = await owner.query(
      'select passkey_domain from institution order by institution',
    );
    assert.deepEqual(
      rows,
      HOSTS.map(({ want }) => ({ passkey_domain: want })),
    );
  } finally {
    await owner.end();
    await rm(schemaFolder, { recursive: true });
  }
});
