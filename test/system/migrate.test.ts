// Migrations against a real server: run once, together or not at all, and never behind one's back.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { checkApplicationRole } from '../../src/store/check-application-role.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openTestDatabase, quietLog, type TestDatabase } from './test-database.ts';

const FIRST = 'create table first (n int);\n';
const SECOND = 'create table second (n int);\n';

let parent = '';
let empty = '';
before(async () => {
  parent = await mkdtemp(path.join(tmpdir(), 'koshin-schema-'));
  empty = await schemaOf({});
});
after(async () => {
  await rm(parent, { recursive: true });
});

async function schemaOf(files: Readonly<Record<string, string>>, grants = ''): Promise<string> {
  const folder = await mkdtemp(path.join(parent, 'schema-'));
  await mkdir(path.join(folder, 'migrations'));
  for (const [name, text] of Object.entries(files)) {
    await writeFile(path.join(folder, 'migrations', name), text);
  }
  await writeFile(path.join(folder, 'grants.sql'), grants);
  return folder;
}

const open = async () => await openTestDatabase({ schemaFolder: empty });
const run = async (database: TestDatabase, schemaFolder: string) =>
  await migrate(database.owner, { log: quietLog, schemaFolder });
const applied = async ({ db }: TestDatabase) =>
  (await sql`select number, name from schema_migration order by number`.execute(db)).rows;

test('migrations run in order, once, and the grants each time', async () => {
  await using database = await open();
  const files = {
    '0001-first.sql': FIRST,
    '0002-second.sql': 'alter table first add column m int',
  };
  await run(database, await schemaOf(files, 'grant select on first to koshin_app'));
  const now = [
    { number: 1, name: 'first' },
    { number: 2, name: 'second' },
  ];
  assert.deepEqual(await applied(database), now);
  await run(database, await schemaOf(files, 'revoke all on first from koshin_app'));
  assert.deepEqual(await applied(database), now);
  await assert.rejects(sql`select n, m from first`.execute(database.db), { code: '42501' });
});

test('several processes that migrate at once do it once', async () => {
  await using database = await open();
  const schema = await schemaOf({
    '0001-first.sql': `select pg_sleep(0.2); ${FIRST}`,
    '0002-second.sql': SECOND,
  });
  await Promise.all([1, 2, 3, 4].map(async () => await run(database, schema)));
  assert.equal((await applied(database)).length, 2);
});

test('a migration that fails leaves nothing of itself and all before it', async () => {
  await using database = await open();
  const schema = await schemaOf({
    '0001-first.sql': FIRST,
    '0002-second.sql': `${SECOND} select 1 / 0;`,
  });
  await assert.rejects(run(database, schema), /migration 2 \(second\) failed/);
  assert.deepEqual(await applied(database), [{ number: 1, name: 'first' }]);
  const { rows } = await sql`select to_regclass('second') as found`.execute(database.db);
  assert.deepEqual(rows, [{ found: null }]);
});

test('an applied migration whose text has changed is refused', async () => {
  await using database = await open();
  await run(database, await schemaOf({ '0001-first.sql': FIRST }));
  const changed = await schemaOf({
    '0001-first.sql': `${FIRST}-- a word\n`,
    '0002-second.sql': SECOND,
  });
  await assert.rejects(run(database, changed), /migration 1 \(first\) is not the text/);
  assert.equal((await applied(database)).length, 1);
});

test('other line ends are no change', async () => {
  await using database = await open();
  await run(database, await schemaOf({ '0001-first.sql': FIRST }));
  await run(database, await schemaOf({ '0001-first.sql': FIRST.replaceAll('\n', '\r\n') }));
});

test('a database newer than the program is refused', async () => {
  await using database = await open();
  await run(database, await schemaOf({ '0001-first.sql': FIRST, '0002-second.sql': SECOND }));
  const older = await schemaOf({ '0001-first.sql': FIRST });
  await assert.rejects(run(database, older), /has migration 2 \(second\).* newer Koshin/);
});

test('a database older than the program is not served', async () => {
  await using database = await open();
  const schemaFolder = await schemaOf({ '0001-first.sql': FIRST });
  const checking = checkApplicationRole(database.address, { log: quietLog, schemaFolder });
  await assert.rejects(checking, /lacks migration 1 \(first\): run `koshin init`/);
});

for (const { name, why } of [
  { name: '0002-first.sql', why: 'begins with 2' },
  { name: '1-first.sql', why: 'has not four digits' },
  { name: '0001-First.sql', why: 'is not in small letters' },
]) {
  test(`a migration whose name ${why} is refused`, async () => {
    await using database = await open();
    const schema = await schemaOf({ '0001-first.sql': FIRST });
    const folder = path.join(schema, 'migrations');
    await rename(path.join(folder, '0001-first.sql'), path.join(folder, name));
    await assert.rejects(run(database, schema), /is not the name of migration 1/);
  });
}
