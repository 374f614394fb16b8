// Brings a database's tables to this program's version, as their owner. Never back.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { describeError, type Log } from '../log.ts';
import { connectionTo, type DatabaseAddress } from './database-address.ts';
import { DatabaseUnfit } from './database-unfit.ts';

/** The folder with `migrations/0001-….sql` and so on, and `grants.sql`. */
export const SCHEMA_FOLDER = import.meta.dirname;

// Advisory lock of the database; the number only has to be ours alone.
const MIGRATION_LOCK = 7_301_003;

type Migration = {
  readonly number: number;
  readonly name: string;
  readonly sha256: string;
  readonly text: string;
};
type Applied = Omit<Migration, 'text'>;

/** Runs the migrations that are missing, each in a transaction, then the grants. Safe to repeat. */
export async function migrate(
  owner: DatabaseAddress,
  choice: { readonly log: Log; readonly schemaFolder?: string },
): Promise<void> {
  const { log, schemaFolder = SCHEMA_FOLDER } = choice;
  const known = await readMigrations(schemaFolder);
  const grants = await readFile(path.join(schemaFolder, 'grants.sql'), 'utf8');
  const client = new pg.Client({ ...connectionTo(owner), application_name: 'koshin migrate' });
  client.on('error', (error) => {
    log.error({ error: describeError(error) }, 'the connection for migrations broke');
  });
  await client.connect();
  try {
    await checkVersion(client);
    // Whoever starts at the same time waits here, and then finds nothing left to do.
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await makeRecord(client);
    for (const migration of missing(known, await readApplied(client))) {
      await apply(migration, client);
      log.info({ number: migration.number, name: migration.name }, 'applied a migration');
    }
    await inOne(client, async () => {
      await client.query(grants);
      await client.query('grant select on schema_migration to koshin_app');
    });
  } finally {
    await client.end(); // frees the lock
  }
}

/** Throws `DatabaseUnfit` unless the database is exactly at this program's version. */
export async function checkMigrated(
  client: pg.Client,
  schemaFolder = SCHEMA_FOLDER,
): Promise<void> {
  const [row] = (
    await client.query<{ isMade: boolean }>(
      `select to_regclass('schema_migration') is not null as "isMade"`,
    )
  ).rows;
  const applied = row?.isMade === true ? await readApplied(client) : [];
  const [next] = missing(await readMigrations(schemaFolder), applied);
  if (next === undefined) return;
  throw new DatabaseUnfit(
    `the database lacks migration ${next.number} (${next.name}): run \`koshin init\` first, ` +
      'where the database is external with KOSHIN_DATABASE_OWNER_URL',
  );
}

// What is still to be applied; refuses where database and program have gone different ways.
function missing(known: readonly Migration[], applied: readonly Applied[]): readonly Migration[] {
  for (const [position, done] of applied.entries()) {
    const same = known[position];
    if (same === undefined || done.number !== same.number) {
      throw new DatabaseUnfit(
        `the database has migration ${done.number} (${done.name}), which this program does not ` +
          'know: a newer Koshin has used it; start that one or restore a backup',
      );
    }
    if (done.sha256 !== same.sha256) {
      throw new DatabaseUnfit(
        `migration ${done.number} (${done.name}) is not the text that this database was made with: ` +
          'an applied migration never changes; write a new one',
      );
    }
  }
  return known.slice(applied.length);
}

async function readMigrations(schemaFolder: string): Promise<readonly Migration[]> {
  const folder = path.join(schemaFolder, 'migrations');
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort();
  return await Promise.all(
    files.map(async (file, position) => {
      const [, digits, name] = /^(\d{4})-([a-z0-9-]+)\.sql$/.exec(file) ?? [];
      if (name === undefined || Number(digits) !== position + 1) {
        throw new DatabaseUnfit(`${file} is not the name of migration ${position + 1}`);
      }
      // Git may turn line ends about; that changes no meaning.
      const text = (await readFile(path.join(folder, file), 'utf8')).replaceAll('\r\n', '\n');
      const sha256 = createHash('sha256').update(text).digest('hex');
      return { number: position + 1, name, sha256, text };
    }),
  );
}

async function readApplied(client: pg.Client): Promise<readonly Applied[]> {
  const { rows } = await client.query<Applied>(
    `select number, name, encode(sha256, 'hex') as sha256 from schema_migration order by number`,
  );
  return rows;
}

async function makeRecord(client: pg.Client): Promise<void> {
  await client.query(`
    create table if not exists schema_migration (
      number     integer primary key,
      name       text not null,
      sha256     bytea not null check (length(sha256) = 32),
      applied_at timestamptz not null default now()
    )`);
}

async function apply(migration: Migration, client: pg.Client): Promise<void> {
  try {
    await inOne(client, async () => {
      await client.query(migration.text);
      await client.query(
        `insert into schema_migration (number, name, sha256) values ($1, $2, decode($3, 'hex'))`,
        [migration.number, migration.name, migration.sha256],
      );
    });
  } catch (cause) {
    throw new Error(`migration ${migration.number} (${migration.name}) failed`, { cause });
  }
}

async function inOne(client: pg.Client, work: () => Promise<void>): Promise<void> {
  await client.query('begin');
  try {
    await work();
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

/** Throws `DatabaseUnfit` where the server is too old, or the database's encoding wrong. */
export async function checkVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: number; encoding: string }>(
    `select current_setting('server_version_num')::int as version,
            current_setting('server_encoding') as encoding`,
  );
  const [server] = rows;
  if (server === undefined || server.version < 150_000 || server.encoding !== 'UTF8') {
    throw new DatabaseUnfit('Koshin needs PostgreSQL 15 or later and a database in UTF8');
  }
}
